"""The risk score for the page: its band, what drives it, what is missing from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, percent, scored
from reportgen.render.charts.contributions import Component
from reportgen.sheets import RISK_COMPONENTS
from reportgen.sheets.risk_components import Measured

_DRIVERS = 3
_EXPLAINED = 0.6
"""Drivers are named until they make up this share of the score, at most `_DRIVERS` of them."""
SHOWN: dict[Measured, Callable[[float], Figure]] = {
    Measured.SHARE: percent,
    Measured.TIMES: lambda value: amount(value, 2),
}


@dataclass(frozen=True)
class RiskPart:
    """A component: its name in the model, in tables and in a sentence, its measure today, the points that it adds."""

    name: str
    label: str
    words: str
    measure: Figure
    points: Figure
    most: Figure


@dataclass(frozen=True)
class RiskView:
    """The score with its components, largest first; labels of those `missing` (no data) or `absent` (not on the sheet).

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
        _part(str(name), float(measure), float(points), float(weight) * 100 / whole if whole else float("nan"))
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
        missing=tuple(part.label for part in parts if not part.points.known),
        absent=tuple(item.label for item in RISK_COMPONENTS if item.name not in {part.name for part in parts}),
        chart=tuple(
            Component(part.points.value, part.most.value, part.label, f"{part.points} / {part.most}") for part in parts
        ),
    )


def _part(name: str, measure: float, points: float, most: float) -> RiskPart:
    component = next(item for item in RISK_COMPONENTS if item.name == name)
    shown = SHOWN[component.kind](measure)
    return RiskPart(
        name=component.name,
        label=component.label,
        words=component.spoken(0.0 if shown.zero else shown.value),
        measure=shown,
        points=amount(points, 1),
        most=amount(most, 1),
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
