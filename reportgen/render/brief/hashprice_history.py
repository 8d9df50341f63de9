"""What a unit of hash rate earned day by day without fees, and the difficulty that the hash rate stood for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.solve import Solution
from reportgen.render.brief.dates import DateTick, day_ticks, thinned
from reportgen.render.brief.figures import Figure, amount, day, percent
from reportgen.render.charts.hashprice_record import HashpriceDay

_DAYS, _POINTS, _LABELS, _YEAR = 730, 160, 4, 365
_PER_EXAHASH = 1000  # PH/s
_DIFFICULTY = 600 / 2**32 * 1e6  # T for each EH/s: 2^32 hashes a unit of difficulty, a block in 600 seconds


@dataclass(frozen=True)
class HashpriceView:
    """The newest two years; `chart` is empty with fewer than two days of history.

    Hashprice is the day's subsidy at the day's price over the day's hash rate, difficulty what the 30-day mean hash
    rate stands for. `change` and `difficulty_change` are over the year up to the newest day, n/a with less history.
    """

    chart: tuple[HashpriceDay, ...]
    ticks: tuple[DateTick, ...]
    from_day: Figure
    today: Figure
    difficulty: Figure
    change: Figure
    difficulty_change: Figure


def hashprice_view(solution: Solution) -> HashpriceView:
    """Ratios of the model's lines of every day."""
    dates = solution.numbers("days", "date")[-_DAYS:]
    earned = solution.numbers("days", "revenue") / (solution.numbers("days", "hash_rate") * _PER_EXAHASH)
    difficulty = solution.numbers("days", "sma_30") * _DIFFICULTY
    hashprice, means = earned[-_DAYS:], difficulty[-_DAYS:]
    rows = thinned(_POINTS, hashprice, means) if len(dates) > 1 else []
    chart = tuple(HashpriceDay(float(dates[row]), float(hashprice[row]), float(means[row])) for row in rows)
    return HashpriceView(
        chart=chart if len(chart) > 1 else (),
        ticks=day_ticks(chart[0].day, chart[-1].day, _LABELS) if len(chart) > 1 else (),
        from_day=day(chart[0].day if chart else math.nan),
        today=amount(_newest(earned), 1),
        difficulty=amount(_newest(difficulty), 1),
        change=_over_a_year(earned),
        difficulty_change=_over_a_year(difficulty),
    )


def _newest(values: Column) -> float:
    return float(values[-1]) if len(values) else math.nan


def _over_a_year(values: Column) -> Figure:
    known = len(values) > _YEAR and not np.isnan(values[[-1, -1 - _YEAR]]).any()
    return percent(float(values[-1] / values[-1 - _YEAR]) - 1 if known else math.nan, 0)
