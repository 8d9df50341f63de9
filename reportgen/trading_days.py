"""Days on which US exchanges trade, and so US funds report flows: weekdays that are no market holiday."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator

MONDAY, THURSDAY, SATURDAY = 0, 3, 5
ONE_OFF = frozenset({dt.date(2018, 12, 5), dt.date(2025, 1, 9)})
"""Days of mourning on which the exchanges stayed closed."""


def is_trading_day(day: dt.date) -> bool:
    """True when US exchanges are open on that day, by the rules in force since 2022."""
    return day.weekday() < SATURDAY and day not in holidays(day.year) and day not in ONE_OFF


def trading_days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The trading days from `first` to `last`, both included."""
    day = first
    while day <= last:
        if is_trading_day(day):
            yield day
        day += dt.timedelta(days=1)


@functools.cache
def holidays(year: int) -> frozenset[dt.date]:
    """The market holidays of a year."""
    fixed = {_observed(dt.date(year, month, day)) for month, day in ((6, 19), (7, 4), (12, 25))}
    new_year = dt.date(year, 1, 1)
    if new_year.weekday() != SATURDAY:  # a New Year on Saturday is not made up for on the Friday before
        fixed.add(_observed(new_year))
    floating = {
        _nth(year, 1, MONDAY, 3),
        _nth(year, 2, MONDAY, 3),
        easter(year) - dt.timedelta(days=2),
        _nth(year, 6, MONDAY, 1) - dt.timedelta(days=7),  # the last Monday of May
        _nth(year, 9, MONDAY, 1),
        _nth(year, 11, THURSDAY, 4),
    }
    return frozenset(fixed | floating)


def easter(year: int) -> dt.date:
    """Easter Sunday of a year, by the anonymous Gregorian algorithm."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    month, day = divmod(h + length - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, count: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _observed(day: dt.date) -> dt.date:
    """The day off: the Friday before a Saturday, the Monday after a Sunday."""
    return day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))
