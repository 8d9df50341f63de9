"""Days as Excel and the model count them: serial numbers (1 is 1900-01-01), and the date texts with one reading."""

from __future__ import annotations

import datetime as dt
import math
import re

EPOCH = dt.date(1899, 12, 30)
FROM_1904 = 1462
"""Days that a serial number of the 1904 system lies behind the same day's number in the 1900 system."""
FIRST = (dt.date(1990, 1, 1) - EPOCH).days
LAST = (dt.date(2100, 12, 31) - EPOCH).days
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]([0-9:.]+)(?:Z|[+-]00:?00| ?UTC)?)?", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})[\s.-]+([A-Za-z]{3,9})\.?[\s,-]+(\d{4})", re.ASCII)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", re.ASCII)


def serial(day: dt.date) -> float:
    """The Excel serial number of a day (1900 system)."""
    return float((day - EPOCH).days)


def day(number: float) -> dt.date:
    """The day of a serial number; a time of the day is dropped."""
    return EPOCH + dt.timedelta(days=math.floor(number))


def iso_day(number: float) -> str:
    """A serial day as 2025-12-05."""
    return day(number).isoformat()


def plausible(number: float) -> bool:
    """True for serial numbers between 1990 and 2100."""
    return FIRST <= number < LAST + 1


def from_text(text: str) -> float | None:
    """The serial number of a date typed as text, if it can be read in only one way; a time of the day is kept.

    Read are 2025-12-05 (with or without a time), 5 Dec 2025, 5-Dec-2025 and Dec 5, 2025 with English months. Not
    05/12/2025: nobody can tell whether that is May or December. None when the text is no such date.
    """
    text = text.strip()
    clock = 0.0
    if match := _ISO.fullmatch(text):
        parts = int(match[1]), int(match[2]), int(match[3])
        if match[4]:
            hour, _, rest = match[4].partition(":")
            minute = rest.partition(":")[0]
            clock = (_number(hour) * 60 + _number(minute)) / 1440
    elif match := _DAY_MONTH.fullmatch(text):
        parts = int(match[3]), _month(match[2]), int(match[1])
    elif match := _MONTH_DAY.fullmatch(text):
        parts = int(match[3]), _month(match[1]), int(match[2])
    else:
        return None
    try:
        return serial(dt.date(*parts)) + min(clock, 0.999)
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its English name or the first letters of it; 0 when there is none."""
    found = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name.lower())]
    return found[0] if len(found) == 1 else 9 if name.lower() == "sept" else 0


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else 0
