"""Market score of the newest day, and what the scores of all days are built with. Source: model section 8."""

from __future__ import annotations

from reportgen.formula.functions import at, count, divide, known, largest, otherwise, row_of, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

today = Section(
    blocks.market,
    "Risk_Score",
    "Market score",
    "The components that need no operators, on every day with a year of history. It describes and does not forecast.",
)


@today.line(unit="USD/day")
def revenue_mean_today(newest_day_row, days):
    """Mean daily revenue of the newest 365 days."""
    return at(newest_day_row, days.revenue_mean)


@today.line(unit="EH/s", label="SMA 30, highest of all days", number_format="#,##0.0")
def sma_30_highest(days):
    """Largest 30-day mean hash rate of the whole history."""
    return largest(days.sma_30)


@today.line(unit="EH/s", label="SMA 30, highest of a year", number_format="#,##0.0")
def sma_30_peak_of_year(newest_day_row, days):
    """Largest 30-day mean hash rate of the newest 365 days; n/a with fewer."""
    return at(newest_day_row, days.sma_30_peak)


@today.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, highest")
def sma_30_peak_today(sma_30_peak_of_year, sma_30_highest):
    """Largest 30-day mean hash rate of the newest 365 days, or of the days that there are."""
    return otherwise(sma_30_peak_of_year, sma_30_highest)


@today.line(unit="row", number_format="0", label="Miner income: row of Risk", working=True)
def income_row(risk):
    """Row of miner_income on the sheet Risk; n/a when it is not there."""
    return row_of("miner_income", risk.component)


@today.line(unit="measure", number_format="0.00", label="Miner income: calm")
def income_calm(income_row, risk):
    """Value of miner_income that scores 0."""
    return at(income_row, risk.calm)


@today.line(unit="points a unit", number_format="0.0", label="Miner income: slope")
def income_slope(income_row, risk):
    """Points of score for each unit of miner_income."""
    return at(income_row, risk.slope)


@today.line(unit="points", number_format="0", label="Miner income: weight")
def income_weight(income_row, risk):
    """Weight of miner_income; 0 when it is not on the sheet Risk."""
    return when(known(income_row), at(income_row, risk.weight), 0)


@today.line(unit="row", number_format="0", label="Hash ribbon: row of Risk", working=True)
def ribbon_row(risk):
    """Row of hash_ribbon on the sheet Risk; n/a when it is not there."""
    return row_of("hash_ribbon", risk.component)


@today.line(unit="measure", number_format="0.00", label="Hash ribbon: calm")
def ribbon_calm(ribbon_row, risk):
    """Value of hash_ribbon that scores 0."""
    return at(ribbon_row, risk.calm)


@today.line(unit="points a unit", number_format="0.0", label="Hash ribbon: slope")
def ribbon_slope(ribbon_row, risk):
    """Points of score for each unit of hash_ribbon."""
    return at(ribbon_row, risk.slope)


@today.line(unit="points", number_format="0", label="Hash ribbon: weight")
def ribbon_weight(ribbon_row, risk):
    """Weight of hash_ribbon; 0 when it is not on the sheet Risk."""
    return when(known(ribbon_row), at(ribbon_row, risk.weight), 0)


@today.line(unit="row", number_format="0", label="Hash drawdown: row of Risk", working=True)
def drawdown_row(risk):
    """Row of hash_drawdown on the sheet Risk; n/a when it is not there."""
    return row_of("hash_drawdown", risk.component)


@today.line(unit="measure", number_format="0.00", label="Hash drawdown: calm")
def drawdown_calm(drawdown_row, risk):
    """Value of hash_drawdown that scores 0."""
    return at(drawdown_row, risk.calm)


@today.line(unit="points a unit", number_format="0.0", label="Hash drawdown: slope")
def drawdown_slope(drawdown_row, risk):
    """Points of score for each unit of hash_drawdown."""
    return at(drawdown_row, risk.slope)


@today.line(unit="points", number_format="0", label="Hash drawdown: weight")
def drawdown_weight(drawdown_row, risk):
    """Weight of hash_drawdown; 0 when it is not on the sheet Risk."""
    return when(known(drawdown_row), at(drawdown_row, risk.weight), 0)


@today.line(unit="points", number_format="0")
def market_weight(income_weight, ribbon_weight, drawdown_weight):
    """Sum of the weights of the components that make up the market score."""
    return income_weight + ribbon_weight + drawdown_weight


@today.line(unit="0-100", number_format="0.0", bold=True)
def market_score(newest_day_row, days):
    """Market score of the newest day."""
    return at(newest_day_row, days.market_score)


@today.line(unit="days", number_format="0", label="Days with a market score")
def days_scored(days):
    """Days that have a year of history, and so a market score."""
    return count(days.market_score)


@today.line(unit="days", number_format="0", label="Days that scored no more")
def days_no_higher(days, market_score):
    """Days whose market score is not above that of the newest."""
    return count(days.market_score, where=days.market_score <= otherwise(market_score, 0))


@today.line(unit="share of days", number_format="0%", bold=True)
def market_score_percentile(days_no_higher, days_scored):
    """Share of the days with a market score that scored no more than the newest."""
    return divide(days_no_higher, days_scored)
