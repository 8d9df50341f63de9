"""The model solved over a grid of price and difficulty, and how far each alone must go to reach a threshold."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.adverse_cases import DRIVERS
from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, amount, percent, scored, whole_percent
from reportgen.render.charts.contributions import BANDS
from reportgen.render.charts.heat_map import Cell

_MIDDLE = 40
"""A score below this is no bad one."""


@dataclass(frozen=True)
class HeatMap:
    """One figure over the grid: rows of cells with the labels of columns (price) and rows (difficulty)."""

    cells: tuple[tuple[Cell, ...], ...]
    across: tuple[str, ...]
    down: tuple[str, ...]
    middle: tuple[int, int]


@dataclass(frozen=True)
class ReverseRow:
    """A band of the score or a share of hash rate (`measure`), and the smallest change of each driver that reaches it.

    A change is n/a where none in the range does, and 0 where it is reached today.
    """

    measure: str
    target: str
    changes: tuple[Figure, ...]


@dataclass(frozen=True)
class StressGridView:
    """Heat maps of the score and of the margin over net AISC; empty without figures."""

    score: HeatMap | None
    margin: HeatMap | None
    reverse: tuple[ReverseRow, ...]


def stress_grid_view(solution: Solution) -> StressGridView:
    """The grid and the reverse stress, as they were solved with the workbook."""
    width = solution.number("risk_band_width")
    return StressGridView(
        score=_map(solution, "risk_score", lambda value: _banded(value, width)),
        margin=_map(solution, "aisc_margin", lambda value: Cell(whole_percent(value).text, -value)),
        reverse=_reverse(solution),
    )


def _banded(score: float, width: float) -> Cell:
    """A whole score on the colour of its band; with a decimal where rounding would put it into another one."""
    if math.isnan(score):
        return Cell(amount(score).text, score)
    whole = round(score) // width == score // width
    role = BANDS[min(len(BANDS) - 1, int(score // width))]
    return Cell((amount(score, 0) if whole else scored(score, width)).text, (score - _MIDDLE) / (100 - _MIDDLE), role)


def _map(solution: Solution, line: str, cell: Callable[[float], Cell]) -> HeatMap | None:
    rows = solution.rows_of("grid")
    if not any(row.number(line) == row.number(line) for row in rows):
        return None
    prices = sorted({row.number("price_change") for row in rows})
    difficulties = sorted({row.number("difficulty_change") for row in rows})
    cells = {_place(row): cell(row.number(line)) for row in rows}
    return HeatMap(
        cells=tuple(tuple(cells[price, difficulty] for price in prices) for difficulty in difficulties),
        across=tuple(percent(price, 0, sign=True).text for price in prices),
        down=tuple(percent(difficulty, 0, sign=True).text for difficulty in difficulties),
        middle=(_nearest(difficulties), _nearest(prices)),
    )


def _place(row: Row) -> tuple[float, float]:
    return row.number("price_change"), row.number("difficulty_change")


def _nearest(changes: list[float]) -> int:
    """The place of no change."""
    return min(range(len(changes)), key=lambda index: abs(changes[index]))


def _reverse(solution: Solution) -> tuple[ReverseRow, ...]:
    if math.isnan(solution.number("total_hash_rate")) or solution.number("total_hash_rate") == 0:
        return ()  # without machines nothing is reached because nothing is known
    rows = solution.rows_of("reverse_stress")
    changes = {(_target(row), row.text("driver")): percent(row.number("change"), sign=True) for row in rows}
    targets = dict.fromkeys(_target(row) for row in rows)
    return tuple(ReverseRow(*target, tuple(changes[target, driver] for driver in DRIVERS)) for target in targets)


def _target(row: Row) -> tuple[str, str]:
    return row.text("measure"), row.text("target")
