"""The risk score for the page: its band, what drives it, what is missing from it."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, percent, scored
from reportgen.render.charts.contributions import Component
from reportgen.sheets import RISK_COMPONENTS

_TIMES = ("forced_selling", "etf_absorption")
_DRIVERS = 3
_EXPLAINED = 0.6
"""Drivers are named until they make up this share of the score, at most `_DRIVERS` of them."""


@dataclass(frozen=True)
class RiskPart:
    """A component: its name in the model, what it measures today, and the points that it adds."""

    name: str
    measure: Figure
    points: Figure
    most: Figure


@dataclass(frozen=True)
class RiskView:
    """The score with its components, largest first; `missing` cannot be computed, `absent` are not on the sheet.

    `counted` of `all` components make up the score; it is `partial` when that is not all of them.
    """

    score: Figure
    band: str
    band_width: float
    parts: tuple[RiskPart, ...]
    drivers: tuple[RiskPart, ...]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    chart: tuple[Component, ...]
    counted: Figure
    all: Figure
    partial: bool


def risk_view(solution: Solution) -> RiskView:
    """The score and its parts."""
    whole = float(solution.value("weight_in_score"))
    parts = tuple(
        RiskPart(
            name=str(name),
            measure=amount(float(measure), 2) if str(name) in _TIMES else percent(float(measure)),
            points=amount(float(points), 1),
            most=amount(float(weight) * 100 / whole if whole else float("nan"), 1),
        )
        for name, measure, points, weight in zip(
            *(solution.column("risk", name) for name in ("component", "measure", "contribution", "weight")), strict=True
        )
    )
    parts = tuple(
        sorted(parts, key=lambda part: (not part.points.known, -part.points.value if part.points.known else 0))
    )
    width = float(solution.value("risk_band_width"))
    known = sum(part.points.known for part in parts)
    return RiskView(
        counted=counted(known),
        all=counted(len(RISK_COMPONENTS)),
        partial=known < len(RISK_COMPONENTS),
        score=scored(float(solution.value("risk_score")), width),
        band=str(solution.value("risk_band")),
        band_width=width,
        parts=parts,
        drivers=_drivers(parts, float(solution.value("risk_score"))),
        missing=tuple(part.name for part in parts if not part.points.known),
        absent=tuple(name for name in RISK_COMPONENTS if name not in {part.name for part in parts}),
        chart=tuple(
            Component(part.points.value, part.most.value, part.name, f"{part.points} / {part.most}") for part in parts
        ),
    )


def _drivers(parts: tuple[RiskPart, ...], score: float) -> tuple[RiskPart, ...]:
    named: list[RiskPart] = []
    for part in parts:
        if not part.points.positive or len(named) == _DRIVERS:
            break
        if sum(item.points.value for item in named) >= _EXPLAINED * score:
            break
        named.append(part)
    return tuple(named)
