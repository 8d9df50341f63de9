"""What is possible but has the wrong size: amounts in millions, a digit too few, a sheet misnamed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import SHEETS, Kind, normal

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
SMALL_AMOUNT = 1_000.0
"""USD: monthly costs, cash and debts of a miner are never below it, but its millions are."""
ALWAYS_THERE = frozenset(
    {
        *("site_overhead", "hosting", "site_maintenance", "site_labour", "curtailment_credit", "pool_fee"),
        *("corporate_overhead", "cash", "btc_held", "minimum_liquidity"),
    }
)
"""Columns of Operators that every blank workbook has had. One that is declared later is missing from every workbook
made before it, so its absence says nothing."""
LOST = 2
"""Columns that someone may have deleted by accident; a sheet that lacks more was made without them."""


def odd_sizes(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about sizes; a missing value and a plain zero are never odd."""
    for name in ("Operators", "Debt", "AI_HPC"):
        yield from _small_amounts(sheets[name])
    yield from _lost_columns(sheets["Operators"])


def unread_sheets(listed: Sequence[str], read: Sequence[str], file: str) -> Iterator[Problem]:
    """A warning for each declared sheet that the file lacks while it has one of nearly that name."""
    missing = {normal(sheet.name): sheet.name for sheet in SHEETS if sheet.name not in read}
    for name in listed:
        close = difflib.get_close_matches(normal(name), list(missing), n=1, cutoff=0.75)
        if close and normal(name) not in {normal(each) for each in read}:
            message = f'the sheet "{shortened(name)}" is not read, and there is no sheet {missing[close[0]]}.'
            yield problem("sheet_unread", Where(file, missing[close[0]]), message)


def _small_amounts(read: ReadSheet) -> Iterator[Problem]:
    for field in read.sheet.fields:
        if field.kind is Kind.NUMBER and field.unit in ("USD", "USD/month"):
            amounts = read.column(field.name)
            for record in np.flatnonzero((amounts > 0) & (amounts < SMALL_AMOUNT)).tolist():
                message = f"found {plain_number(float(amounts[record]))} {field.unit}, which is very little."
                yield problem("amount_small", read.where(field.name, record), message)


def _lost_columns(read: ReadSheet) -> Iterator[Problem]:
    if read.layout is None or not read.table.rows:
        return
    absent = [
        (field, field.default)
        for field in read.sheet.fields
        if field.name in ALWAYS_THERE and isinstance(field.default, float) and field.name not in read.layout.columns
    ]
    for field, standard in absent if len(absent) <= LOST else ():
        where = Where(read.file, read.sheet.name, f"row {read.layout.header}", field.label)
        message = f'found no column "{field.header}": {plain_number(standard)} is used for every row.'
        yield problem("column_lost", where, message)
