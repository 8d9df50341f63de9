"""The self-correction of difficulty for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted, hundredths, percent, whole_percent
from reportgen.render.brief.reading import read, shown
from reportgen.render.charts.epochs import EpochPoint

_YEAR, _ABOUT = 365, 0.2
_POINT = ("cumulative_days", "difficulty_share", "online")


@dataclass(frozen=True)
class SpiralView:
    """Whether, where and when the spiral stops, if the price holds.

    `moves` is False where nothing of it would be seen, `all_earn` True where every machine earns its power. The chart
    has today and then the end of every epoch, in days; `settled_mark` is on the same scale. `cycles` is True when
    difficulty goes up and down by turns to the end, between `cycle_low` and `cycle_high` of today's.
    """

    known: bool
    settles: bool
    moves: bool
    all_earn: bool
    difficulty_change: Figure
    settled_mark: float
    epochs: Figure
    last_days: Figure
    about_a_year: bool
    cycles: bool
    cycle_low: Figure
    cycle_high: Figure
    hashprice_now: Figure
    hashprice_end: Figure
    chart: tuple[EpochPoint, ...]
    lowest_online: Figure = shown(percent)
    final_difficulty: Figure = shown(percent, "final_difficulty_share")
    settled_days: Figure = shown(counted, "days_until_settled")
    tolerance: Figure = shown(whole_percent, "settle_tolerance")
    retarget: Figure = shown(lambda value: percent(value, sign=True), "expected_retarget")
    retarget_blocks: Figure = shown(counted, "blocks_to_retarget")


def spiral_view(solution: Solution) -> SpiralView:
    """The epochs of the self-correction."""
    epochs = solution.rows_of("self_correction")
    difficulty = solution.numbers("self_correction", "difficulty_share")
    late = difficulty[-(len(difficulty) // 3) :]
    last_days = epochs[-1].number("cumulative_days")
    settles = not math.isnan(solution.number("settled_epoch"))
    change = percent(solution.number("final_difficulty_share") - 1)
    moves = not (change.zero and percent(1 - solution.number("lowest_online")).zero)
    return read(
        SpiralView,
        solution,
        known=not math.isnan(solution.number("final_online")),
        settles=settles,
        moves=moves,
        all_earn=solution.number("lowest_online") == 1,
        difficulty_change=change,
        settled_mark=solution.number("days_until_settled") if moves else math.nan,
        epochs=counted(len(epochs)),
        last_days=counted(last_days),
        about_a_year=abs(last_days / _YEAR - 1) < _ABOUT,
        cycles=not settles and _cycles(late),
        cycle_low=percent(float(late.min())),
        cycle_high=percent(float(late.max())),
        hashprice_now=hundredths(epochs[0].number("hashprice")),
        hashprice_end=hundredths(epochs[-1].number("hashprice")),
        chart=(EpochPoint(0.0, 1.0, 1.0), *(EpochPoint(*map(row.number, _POINT)) for row in epochs)),
    )


def _cycles(late: Column) -> bool:
    """True when the last epochs turn more often than not."""
    turns = np.diff(late)
    return bool(np.sum(turns[1:] * turns[:-1] < 0) * 2 > len(turns) - 1)
