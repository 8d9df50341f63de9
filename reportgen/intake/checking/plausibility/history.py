"""What is possible but odd about days up to the as-of day: gaps, a day out of line with its neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.wording import count, listed, times
from reportgen.intake.reading.typed_values import shown_number
from reportgen.problem_codes import problem
from reportgen.problems import shortened

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
RIBBON_DAYS = 60
OLD_FIGURES = 100
"""Days: a quarter, and the time in which the next one is usually reported."""
NEIGHBOURS, NEIGHBOURHOOD = 14, 30
"""Rows that a row is held against, half of them before it, and the days within which they must lie."""
MISPLACED = 300
"""Days between a day and the rows around it that only a mistyped year makes."""
IN_LINE = {"btc_price": (0.6, 1.5), "hash_rate": (0.5, 1.6)}
"""Times the median of the neighbours: no day since 2015 lies outside."""
IN_LINE_AT_THE_END = {"btc_price": (0.5, 2.0), "hash_rate": (0.5, 1.6)}
"""The same for the first and the last rows, whose neighbours stand on one side: a real fall or rise has no other."""


def odd_history(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about the days of lists, except what Market and the flows themselves show."""
    history = sheets["Network_History"]
    as_of = float(sheets["Report"].column("as_of")[0])
    yield from _figure_days(sheets["Operators"], as_of)
    yield from _overlapping(sheets["Stress_Windows"])
    if history.table.rows:
        misplaced = _misplaced(history)
        yield from _off_their_place(history, misplaced)
        yield from _gaps(history, as_of, frozenset(misplaced))
        yield from _short(history)


def _dates(read: ReadSheet) -> list[float]:
    return [float(date) for date in read.column("date") if not np.isnan(date)]


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


def _misplaced(history: ReadSheet) -> list[int]:
    """Records whose day is hundreds of days before the row above it, or after the row below: a mistyped year.

    The rows around stand on the sheet in order and close together; a sheet may also run from the newest day down.
    """
    dates = history.column("date")
    on_sheet = [record for record in np.argsort(history.order).tolist() if dates[record] == dates[record]]
    if len(on_sheet) > 1 and np.median(np.diff(dates[on_sheet])) < 0:
        on_sheet.reverse()
    leaps = np.flatnonzero(np.abs(np.diff(dates[on_sheet])) > MISPLACED)
    found = []
    for place in np.union1d(leaps, leaps + 1).tolist():
        record = on_sheet[place]
        above, below = on_sheet[max(place - 2, 0) : place], on_sheet[place + 1 : place + 3]
        around = dates[[*above, *below]]
        if len(around) < 2 or around.max() - around.min() > NEIGHBOURHOOD:
            continue
        early = bool(above) and dates[record] < around.min() - MISPLACED
        late = bool(below) and dates[record] > around.max() + MISPLACED
        if early or late:
            found.append(record)
    return found


def _off_their_place(history: ReadSheet, misplaced: list[int]) -> Iterator[Problem]:
    dates, row_of = history.column("date"), {place: record for record, place in enumerate(history.order)}
    for record in misplaced:
        place = history.order[record]
        beside, where = (place - 1, "above") if place - 1 in row_of else (place + 1, "below")
        day = f"found {iso_day(float(dates[record]))}"
        message = f"{day}; the row {where} is of {iso_day(float(dates[row_of[beside]]))}."
        yield problem("date_misplaced", history.where("date", record), message)


def _gaps(history: ReadSheet, as_of: float, misplaced: frozenset[int]) -> Iterator[Problem]:
    """Days without a row, up to the as-of day: later rows enter nothing; nor do rows off their place."""
    kept = [
        record
        for record, date in enumerate(history.column("date").tolist())
        if date <= as_of and record not in misplaced
    ]
    dates = history.column("date")[kept].tolist()
    gaps = [(first, second) for first, second in itertools.pairwise(dates) if second > first + 1]
    if gaps:
        days = sum(int(second - first) - 1 for first, second in gaps)
        spans = [
            iso_day(first + 1) if second == first + 2 else f"{iso_day(first + 1)} to {iso_day(second - 1)}"
            for first, second in gaps
        ]
        where = history.where("date", kept[dates.index(gaps[0][1])])
        yield problem("history_gap", where, f"{count(days, 'day')} missing: {listed(spans)}.")


def _short(history: ReadSheet) -> Iterator[Problem]:
    dates = _dates(history)
    if dates and dates[-1] - dates[0] + 1 < RIBBON_DAYS:
        message = f"the history spans {count(int(dates[-1] - dates[0]) + 1, 'day')}, expected at least {RIBBON_DAYS}."
        yield problem("history_short", history.where("date"), message)


def outliers(history: ReadSheet, as_of: float) -> dict[tuple[str, int], float]:
    """Prices and hash rates out of line: by field and record, the median of the rows around, up to the as-of day."""
    dates = history.column("date")
    rows = int(np.count_nonzero(dates <= as_of))
    found: dict[tuple[str, int], float] = {}
    if rows <= NEIGHBOURS:
        return found
    place = np.arange(rows)
    first = np.clip(place - NEIGHBOURS // 2, 0, rows - NEIGHBOURS - 1)
    window = first[:, None] + np.arange(NEIGHBOURS + 1)
    others = window[window != place[:, None]].reshape(rows, NEIGHBOURS)
    near = dates[window[:, -1]] - dates[window[:, 0]] <= NEIGHBOURHOOD
    inside = first == place - NEIGHBOURS // 2
    for field, bounds in IN_LINE.items():
        values = history.column(field)[:rows]
        usual = np.median(values[others], axis=1)
        low, high = (np.where(inside, *pair) for pair in zip(bounds, IN_LINE_AT_THE_END[field], strict=True))
        for record in np.flatnonzero(near & ((values < low * usual) | (values > high * usual))).tolist():
            found[field, record] = float(usual[record])
    return found


def odd_days(history: ReadSheet, found: Mapping[tuple[str, int], float]) -> Iterator[Problem]:
    """A warning for each figure out of line."""
    for (field, record), usual in found.items():
        value = float(history.column(field)[record])
        usually = f"{times(value / usual)} the median of the rows around it ({shown_number(usual)})"
        message = f"found {shown_number(value)}, {usually}."
        yield problem("history_outlier", history.where(field, record), message)
