"""How sure the operators' figures are: shares of the hash rate by the status of their rows. Source: model section 1."""

from __future__ import annotations

from reportgen.formula.functions import divide, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import SHEET

provenance = Section(
    blocks.market,
    SHEET,
    "How sure the figures are",
    "Shares of the operators' hash rate by the status that their rows are given on Operators.",
    across=True,
)


@provenance.line(unit="share of hash rate", number_format="0.0%")
def share_reported(operators, total_hash_rate):
    """Share of the hash rate whose operators' figures are reported."""
    return divide(total(operators.hash_rate, where=operators.status == "reported"), total_hash_rate)


@provenance.line(unit="share of hash rate", number_format="0.0%")
def share_estimated(operators, total_hash_rate):
    """Share of the hash rate whose operators' figures are estimated."""
    return divide(total(operators.hash_rate, where=operators.status == "estimated"), total_hash_rate)


@provenance.line(unit="share of hash rate", number_format="0.0%")
def share_assumed(operators, total_hash_rate):
    """Share of the hash rate whose operators' figures are assumed."""
    return divide(total(operators.hash_rate, where=operators.status == "assumed"), total_hash_rate)


@provenance.line(unit="share of hash rate", number_format="0.0%")
def share_without_status(operators, total_hash_rate):
    """Share of the hash rate whose operators' rows do not say how sure their figures are."""
    return divide(total(operators.hash_rate, where=operators.status == ""), total_hash_rate)
