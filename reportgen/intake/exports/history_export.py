"""What an export says about the network or the funds: which column is what, in which unit, and each day's figures."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.exports.export_columns import (
    HASH_RATES,
    PRICES,
    Asked,
    fund_columns,
    is_total,
    one_column,
    refuse_foreign_money,
)
from reportgen.problems import UsageError
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.intake.exports.export_table import ExportTable

UNITS = {"H/s": 1e-18, "GH/s": 1e-9, "TH/s": 1e-6, "PH/s": 1e-3, "EH/s": 1.0, "ZH/s": 1e3}
"""EH/s in one of each unit."""
USUAL = 1000.0
"""EH/s that a network is taken to have when the workbook does not say: the order of magnitude of 2025."""
_FARTHEST = 30.0
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

    def up_to(self, last: float) -> Figures:
        """The same without the days after `last` (serial)."""
        kept = [row for row, day in enumerate(self.days) if day <= last]
        days, values = tuple(self.days[row] for row in kept), tuple(self.values[row] for row in kept)
        return replace(self, days=days, values=values)


def network_figures(table: ExportTable, network: float, asked: Asked = ()) -> Figures:
    """Hash rate (EH/s) and price (USD/BTC) of each day; `network` is the hash rate to expect (EH/s), NaN if unknown.

    Raises UsageError when no column is the hash rate or the price, the unit cannot be told, or prices are not in USD.
    """
    rate = one_column(table, "hash_rate", HASH_RATES, "hash rate", asked)
    price = one_column(table, "price", PRICES, "price", asked)
    refuse_foreign_money(table, [price], table.title)
    unit = _unit(table, rate, network)
    recognised = [f'"{table.header[rate]}" is the hash rate in {unit}', f'"{table.header[price]}" is the price in USD']
    taken = [BY_NAME["Network_History"].field(name).bounds for name in ("hash_rate", "btc_price")]
    days, values, left_out = [], [], []
    for row, day in enumerate(table.days):
        hash_rate, dollars = table.number(row, rate), table.number(row, price)
        wrong = table.unreadable(row, rate) or table.unreadable(row, price)
        if wrong:
            left_out.append(f"{wrong}; {iso_day(day)} is left out")
        elif hash_rate is None or dollars is None or hash_rate <= 0 or dollars <= 0:
            left_out.append(f"line {table.lines[row]}, {iso_day(day)}: no hash rate or no price")
        else:
            figures = float(f"{hash_rate * UNITS[unit]:.12g}"), dollars
            if not all(bounds.admit(value) for bounds, value in zip(taken, figures, strict=True)):
                left_out.append(
                    f"line {table.lines[row]}, {iso_day(day)}: a hash rate or price beyond what the sheet takes"
                )
                continue
            days.append(day)
            values.append(figures)
    return _figures(table, ("hash_rate", "btc_price"), days, values, recognised, left_out)


def etf_figures(table: ExportTable, asked: Asked = ()) -> Figures:
    """Flows (USD million) of each fund and day; blank or a dash is not reported.

    The newest rows of zeros or blanks alone are left out: those days are not reported yet. Raises UsageError when no
    column is a fund, one is neither a fund nor a total, or the flows are not in USD.
    """
    columns, left_out = fund_columns(table, asked)
    refuse_foreign_money(table, columns, table.title)
    names = tuple(table.header[column] for column in columns)
    rows = [tuple(table.number(row, column) for column in columns) for row in range(len(table.days))]
    wrong = (table.unreadable(row, column) for row in range(len(table.days)) for column in columns)
    left_out.extend(f"{words}; this cell is left out" for words in wrong if words)
    sizes = sorted(abs(value) for row in rows for value in row if value)
    dollars = bool(sizes) and sizes[len(sizes) // 2] > _DOLLARS
    if dollars:
        rows = [tuple(None if value is None else value / 1e6 for value in row) for row in rows]
    recognised = [
        f"{len(names)} {'fund' if len(names) == 1 else 'funds'}: {', '.join(names)}",
        f"flows in {'USD, turned into ' if dollars else ''}USD million",
    ]
    order = sorted(range(len(rows)), key=lambda row: table.days[row])
    while order and not any(rows[order[-1]]):
        left_out.append(f"{iso_day(table.days[order.pop()])}: zeros or blanks only, not reported yet")
    left_out.extend(_odd_totals(table, rows, dollars))
    days, values = [table.days[row] for row in order], [rows[row] for row in order]
    return _figures(table, names, days, values, recognised, left_out)


def _unit(table: ExportTable, column: int, network: float) -> str:
    """The unit that the header names, else the one in which the newest value is closest to the network's hash rate."""
    named = [
        unit
        for unit in UNITS
        if re.search(rf"(?<![A-Za-z]){re.escape(unit[:-2])}/?_?s(?![A-Za-z])", table.header[column], re.IGNORECASE)
    ]
    if named:
        return named[0]
    filled = [(day, row) for row, day in enumerate(table.days) if table.number(row, column)]
    value = table.number(max(filled)[1], column) if filled else None
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


def _odd_totals(table: ExportTable, rows: Sequence[tuple[float | None, ...]], dollars: bool) -> list[str]:
    """Days whose column Total is not the sum of the funds: said, as a fund may be missing from the export."""
    column = next((index for index, name in enumerate(table.header) if is_total(name)), None)
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


def _figures(
    table: ExportTable,
    names: tuple[str, ...],
    days: Sequence[float],
    values: Sequence[tuple[float | None, ...]],
    recognised: Sequence[str],
    left_out: Sequence[str],
) -> Figures:
    """The figures with one row a day; of two rows for a day the later one counts."""
    last = {day: row for row, day in enumerate(days)}
    twice = [f"{iso_day(day)}: an earlier row for the same day" for row, day in enumerate(days) if last[day] != row]
    rows = sorted(last.values(), key=lambda row: days[row])
    return Figures(
        names,
        tuple(days[row] for row in rows),
        tuple(values[row] for row in rows),
        (*recognised, *([table.said] if table.said else [])),
        (*table.footers, *left_out, *twice),
    )
