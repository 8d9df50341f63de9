"""Pressure: what miners could sell, by scenario, against what spot ETFs trade. Source: model section 7."""

from __future__ import annotations

from reportgen.formula.functions import divide, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks

scenarios = Section(
    blocks.scenarios,
    "Pressure",
    "Miner sales by scenario",
    "Top-down: a share of issuance and of treasuries, sold over a horizon.",
    across=True,
)


@scenarios.line(unit="BTC/day")
def issuance_sales(issuance, issuance_sold):
    """New bitcoin that is sold at once."""
    return issuance * issuance_sold


@scenarios.line(unit="BTC/day")
def inventory_sales(miner_treasury, inventory_sold, horizon_days):
    """Treasury bitcoin sold a day over the horizon."""
    return miner_treasury * inventory_sold / horizon_days


@scenarios.line(unit="BTC/day", bold=True)
def miner_sales(issuance_sales, inventory_sales):
    """What miners sell a day."""
    return issuance_sales + inventory_sales


@scenarios.line(unit="BTC")
def total_sales(miner_sales, horizon_days):
    """What miners sell over the horizon."""
    return miner_sales * horizon_days


@scenarios.line(unit="USD/day", label="Miner sales in USD")
def miner_sales_usd(miner_sales, price):
    """What miners sell a day, in USD."""
    return miner_sales * price


@scenarios.line(unit="BTC/day")
def visible_sales(miner_sales, otc_share):
    """What reaches exchanges: miner sales without the share sold off exchange."""
    return miner_sales * (1 - otc_share)


@scenarios.line(unit="BTC/day", label="ETF reference outflow in BTC")
def etf_reference_btc(etf_reference_outflow, price):
    """The reference outflow of ETFs in bitcoin."""
    return etf_reference_outflow / price


@scenarios.line(unit="times", number_format="0.00", label="ETF reference / miner sales")
def etf_to_miner(etf_reference_btc, miner_sales):
    """How many times miner sales one day of reference outflow is."""
    return divide(etf_reference_btc, miner_sales)


@scenarios.line(unit="days", number_format="0", label="ETF days with so large an outflow")
def etf_days_as_large(etf_flows, miner_sales):
    """Reported ETF days whose outflow was at least miner sales."""
    return total(etf_flows.reported, where=etf_flows.flow_btc <= -miner_sales)


@scenarios.line(unit="share of ETF days", number_format="0.0%", label="ETF days above miner sales")
def etf_exceedance(etf_days_as_large, etf_days):
    """Share of reported ETF days whose outflow was at least miner sales."""
    return divide(etf_days_as_large, etf_days)


@scenarios.line(unit="times", number_format="0.00;-0.00", label="ETF absorption")
def etf_absorption(etf_mean_long_btc, miner_sales):
    """Mean ETF flow of the newest 20 days over miner sales; negative when funds are selling too."""
    return divide(etf_mean_long_btc, miner_sales)


@scenarios.line(unit="BTC")
def sales_limit(issuance, horizon_days, miner_treasury):
    """Most that miners could sell over the horizon."""
    return issuance * horizon_days + miner_treasury
