"""Hash ribbon: 30- against 60-day mean hash rate, day by day. Source: model section 7."""

from __future__ import annotations

from reportgen.formula.functions import (
    at,
    average,
    choose,
    difference,
    otherwise,
    previous,
    row_of,
    row_up_to,
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


@ribbon_days.line(unit="row", number_format="0", label="Row on Network_History", working=True)
def history_row(date, network_history):
    """Row of the newest day of the history up to this one."""
    return row_up_to(date, network_history.date)


@ribbon_days.line(unit="0/1", number_format="0")
def filled(history_row, network_history, date):
    """1 when the history has no row for this day and the last value is used."""
    return when(at(history_row, network_history.date) < date, 1, 0)


@ribbon_days.line(unit="EH/s", number_format="#,##0.0")
def hash_rate(history_row, network_history):
    """Network hash rate of the day, or the last known one."""
    return at(history_row, network_history.hash_rate)


@ribbon_days.line(unit="USD/BTC", label="BTC price")
def btc_price(history_row, network_history):
    """Bitcoin price of the day, or the last known one."""
    return at(history_row, network_history.btc_price)


@ribbon_days.line(unit="EH/s", number_format="#,##0.0", label="SMA 30")
def sma_30(hash_rate, ribbon_short_days):
    """Mean hash rate of 30 days."""
    return average(trailing(hash_rate, ribbon_short_days))


@ribbon_days.line(unit="EH/s", number_format="#,##0.0", label="SMA 60")
def sma_60(hash_rate, ribbon_long_days):
    """Mean hash rate of 60 days."""
    return average(trailing(hash_rate, ribbon_long_days))


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
def price_sma_10(btc_price, price_short_days):
    """Mean price of 10 days."""
    return average(trailing(btc_price, price_short_days))


@ribbon_days.line(unit="USD/BTC", label="Price SMA 20")
def price_sma_20(btc_price, price_long_days):
    """Mean price of 20 days."""
    return average(trailing(btc_price, price_long_days))


@ribbon_days.line(unit="0-2", number_format="0", label="State code, unless inverted", working=True)
def state_after(state_code, price_sma_10, price_sma_20):
    """After inverted days and recovery: 1 where the 10-day price mean is above the 20-day one, 2 else; otherwise 0."""
    return (otherwise(previous(state_code, 0), 0) >= 2) * (2 - (price_sma_10 > price_sma_20))


@ribbon_days.line(unit="0-3", number_format="0")
def state_code(inverted, state_after):
    """3 while inverted; then 2 until the 10-day price mean is above the 20-day one; 1 on that day; else 0."""
    return when(inverted == 1, 3, state_after)


@ribbon_days.line(unit="", text=True)
def state(state_code):
    """The state in words."""
    return choose(state_code, "normal", "buy signal", "recovery", "capitulation")


@summary.line(unit="date", working=True)
def newest_day(last_history_day):
    """Newest day of the history."""
    return last_history_day


@summary.line(unit="row", number_format="0", label="Row of the newest day", working=True)
def newest_day_row(newest_day, days):
    """Row of the newest day of the history on Ribbon_Days; n/a without history."""
    return row_of(newest_day, days.date)


@summary.line(unit="date", label="Day a year before", working=True)
def year_before(newest_day):
    """The day 365 days before the newest."""
    return newest_day - 365


@summary.line(unit="row", number_format="0", label="Row of the day a year before", working=True)
def year_before_row(year_before, days):
    """Row of the day a year before on Ribbon_Days; n/a with less history."""
    return row_of(year_before, days.date)


@summary.line(unit="share", number_format="0.00%", bold=True)
def ribbon_today(newest_day_row, days):
    """Ribbon of the newest day; n/a with fewer than 60 days."""
    return at(newest_day_row, days.ribbon)


@summary.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, newest day")
def sma_30_today(newest_day_row, days):
    """Mean hash rate of the newest 30 days."""
    return at(newest_day_row, days.sma_30)


@summary.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, a year before")
def sma_30_year_before(year_before_row, days):
    """Mean hash rate of the 30 days that ended 365 days before the newest day; n/a with less history."""
    return at(year_before_row, days.sma_30)


@summary.line(unit="days", number_format="0")
def days_inverted_today(newest_day_row, days):
    """Days for which the ribbon has been inverted."""
    return at(newest_day_row, days.days_inverted)


@summary.line(unit="", text=True)
def ribbon_state(newest_day_row, days):
    """State of the hash ribbon on the newest day."""
    return at(newest_day_row, days.state)


@summary.line(unit="days", number_format="0")
def history_days(last_history_day, first_history_day):
    """Days from the first to the last of the history; n/a without history."""
    return last_history_day - first_history_day + 1


@summary.line(unit="days", number_format="0")
def days_filled(days):
    """Days without a row in the history, filled with the last value."""
    return total(days.filled)
