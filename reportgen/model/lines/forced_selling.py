"""Forced selling: what operators must sell because bills or lenders leave no choice, against the market.

Paying bills from the month's bitcoin is ordinary; only treasury draw and called collateral are forced.
"""

from __future__ import annotations

from reportgen.formula.functions import absolute, divide, maximum
from reportgen.model.block import Section
from reportgen.model.lines import blocks

forced = Section(
    blocks.market,
    "Liquidity",
    "Forced selling against the market",
    "Treasury draw, and called collateral spread over the days in which a lender sells it; bills paid from the month's "
    "bitcoin are ordinary and left out.",
    across=True,
)


@forced.line(unit="share of issuance", number_format="0.0%", label="Sold for bills / issuance")
def bills_of_issuance(forced_sales_network, issuance):
    """Extrapolated sales that pay bills, ordinary ones included, over the bitcoin that are mined."""
    return divide(forced_sales_network, issuance)


@forced.line(unit="BTC/day")
def forced_flow(treasury_draw_total, collateral_called_total, call_days):
    """Bitcoin a day that the operators draw from their treasuries, with called collateral spread over its days."""
    return treasury_draw_total + collateral_called_total / call_days


@forced.line(unit="BTC/day", bold=True, label="Forced flow, extrapolated")
def forced_flow_network(forced_flow, network_coverage):
    """Forced flow if the whole network were like these operators."""
    return divide(forced_flow, network_coverage)


@forced.line(unit="share of issuance", number_format="0.0%")
def forced_flow_of_issuance(forced_flow_network, issuance):
    """Extrapolated forced flow over the bitcoin that are mined."""
    return divide(forced_flow_network, issuance)


@forced.line(unit="share of the ETF flow", number_format="0.0%", label="Forced flow / ETF flow")
def forced_flow_of_etf(forced_flow_network, etf_mean_long_btc):
    """Extrapolated forced flow over the size of the mean ETF flow, in or out; flows that cancel count as 0.000001."""
    return forced_flow_network / maximum(absolute(etf_mean_long_btc), 1 / 10**6)
