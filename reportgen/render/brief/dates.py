"""Days of a chart: which the axis names, which are drawn."""

from __future__ import annotations

import math

import numpy as np

from reportgen.inputs import Column
from reportgen.render.brief.figures import calendar, month
from reportgen.render.charts.ribbon import DateTick

__all__ = ["DateTick", "day_ticks", "thinned"]


def day_ticks(first: float, last: float, most: int) -> tuple[DateTick, ...]:
    """The first days of months between two serial days, about as many as asked."""
    starts = [serial for serial in range(int(first), int(last) + 1) if calendar(serial).day == 1]
    step = max(1, math.ceil(len(starts) / most))
    return tuple(DateTick(float(serial), month(serial)) for serial in starts[::step])


def thinned(values: Column, most: int) -> list[int]:
    """The numbers of about as many values as asked that draw the same line: the ends, and each stretch's extremes."""
    known = np.flatnonzero(~np.isnan(values))
    if len(known) <= most:
        return [int(row) for row in known]
    stretches = np.array_split(known, most // 2)
    kept = {int(row) for part in stretches for row in (part[values[part].argmin()], part[values[part].argmax()])}
    return sorted(kept | {int(known[0]), int(known[-1])})
