"""What is possible but odd about history and flows up to the as-of day: gaps, figures that do not fit the market."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import day, iso_day, serial
from reportgen.intake.checking.trading_days import trading_days
from reportgen.problem_codes import problem
from reportgen.problems import shortened

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
FAR_PRICE, FAR_DIFFICULTY, RIBBON_DAYS, NEWEST = 0.15, 0.20, 60, 7
HASHES_PER_DIFFICULTY, SECONDS_PER_BLOCK = 2.0**32, 600.0
LISTED_GAPS = 5
OLD_FIGURES = 100
"""Days: a quarter, and the time in which the next one is usually reported."""
MOST_GAP = 20_000
"""Days between two rows that are still counted one by one."""


def odd_history(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about Network_History and ETF_Flows."""
    history, flows = sheets["Network_History"], sheets["ETF_Flows"]
    as_of = float(sheets["Report"].column("as_of")[0])
    yield from _figure_days(sheets["Operators"], as_of)
    yield from _overlapping(sheets["Stress_Windows"])
    if history.table.rows:
        yield from _gaps(history, as_of)
        yield from _short(history)
        yield from _off_market(sheets, history)
    if flows.table.rows:
        yield from _missing_trading_days(flows)
        yield from _unreported(flows)


def _dates(read: ReadSheet) -> list[float]:
    return [float(date) for date in read.column("date") if not np.isnan(date)]


def network_hash_rate(sheets: Sheets) -> float:
    """The hash rate (TH/s) that the difficulty of Market implies; NaN when the difficulty is missing."""
    difficulty = float(sheets["Market"].column("network_difficulty")[0]) * 1e12
    return difficulty * HASHES_PER_DIFFICULTY / SECONDS_PER_BLOCK / 1e12


def _figure_days(operators: ReadSheet, as_of: float) -> Iterator[Problem]:
    """Days of an operator's figures that are later than the as-of day, or long before it."""
    names = operators.texts("operator")
    for record, day_of in enumerate(operators.column("figures_as_of").tolist()):
        where = operators.where("figures_as_of", record)
        if day_of > as_of:
            message = f"found {iso_day(day_of)}, later than the as-of date {iso_day(as_of)}."
            yield problem("figures_future", where, message)
        elif day_of < as_of - OLD_FIGURES:
            age = f"{as_of - day_of:.0f} days before the as-of date"
            message = f'the figures of "{shortened(names[record])}" are of {iso_day(day_of)}, {age} {iso_day(as_of)}.'
            yield problem("figures_old", where, message)


def _overlapping(windows: ReadSheet) -> Iterator[Problem]:
    """Stress windows that share days with one that begins before them."""
    starts, ends = windows.column("from").tolist(), windows.column("to").tolist()
    last, before = -np.inf, 0
    for record in sorted(range(len(starts)), key=lambda each: starts[each]):
        if starts[record] <= last:
            name = windows.texts("window")[before]
            message = f'found {iso_day(starts[record])}, within "{shortened(name)}" (up to {iso_day(last)}).'
            yield problem("windows_overlap", windows.where("from", record), message)
        if ends[record] > last:
            last, before = ends[record], record


def _gaps(history: ReadSheet, as_of: float) -> Iterator[Problem]:
    """Days without a row, up to the as-of day: later rows enter nothing."""
    dates = [date for date in _dates(history) if not date > as_of]
    gaps = [(first, second) for first, second in itertools.pairwise(dates) if second > first + 1]
    if gaps:
        days = sum(int(second - first) - 1 for first, second in gaps)
        spans = [
            iso_day(first + 1) if second == first + 2 else f"{iso_day(first + 1)} to {iso_day(second - 1)}"
            for first, second in gaps
        ]
        where = history.where("date", dates.index(gaps[0][1]))
        yield problem("history_gap", where, f"{_count(days, 'day')} missing: {_listed(spans)}.")


def _short(history: ReadSheet) -> Iterator[Problem]:
    dates = _dates(history)
    if dates and dates[-1] - dates[0] + 1 < RIBBON_DAYS:
        message = f"the history spans {_count(int(dates[-1] - dates[0]) + 1, 'day')}, expected at least {RIBBON_DAYS}."
        yield problem("history_short", history.where("date"), message)


def _off_market(sheets: Sheets, history: ReadSheet) -> Iterator[Problem]:
    market = sheets["Market"]
    as_of = float(sheets["Report"].column("as_of")[0])
    # Later rows have a warning of their own; the day to compare with is the as-of day or the last one before it.
    last = max((row for row, date in enumerate(_dates(history)) if not date > as_of), default=0)
    price, newest = float(market.column("btc_price")[0]), float(history.column("btc_price")[last])
    if abs(price / newest - 1) > FAR_PRICE:
        side = "above" if price > newest else "below"
        gap = f"{abs(price / newest - 1):.0%} {side}"
        message = f"found {price:,.0f}, {gap} the newest row of Network_History ({newest:,.0f})."
        yield problem("price_off_history", market.where("btc_price"), message)
    rates = history.column("hash_rate")[max(0, last + 1 - NEWEST) : last + 1]
    implied, measured = network_hash_rate(sheets) / 1e6, float(np.sum(rates)) / len(rates)
    if abs(implied / measured - 1) > FAR_DIFFICULTY:
        mean = f"the newest {NEWEST} days of Network_History average {measured:,.4g} EH/s"
        message = f"the difficulty implies {implied:,.4g} EH/s, but {mean}."
        yield problem("difficulty_off_history", market.where("network_difficulty"), message)


def _missing_trading_days(flows: ReadSheet) -> Iterator[Problem]:
    dates = _dates(flows)
    if len(dates) < 2 or dates[-1] - dates[0] > MOST_GAP:
        return
    there = set(dates)
    missing = [each for each in trading_days(day(dates[0]), day(dates[-1])) if serial(each) not in there]
    if missing:
        after = next(index for index, date in enumerate(dates) if date > serial(missing[0]))
        message = (
            f"{_count(len(missing), 'trading day')} without a row: {_listed([each.isoformat() for each in missing])}."
        )
        yield problem("etf_gap", flows.where("date", after), message)


def _unreported(flows: ReadSheet) -> Iterator[Problem]:
    block = flows.column("funds")
    if not block.size:
        return
    dates = _dates(flows)  # rows without a date sort behind these and have an error of their own
    empty = np.all(np.isnan(block) | (block == 0), axis=1)[: len(dates)]
    if not dates or not empty[-1]:
        return
    first = 0 if empty.all() else len(empty) - int(np.argmin(empty[::-1]))
    span = iso_day(dates[-1]) if first == len(empty) - 1 else f"{iso_day(dates[first])} to {iso_day(dates[-1])}"
    yield problem("etf_zeros", flows.where("date", len(empty) - 1), f"found zeros or blanks only on {span}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:LISTED_GAPS])
    return shown if len(names) <= LISTED_GAPS else f"{shown} and {len(names) - LISTED_GAPS} more"
