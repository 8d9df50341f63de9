"""Days as the model counts them: Excel serial numbers, 1 is 1900-01-01 (and 1900 is taken for a leap year)."""

from __future__ import annotations

import datetime as dt

_EPOCH = dt.date(1899, 12, 30)


def iso_day(serial: float) -> str:
    """A serial day as YYYY-MM-DD."""
    return (_EPOCH + dt.timedelta(days=int(serial))).isoformat()
