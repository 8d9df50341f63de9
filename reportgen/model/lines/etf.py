"""ETF: flows of all spot funds, day by day, and their means. Source: model section 7."""

from __future__ import annotations

from reportgen.formula.functions import (
    at,
    count,
    divide,
    known,
    largest,
    minimum,
    not_available,
    otherwise,
    previous,
    row_of,
    smallest,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks

summary = Section(
    blocks.market,
    "Market_Figures",
    "Spot ETFs, all funds",
    "Reported days only: newest rows that are blank or zero are not reported yet.",
)
flows = Section(
    blocks.etf_flows,
    "ETF_Days",
    "ETF days",
    "Flow of all funds on each day, in USD and in bitcoin at that day's price.",
)


@flows.line(unit="funds", number_format="0")
def funds_reporting(funds):
    """Funds that reported a flow on this day."""
    return count(funds)


@flows.line(unit="date")
def moved_on(funds_reporting, funds, date):
    """The day, if any fund had a flow other than zero; n/a otherwise."""
    return when(funds_reporting > total(funds == 0), date, not_available)


@flows.line(unit="0/1", number_format="0")
def reported(funds_reporting, date, etf_last_day):
    """1 when the day counts: some fund reported, and it is not after the newest day with a flow."""
    return when((funds_reporting > 0) & (date <= otherwise(etf_last_day, 0)), 1, 0)


@flows.line(unit="USD", number_format="#,##0;-#,##0", label="Flow in USD")
def flow_usd(reported, funds):
    """Net flow of all funds; n/a when not reported."""
    return when(reported == 1, total(funds) * 10**6, not_available)


@flows.line(unit="row", number_format="0", label="Row on Network_History", working=True)
def history_row(date, network_history):
    """Row of the network history of that day; n/a where the day is missing."""
    return row_of(date, network_history.date)


@flows.line(unit="USD/BTC", label="Price of the day")
def price_of_day(history_row, network_history, price):
    """Bitcoin price of that day from the network history, or today's where the day is missing."""
    return when(known(history_row), at(history_row, network_history.btc_price), price)


@flows.line(unit="BTC", number_format="#,##0.0;-#,##0.0", label="Flow in BTC")
def flow_btc(flow_usd, price_of_day):
    """Net flow of all funds in bitcoin."""
    return flow_usd / price_of_day


@flows.line(unit="days", number_format="0")
def reported_so_far(reported, reported_so_far):
    """Reported days up to this one."""
    return previous(reported_so_far, 0) + reported


@flows.line(unit="date", label="Largest on")
def largest_on(flow_usd, etf_largest_day, date):
    """The day, if its flow is the largest; n/a otherwise."""
    return when(flow_usd >= etf_largest_day, date, not_available)


@flows.line(unit="date", label="Lowest on")
def lowest_on(flow_usd, etf_smallest_day, date):
    """The day, if its flow is the lowest; n/a otherwise."""
    return when(flow_usd <= etf_smallest_day, date, not_available)


@summary.line(unit="date", label="Newest reported day")
def etf_last_day(etf_flows):
    """Newest day on which a fund had a flow."""
    return largest(etf_flows.moved_on)


@summary.line(unit="days", number_format="0", label="Reported days")
def etf_days(etf_flows):
    """Number of reported ETF days."""
    return total(etf_flows.reported)


@summary.line(unit="days", number_format="0", label="Days of the short mean", working=True)
def etf_short_days_known(etf_days, etf_short_days):
    """Reported days that the short mean is of: all of them where there are fewer."""
    return minimum(etf_days, etf_short_days)


@summary.line(unit="days", number_format="0", label="Days of the long mean", working=True)
def etf_long_days_known(etf_days, etf_long_days):
    """Reported days that the long mean is of: all of them where there are fewer."""
    return minimum(etf_days, etf_long_days)


@summary.line(unit="USD/day", number_format="#,##0;-#,##0", label="Mean flow, newest 5 days")
def etf_mean_short_usd(etf_flows, etf_days, etf_short_days_known):
    """Mean daily flow over the newest reported days, short window."""
    newest = etf_flows.reported_so_far > etf_days - etf_short_days_known
    return divide(total(etf_flows.flow_usd, where=newest), etf_short_days_known)


@summary.line(unit="USD/day", number_format="#,##0;-#,##0", label="Mean flow, newest 20 days")
def etf_mean_long_usd(etf_flows, etf_days, etf_long_days_known):
    """Mean daily flow over the newest reported days, long window."""
    newest = etf_flows.reported_so_far > etf_days - etf_long_days_known
    return divide(total(etf_flows.flow_usd, where=newest), etf_long_days_known)


@summary.line(unit="BTC/day", number_format="#,##0.0;-#,##0.0", label="Mean flow in BTC, newest 5 days")
def etf_mean_short_btc(etf_flows, etf_days, etf_short_days_known):
    """Mean daily flow in bitcoin over the newest reported days, short window."""
    newest = etf_flows.reported_so_far > etf_days - etf_short_days_known
    return divide(total(etf_flows.flow_btc, where=newest), etf_short_days_known)


@summary.line(unit="BTC/day", number_format="#,##0.0;-#,##0.0", label="Mean flow in BTC, newest 20 days")
def etf_mean_long_btc(etf_flows, etf_days, etf_long_days_known):
    """Mean daily flow in bitcoin over the newest reported days, long window: what absorption is measured with."""
    newest = etf_flows.reported_so_far > etf_days - etf_long_days_known
    return divide(total(etf_flows.flow_btc, where=newest), etf_long_days_known)


@summary.line(unit="USD", number_format="#,##0;-#,##0", label="Largest day, up")
def etf_largest_day(etf_flows):
    """Largest flow of a day; an inflow when positive."""
    return largest(etf_flows.flow_usd)


@summary.line(unit="date", label="Day of the largest flow")
def etf_largest_date(etf_flows):
    """Day of the largest flow; the first of several."""
    return smallest(etf_flows.largest_on)


@summary.line(unit="USD", number_format="#,##0;-#,##0", label="Largest day, down")
def etf_smallest_day(etf_flows):
    """Lowest flow of a day; an outflow when negative."""
    return smallest(etf_flows.flow_usd)


@summary.line(unit="date", label="Day of the lowest flow")
def etf_smallest_date(etf_flows):
    """Day of the lowest flow; the first of several."""
    return smallest(etf_flows.lowest_on)
