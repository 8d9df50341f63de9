"""What may be typed into an input cell: drop-downs, and the bounds of every number and date, as they are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen import excel_dates
from reportgen.render.workbook.plan import input_sheets
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan

LONGEST_TITLE, LONGEST_MESSAGE = 31, 250


def validation(plan: Plan, field: Field, first: str) -> dict[str, Any] | None:
    """The validation of the cells of a field, of which `first` is the first; None where any text may be typed."""
    rule = _choices(plan, field) if not field.number or field.kind is Kind.YES_NO else _bounds(field, first)
    if rule is None:
        return None
    told = {"error_title": field.label[:LONGEST_TITLE], "error_message": message(field), "ignore_blank": True}
    return rule | told


def message(field: Field) -> str:
    """What is said to who types something else: the bounds, and as many sentences of the help as are shown whole."""
    said = _in_words(field)
    for sentence in field.help.replace(". ", ".\n").split("\n"):
        if len(said) + 1 + len(sentence) > LONGEST_MESSAGE:
            break
        said = f"{said} {sentence}"
    return said.strip()


def _choices(plan: Plan, field: Field) -> dict[str, Any] | None:
    if field.of and not field.many:
        key = next(sheet for sheet in input_sheets(plan.solution) if sheet.name == field.of).key_field()
        assert key is not None  # `of` names a sheet with a key
        cells = plan.input_ranges[field.of, key.name]
        return {"validate": "list", "source": f"={cells.sheet}!{cells.whole()}"}
    choices = ["yes", "no"] if field.kind is Kind.YES_NO else list(field.choices)
    return {"validate": "list", "source": choices} if choices else None


def _bounds(field: Field, first: str) -> dict[str, Any]:
    if field.kind is Kind.DATE:
        return {"validate": "date", "criteria": "between",
                "minimum": excel_dates.FIRST, "maximum": excel_dates.LAST}  # fmt: skip
    bounds = field.bounds
    if bounds.strict:  # Excel has no "above a and up to b" among its rules
        low, high = f"{bounds.low:.15G}", f"{bounds.high:.15G}"
        return {"validate": "custom", "value": f"=AND(ISNUMBER({first}),{first}>{low},{first}<={high})"}
    kind = "integer" if field.whole else "decimal"
    return {"validate": kind, "criteria": "between", "minimum": bounds.low, "maximum": bounds.high}


def _in_words(field: Field) -> str:
    if field.kind is Kind.DATE:
        return "A date."
    if field.kind is not Kind.NUMBER:
        return ""
    bounds, words = field.bounds, "A whole number" if field.whole else "A number"
    if bounds.bounded_below:
        words += f" above {bounds.low:,.12g}" if bounds.strict else f" from {bounds.low:,.12g}"
    if bounds.bounded_above:
        words += f" up to {bounds.high:,.12g}"
    return words + "."
