"""Capitulation risk: measures scaled between calm and stress, weighted into a score. Source: model section 8."""

from __future__ import annotations

from reportgen.formula.functions import (
    at,
    choose,
    clip,
    count,
    divide,
    floor,
    minimum,
    not_available,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Risk_Score"
score_now = Section(
    blocks.market,
    SHEET,
    "Score",
    "0 is calm, 100 is stressed. A component that cannot be computed is left out and named.",
)
scored = Section(blocks.risk, SHEET, "Components", "Each measure is scaled linearly between its calm and stress value.")


@scored.line(unit="row", number_format="0", label="Row in the list of components", working=True)
def component_row(component, components):
    """Row of the component in the list of the model's components; 0 for a name that is not there."""
    return total(components.number, where=components.name == component)


@scored.line(unit="", text=True)
def dial(component_row, components):
    """The dial that the component belongs to."""
    return when(component_row > 0, at(component_row, components.dial), not_available)


@scored.line(unit="measure", number_format="0.00")
def measure(component_row, components):
    """Today's value of what the component looks at."""
    return when(component_row > 0, at(component_row, components.measure), not_available)


@scored.line(unit="points a unit", number_format="0.0")
def slope(calm, stress):
    """Points of score for each unit of the measure."""
    return divide(100, stress - calm)


@scored.line(unit="0-100", number_format="0.0", bold=True)
def score(measure, calm, slope):
    """The component's own score: 0 at calm, 100 at stress."""
    return clip((measure - calm) * slope, 0, 100)


@scored.line(unit="points", number_format="0.0", bold=True)
def contribution(score, weight, weight_in_score):
    """Points that the component adds to the risk score."""
    return divide(score * weight, weight_in_score)


@score_now.line(unit="points", number_format="0")
def weight_in_score(risk):
    """Sum of the weights of the components that can be computed."""
    return total(risk.weight, where=risk.score >= 0)


@score_now.line(unit="0-100", number_format="0.0", bold=True)
def risk_score(risk, weight_in_score):
    """Capitulation risk: the weighted mean of the component scores."""
    return divide(total(risk.score * risk.weight), weight_in_score)


@score_now.line(unit="0-4", number_format="0")
def risk_band_code(risk_score, risk_band_width):
    """Number of the band."""
    return minimum(4, floor(risk_score / risk_band_width))


@score_now.line(unit="", text=True)
def risk_band(risk_band_code):
    """The band in words."""
    return choose(risk_band_code, "low", "guarded", "elevated", "high", "severe")


@score_now.line(unit="components", number_format="0")
def components_missing(risk):
    """Components that cannot be computed from this workbook."""
    return count(risk.weight) - count(risk.score)
