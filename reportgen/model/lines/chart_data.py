"""What charts and the dashboard draw: rows picked from other sheets, so that a chart of a few rows stays live."""

from __future__ import annotations

from reportgen.formula.functions import at, count, maximum, minimum, row_of, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Chart_Data"
dearest = Section(
    blocks.dearest, SHEET, "Dearest operators", "Highest net AISC first: what charts with a name each draw."
)
ladder_place = Section(blocks.market, SHEET, "Where the ladder begins")
ladder = Section(
    blocks.ladder,
    SHEET,
    "Price ladder: what breaks around today's price",
    "From the list of triggers: the lowest of those that the price has fallen below already, then the next below it.",
)
flows = Section(
    blocks.market,
    SHEET,
    "Coins to market and off it",
    "Each signed the same way: below zero, coins come to market; above zero, they are taken off it.",
)


@dearest.line(unit="rank", number_format="0", label="Rank by AISC net of AI")
def place(number, operators_ranked):
    """Place of the operator, lowest cost first; 0 or below once all with production have been named."""
    return operators_ranked + 1 - number


@dearest.line(unit="row", number_format="0", label="Row on Operators", working=True)
def operator_row(place, operators):
    """Row of the operator at this place; n/a once all have been named."""
    return row_of(place, operators.rank)


@dearest.line(unit="", text=True)
def operator(operator_row, operators):
    """Operator at this place; n/a once all have been named."""
    return at(operator_row, operators.operator)


@dearest.line(unit="USD/BTC", label="Direct cost per BTC")
def direct_cost_per_btc(operator_row, operators):
    """Layer 1 per bitcoin mined."""
    return at(operator_row, operators.direct_cost_per_btc)


@dearest.line(unit="USD/BTC", label="Sustaining capex per BTC")
def sustaining_capex_per_btc(operator_row, operators):
    """Layer 2 per bitcoin mined."""
    return at(operator_row, operators.sustaining_capex_per_btc)


@dearest.line(unit="USD/BTC", label="Corporate financing per BTC")
def corporate_financing_per_btc(operator_row, operators):
    """Layer 3 per bitcoin mined."""
    return at(operator_row, operators.corporate_financing_per_btc)


@dearest.line(unit="USD/BTC", label="AISC net of AI", bold=True)
def aisc_net(operator_row, operators):
    """All-in sustaining cost after the AI credit."""
    return at(operator_row, operators.aisc_net)


@dearest.line(unit="USD/BTC", label="Spot price")
def spot(price):
    """Today's price beside every place, so that a chart can draw it."""
    return price


@dearest.line(unit="months", number_format="0.0")
def runway(operator_row, operators):
    """Months until minimum liquidity is reached at today's cash flow."""
    return at(operator_row, operators.runway)


@ladder_place.line(unit="operators", number_format="0")
def operators_ranked(operators):
    """Operators with a cost of a bitcoin: those that mine."""
    return count(operators.rank)


@ladder_place.line(unit="triggers", number_format="0")
def rungs_above():
    """Rungs that the ladder keeps for triggers that the price has fallen below already."""
    return 3


@ladder_place.line(unit="triggers", number_format="0")
def ladder_rungs():
    """Rungs of the ladder in all."""
    return blocks.RUNGS


@ladder_place.line(unit="triggers", number_format="0")
def triggers_crossed(triggers):
    """Triggers that the price has fallen below already."""
    return total(triggers.crossed)


@ladder_place.line(unit="row", number_format="0", label="First rung")
def first_rung(triggers_crossed, rungs_above, trigger_count, ladder_rungs):
    """Place on the list of triggers at which the ladder begins."""
    return maximum(1, minimum(triggers_crossed - rungs_above, trigger_count - ladder_rungs) + 1)


@ladder.line(unit="row", number_format="0", label="Place on Triggers")
def trigger_row(number, first_rung):
    """Place on the list of triggers, dearest first."""
    return first_rung + number - 1


@ladder.line(unit="USD/BTC", bold=True)
def trigger_price(trigger_row, triggers):
    """Bitcoin price below which it breaks."""
    return at(trigger_row, triggers.trigger_price)


@ladder.line(unit="share of price", number_format="+0.0%;-0.0%;0.0%")
def distance(trigger_row, triggers):
    """How far the trigger is from today's price; below zero: the price has not fallen to it."""
    return at(trigger_row, triggers.distance)


@ladder.line(unit="", text=True)
def trigger(trigger_row, triggers):
    """What breaks below the price."""
    return at(trigger_row, triggers.trigger)


@ladder.line(unit="", text=True)
def operator_there(trigger_row, triggers):
    """Operator for which the condition begins to hold."""
    return at(trigger_row, triggers.operator)


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="Forced selling, extrapolated")
def forced_flow_to_market(forced_flow_network):
    """Treasury draw and called collateral if the whole network were like these operators; below zero."""
    return -forced_flow_network


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="Issuance")
def issuance_to_market(issuance):
    """New bitcoin; below zero."""
    return -issuance


@flows.line(unit="BTC/day", number_format="+#,##0.0;-#,##0.0;0.0", label="ETF flow, 20-day mean")
def etf_off_market(etf_mean_long_btc):
    """Mean flow of spot ETFs: above zero they take coins off the market, below zero they bring them."""
    return etf_mean_long_btc
