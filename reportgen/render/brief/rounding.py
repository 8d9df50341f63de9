"""Parts rounded so that, as they are shown, they add up to the whole as it is shown.

The method is that of largest remainders: every part is rounded down, and what is then missing goes, a unit each, to the
parts that lost most. No part is further than one unit of its last digit from its own figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from reportgen.render.brief.figures import Figure

_EXACT = 9
"""Decimals of a remainder: what a sum leaves behind in the last digits decides nothing."""


def parts_of(whole: float, parts: Sequence[float], decimals: int) -> tuple[float, ...]:
    """The parts to so many decimals, adding up to the whole to as many; each by itself where they are not its parts."""
    units = [part * 10**decimals for part in parts]
    if any(math.isnan(each) or math.isinf(each) for each in (whole, *parts)):
        return tuple(parts)
    floors = [math.floor(round(unit, _EXACT)) for unit in units]
    missing = round(round(whole, decimals) * 10**decimals) - sum(floors)
    lost = [round(unit - floor, _EXACT) for unit, floor in zip(units, floors, strict=True)]
    if not 0 <= missing <= sum(each > 0 for each in lost):
        return tuple(round(part, decimals) for part in parts)
    first = sorted(range(len(parts)), key=lambda index: (-lost[index], -abs(units[index]), index))[:missing]
    return tuple((floor + (index in first)) / 10**decimals for index, floor in enumerate(floors))


def added(whole: float, parts: Sequence[float], decimals: int, style: Callable[[float], Figure]) -> tuple[Figure, ...]:
    """The parts as figures in a style, their texts those of `parts_of`."""
    shown = parts_of(whole, parts, decimals)
    return tuple(Figure(float(part), style(each).text) for part, each in zip(parts, shown, strict=True))
