"""The price ladder: what breaks around today's price, and what stands on the first sheet beside it."""

from __future__ import annotations

from reportgen.formula.functions import at, divide, maximum, minimum, not_available, smallest, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.chart_data import SHEET

place = Section(blocks.market, SHEET, "Where the ladder begins")
ladder = Section(
    blocks.ladder,
    SHEET,
    "Price ladder: what breaks around today's price",
    "From the list of triggers: the lowest of those that the price has fallen below already, then the next below it.",
)
first_sheet = Section(blocks.market, SHEET, "For the words of the first sheet")


@place.line(unit="triggers", number_format="0")
def rungs_above():
    """Rungs that the ladder keeps for triggers that the price has fallen below already."""
    return 3


@place.line(unit="triggers", number_format="0")
def ladder_rungs():
    """Rungs of the ladder in all."""
    return blocks.RUNGS


@place.line(unit="triggers", number_format="0")
def triggers_crossed(triggers):
    """Triggers that the price has fallen below already."""
    return total(triggers.crossed)


@place.line(unit="row", number_format="0", label="First rung")
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


@first_sheet.line(unit="row", number_format="0")
def next_trigger(triggers_crossed, trigger_count):
    """Place on the list of triggers of the first that the price has not fallen below; n/a where there is none."""
    return when(triggers_crossed < trigger_count, triggers_crossed + 1, not_available)


@first_sheet.line(unit="USD/BTC")
def next_price(next_trigger, triggers):
    """Its price; n/a where every trigger is crossed, or there is none."""
    return at(next_trigger, triggers.trigger_price)


@first_sheet.line(unit="share of price", number_format="+0.0%;-0.0%;0.0%")
def next_distance(next_trigger, triggers):
    """How far it is from today's price."""
    return at(next_trigger, triggers.distance)


@first_sheet.line(unit="", text=True)
def next_what(next_trigger, triggers):
    """What breaks below it."""
    return at(next_trigger, triggers.trigger)


@first_sheet.line(unit="", text=True)
def next_who(next_trigger, triggers):
    """Operator that it concerns."""
    return at(next_trigger, triggers.operator)


@first_sheet.line(unit="operators", number_format="0")
def operators_drawing(operators):
    """Operators that draw on their treasury at today's price."""
    return total(operators.draws)


@first_sheet.line(unit="operators", number_format="0")
def operators_called(operators):
    """Operators whose lenders call collateral at today's price."""
    return total(operators.is_called)


@first_sheet.line(unit="months", number_format="0.0")
def shortest_runway(operators):
    """Shortest runway of any operator."""
    return smallest(operators.runway)


@first_sheet.line(unit="share of what is due", number_format="0.0%")
def refinancing_gap_share(refinancing_gap_total, due_12m_total):
    """What falls due within a year and spare liquidity does not pay, of all that falls due; n/a where nothing does."""
    return divide(refinancing_gap_total, due_12m_total)
