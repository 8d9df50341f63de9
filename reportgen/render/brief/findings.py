"""What the titles of charts say that no other part of the brief says: counts and corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted
from reportgen.render.brief.stress_grid import HeatMap, StressGridView
from reportgen.render.charts.stacked_costs import CostBar, is_cut


@dataclass(frozen=True)
class Corner:
    """A heat map's figure of today and its worst one, with the changes of price and difficulty at which it stands."""

    today: str
    worst: str
    price: str
    difficulty: str


@dataclass(frozen=True)
class Findings:
    """`above` counts the operators with production whose net AISC is above the price.

    `bars_cut` is True when some bar of the costs by layer goes on beyond its axis.
    """

    producing: Figure
    above: Figure
    bars_cut: bool
    score: Corner | None
    margin: Corner | None


def findings(solution: Solution, grid: StressGridView, bars: Sequence[CostBar]) -> Findings:
    """The findings of a solution, whose grid and bars of costs are drawn."""
    net, price = solution.numbers("operators", "aisc_net"), solution.number("price")
    known = net[~np.isnan(net)]
    return Findings(
        producing=counted(len(known)),
        above=counted(int((known > price).sum())),
        bars_cut=is_cut(bars, price),
        score=_corner(grid.score),
        margin=_corner(grid.margin),
    )


def _corner(found: HeatMap | None) -> Corner | None:
    """None for a map whose cell of today, or every other one, is n/a."""
    if found is None:
        return None
    row, column = found.middle
    known = [
        (cell.badness, down, across, cell.label)
        for down, cells in zip(found.down, found.cells, strict=True)
        for across, cell in zip(found.across, cells, strict=True)
        if cell.badness == cell.badness
    ]
    today = found.cells[row][column]
    if today.badness != today.badness:
        return None
    _, down, across, label = max(known, key=lambda cell: cell[0])
    return Corner(today.label, label, across, down)
