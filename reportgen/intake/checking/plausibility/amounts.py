"""What is possible but has the wrong size: amounts in millions, a digit too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import Where
from reportgen.sheets import Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
SMALL_AMOUNT = 1_000.0
"""USD: monthly costs, cash and debts of a miner are never below it, but its millions are."""
LARGE_FLOW = 10_000.0
"""USD million in a day and fund: several times the largest ever, and far below any flow typed in USD."""
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
GENESIS, BLOCKS_A_DAY, HEIGHT_RANGE = 39_816.0, 144.0, (0.9, 1.15)
"""The day of the first block (3 January 2009), and how far from the even pace the height has ever been."""


def odd_sizes(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about sizes; a missing value and a plain zero are never odd."""
    for name in ("Operators", "Debt", "AI_HPC"):
        yield from _small_amounts(sheets[name])
    yield from _height(sheets)
    yield from _large_flows(sheets["ETF_Flows"])
    yield from _treasury(sheets)
    yield from _machines(sheets["Fleet"])
    yield from _lost_columns(sheets["Operators"])


def _small_amounts(read: ReadSheet) -> Iterator[Problem]:
    for field in read.sheet.fields:
        if field.kind is Kind.NUMBER and field.unit in ("USD", "USD/month"):
            for record, amount in enumerate(read.column(field.name).tolist()):
                if 0 < amount < SMALL_AMOUNT:
                    message = f"found {plain_number(amount)} {field.unit}, which is very little."
                    yield problem("amount_small", read.where(field.name, record), message)


def _height(sheets: Sheets) -> Iterator[Problem]:
    height, as_of = sheets["Market"].column("block_height")[0], sheets["Report"].column("as_of")[0]
    expected = (as_of - GENESIS) * BLOCKS_A_DAY
    low, high = HEIGHT_RANGE
    if expected > 0 and not np.isnan(height) and not low <= height / expected <= high:
        message = f"found block {plain_number(height)}, but on {iso_day(as_of)} about {expected:,.0f} is expected."
        yield problem("height_off", sheets["Market"].where("block_height"), message)


def _large_flows(flows: ReadSheet) -> Iterator[Problem]:
    block = flows.column("funds")
    for record in np.flatnonzero(np.any(np.abs(np.nan_to_num(block)) > LARGE_FLOW, axis=1)).tolist():
        largest = block[record][np.nanargmax(np.abs(block[record]))]
        message = f"found {plain_number(float(largest))} USD million for one fund on one day."
        yield problem("flow_large", flows.where("date", record), message)


def _treasury(sheets: Sheets) -> Iterator[Problem]:
    treasury = sheets["Market"].column("miner_treasury")[0]
    held = float(np.nansum(sheets["Operators"].column("btc_held")))
    if treasury < held:
        message = f"found {plain_number(float(treasury))} BTC, but the operators alone hold {held:,.0f} BTC."
        yield problem("treasury_small", sheets["Market"].where("miner_treasury"), message)


def _machines(fleet: ReadSheet) -> Iterator[Problem]:
    units = fleet.column("units")
    if len(units) and bool(np.all(units == 0)):
        yield problem("machines_none", fleet.where("units"), "found no machine in any row.")
    seen: set[tuple[object, ...]] = set()
    for record in range(fleet.table.rows):
        row = tuple(str(fleet.column(field.name)[record]) for field in fleet.sheet.fields)
        if row in seen:
            yield problem("row_twice", fleet.where("operator", record), "found the same row a second time.")
        seen.add(row)


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
