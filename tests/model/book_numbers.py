"""Arithmetic of the second reading of the model book: None is n/a, and n/a is never zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

Record = dict[str, Any]
Number = float | None

MONTH = 365 / 12


def day(text: str) -> int:
    """An ISO date as a running number of days."""
    return dt.date.fromisoformat(text).toordinal()


def ratio(above: Number, below: Number) -> Number:
    """n/a when either is, and when the divisor is nothing."""
    return None if above is None or below is None or below == 0 else above / below


def plus(*values: Number) -> Number:
    """The sum; n/a when any of them is."""
    return None if None in values else sum(value for value in values if value is not None)


def less(left: float, right: float) -> bool:
    """Whether left is below right by more than agreement to 12 digits, on which the model decides; less is rounding."""
    return left < right - abs(right) / 1e12


def difference(left: float, right: float) -> float:
    """What left has over right; nothing where they agree to 12 digits."""
    return left - right if less(left, right) or less(right, left) else 0.0


def clip(value: float, least: float = 0.0, most: float = 1.0) -> float:
    return min(most, max(least, value))


def mean(values: Sequence[float]) -> Number:
    return sum(values) / len(values) if values else None


def median(values: Sequence[float]) -> Number:
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def weighted(pairs: Iterable[tuple[Number, float]]) -> Number:
    """Weighted mean of (value, weight), over the values that there are."""
    known = [(value, weight) for value, weight in pairs if value is not None]
    return ratio(sum(value * weight for value, weight in known), sum(weight for _, weight in known))


def total(rows: Iterable[Record], name: str) -> float:
    return float(sum(row[name] for row in rows))


def monthly(growth: float) -> float:
    """Yearly growth of the network as growth in a month."""
    return float((1 + growth) ** (1 / 12) - 1)
