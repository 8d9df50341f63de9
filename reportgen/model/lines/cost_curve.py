"""Cost curve: who is under water at which price, and operators by cost. Source: model section 6."""

from __future__ import annotations

from reportgen.formula.functions import absolute, at, difference, divide, position, previous, row_of, total
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Cost_Curve"
levels = Section(
    blocks.cost_curve,
    SHEET,
    "Price ladder",
    "From 40 % to 160 % of spot: shares under water, bitcoin for bills, and what is forced: treasury draw and called "
    "collateral.",
)
ranking = Section(blocks.operators, "AISC", "Rank", across=True)
curve = Section(
    blocks.ranked,
    "Cost_Curve",
    "Operators by net AISC",
    "The classic cost curve: lowest cost first, hash share cumulated.",
)


@ranking.line(unit="USD/BTC", number_format="0.0E+00", label="Margin of equality", working=True)
def aisc_margin_of_equality(aisc_net):
    """What is too little to tell two costs apart: their twelfth digit."""
    return absolute(aisc_net) / 10**12


@ranking.line(unit="rank", number_format="0", label="Rank by AISC net of AI")
def rank(aisc_net, aisc_margin_of_equality):
    """Place of the operator when sorted by net AISC, lowest first; n/a without production."""
    return position(aisc_net, aisc_margin_of_equality)


@levels.line(unit="share of spot", number_format="0%")
def share_of_spot(curve_start, curve_step, number):
    """The level as a share of the spot price."""
    return curve_start + curve_step * (number - 1)


@levels.line(unit="USD/BTC", bold=True)
def level(price, share_of_spot):
    """Price level."""
    return price * share_of_spot


@levels.line(unit="share of hash rate", number_format="0.0%")
def below_direct(level, operators, total_hash_rate):
    """Share of the hash rate whose direct cost exceeds this price."""
    return divide(total(operators.hash_rate, where=operators.direct_cost_per_btc > level), total_hash_rate)


@levels.line(unit="share of hash rate", number_format="0.0%")
def below_sustaining(level, operators, total_hash_rate):
    """Share of the hash rate whose direct and sustaining cost exceeds this price."""
    return divide(total(operators.hash_rate, where=operators.sustaining_cost_per_btc > level), total_hash_rate)


@levels.line(unit="share of hash rate", number_format="0.0%", label="Below AISC net of AI")
def below_aisc_net(level, operators, total_hash_rate):
    """Share of the hash rate whose net AISC exceeds this price."""
    return divide(total(operators.hash_rate, where=operators.aisc_net > level), total_hash_rate)


@levels.line(unit="BTC/day", label="Bitcoin for bills")
def forced_sales(operators, level, days_per_month):
    """Bitcoin a day that the operators' bills take at this price: ordinary selling, as far as production pays them."""
    return total(operators.cash_to_raise) / level / days_per_month


@levels.line(unit="BTC/month", label="Needed beyond production")
def btc_beyond_production(operators, level):
    """Bitcoin that bills take at this price beyond the month's production."""
    return total(
        operators.cash_to_raise / level - operators.production,
        where=operators.cash_to_raise / level > operators.production,
    )


@levels.line(unit="BTC/month", label="Needed beyond what there is")
def btc_beyond_treasury(operators, level):
    """Bitcoin that bills take at this price and that neither production nor the free treasury has."""
    return total(
        operators.cash_to_raise / level - operators.btc_to_hand,
        where=operators.cash_to_raise / level > operators.btc_to_hand,
    )


@levels.line(unit="BTC/day")
def treasury_draw(btc_beyond_production, btc_beyond_treasury, days_per_month):
    """What they must take out of their treasuries a day at this price, no more than is free."""
    return difference(btc_beyond_production, btc_beyond_treasury) / days_per_month


@levels.line(unit="BTC")
def collateral_called(debt, level):
    """Pledged bitcoin whose margin-call price is above this price."""
    return total(debt.btc_collateral, where=debt.margin_call_price > level)


@curve.line(unit="row", number_format="0", label="Row on Operators", working=True)
def operator_row(number, operators):
    """Row of the operator at this place; n/a once those with production have been named."""
    return row_of(number, operators.rank)


@curve.line(unit="", text=True)
def operator(operator_row, operators):
    """Operator at this place; n/a once those with production have been named."""
    return at(operator_row, operators.operator)


@curve.line(unit="USD/BTC", label="AISC net of AI", bold=True)
def aisc_net(operator_row, operators):
    """Net AISC of the operator at this place."""
    return at(operator_row, operators.aisc_net)


@curve.line(unit="TH/s", number_format="#,##0")
def hash_rate(operator_row, operators):
    """Hash rate of the operator at this place."""
    return at(operator_row, operators.hash_rate)


@curve.line(unit="share of hash rate", number_format="0.0%")
def hash_share(hash_rate, total_hash_rate):
    """Share of the operators' hash rate."""
    return divide(hash_rate, total_hash_rate)


@curve.line(unit="share of hash rate", number_format="0.0%")
def cumulative_share(cumulative_share, hash_share):
    """Share of the hash rate that costs at most this."""
    return previous(cumulative_share, 0) + hash_share


@curve.line(unit="USD/BTC", label="Spot price")
def spot(price):
    """Today's price beside every place, so that a chart can draw it."""
    return price
