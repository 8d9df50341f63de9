"""The risk score for the page: its band, what drives it, what is missing from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, amount, counted, percent, scored
from reportgen.render.brief.rounding import added
from reportgen.render.charts.contributions import Component
from reportgen.render.charts.dials import Dial
from reportgen.sheets import RISK_COMPONENTS
from reportgen.sheets.risk_components import DIALS, Measured

BESIDE = DIALS[-1]
"""The dial of absorption: whether buyers are there, beside the score."""
_DRIVERS = 3
_EXPLAINED = 0.6
"""Drivers are named until they make up this share of the score, at most `_DRIVERS` of them."""
SHOWN: dict[Measured, Callable[[float], Figure]] = {
    Measured.SHARE: percent,
    Measured.TIMES: lambda value: amount(value, 2),
}


@dataclass(frozen=True)
class RiskPart:
    """A component: its name in tables and in a sentence, its measure today, the points that it adds, and could add.

    One that weighs nothing stands `beside` the score.
    """

    name: str
    label: str
    words: str
    measure: Figure
    points: Figure
    most: Figure
    beside: bool


@dataclass(frozen=True)
class RiskView:
    """The score with its components, largest first; labels of those `missing` (no data) or `absent` (not on the sheet).

    `counted` of `all` components that have a weight make up the score; it is `partial` when that is not all of them.
    """

    band: str
    parts: tuple[RiskPart, ...]
    drivers: tuple[RiskPart, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    chart: tuple[Component, ...]
    dials: tuple[Dial, ...]
    counted: Figure
    all: Figure
    partial: bool
    band_width: float
    score: Figure


def risk_view(solution: Solution) -> RiskView:
    """The score, its dials and its parts."""
    score, width = solution.number("risk_score"), solution.number("risk_band_width")
    parts = tuple(sorted(_parts(solution, scored(score, width)), key=_by_points))
    weighing = [part for part in parts if not part.beside]
    known = [part for part in weighing if part.points.known]
    absent = [item for item in RISK_COMPONENTS if item.name not in {part.name for part in parts}]
    expected = len(weighing) + sum(item.dial != BESIDE for item in absent)
    return RiskView(
        band=solution.text("risk_band"),
        parts=parts,
        drivers=_drivers(known, score),
        missing=tuple(part.label for part in parts if not part.measure.known),
        absent=tuple(item.label for item in absent),
        chart=tuple(
            Component(part.points.value, part.most.value, part.label, f"{part.points} / {part.most}")
            for part in weighing
        ),
        dials=tuple(_dial(row) for row in solution.rows_of("dials")),
        counted=counted(len(known)),
        all=counted(expected),
        partial=len(known) < expected,
        band_width=width,
        score=scored(score, width),
    )


def _by_points(part: RiskPart) -> tuple[bool, float]:
    return (not part.points.known, -part.points.value if part.points.known else 0.0)


def _parts(solution: Solution, score: Figure) -> Iterator[RiskPart]:
    """The components, their points rounded so that they add up to the score, and what they could add to 100."""
    rows = solution.rows_of("risk")
    known = [row for row in rows if not math.isnan(row.number("contribution"))]
    decimals = len(score.text.partition(".")[2])
    shares = [row.number("weight") * 100 / solution.number("weight_in_score") for row in known]
    points = added(
        score.value, [row.number("contribution") for row in known], decimals, lambda value: amount(value, decimals)
    )
    most = added(100.0, shares, 1, lambda value: amount(value, 1))
    found = {row.index: pair for row, *pair in zip(known, points, most, strict=True)}
    missing = amount(math.nan)
    for row in rows:
        yield _part(row, *found.get(row.index, (missing, missing)))


def _part(row: Row, points: Figure, most: Figure) -> RiskPart:
    component = next(item for item in RISK_COMPONENTS if item.name == row.text("component"))
    shown = SHOWN[component.kind](row.number("measure"))
    return RiskPart(
        name=component.name,
        label=component.label,
        words=component.spoken(0.0 if shown.zero else shown.value),
        measure=shown,
        points=points,
        most=most,
        beside=row.number("weight") == 0,
    )


def _dial(row: Row) -> Dial:
    score = row.number("score")
    name = row.text("dial")
    return Dial(name.capitalize(), score, amount(score, 0).text, beside=name == BESIDE)


def _drivers(parts: Sequence[RiskPart], score: float) -> tuple[RiskPart, ...]:
    named: list[RiskPart] = []
    for part in parts:
        if not part.points.positive or len(named) == _DRIVERS:
            break
        if sum(item.points.value for item in named) >= _EXPLAINED * score:
            break
        named.append(part)
    return tuple(named)
