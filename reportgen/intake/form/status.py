"""The live status of a sheet: plain formulas that count its rows and its problems."""

from __future__ import annotations

from reportgen.excel_addresses import column_letters
from reportgen.intake.form.cell_rules import FIRST_ROW, last_row, names_range
from reportgen.sheets import Field, Kind, Sheet

CELL = "A3"
"""Where the status of every sheet stands."""


def list_status(sheet: type[Sheet], wide: int) -> str:
    """The formula of a list's status, e.g. "3 rows, 0 problems"; a wide field takes `wide` columns."""
    letters = _letters(sheet, wide)
    first = _range(sheet, *letters[sheet.fields[0].name])
    problems = [
        term for field in sheet.fields for term in _list_terms(sheet, field, _range(sheet, *letters[field.name]), first)
    ]
    if sheet.name == "Risk":
        calm, stress = (_range(sheet, *letters[name]) for name in ("calm", "stress"))
        problems.append(f'SUMPRODUCT(({calm}<>"")*({calm}={stress}))')
    rows = f"COUNTA({first})"
    if sheet.required:
        problems.append(f"IF({rows}=0,1,0)")
    return f'={rows}&IF({rows}=1," row, "," rows, ")&{_counted(problems)}'


def form_status(sheet: type[Sheet], cells: dict[str, str]) -> str:
    """The formula of a form's status; `cells` gives the address of each field's value."""
    required = [cells[field.name] for field in sheet.fields if field.required]
    problems = [f"COUNTBLANK({cell})" for cell in required]
    for field in sheet.fields:
        problems.extend(_bound_terms(field, cells[field.name]))
        if field.of:
            cell = cells[field.name]
            problems.append(f'IF({cell}="",0,IF(COUNTIF({names_range(field.of)},{cell})=0,1,0))')
    filled = "+".join(f"(1-COUNTBLANK({cell}))" for cell in required)
    return f'=({filled})&" of {len(required)} required figures, "&{_counted(problems)}'


def in_words(rows: int, problems: int) -> str:
    """The text that a list's status shows."""
    return f"{rows} {'row' if rows == 1 else 'rows'}, {problems} {'problem' if problems == 1 else 'problems'}"


def form_in_words(filled: int, required: int) -> str:
    """The text that a form's status shows when nothing but blanks is wrong."""
    missing = required - filled
    return f"{filled} of {required} required figures, {missing} {'problem' if missing == 1 else 'problems'}"


def _counted(problems: list[str]) -> str:
    total = "+".join(problems)
    return f'({total})&IF(({total})=1," problem"," problems")'


def _letters(sheet: type[Sheet], wide: int) -> dict[str, tuple[str, str]]:
    letters, column = {}, 1
    for field in sheet.fields:
        last = column + (max(wide, 1) if field.wide else 1) - 1
        letters[field.name] = column_letters(column), column_letters(last)
        column = last + 1
    return letters


def _range(sheet: type[Sheet], first: str, last: str) -> str:
    return f"${first}${FIRST_ROW}:${last}${last_row(sheet.name)}"


def _list_terms(sheet: type[Sheet], field: Field, cells: str, first: str) -> list[str]:
    terms = _bound_terms(field, cells)
    if field.required and cells != first:
        terms.append(f'SUMPRODUCT(({first}<>"")*({cells}=""))')
        if sheet.fields[1] is field:
            terms.append(f'SUMPRODUCT(({first}="")*({cells}<>""))')
    if field.key:
        terms.append(f"SUMPRODUCT((COUNTIF({cells},{cells})>1)*1)")
    if field.unique:
        terms.append(f"(COUNT({cells})-SUMPRODUCT((FREQUENCY({cells},{cells})>0)*1))")
    if field.of and not field.many:
        terms.append(f'SUMPRODUCT(({cells}<>"")*(COUNTIF({names_range(field.of)},{cells})=0))')
    if field.choices:
        known = "+".join(f'COUNTIF({cells},"{choice}")' for choice in field.choices)
        terms.append(f"(COUNTA({cells})-({known}))")
    return terms


def _bound_terms(field: Field, cells: str) -> list[str]:
    if field.kind is Kind.YES_NO:
        return [f'(COUNTA({cells})-COUNTIF({cells},"yes")-COUNTIF({cells},"no"))']
    if field.kind not in (Kind.NUMBER, Kind.DATE):
        return []
    terms = [f"SUMPRODUCT(ISTEXT({cells})*1)"]
    if field.bounds.bounded_below:
        terms.append(f'COUNTIF({cells},"{"<=" if field.bounds.strict else "<"}{field.bounds.low:.15G}")')
    if field.bounds.bounded_above:
        terms.append(f'COUNTIF({cells},">{field.bounds.high:.15G}")')
    return terms
