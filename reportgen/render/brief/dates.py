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


def thinned(most: int, *series: Column) -> list[int]:
    """The numbers of the days that draw the same lines: the ends, and each stretch's extremes of every series.

    About `most` for each series; a day is left out only where it is neither the least nor the most of its stretch.
    """
    kept: set[int] = set()
    for values in series:
        known = np.flatnonzero(~np.isnan(values))
        if len(known) <= most:
            kept.update(map(int, known))
            continue
        for part in np.array_split(known, most // 2):
            kept.update((int(part[values[part].argmin()]), int(part[values[part].argmax()])))
        kept.update((int(known[0]), int(known[-1])))
    return sorted(kept)
