"""Counts of the cells of an input field: filled, blank, text, out of bounds; and whether a rebuild would take them.

A formula each, on the field's row of Input_Checks; with the same counts of the cells as they are delivered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import FIRST as FIRST_DAY
from reportgen.excel_dates import LAST as LAST_DAY
from reportgen.model.block import may_be_blank
from reportgen.render.workbook.fingerprints import AS_TYPED, HEADING, PARTS, Fingerprint, fingerprint
from reportgen.render.workbook.plan import INPUT_HEADER, Plan
from reportgen.render.workbook.side_columns import found_choices
from reportgen.render.workbook.verdict import Written
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from reportgen.render.workbook.side_columns import SideColumn, SideColumns
    from reportgen.sheets import Sheet

COUNTED = (
    "Rows filled (cells)",
    "Blank (cells)",
    "Other kind (cells)",
    "Below (cells)",
    "Above (cells)",
    "Holds (0/1)",
    "Default at delivery",
)
"""What stands on the row of a field, from column I on."""
FIRST_COUNT = 8  # zero-based column
FIELD_VERDICT = "N"
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


class FieldChecks(NamedTuple):
    """The formulas on the row of a field, in the order of the columns; None where one does not apply to its kind."""

    filled: Written
    blank: Written
    other: Written | None
    below: Written | None
    above: Written | None
    verdict: Written
    fingerprint: Fingerprint | None
    heading: Written | None
    parts: Written | None
    as_typed: Written | None


def key_cells(plan: Plan, sheet: type[Sheet]) -> str:
    """The first column of a list from its heading to the bottom of the sheet: a row inserted anywhere is within."""
    column = column_letters(plan.input_ranges[sheet.name, sheet.fields[0].name].fixed + 1)
    return f"{sheet.name}!${column}${INPUT_HEADER + 1}:${column}${LAST_ROW}"


def listed_rows(plan: Plan, sheet: type[Sheet]) -> int:
    """Rows of a list whose first cell is filled."""
    return int(np.count_nonzero(_filled(plan, sheet, sheet.fields[0])))


def fields_wrong(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> list[str]:
    """The headers of the fields of a sheet whose cells are not as they must be."""
    return [field.header for field, checks in of_sheet(plan, side, sheet) if checks.verdict.value == 0]


def of_sheet(plan: Plan, side: SideColumns, sheet: type[Sheet]) -> Iterator[tuple[Field, FieldChecks]]:
    """The checks of every field of a sheet, in the order of their rows."""
    row = plan.field_rows(sheet.name)[0]
    for field in sheet.fields:
        if not field.private:
            yield field, _checks(plan, side, sheet, field, row)
            row += 1


def _checks(plan: Plan, side: SideColumns, sheet: type[Sheet], field: Field, row: int) -> FieldChecks:
    place = plan.input_ranges[sheet.name, field.name]
    cells = f"{sheet.name}!{place.whole()}"
    values = plan.solution.inputs.tables[sheet.name].columns[field.name]
    filled = int(np.count_nonzero(_filled(plan, sheet, field)))
    rows = 1 if sheet.form else listed_rows(plan, sheet)
    listed = "1" if sheet.form else f"$I${plan.field_rows(sheet.name)[0]}"
    if field.wide:
        rows *= place.width
        listed += f"*COLUMNS({cells})"
    counts = (
        _other_kind(side.find(found_choices(sheet, field)), field, cells, values, row),
        _below(field, cells, values, f"F{row}"),
        _above(field, cells, values, f"G{row}"),
    )
    blank = rows - filled
    wrong = any(count.value for count in counts if count is not None)
    holds = blank >= 0 and not (field.required and blank) and not wrong
    heading, as_typed, parts = _heading(plan, sheet, field, row), _as_typed(plan, sheet, field, row), None
    if field.whole:
        broken = float(np.count_nonzero(values != np.floor(values)))
        parts = Written(f"IFERROR(SUMPRODUCT(--({cells}<>INT({cells}))),1)", broken)
        holds = holds and not broken
    conditions = [f"J{row}>=0", f'OR(D{row}="no",J{row}=0)', f"SUM(K{row}:M{row},{PARTS}{row})=0", f"E{row}=O{row}"]
    conditions += [f'{column}{row}&""<>"0"' for column in (HEADING, AS_TYPED)]
    return FieldChecks(
        Written(f"COUNTA({cells})", float(filled)),
        Written(f"{listed}-I{row}", float(blank)),
        *counts,
        Written(f"IFERROR(IF(AND({','.join(conditions)}),1,0),0)", float(holds)),
        fingerprint(plan, sheet, field, float(filled), row),
        heading,
        parts,
        as_typed,
    )


def _heading(plan: Plan, sheet: type[Sheet], field: Field, row: int) -> Written | None:
    """The heading stands where it was, with its unit, and once: a rebuild finds the column, and reads it, by them."""
    if field.wide:
        return None  # funds have names of their own
    place = plan.input_ranges[sheet.name, field.name]
    if sheet.form:
        item, unit = (f"{sheet.name}!${column}${place.fixed + 1}" for column in "AC")
        once = f"COUNTIF({sheet.name}!$A${INPUT_HEADER + 1}:$A${LAST_ROW},{item})=1"
        test = f'{item}&IF(C{row}="",""," ("&C{row}&")")=B{row},{unit}&""=C{row}&"",{once}'
    else:
        headings = f"{sheet.name}!$A${INPUT_HEADER + 1}:${LAST_COLUMN}${INPUT_HEADER + 1}"
        heading = f"{sheet.name}!${column_letters(place.fixed + 1)}${INPUT_HEADER + 1}"
        test = f"{heading}=B{row},COUNTIF({headings},{heading})=1"
    return Written(f"IF(AND({test}),1,0)", 1.0)


def _as_typed(plan: Plan, sheet: type[Sheet], field: Field, row: int) -> Written | None:
    """The value that formulas use is what stands in the form, or the default of a blank cell."""
    if not sheet.form or field.kind is Kind.LONG_TEXT or field.kind is Kind.YES_NO:
        return None
    cell = f"{sheet.name}!{plan.input_ranges[sheet.name, field.name].cell()}"
    blank = '"n/a"' if may_be_blank(field) and field.number else f"E{row}"
    if not field.number:
        return Written(f'IF(H{row}&""=IF({cell}="",{blank},{cell})&"",1,0)', 1.0)
    return Written(f'IF(H{row}=IF({cell}="",{blank},{cell}),1,0)', 1.0)


def _other_kind(found: SideColumn | None, field: Field, cells: str, values: Any, row: int) -> Written | None:
    """Cells that hold something else than the field takes: a text for a number, a word that is no choice."""
    choices = ("yes", "no") if field.kind is Kind.YES_NO else field.choices
    if choices:
        counted = "".join(f'-COUNTIF({cells},"{choice}")' for choice in choices)
        known = {choice.casefold() for choice in choices}
        words = values if not field.number else ()
        other = sum(1 for value in words if value and str(value).casefold() not in known)
        counted = counted if found is None else f"-SUM({found.whole.partition('!')[2]})"
        return Written(f"I{row}{counted}", float(other))
    return Written(f"I{row}-COUNT({cells})", 0.0) if field.number else None


def _below(field: Field, cells: str, values: Any, bound: str) -> Written | None:
    """Numbers below the smallest that the field takes; some fields do not take that one itself."""
    low, _ = bounds_of(field)
    if low is None:
        return None
    numbers, strict = np.asarray(values, dtype=float), field.bounds.strict
    wrong = np.count_nonzero(numbers <= low if strict else numbers < low)
    return Written(f'COUNTIF({cells},"<{"=" if strict else ""}"&{bound})', float(wrong))


def _above(field: Field, cells: str, values: Any, bound: str) -> Written | None:
    _, high = bounds_of(field)
    if high is None:
        return None
    wrong = np.count_nonzero(np.asarray(values, dtype=float) > high)
    return Written(f'COUNTIF({cells},">"&{bound})', float(wrong))


def bounds_of(field: Field) -> tuple[float | None, float | None]:
    """The smallest and the largest number of a field; for dates, those that the reader takes for dates."""
    if field.kind is Kind.DATE:
        return float(FIRST_DAY), float(LAST_DAY)
    if field.kind is not Kind.NUMBER:
        return None, None
    bounds = field.bounds
    return bounds.low if bounds.bounded_below else None, bounds.high if bounds.bounded_above else None


def _filled(plan: Plan, sheet: type[Sheet], field: Field) -> Any:
    """True for each row whose cell is written: not n/a, and no empty text."""
    values = plan.solution.inputs.tables[sheet.name].columns[field.name]
    return ~np.isnan(values) if field.number else np.array([value != "" for value in values], dtype=bool)
