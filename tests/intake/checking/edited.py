"""Workbooks held in memory and checked as if they had been read: a cell is changed without writing a file.

What is changed is named by sheet, field and record: `Fleet.units[0]` is in the first record, `Debt.principal` the whole
column, `ETF_Flows.FUND-B` a fund, `Market.btc_price` the value of a form.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from reportgen import examination
from reportgen.excel_dates import serial
from reportgen.inputs import Inputs
from reportgen.intake import reader
from reportgen.intake.file.book import opened
from reportgen.intake.file.cell import Cell, Content, RawSheet
from reportgen.intake.reader import Examination
from reportgen.intake.reading.layout import find_layout
from reportgen.sheets import BY_NAME
from tests.intake.workbooks import Grid

Raw = Mapping[str, RawSheet]
_NAMED = re.compile(r"(\w+)\.([^\[]+)(?:\[(-?\d+)\])?")


def held(grid: Grid) -> Raw:
    """A grid of plain values as the cells of a file."""
    return {
        name: RawSheet(
            name,
            {
                number: {column: cell(value) for column, value in enumerate(row, 1) if value is not None}
                for number, row in enumerate(rows, 1)
            },
        )
        for name, rows in grid.items()
    }


def held_from(path: Path, days: int = 62) -> Raw:
    """The cells of a workbook; of its history only the newest days, so that a check is quick."""
    with opened(path) as book:
        sheets = {listed.name: book.read(listed) for listed in book.sheets}
    history = sheets["Network_History"]
    rows = sorted(history.rows)
    kept = {row: history.rows[row] for row in (*rows[: len(rows) - 800], *rows[-days:])}
    return sheets | {"Network_History": replace(history, rows=kept)}


def cell(value: Any) -> Cell:
    """A value as a cell of a file holds it."""
    if isinstance(value, dt.date):
        return Cell(Content.NUMBER, serial(value), dated=True)
    if isinstance(value, str):
        return Cell(Content.TEXT, text=value)
    return Cell(Content.NUMBER, float(value))


def checked(raw: Raw, previous: Inputs | None = None) -> Examination:
    """What `reportgen check` finds in the cells."""
    book = SimpleNamespace(
        sheets=[SimpleNamespace(name=name) for name in raw],
        read=lambda listed: raw[listed.name],
        beginning=lambda listed: raw[listed.name],
        package=SimpleNamespace(sha256=""),
    )

    @contextlib.contextmanager
    def open_held(_: Path) -> Iterator[Any]:
        yield book

    with (
        mock.patch.object(reader, "opened", open_held),
        mock.patch.object(examination, "week_before", return_value=previous),
    ):
        return examination.examine(Path("week.xlsx"))


@dataclass(frozen=True)
class Times:
    """A factor: what a wrong unit or a slipped digit makes of a figure."""

    factor: float


def changed_cells(raw: Raw, changes: Mapping[str, Any]) -> Raw:
    """The cells with other values: a plain one, None for a blank, or a factor on what stands there.

    `Debt[0]+` is a record more below the last: a copy of that record, with the values that are given for its fields.
    """
    sheets = {name: replace(sheet, rows=dict(sheet.rows)) for name, sheet in raw.items()}
    for written, value in changes.items():
        sheet = sheets[re.split(r"[.\[]", written)[0]]
        if written.endswith("+"):
            _append(sheet, int(written.partition("[")[2].rstrip("]+")), value)
            continue
        for row, column in places(raw, written):
            cells = dict(sheet.rows.get(row, {}))
            old = cells.pop(column, None)
            if isinstance(value, Times):
                if old is not None:
                    cells[column] = cell(value.factor * old.number)
            elif value is not None:
                cells[column] = cell(value)
            sheet.rows[row] = cells
    return sheets


def _append(sheet: RawSheet, record: int, fields: Mapping[str, Any]) -> None:
    layout, _ = find_layout(BY_NAME[sheet.name], sheet, "")
    assert layout is not None
    copied = dict(sheet.rows[layout.rows[record]])
    for field, value in fields.items():
        copied.pop(layout.columns[field], None)
        if value is not None:
            copied[layout.columns[field]] = cell(value)
    sheet.rows[max(sheet.rows) + 1] = copied


def places(raw: Raw, written: str) -> list[tuple[int, int]]:
    """Row and column of each cell that a name stands for."""
    found = _NAMED.fullmatch(written)
    assert found is not None, written
    sheet, field, number = found.groups()
    layout, _ = find_layout(BY_NAME[sheet], raw[sheet], "")
    assert layout is not None
    if layout.items:
        return [layout.place(field, 0)]
    column = dict(layout.wide).get(field) or layout.columns[field]
    rows = layout.rows if number is None else [layout.rows[int(number)]]
    return [(row, column) for row in rows]
