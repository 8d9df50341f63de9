"""Market score of every day: stress of miners as network and price alone show it. Source: model section 8."""

from __future__ import annotations

from reportgen.formula.functions import (
    average,
    clip,
    divide,
    floor,
    known,
    largest,
    not_available,
    otherwise,
    trailing,
    when,
)
from reportgen.model.lines import ribbon

ribbon_days = ribbon.ribbon_days  # the scores stand beside the ribbon, in columns of the same section

__all__ = ["ribbon_days"]


@ribbon_days.line(unit="halvings", number_format="0", working=True)
def halvings(block_height, as_of, date, blocks_per_day):
    """Halvings by that day, counted back from the block height at today's pace."""
    return floor((block_height - (as_of - date) * blocks_per_day) / 210_000)


@ribbon_days.line(unit="USD/day")
def revenue(halvings, blocks_per_day, btc_price):
    """What the network earned in block subsidies that day."""
    return 50 / 2**halvings * blocks_per_day * btc_price


@ribbon_days.line(unit="USD/day", label="Revenue, 365-day mean")
def revenue_mean(revenue):
    """Mean revenue of the 365 days up to this one."""
    return average(trailing(revenue, 365))


@ribbon_days.line(unit="EH/s", number_format="#,##0.0", label="SMA 30, highest of a year")
def sma_30_peak(sma_30):
    """Largest 30-day mean hash rate of the 365 days up to this one."""
    return largest(trailing(sma_30, 365))


@ribbon_days.line(unit="0-100", number_format="0.0", label="Miner income score")
def income_score(revenue, revenue_mean, income_calm, income_slope):
    """Score of the day's revenue over the mean of its year."""
    return clip((revenue / revenue_mean - income_calm) * income_slope, 0, 100)


@ribbon_days.line(unit="0-100", number_format="0.0", label="Hash ribbon score")
def ribbon_score(ribbon, ribbon_calm, ribbon_slope):
    """Score of the depth of the inversion."""
    return clip((-ribbon - ribbon_calm) * ribbon_slope, 0, 100)


@ribbon_days.line(unit="0-100", number_format="0.0", label="Hash drawdown score")
def drawdown_score(sma_30, sma_30_peak, drawdown_calm, drawdown_slope):
    """Score of the fall of the 30-day mean hash rate below its highest of a year."""
    return clip((1 - sma_30 / sma_30_peak - drawdown_calm) * drawdown_slope, 0, 100)


@ribbon_days.line(unit="0-100", number_format="0.0", bold=True, label="Market score")
def market_score(
    revenue_mean, income_score, ribbon_score, drawdown_score, income_weight, ribbon_weight, drawdown_weight,
    market_weight,
):  # fmt: skip
    """Weighted mean of the day's scores; n/a before there is a year of history."""
    return when(
        known(revenue_mean),
        divide(
            otherwise(income_score, 0) * income_weight
            + otherwise(ribbon_score, 0) * ribbon_weight
            + otherwise(drawdown_score, 0) * drawdown_weight,
            market_weight,
        ),
        not_available,
    )
