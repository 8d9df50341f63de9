"""The self-correction of difficulty for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, percent
from reportgen.render.charts.epochs import EpochPoint

_YEAR, _ABOUT = 365, 0.2


@dataclass(frozen=True)
class SpiralView:
    """Whether, where and when the spiral stops, if the price holds.

    The chart has today and then the end of every epoch, in days; `settled_mark` is on the same scale. `cycles` is True
    when difficulty goes up and down by turns to the end, between `cycle_low` and `cycle_high` of today's.
    """

    known: bool
    settles: bool
    moves: bool
    lowest_online: Figure
    switched_off: Figure
    final_difficulty: Figure
    difficulty_change: Figure
    settled_mark: float
    settled_days: Figure
    epochs: Figure
    last_days: Figure
    about_a_year: bool
    cycles: bool
    cycle_low: Figure
    cycle_high: Figure
    tolerance: Figure
    hashprice_now: Figure
    hashprice_end: Figure
    retarget: Figure
    retarget_blocks: Figure
    chart: tuple[EpochPoint, ...]


def spiral_view(solution: Solution) -> SpiralView:
    """The epochs of the self-correction."""
    difficulty = np.asarray(solution.column("self_correction", "difficulty_share"), dtype=float)
    online = np.asarray(solution.column("self_correction", "online"), dtype=float)
    days = np.asarray(solution.column("self_correction", "cumulative_days"), dtype=float)
    hashprice = solution.column("self_correction", "hashprice")
    lowest = float(solution.value("lowest_online"))
    end = float(solution.value("final_difficulty_share"))
    settled = float(solution.value("settled_epoch"))
    settled_days = float(solution.value("days_until_settled"))
    late = difficulty[-(len(difficulty) // 3) :]
    known = not math.isnan(float(solution.value("final_online")))
    change = percent(end - 1)
    off = percent(1 - lowest)
    return SpiralView(
        known=known,
        settles=not math.isnan(settled),
        moves=not (change.zero and off.zero),
        lowest_online=percent(lowest),
        switched_off=off,
        final_difficulty=percent(end),
        difficulty_change=change,
        settled_mark=math.nan if change.zero and off.zero else settled_days,
        settled_days=counted(settled_days),
        epochs=counted(len(difficulty)),
        last_days=counted(float(days[-1])),
        about_a_year=abs(float(days[-1]) / _YEAR - 1) < _ABOUT,
        cycles=math.isnan(settled) and _cycles(late),
        cycle_low=percent(float(late.min())),
        cycle_high=percent(float(late.max())),
        tolerance=percent(float(solution.value("settle_tolerance")), 0),
        hashprice_now=amount(float(hashprice[0]), 2),
        hashprice_end=amount(float(hashprice[-1]), 2),
        retarget=percent(float(solution.value("expected_retarget")), sign=True),
        retarget_blocks=counted(float(solution.value("blocks_to_retarget"))),
        chart=(
            EpochPoint(0.0, 1.0, 1.0),
            *(
                EpochPoint(float(ended), float(share), float(running))
                for ended, share, running in zip(days, difficulty, online, strict=True)
            ),
        ),
    )


def _cycles(late: Column) -> bool:
    """True when the last epochs turn more often than not."""
    turns = np.diff(late)
    return bool(np.sum(turns[1:] * turns[:-1] < 0) * 2 > len(turns) - 1)
