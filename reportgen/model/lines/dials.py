"""The dials of the risk score: income, shut-downs, balance sheets, and absorption beside. Source: model section 8."""

from __future__ import annotations

from reportgen.formula.functions import choose, count, divide, otherwise, total
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


@dials.line(unit="points", number_format="0", label="Weight that counts", working=True)
def weight_known(dial, risk):
    """Sum of the weights of the dial's components that can be computed."""
    return total(risk.weight, where=(risk.score >= 0) & (risk.dial == dial))


@dials.line(unit="components", number_format="0", label="Components that count", working=True)
def components_known(dial, risk):
    """Components of the dial that can be computed."""
    return count(risk.score, where=risk.dial == dial)


@dials.line(unit="0-100", number_format="0.0")
def weighted_score(dial, risk, weight_known):
    """Weighted mean of the dial's components that can be computed; n/a when all of them weigh nothing."""
    return divide(total(risk.score * risk.weight, where=risk.dial == dial), weight_known)


@dials.line(unit="0-100", number_format="0.0")
def equal_score(dial, risk, components_known):
    """Mean of the dial's components that can be computed, each of the same weight."""
    return divide(total(risk.score, where=risk.dial == dial), components_known)


@dials.line(unit="0-100", number_format="0.0", bold=True)
def score(weighted_score, equal_score):
    """The dial: 0 is calm, 100 is stressed."""
    return otherwise(weighted_score, equal_score)
