"""Numeric dates typed as text: which days they may be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from reportgen import excel_dates

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_NUMERIC_DATE = re.compile(
    r"(\d{1,4})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{2,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII
)


def day_readings(text: str) -> dict[str, str]:
    """The days that a numeric date may be, by what stands first in it; one when only one order gives a day."""
    match = _NUMERIC_DATE.fullmatch(text)
    if match is None:
        return {}
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) > 2:
        orders = {"year first": (first, second, third)}
    else:
        year = third + 2_000 if len(match[3]) == 2 else third
        orders = {DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)}
    days = {way: day for way, parts in orders.items() if (day := _iso(*parts))}
    return days if len(set(days.values())) == len(days) else {"": days[DAY_FIRST]}


def told_order(texts: Iterable[str]) -> tuple[str, str]:
    """The order that one of the texts can be read in alone, and that text; two empty texts when none tells."""
    for text in texts:
        days = day_readings(text)
        if len(days) == 1 and (way := next(iter(days))) in (DAY_FIRST, MONTH_FIRST):
            return way, text
    return "", ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return ""
    return found.isoformat() if excel_dates.plausible(excel_dates.serial(found)) else ""
