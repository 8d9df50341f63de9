"""Sheets as the file room hands them on, made from a grid of plain values without a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reportgen import excel_dates
from reportgen.intake.file.cell import Cell, Content, RawSheet
from reportgen.intake.reading.sheet_reader import ReadSheet, read_sheet
from reportgen.problems import Problem
from reportgen.sheets import BY_NAME
from tests.intake.workbooks import Grid


def raw_sheet(name: str, rows: list[list[Any]], percent: tuple[str, ...] = ()) -> RawSheet:
    """The sheet of that name; the cells whose headings are in `percent` show a per cent sign."""
    sheet = RawSheet(name)
    shown = {column for column, heading in enumerate(rows[0], 1) if heading in percent} if rows else set()
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.rows.setdefault(row, {})[column] = _cell(value, percent=column in shown)
    return sheet


def read(grid: Grid, name: str, percent: tuple[str, ...] = ()) -> tuple[ReadSheet, list[Problem]]:
    """A sheet of the grid as it is read, and what is wrong with it."""
    return read_sheet(BY_NAME[name], raw_sheet(name, grid[name], percent), "week.xlsx")


def _cell(value: Any, *, percent: bool) -> Cell:
    if isinstance(value, str):
        return Cell(Content.TEXT, text=value)
    if isinstance(value, dt.date):
        return Cell(Content.NUMBER, excel_dates.serial(value), dated=True)
    return Cell(Content.NUMBER, float(value), percent=percent)
