"""Columns of a form that a new week needs: last week's values beside this week's, and the source of proposed ones."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import day, plausible
from reportgen.intake.checking.weekly_cells import PROPOSED, proposed
from reportgen.intake.copies.copying import cell_at, write_plain
from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.form import style
from reportgen.intake.reading.headings import header_text
from reportgen.intake.reading.last_week import LAST_WEEK, column_headed
from reportgen.sheets import Kind

if TYPE_CHECKING:
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.reading.layout import Layout
    from reportgen.sheets import Field, Sheet

SOURCE = "Source"
_WIDEST = 40.0
"""Width of a column of last week's texts: the eye only compares how they begin."""


def note_last_week(page: Worksheet, sheet: type[Sheet], raw: RawSheet, layout: Layout) -> None:
    """Puts what each weekly cell shows into the column Last week; a cell that still equals it will be orange."""
    weekly = [field for field in sheet.fields if field.weekly and field.name in layout.items]
    column = _column(page, raw, layout, LAST_WEEK)
    known = _conditions(page)
    for field in weekly:
        row, value_column = layout.place(field.name, 0)
        model = cell_at(page, row, value_column)
        write_plain(page, row, column, _shown(raw.at(row, value_column), raw.shift, field))
        noted = cell_at(page, row, column)
        noted.number_format, noted.font, noted.alignment = model.number_format, style.HELP, copy.copy(model.alignment)
        same = f'AND({model.coordinate}<>"",{model.coordinate}={noted.coordinate})'
        if same not in known:
            page.conditional_formatting.add(model.coordinate, style.rule(same, fill=style.UNCHANGED_FILL))


def clear_proposals(page: Worksheet, raw: RawSheet, layout: Layout) -> None:
    """Clears the sources of last week's values that were proposed and never confirmed."""
    column = column_headed(SOURCE, raw, layout)
    for row in layout.items.values():
        if column and proposed(header_text(raw.at(row, column))):
            cell_at(page, row, column).value = None


def propose(page: Worksheet, raw: RawSheet, layout: Layout, values: Iterable[tuple[str, float, str]]) -> dict[str, str]:
    """Types a value with its source for each of the fields, marked as proposed; gives the address of each one's cell.

    A cell is green until its source no longer says so. A field that the form does not have, or has in another unit,
    gets none.
    """
    column, cells = 0, {}
    for name, value, source in values:
        row, value_column = layout.place(name, 0)
        unit = layout.units.get(name)
        if not row or (unit is not None and unit.converts):
            continue
        column = column or _column(page, raw, layout, SOURCE)
        cell = cell_at(page, row, value_column)
        cell.value = value
        write_plain(page, row, column, f"{PROPOSED} {source}")
        beside = f"${column_letters(column)}${row}"
        mark: Rule = style.rule(f'LEFT(TRIM({beside}),{len(PROPOSED)})="{PROPOSED}"', fill=style.PROPOSED_FILL)
        if mark.formula[0] not in _conditions(page):
            page.conditional_formatting.add(cell.coordinate, mark)
        cells[name] = address(row, value_column)
    return cells


def _column(page: Worksheet, raw: RawSheet, layout: Layout, label: str) -> int:
    """The column with that heading; a new one behind the last if there is none."""
    there = column_headed(label, raw, layout)
    if there:
        return there
    free = max(cell.column or 1 for cell in page[layout.header] if cell.value is not None) + 1
    value_column = layout.columns["value"]
    head, widths = cell_at(page, layout.header, free), page.column_dimensions
    head.value, head._style = label, copy.copy(cell_at(page, layout.header, value_column)._style)
    widths[column_letters(free)].width = min(_WIDEST, widths[column_letters(value_column)].width)
    return free


def _conditions(page: Worksheet) -> set[str]:
    """The formulas of the conditional formats that a sheet has."""
    return {rule.formula[0] for cells in page.conditional_formatting for rule in cells.rules if rule.formula}


def _shown(cell: Cell | None, shift: int, field: Field) -> Any:
    """What a cell shows, as a value: never its formula, which would always equal itself."""
    if cell is None or cell.content not in (Content.NUMBER, Content.TEXT):
        return None
    if cell.content is Content.TEXT:
        return cell.text
    if field.kind is Kind.DATE and plausible(cell.number + shift):
        return day(cell.number + shift)
    return int(cell.number) if cell.number.is_integer() else cell.number
