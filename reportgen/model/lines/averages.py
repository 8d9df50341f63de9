"""All operators together: averages weighted by production, shares by hash rate. Source: model section 4."""

from __future__ import annotations

from reportgen.formula.functions import average, divide, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import SHEET

averages = Section(
    blocks.market, SHEET, "All operators", "Averages are weighted by production, shares by hash rate.", across=True
)


@averages.line(unit="TH/s", show="#,##0", label="Hash rate of all operators")
def total_hash_rate(operators):
    """Running hash rate of all operators."""
    return total(operators.hash_rate)


@averages.line(unit="BTC/month", label="Production of all operators")
def total_production(operators):
    """Bitcoin that all operators mine in a month."""
    return total(operators.production)


@averages.line(unit="USD/BTC", label="Direct cost, average")
def direct_cost_average(operators):
    """Direct cost of a bitcoin, weighted by production."""
    return average(operators.direct_cost_per_btc, weight=operators.production)


@averages.line(unit="USD/BTC", label="AISC, average", strong=True)
def aisc_average(operators):
    """All-in sustaining cost, weighted by production."""
    return average(operators.aisc, weight=operators.production)


@averages.line(unit="USD/BTC", label="AISC net of AI, average", strong=True)
def aisc_net_average(operators):
    """All-in sustaining cost after the AI credit, weighted by production."""
    return average(operators.aisc_net, weight=operators.production)


@averages.line(unit="share of hash rate", show="0.0%")
def share_below_direct_cost(operators, price, total_hash_rate):
    """Share of the operators' hash rate for which the price is below direct cost."""
    return divide(total(operators.hash_rate, where=operators.direct_cost_per_btc > price), total_hash_rate)


@averages.line(unit="share of hash rate", show="0.0%")
def share_below_sustaining(operators, price, total_hash_rate):
    """Share for which the price is below direct and sustaining cost."""
    return divide(total(operators.hash_rate, where=operators.sustaining_cost_per_btc > price), total_hash_rate)


@averages.line(unit="share of hash rate", show="0.0%", label="Share below AISC net of AI")
def share_below_aisc_net(operators, price, total_hash_rate):
    """Share for which the price is below net AISC."""
    return divide(total(operators.hash_rate, where=operators.aisc_net > price), total_hash_rate)


@averages.line(unit="share of network", show="0.0%")
def network_coverage(operators):
    """Share of the network that the operators of this workbook make up."""
    return total(operators.network_share)
