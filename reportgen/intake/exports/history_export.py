"""What an export says about the network or the funds: which column is what, in which unit, and each day's figures."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.problems import UsageError

if TYPE_CHECKING:
    from reportgen.intake.exports.export_table import ExportTable

UNITS = {"H/s": 1e-18, "GH/s": 1e-9, "TH/s": 1e-6, "PH/s": 1e-3, "EH/s": 1.0, "ZH/s": 1e3}
"""EH/s in one of each unit."""
USUAL = 1000.0
"""EH/s that a network is taken to have when the workbook does not say: the order of magnitude of 2025."""
_FARTHEST = 30.0
_HASH_RATE = re.compile(r"hash_?\s*rate|hashrate", re.IGNORECASE)
_QUOTE = re.compile(r"price|\bclose\b", re.IGNORECASE)
_PRICE = re.compile(r"price|close|btc.?usd|usd", re.IGNORECASE)
_DOLLARS = 20_000.0
"""A median daily flow beyond this, in whatever unit, is in dollars: no fund moves 20 billion a day."""


@dataclass(frozen=True)
class Figures:
    """What an export holds for a sheet: its days, a value or None for each named column, and what was recognised."""

    names: tuple[str, ...]
    days: tuple[float, ...]
    values: tuple[tuple[float | None, ...], ...]
    recognised: tuple[str, ...]
    left_out: tuple[str, ...]


def network_figures(table: ExportTable, network: float) -> Figures:
    """Hash rate (EH/s) and price (USD/BTC) of each day; `network` is the hash rate to expect (EH/s), NaN if unknown.

    Raises UsageError when no column is the hash rate or the price, or the unit cannot be told.
    """
    rate, price = _column(table, _HASH_RATE, "hash rate"), _column(table, _PRICE, "price")
    unit = _unit(table, rate, network)
    recognised = [f'"{table.header[rate]}" is the hash rate in {unit}', f'"{table.header[price]}" is the price in USD']
    days, values, left_out = [], [], []
    for row, day in enumerate(table.days):
        hash_rate, dollars = table.number(row, rate), table.number(row, price)
        if hash_rate is None or dollars is None or hash_rate <= 0 or dollars <= 0:
            left_out.append(f"{iso_day(day)}: no hash rate or no price")
            continue
        days.append(day)
        values.append((float(f"{hash_rate * UNITS[unit]:.12g}"), dollars))
    return _once(
        Figures(
            ("hash_rate", "btc_price"), tuple(days), tuple(values), tuple(recognised), (*_footers(table), *left_out)
        )
    )


def etf_figures(table: ExportTable) -> Figures:
    """Flows (USD million) of each fund and day; blank or a dash is not reported.

    The newest rows of zeros or blanks alone are left out: those days are not reported yet. Raises UsageError when no
    column holds numbers, or one holds prices or hash rates.
    """
    columns = [
        column
        for column, name in enumerate(table.header)
        if column != table.date_column
        and name
        and name.casefold() != "total"
        and not table.unreadable(column)
        and (len(name) <= 40)
    ]
    if not columns:
        raise UsageError(f"{table.file}: found no column of flows beside the dates.")
    names = tuple(table.header[column] for column in columns)
    foreign = next((name for name in names if _HASH_RATE.search(name) or _QUOTE.search(name)), None)
    if foreign is not None:
        raise UsageError(
            f'{table.file}: the column "{foreign}" is no fund. For hash rates and prices use reportgen import network.'
        )
    if len({name.casefold() for name in names}) < len(names):
        raise UsageError(f"{table.file}: two columns have the same name. Rename one of them and try again.")
    rows = [tuple(table.number(row, column) for column in columns) for row in range(len(table.days))]
    sizes = sorted(abs(value) for row in rows for value in row if value)
    dollars = bool(sizes) and sizes[len(sizes) // 2] > _DOLLARS
    if dollars:
        rows = [tuple(None if value is None else value / 1e6 for value in row) for row in rows]
    recognised = [
        f"{len(names)} funds: {', '.join(names)}",
        f"flows in {'USD, turned into ' if dollars else ''}USD million",
    ]
    order = sorted(range(len(rows)), key=lambda row: table.days[row])
    left_out = []
    while order and not any(rows[order[-1]]):
        left_out.append(f"{iso_day(table.days[order.pop()])}: zeros or blanks only, not reported yet")
    left_out.extend(_odd_totals(table, rows, dollars))
    days, values = tuple(table.days[row] for row in order), tuple(rows[row] for row in order)
    return _once(Figures(names, days, values, tuple(recognised), (*_footers(table), *left_out)))


def _column(table: ExportTable, pattern: re.Pattern[str], meaning: str) -> int:
    found = [column for column, name in enumerate(table.header) if column != table.date_column and pattern.search(name)]
    if not found:
        names = ", ".join(f'"{name}"' for name in table.header if name)
        raise UsageError(
            f"{table.file}: found no column of the {meaning} among {names}. Name it so in the header and try again."
        )
    return found[0]


def _unit(table: ExportTable, column: int, network: float) -> str:
    """The unit that the header names, else the one in which the newest value is closest to the network's hash rate."""
    named = [
        unit
        for unit in UNITS
        if re.search(rf"(?<![A-Za-z]){re.escape(unit[:-2])}/?_?s(?![A-Za-z])", table.header[column], re.IGNORECASE)
    ]
    if named:
        return named[0]
    newest = (
        max((day, row) for row, day in enumerate(table.days) if table.number(row, column))[1] if table.days else None
    )
    value = table.number(newest, column) if newest is not None else None
    if value is None or value <= 0:
        raise UsageError(f'{table.file}: the column "{table.header[column]}" holds no hash rates.')
    expected = network if network > 0 else USUAL
    unit = min(UNITS, key=lambda each: abs(math.log(value * UNITS[each] / expected)))
    far = value * UNITS[unit] / expected
    if not 1 / _FARTHEST < far < _FARTHEST:
        raise UsageError(
            f"{table.file}: the hash rate {value:,.6g} fits no unit. Name it in the header, e.g. HashRate (EH/s)."
        )
    return unit


def _footers(table: ExportTable) -> list[str]:
    return [f'row "{name[:40]}": no date' for name in table.footers]


def _odd_totals(table: ExportTable, rows: Sequence[tuple[float | None, ...]], dollars: bool) -> list[str]:
    """Days whose column Total is not the sum of the funds: said, as a fund may be missing from the export."""
    column = next((index for index, name in enumerate(table.header) if name.casefold() == "total"), None)
    if column is None:
        return []
    odd = []
    for row, values in enumerate(rows):
        total = table.number(row, column)
        scaled = None if total is None else total / (1e6 if dollars else 1.0)
        funds = sum(value or 0.0 for value in values)
        if scaled is not None and abs(scaled - funds) > 1.0:
            odd.append(
                f"{iso_day(table.days[row])}: Total says {scaled:,.1f}, the funds add up to {funds:,.1f}, which counts"
            )
    return odd


def _once(figures: Figures) -> Figures:
    """The figures with one row a day; of two rows for a day the later one counts."""
    last = {day: row for row, day in enumerate(figures.days)}
    twice = [day for row, day in enumerate(figures.days) if last[day] != row]
    rows = sorted(last.values(), key=lambda row: figures.days[row])
    said = tuple(f"{iso_day(day)}: an earlier row for the same day" for day in twice)
    return Figures(
        figures.names,
        tuple(figures.days[row] for row in rows),
        tuple(figures.values[row] for row in rows),
        figures.recognised,
        (*figures.left_out, *said),
    )
