"""Triggers: at which bitcoin price what breaks, for each operator and facility. Source: model section 6."""

from __future__ import annotations

from reportgen.formula.functions import (
    absolute,
    at,
    choose,
    count,
    entry,
    floor,
    largest,
    not_available,
    otherwise,
    position,
    remainder,
    row_of,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks

counts = Section(blocks.market, "Trigger_Rows", "How many")
triggers = Section(
    blocks.triggers,
    "Triggers",
    "What breaks at which price",
    "Dearest first: the first below today's price breaks next. Rows at the end without a price are not used.",
)
nearest = Section(
    blocks.trigger_snapshot,
    "Triggers",
    "The market at the nearest triggers",
    "A snapshot: the whole model, solved when this workbook was made at each of the nearest triggers below the price.",
)
kinds = Section(blocks.trigger_kinds, "Triggers", "What breaks", "The names of the numbers 0 to 5 on Trigger_Rows.")
candidates = Section(
    blocks.trigger_rows,
    "Trigger_Rows",
    "Operator by operator",
    "The same prices before they are sorted: five for each operator, then one for each facility.",
)
order = Section(
    blocks.triggers,
    "Trigger_Order",
    "Where each trigger is found",
    "For each place of the sorted list, the rows of the other sheets that it is taken from.",
)


@kinds.line(unit="", text=True)
def name(number):
    """What breaks below the price of such a trigger."""
    return choose(number - 1, *blocks.TRIGGER_KINDS)


@candidates.line(unit="0-5", number_format="0")
def kind(number, triggers_of_operators, triggers_per_operator):
    """Number of what breaks: five kinds for each operator in turn, then margin calls."""
    return when(number <= triggers_of_operators, remainder(number - 1, triggers_per_operator), triggers_per_operator)


@candidates.line(unit="row", number_format="0", label="Row on Debt, or 0")
def debt_row(number, triggers_of_operators):
    """Row of the facility on Debt; 0 for what breaks without one."""
    return when(number > triggers_of_operators, number - triggers_of_operators, 0)


@candidates.line(unit="row", number_format="0")
def operator_row(debt_row, debt, number, triggers_per_operator):
    """Row of the operator on Operators."""
    return when(debt_row > 0, at(debt_row, debt.owner_number), floor((number - 1) / triggers_per_operator) + 1)


@candidates.line(unit="USD/BTC")
def price_at(debt_row, debt, kind, operator_row, operators):
    """Price below which the condition holds."""
    return when(
        debt_row > 0,
        at(debt_row, debt.margin_call_price),
        entry(
            kind + 1,
            operator_row,
            operators.lights_off_price,
            operators.not_sustaining_price,
            operators.below_aisc_price,
            operators.runway_price,
            operators.minimum_liquidity_price,
        ),
    )


@candidates.line(unit="USD/BTC", label="Price above 0")
def known_price(price_at, least_trigger_price):
    """The price where it is above zero, to the cent: a condition that holds at no price is no trigger."""
    return when(price_at >= least_trigger_price, price_at, not_available)


@candidates.line(unit="USD/BTC", number_format="0.0E+00", label="Margin of equality", working=True)
def price_margin(known_price):
    """What is too little to tell two prices apart: their twelfth digit."""
    return absolute(known_price) / 10**12


@candidates.line(unit="rank", number_format="0", label="Rank, lowest first")
def place(known_price, price_margin):
    """Place of the price among all triggers, lowest first."""
    return position(known_price, price_margin)


@counts.line(unit="row", number_format="0")
def last_operator_row(operators):
    """Row of the last operator on Operators."""
    return largest(operators.number)


@counts.line(unit="row", number_format="0")
def last_facility_row(debt):
    """Row of the last facility on Debt; n/a without debt."""
    return largest(debt.number)


@counts.line(unit="triggers", number_format="0")
def triggers_of_operators(last_operator_row, triggers_per_operator):
    """Rows that operators take in the unsorted list."""
    return otherwise(last_operator_row, 0) * triggers_per_operator


@counts.line(unit="triggers", number_format="0")
def triggers_listed(triggers_of_operators, last_facility_row):
    """Rows of the unsorted list."""
    return triggers_of_operators + otherwise(last_facility_row, 0)


@counts.line(unit="triggers", number_format="0", bold=True)
def trigger_count(trigger_rows):
    """Triggers with a price above zero."""
    return count(trigger_rows.known_price)


@order.line(unit="rank", number_format="0", label="Rank, lowest first")
def rank(trigger_count, number):
    """Rank of the price that stands at this place: the dearest comes first; not above 0 once all have been named."""
    return trigger_count + 1 - number


@order.line(unit="row", number_format="0", label="Row on Trigger_Rows")
def from_row(rank, trigger_rows):
    """Row of the unsorted list that stands at this place; n/a once all have been named."""
    return row_of(rank, trigger_rows.place)


@order.line(unit="row", number_format="0", label="Row on Operators")
def operator_at(from_row, trigger_rows):
    """Row of the operator."""
    return at(from_row, trigger_rows.operator_row)


@order.line(unit="row", number_format="0", label="Row on Debt, or 0")
def debt_at(from_row, trigger_rows):
    """Row of the facility on Debt; 0 for what breaks without one."""
    return at(from_row, trigger_rows.debt_row)


@order.line(unit="0-5", number_format="0", label="Kind")
def kind_at(from_row, trigger_rows):
    """Number of what breaks."""
    return at(from_row, trigger_rows.kind)


@order.line(unit="row", number_format="0", label="Row of the snapshot on Triggers")
def snapshot_at(from_row, trigger_snapshot):
    """Row of the snapshot that was solved for this row of the unsorted list; n/a for all but the nearest below."""
    return row_of(from_row, trigger_snapshot.trigger_row)


@triggers.line(unit="", text=True, bold=True)
def operator(operator_at, operators):
    """Operator for which the condition begins to hold."""
    return at(operator_at, operators.operator)


@triggers.line(unit="", text=True)
def facility(debt_at, debt):
    """Facility whose lender can call; blank for what concerns the operator as a whole."""
    return when(debt_at == 0, "", at(debt_at, debt.facility))


@triggers.line(unit="", text=True)
def trigger(kind_at, trigger_kinds):
    """What breaks below the price."""
    return at(kind_at + 1, trigger_kinds.name)


@triggers.line(unit="USD/BTC", bold=True)
def trigger_price(from_row, trigger_rows):
    """Bitcoin price below which it breaks."""
    return at(from_row, trigger_rows.known_price)


@triggers.line(unit="share of price", number_format="+0.0%;-0.0%;0.0%")
def distance(trigger_price, price):
    """How far the trigger is from today's price; below zero: the price has not fallen to it."""
    return trigger_price / price - 1


@triggers.line(unit="0/1", number_format="0")
def crossed(price, trigger_price):
    """1 when the price is below it already."""
    return when(price < trigger_price, 1, 0)


@triggers.line(unit="share of hash rate", number_format="0.0%")
def hash_share(operator_at, operators):
    """Share of the operators' hash rate that it concerns."""
    return at(operator_at, operators.hash_share)


@triggers.line(unit="USD/BTC", label="Solved at price")
def solved_at(snapshot_at, trigger_snapshot):
    """Price at which the snapshot solved the trigger of this row; n/a for all but the nearest below."""
    return at(snapshot_at, trigger_snapshot.at_price)


@triggers.line(unit="row", number_format="0", label="Row of the snapshot", working=True)
def solved_row(snapshot_at, solved_at, trigger_price):
    """Row of the snapshot that was solved at this price; n/a once an input has moved the trigger."""
    return when(solved_at == trigger_price, snapshot_at, not_available)


@triggers.line(unit="0-100", number_format="0.0", label="Risk score there")
def risk_score(solved_row, trigger_snapshot):
    """Risk score of the whole model at this price, when it is one of the nearest below: from the snapshot."""
    return at(solved_row, trigger_snapshot.risk_score)


@triggers.line(unit="share of hash rate", number_format="0.0%", label="Below net AISC there")
def share_below_aisc_net(solved_row, trigger_snapshot):
    """Share of the hash rate below net AISC at this price: from the snapshot."""
    return at(solved_row, trigger_snapshot.share_below_aisc_net)


@triggers.line(unit="BTC/day", label="Treasury draw there, extrapolated")
def treasury_draw_network(solved_row, trigger_snapshot):
    """Treasury draw if the whole network were like these operators, at this price: from the snapshot."""
    return at(solved_row, trigger_snapshot.treasury_draw_network)


@triggers.line(unit="BTC", label="Collateral called there, extrapolated")
def collateral_called_network(solved_row, trigger_snapshot):
    """Called collateral if the whole network were like these operators, at this price: from the snapshot."""
    return at(solved_row, trigger_snapshot.collateral_called_network)


@nearest.line(unit="points", number_format="+0.0;-0.0;0.0", label="Risk score against today's")
def score_above_today(risk_score, market):
    """Risk score at the trigger less that of the workbook as it stands."""
    return risk_score - market.risk_score
