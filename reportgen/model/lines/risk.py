"""Capitulation risk: measures scaled between calm and stress, weighted into a score. Source: model section 8."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import Any

from reportgen.formula.functions import (
    average,
    choose,
    clip,
    count,
    divide,
    floor,
    largest,
    minimum,
    not_available,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.sheets import RISK_COMPONENTS
from reportgen.sheets.risk_components import RiskComponent

SHEET = "Risk_Score"
score_now = Section(
    blocks.market,
    SHEET,
    "Score",
    "0 is calm, 100 is stressed. A component that cannot be computed is left out and named.",
)
measures = Section(blocks.market, SHEET, "Measures", "What the components look at.")
components = Section(
    blocks.risk, SHEET, "Components", "Each measure is scaled linearly between its calm and its stress value."
)


@measures.line(unit="share", number_format="0.0%")
def ribbon_depth(ribbon_today):
    """How far the hash ribbon is inverted."""
    return -ribbon_today


@measures.line(unit="times issuance", number_format="0.00")
def forced_selling(forced_sales_network, issuance):
    """Extrapolated forced sales over issuance."""
    return divide(forced_sales_network, issuance)


@measures.line(unit="BTC/day")
def severe_miner_sales(scenarios):
    """Miner sales of the scenario with the largest."""
    return largest(scenarios.miner_sales)


@measures.line(unit="times", number_format="0.00;-0.00", label="ETF outflow / severe miner sales")
def etf_outflow_ratio(etf_mean_long_btc, severe_miner_sales):
    """Mean outflow of the newest 20 ETF days over severe miner sales; below zero when funds take in."""
    return divide(-etf_mean_long_btc, severe_miner_sales)


@measures.line(unit="share of hash rate", number_format="0.0%")
def distressed_share(operators, total_hash_rate):
    """Share of the hash rate with short runway or a covenant in breach."""
    return divide(total(operators.hash_rate, where=operators.distressed == 1), total_hash_rate)


def measured(table: Sequence[RiskComponent]) -> Callable[..., Any]:
    """The function of the line `measure`: for each component of the table, the line that it looks at."""

    def measure(component: Any, *figures: Any) -> Any:
        """Today's value of what the component looks at."""
        today = dict(zip(names[1:], figures, strict=True))
        value: Any = not_available
        for item in reversed(table):
            value = when(component == item.name, today[item.measure], value)
        return value

    names = list(dict.fromkeys(["component", *(item.measure for item in table)]))
    parameters = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    measure.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # read by inspect.signature
    return measure


measure = components.line(unit="measure", number_format="0.00")(measured(RISK_COMPONENTS))


@components.line(unit="share of the way", number_format="0.0%")
def scaled(measure, calm, stress):
    """How far the measure is on the way from calm to stress."""
    return divide(measure - calm, stress - calm)


@components.line(unit="0-100", number_format="0.0", bold=True)
def score(scaled):
    """The component's own score."""
    return 100 * clip(scaled, 0, 1)


@components.line(unit="points", number_format="0.0", bold=True)
def contribution(score, weight, weight_in_score):
    """Points that the component adds to the risk score."""
    return divide(score * weight, weight_in_score)


@score_now.line(unit="points", number_format="0")
def weight_in_score(risk):
    """Sum of the weights of the components that can be computed."""
    return total(risk.weight, where=risk.score >= 0)


@score_now.line(unit="0-100", number_format="0.0", bold=True)
def risk_score(risk):
    """Capitulation risk: the weighted mean of the component scores."""
    return average(risk.score, weight=risk.weight)


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
