"""The dials of the risk score: income, shut-downs, balance sheets, and absorption beside. Source: model section 8."""

from __future__ import annotations

from reportgen.formula.functions import average, choose, otherwise
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.sheets.risk_components import DIALS

dials = Section(
    blocks.dials,
    "Risk_Score",
    "Dials",
    "Weighted means of the components of each dial; with equal weights where those that there are weigh nothing.",
)


@dials.line(unit="", text=True)
def dial(number):
    """Name of the dial."""
    return choose(number - 1, *DIALS)


@dials.line(unit="0-100", number_format="0.0")
def weighted_score(dial, risk):
    """Weighted mean of the dial's components that can be computed; n/a when all of them weigh nothing."""
    return average(risk.score, weight=risk.weight, where=risk.dial == dial)


@dials.line(unit="0-100", number_format="0.0")
def equal_score(dial, risk):
    """Mean of the dial's components that can be computed, each of the same weight."""
    return average(risk.score, where=risk.dial == dial)


@dials.line(unit="0-100", number_format="0.0", bold=True)
def score(weighted_score, equal_score):
    """The dial: 0 is calm, 100 is stressed."""
    return otherwise(weighted_score, equal_score)
