"""Hash ribbon: 30- against 60-day mean hash rate, day by day. Source: model section 7."""

from __future__ import annotations

from reportgen.formula.functions import (
    average,
    choose,
    difference,
    lookup,
    lookup_latest,
    otherwise,
    previous,
    total,
    trailing,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks

summary = Section(blocks.market, "Market_Figures", "Hash ribbon", "The newest day of the history.")
ribbon_days = Section(
    blocks.days, "Ribbon_Days", "Every day", "A missing day takes the last value before it and is counted."
)


@ribbon_days.line(unit="date")
def date(first_history_day, number):
    """The day: every calendar day from the first to the last of the history."""
    return first_history_day + number - 1


@ribbon_days.line(unit="date")
def last_known_day(date, network_history):
    """Newest day of the history up to this one."""
    return lookup_latest(date, network_history.date, network_history.date)


@ribbon_days.line(unit="0/1", number_format="0")
def filled(last_known_day, date):
    """1 when the history has no row for this day and the last value is used."""
    return when(last_known_day < date, 1, 0)


@ribbon_days.line(unit="EH/s", number_format="#,##0.0")
def hash_rate(last_known_day, network_history):
    """Network hash rate of the day, or the last known one."""
    return lookup(last_known_day, network_history.date, network_history.hash_rate)


@ribbon_days.line(unit="USD/BTC", label="BTC price")
def btc_price(last_known_day, network_history):
    """Bitcoin price of the day, or the last known one."""
    return lookup(last_known_day, network_history.date, network_history.btc_price)


@ribbon_days.line(unit="EH/s", number_format="#,##0.0", label="SMA 30")
def sma_30(hash_rate):
    """Mean hash rate of 30 days."""
    return average(trailing(hash_rate, 30))


@ribbon_days.line(unit="EH/s", number_format="#,##0.0", label="SMA 60")
def sma_60(hash_rate):
    """Mean hash rate of 60 days."""
    return average(trailing(hash_rate, 60))


@ribbon_days.line(unit="share", number_format="0.00%", bold=True)
def ribbon(sma_30, sma_60):
    """How far the 30-day mean is above the 60-day mean; below zero, miners are switching off."""
    return difference(sma_30 / sma_60, 1)


@ribbon_days.line(unit="0/1", number_format="0")
def inverted(ribbon):
    """1 when the 30-day mean is below the 60-day mean."""
    return when(ribbon < 0, 1, 0)


@ribbon_days.line(unit="days", number_format="0")
def days_inverted(inverted, days_inverted):
    """How many days the ribbon has been inverted without a break."""
    return when(otherwise(inverted, 0) == 1, previous(days_inverted, 0) + 1, 0)


@ribbon_days.line(unit="USD/BTC", label="Price SMA 10")
def price_sma_10(btc_price):
    """Mean price of 10 days."""
    return average(trailing(btc_price, 10))


@ribbon_days.line(unit="USD/BTC", label="Price SMA 20")
def price_sma_20(btc_price):
    """Mean price of 20 days."""
    return average(trailing(btc_price, 20))


@ribbon_days.line(unit="0-3", number_format="0")
def state_before(state_code):
    """State of the day before."""
    return previous(state_code, 0)


@ribbon_days.line(unit="0-3", number_format="0")
def state_code(inverted, state_before, price_sma_10, price_sma_20):
    """3 while inverted; then 2 until the 10-day price mean is above the 20-day one; 1 on that day; else 0."""
    return when(
        inverted == 1,
        3,
        when(otherwise(state_before, 0) >= 2, when(price_sma_10 > price_sma_20, 1, 2), 0),
    )


@ribbon_days.line(unit="", text=True)
def state(state_code):
    """The state in words."""
    return choose(state_code, "normal", "buy signal", "recovery", "capitulation")


@summary.line(unit="share", number_format="0.00%", bold=True)
def ribbon_today(last_history_day, days):
    """Ribbon of the newest day; n/a with fewer than 60 days."""
    return lookup(last_history_day, days.date, days.ribbon)


@summary.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, newest day")
def sma_30_today(last_history_day, days):
    """Mean hash rate of the newest 30 days."""
    return lookup(last_history_day, days.date, days.sma_30)


@summary.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, a year before")
def sma_30_year_before(last_history_day, days):
    """Mean hash rate of the 30 days that ended 365 days before the newest day; n/a with less history."""
    return lookup(last_history_day - 365, days.date, days.sma_30)


@summary.line(unit="days", number_format="0")
def days_inverted_today(last_history_day, days):
    """Days for which the ribbon has been inverted."""
    return lookup(last_history_day, days.date, days.days_inverted)


@summary.line(unit="", text=True)
def ribbon_state(last_history_day, days):
    """State of the hash ribbon on the newest day."""
    return lookup(last_history_day, days.date, days.state)


@summary.line(unit="days", number_format="0")
def history_days(last_history_day, first_history_day):
    """Days from the first to the last of the history; n/a without history."""
    return last_history_day - first_history_day + 1


@summary.line(unit="days", number_format="0")
def days_filled(days):
    """Days without a row in the history, filled with the last value."""
    return total(days.filled)
