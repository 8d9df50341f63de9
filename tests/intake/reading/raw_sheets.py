"""Sheets as the file room hands them on, made from a grid of plain values without a file."""

from __future__ import annotations

from typing import Any

from reportgen.intake.file.cell import RawSheet
from reportgen.intake.reading.sheet_reader import ReadSheet, read_sheet
from reportgen.problems import Problem
from reportgen.sheets import BY_NAME
from tests.intake.checking.edited import held
from tests.intake.workbooks import Grid


def raw_sheet(name: str, rows: list[list[Any]], percent: tuple[str, ...] = ()) -> RawSheet:
    """The sheet of that name; the cells whose headings are in `percent` show a per cent sign."""
    sheet = held({name: rows})[name]
    shown = {column for column, heading in enumerate(rows[0], 1) if heading in percent} if rows else set()
    for cells in sheet.rows.values():
        cells.update({column: cell._replace(percent=True) for column, cell in cells.items() if column in shown})
    return sheet


def read(grid: Grid, name: str, percent: tuple[str, ...] = ()) -> tuple[ReadSheet, list[Problem]]:
    """A sheet of the grid as it is read, and what is wrong with it."""
    return read_sheet(BY_NAME[name], raw_sheet(name, grid[name], percent), "week.xlsx")
