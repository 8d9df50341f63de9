"""The inputs as they are declared: unit, default and bounds of every field, and what a blank cell comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.render.workbook.field_checks import COUNTED, FIRST_COUNT, FieldChecks, bounds_of, of_sheet
from reportgen.render.workbook.fingerprints import (
    FIRST_COLUMN,
    WEIGHTS,
    WEIGHTS_COLUMN,
    copies,
    longest,
)
from reportgen.render.workbook.fingerprints import HEADERS as FINGERPRINT
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
from reportgen.render.workbook.verdict import Written, on_its_sheet
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from reportgen.render.workbook.side_columns import SideColumn, SideColumns

SHEET, TITLE = INPUT_CHECKS, "Input checks"
SUMMARY = "Every input field: its unit, its bounds, and the default that a blank cell takes, here and in a new pack."
SUM = "General"
HEADERS = ("Sheet", "Column", "Unit", "Required", "Default", "Smallest", "Largest", "Value used", *COUNTED)


def write_input_checks(page: Page, plan: Plan, side: SideColumns, rows: int) -> None:
    """Write a field a row, in the order in which the input sheets declare them; weights for so many `rows` at least."""
    page.title(TITLE, SUMMARY)
    for column, header in enumerate(HEADERS):
        page.text(INPUT_HEADER, column, header, "header")
    sheets = [sheet for sheet in input_sheets(plan.solution) if not sheet.private]
    checks = [checked for sheet in sheets for _, checked in of_sheet(plan, side, sheet)]
    forms = {sheet.name for sheet in input_sheets(plan.solution) if sheet.form}
    fields, copied = list(checked_fields(plan.solution)), list(copies(plan))
    beside = side.columns
    _write_heads(page, copied, beside, side.first)
    weighted = max(longest(plan), rows, *(len(column.cells) for column in beside))
    for place in range(max(len(fields), weighted)):  # row after row: a large workbook is written as it is made
        row = INPUT_HEADER + 1 + place
        if place < len(fields):
            sheet, field = fields[place]
            _write_declaration(page, row, sheet, field)
            if sheet in forms and field.kind is not Kind.LONG_TEXT:
                _write_used(page, plan, row, sheet, field)
            _write_counts(page, row, checks[place])
            _write_known(page, row, FIRST_COUNT + len(COUNTED) - 1, _default(field), field_format(field))
            _write_fingerprint(page, row, checks[place])
            for column, bound in enumerate(bounds_of(field), start=FIRST_COLUMN + 4):
                _write_known(page, row, column, bound, field_format(field))
        if place < weighted:
            page.value(row, WEIGHTS_COLUMN, place + 1, "convention", WHOLE)
        _write_beside(page, row, copied, side)
    page.sheet.set_column(0, 0, 18)
    page.sheet.set_column(1, 1, 34)
    page.sheet.set_column(2, side.first + len(beside) - 1, 16)
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
    counts = (checks.filled, checks.blank, checks.other, checks.below, checks.above, checks.verdict)
    for column, count in enumerate(counts, start=FIRST_COUNT):
        if count is not None:
            _formula(page, row, column, count, WHOLE)
    page.light(row, FIRST_COUNT + len(counts) - 1)


def _write_heads(
    page: Page, copied: Sequence[tuple[str, Sequence[str]]], beside: Sequence[SideColumn], first: int
) -> None:
    """Above the fingerprints, the weights, the copies and what stands beside them."""
    heads = [*enumerate((*FINGERPRINT, "", WEIGHTS, *(header for header, _ in copied)), start=FIRST_COLUMN)]
    heads += enumerate((each.header for each in beside), start=first)
    for column, header in heads:
        if header:
            page.text(INPUT_HEADER, column, header, "header")


def _write_beside(page: Page, row: int, copied: Sequence[tuple[str, Sequence[str]]], side: SideColumns) -> None:
    """A row of the copies, and of the columns that checks look at."""
    place = row - INPUT_HEADER - 1
    for column, (_, texts) in enumerate(copied, start=WEIGHTS_COLUMN + 1):
        if place < len(texts):
            page.text(row, column, texts[place], "snapshot")
    for column, each in enumerate(side.columns, start=side.first):
        cell = each.cells[place] if place < len(each.cells) else None
        if isinstance(cell, Written):
            _formula(page, row, column, cell, each.number_format)
        elif cell is not None:
            page.value(row, column, cell, "convention", each.number_format)


def _write_fingerprint(page: Page, row: int, checks: FieldChecks) -> None:
    """The fingerprint of a field beside the one that was delivered; its heading, its numbers, its use."""
    for column, piece in enumerate((checks.heading, checks.parts, checks.as_typed), start=FIRST_COLUMN + 6):
        if piece is not None:
            _formula(page, row, column, piece, WHOLE)
    found = checks.fingerprint
    if found is None:
        return
    _formula(page, row, FIRST_COLUMN, found.now, SUM)
    page.value(row, FIRST_COLUMN + 1, found.then, "snapshot", SUM)
    page.value(row, FIRST_COLUMN + 2, found.filled, "snapshot", WHOLE)
    if found.same is not None:
        _formula(page, row, FIRST_COLUMN + 3, found.same, WHOLE)


def _formula(page: Page, row: int, column: int, written: Written, number_format: str) -> None:
    """A formula in the colour of what it looks at."""
    formula, role = on_its_sheet(written.formula, INPUT_CHECKS)
    page.formula(row, column, f"={formula}", written.value, page.styles.get(role, number_format))


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
