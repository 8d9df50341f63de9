"""The inputs as they are declared: unit, default and bounds of every field, and what a blank cell comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.render.workbook.field_checks import COUNTED, FIRST_COUNT, FieldChecks, bounds_of, of_sheet
from reportgen.render.workbook.input_formulas import as_read
from reportgen.render.workbook.number_formats import TEXT, WHOLE, field_format
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import (
    DEFAULT_COLUMN,
    INPUT_CHECKS,
    INPUT_HEADER,
    USED_COLUMN,
    Plan,
    checked_fields,
    input_sheets,
)
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from typing import Any

SHEET, TITLE = INPUT_CHECKS, "Input checks"
SUMMARY = "Every input field: its unit, its bounds, and the default that a blank cell takes, here and in a new pack."
HEADERS = ("Sheet", "Column", "Unit", "Required", "Default", "Smallest", "Largest", "Value used", *COUNTED)


def write_input_checks(page: Page, plan: Plan) -> None:
    """Write a field a row, in the order in which the input sheets declare them."""
    page.title(TITLE, SUMMARY)
    for column, header in enumerate(HEADERS):
        page.text(INPUT_HEADER, column, header, "header")
    sheets = [sheet for sheet in input_sheets(plan.solution) if not sheet.private]
    checks = [checked for sheet in sheets for _, checked in of_sheet(plan, sheet)]
    forms = {sheet.name for sheet in input_sheets(plan.solution) if sheet.form}
    for row, (sheet, field) in enumerate(checked_fields(plan.solution), start=INPUT_HEADER + 1):
        _write_declaration(page, row, sheet, field)
        if sheet in forms and field.kind is not Kind.LONG_TEXT:
            _write_used(page, plan, row, sheet, field)
        _write_counts(page, row, checks[row - INPUT_HEADER - 1])
        _write_known(page, row, FIRST_COUNT + len(COUNTED) - 1, _default(field), field_format(field))
    page.sheet.set_column(0, 0, 18)
    page.sheet.set_column(1, 1, 34)
    page.sheet.set_column(2, len(HEADERS) - 1, 16)
    page.sheet.freeze_panes(INPUT_HEADER + 1, 2)


def _write_declaration(page: Page, row: int, sheet: str, field: Field) -> None:
    page.text(row, 0, sheet, "label")
    page.text(row, 1, field.header, "label")
    page.text(row, 2, field.unit, "unit")
    page.text(row, 3, "yes" if field.required else "no", "line")
    _write_known(page, row, DEFAULT_COLUMN, _default(field), field_format(field))
    for column, bound in enumerate(bounds_of(field), start=5):
        _write_known(page, row, column, bound, field_format(field))


def _write_counts(page: Page, row: int, checks: FieldChecks) -> None:
    """What stands in the cells of a field, and whether a rebuild would take them."""
    for column, count in enumerate(checks, start=FIRST_COUNT):
        if count is not None:
            page.formula(row, column, f"={count.formula}", count.value, page.styles.get("cross", WHOLE))
    page.light(row, FIRST_COUNT + len(checks) - 1)


def _default(field: Field) -> float | str | None:
    if field.kind is Kind.YES_NO and field.default is not None:
        return "yes" if field.default else "no"
    return field.default


def _write_known(page: Page, row: int, column: int, value: float | str | None, number_format: str) -> None:
    if value is None or value == "":
        page.text(row, column, "", "convention")
    else:
        role, number_format = ("clipped", TEXT) if isinstance(value, str) else ("convention", number_format)
        page.value(row, column, value, role, number_format)


def _write_used(page: Page, plan: Plan, row: int, sheet: str, field: Field) -> None:
    """The value of a one-value input, as formulas take it: its name leads here."""
    value: Any = plan.solution.inputs.value(sheet, field.name)
    if field.kind is Kind.YES_NO:
        value = float(value)
    cells = plan.input_ranges[sheet, field.name]
    formula = as_read(f"{cells.sheet}!{cells.cell()}", field, plan.default_cell(sheet, field.name))
    number_format = field_format(field) if field.kind is not Kind.YES_NO else "0"
    page.formula(row, USED_COLUMN, f"={formula}", value, page.styles.get("cross", number_format))
