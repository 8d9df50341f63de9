"""Conventions: choices of the model that are the same in every report, each a visible cell."""

from __future__ import annotations

from reportgen.model.block import Section
from reportgen.model.lines.blocks import TRIGGERS_PER_OPERATOR
from reportgen.model.lines.blocks import market as block
from reportgen.model.lines.market import SHEET

conventions = Section(block, SHEET, "Conventions", "Choices of the model, the same in every report.")


@conventions.line(unit="days", number_format="0.0000")
def days_per_month():
    """Length of a month: 365 days divided by 12."""
    return 365 / 12


@conventions.line(unit="months", number_format="0")
def runway_cap():
    """Longest runway shown; also shown when nothing is burnt."""
    return 60


@conventions.line(unit="months", number_format="0")
def solvency_runway():
    """Runway below which an operator counts as distressed."""
    return 6


@conventions.line(unit="days", number_format="0")
def retarget_least_days():
    """Fewest days whose mean hash rate is held against the difficulty, however short ago it was set."""
    return 3


@conventions.line(unit="share of price", number_format="0%")
def collateral_reach():
    """How far above a margin call the price must stand for its collateral to count as out of danger."""
    return 0.1


@conventions.line(unit="share of price", number_format="0%")
def call_reach():
    """How far above the highest margin call the price must stand for an operator to be free of its pressure."""
    return 0.3


@conventions.line(unit="years of bills", number_format="0.0")
def safe_cushion():
    """Year-end cushion from which an operator is free of pressure on its solvency."""
    return 0.5


@conventions.line(unit="days", number_format="0", label="Hash ribbon, short mean")
def ribbon_short_days():
    """Days in the shorter of the two means of the hash rate that make the ribbon."""
    return 30


@conventions.line(unit="days", number_format="0", label="Hash ribbon, long mean")
def ribbon_long_days():
    """Days in the longer of the two means of the hash rate that make the ribbon."""
    return 60


@conventions.line(unit="days", number_format="0", label="Price, short mean")
def price_short_days():
    """Days in the shorter of the two means of the price that end a recovery."""
    return 10


@conventions.line(unit="days", number_format="0", label="Price, long mean")
def price_long_days():
    """Days in the longer of the two means of the price that end a recovery."""
    return 20


@conventions.line(unit="days", number_format="0", label="ETF short mean")
def etf_short_days():
    """Reported days in the short mean of ETF flows."""
    return 5


@conventions.line(unit="days", number_format="0", label="ETF long mean")
def etf_long_days():
    """Reported days in the long mean of ETF flows, which absorption is measured with."""
    return 20


@conventions.line(unit="share of spot", number_format="0%")
def curve_start():
    """Lowest price level of the cost curve."""
    return 0.4


@conventions.line(unit="share of spot", number_format="0%")
def curve_step():
    """Distance between price levels of the cost curve."""
    return 0.05


@conventions.line(unit="times", number_format="0")
def retarget_factor():
    """By how much difficulty moves at most from one epoch to the next, up or down: a rule of Bitcoin."""
    return 4


@conventions.line(unit="share", number_format="0%")
def settle_tolerance():
    """How near to their last values online share and difficulty must stay to count as settled."""
    return 0.01


@conventions.line(unit="triggers", number_format="0")
def triggers_per_operator():
    """Prices at which something breaks for an operator as a whole, whatever its facilities."""
    return TRIGGERS_PER_OPERATOR


@conventions.line(unit="USD/BTC", number_format="0.00")
def least_trigger_price():
    """Lowest price that counts as a trigger: below a cent the condition holds at no price."""
    return 0.01


@conventions.line(unit="points", number_format="0")
def risk_band_width():
    """Width of a band of the risk score: low, guarded, elevated, high, severe."""
    return 20
