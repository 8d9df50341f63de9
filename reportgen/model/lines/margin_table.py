"""Net margin of the average operator over price and difficulty, live: what of it moves with either, and how.

Difficulty moves production alone, in proportion: bills are for machines, power, debt and head office. The price moves
what a bitcoin earns, and the liquidity buffer, which free bitcoin fills at a high price. So the bills of a month are
worked out for each price, the bitcoin for each difficulty, and every cell of the table divides one by the other.
"""

from __future__ import annotations

from reportgen.formula.functions import difference, divide, maximum, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.liquidity import SHEET as LIQUIDITY

SHEET = "Margin_Cases"
conventions = Section(
    blocks.market, SHEET, "Steps of the table", "Choices of the model: what is shown, not what is computed."
)
bills = Section(
    blocks.operators,
    LIQUIDITY,
    "Bills for the table of net margins",
    "Of operators that mine: those that do not have no cost of a bitcoin, and are left out of averages.",
    across=True,
)
sums = Section(blocks.market, SHEET, "All operators that mine")
prices = Section(
    blocks.margin_prices,
    SHEET,
    "At each price",
    "What the bills of a month are there: the liquidity buffer is filled by free bitcoin, whose worth moves.",
)
difficulties = Section(blocks.margin_difficulties, SHEET, "At each difficulty", "What a month's mining brings there.")


@conventions.line(unit="change", number_format="+0%;-0%;0%")
def margin_lowest_price():
    """Change of the price in the first column of the table."""
    return -0.4


@conventions.line(unit="change", number_format="+0%;-0%;0%")
def margin_lowest_difficulty():
    """Change of the difficulty in the first row of the table."""
    return -0.2


@conventions.line(unit="change", number_format="0%")
def margin_step():
    """From one column or row of the table to the next."""
    return 0.1


@bills.line(unit="0/1", number_format="0")
def mines(production):
    """1 for an operator with production."""
    return when(production > 0, 1, 0)


@bills.line(unit="USD/month", label="Bills without the buffer")
def mining_bills(mines, aisc_bills):
    """What net AISC is made of, the liquidity buffer apart; it does not move with price or difficulty."""
    return mines * aisc_bills


@bills.line(unit="USD", label="Minimum liquidity less cash")
def cash_gap(minimum_liquidity, cash):
    """What free bitcoin must be worth for minimum liquidity to be met; below zero where cash alone is more."""
    return difference(minimum_liquidity, cash)


@bills.line(unit="USD", label="Cash short of the minimum")
def cash_wanted(mines, cash_gap):
    """The same of an operator that mines."""
    return mines * cash_gap


@bills.line(unit="BTC", label="Free bitcoin of miners")
def btc_at_hand(mines, sellable_btc):
    """Free bitcoin of an operator that mines."""
    return mines * sellable_btc


@bills.line(unit="USD/BTC", label="Buffer filled from")
def buffer_filled_from(cash_wanted, btc_at_hand):
    """Price from which minimum liquidity is met; n/a where no bitcoin is free, or nothing is mined."""
    return divide(cash_wanted, btc_at_hand)


@bills.line(unit="USD", label="Short at any price")
def always_short(btc_at_hand, cash_wanted):
    """Cash short of the minimum of an operator without free bitcoin."""
    return when(btc_at_hand > 0, 0, maximum(0, cash_wanted))


@sums.line(unit="USD/month")
def mining_bills_total(operators):
    """Bills of all operators that mine, the liquidity buffer apart."""
    return total(operators.mining_bills)


@sums.line(unit="USD")
def always_short_total(operators):
    """Cash short of the minimum that no price of bitcoin fills."""
    return total(operators.always_short)


@prices.line(unit="change", number_format="+0%;-0%;0%", label="Change of the price")
def price_there(number, margin_lowest_price, margin_step):
    """Change of the price."""
    return margin_lowest_price + margin_step * (number - 1)


@prices.line(unit="USD/BTC", bold=True, label="Price")
def price_of_column(price, price_there):
    """Price of one bitcoin after that change."""
    return price * (1 + price_there)


@prices.line(unit="USD", label="Cash short there")
def cash_short_there(operators, price_of_column):
    """Cash short of the minimum of those whose buffer is not filled at this price."""
    return total(operators.cash_wanted, where=operators.buffer_filled_from > price_of_column)


@prices.line(unit="BTC", label="Free bitcoin there")
def free_btc_there(operators, price_of_column):
    """Free bitcoin of the same operators, which counts towards it."""
    return total(operators.btc_at_hand, where=operators.buffer_filled_from > price_of_column)


@prices.line(unit="USD/month", label="Liquidity buffer there")
def buffer_there(always_short_total, cash_short_there, free_btc_there, price_of_column, liquidity_rebuild_months):
    """What must be saved a month to reach minimum liquidity in time, at this price."""
    return (always_short_total + cash_short_there - free_btc_there * price_of_column) / liquidity_rebuild_months


@prices.line(unit="USD/month", bold=True, label="Bills of a month")
def bills_there(mining_bills_total, buffer_there):
    """All that net AISC is made of, at this price."""
    return mining_bills_total + buffer_there


@difficulties.line(unit="change", number_format="+0%;-0%;0%", label="Change of the difficulty")
def difficulty_there(number, margin_lowest_difficulty, margin_step):
    """Change of the difficulty."""
    return margin_lowest_difficulty + margin_step * (number - 1)


@difficulties.line(unit="T", number_format="#,##0.0", label="Difficulty")
def difficulty_of_row(difficulty, difficulty_there):
    """Mining difficulty after that change, in trillions."""
    return difficulty * (1 + difficulty_there) / 10**12


@difficulties.line(unit="BTC/month", bold=True, label="Production")
def production_there(total_production, difficulty_there):
    """Bitcoin that all operators mine in a month at this difficulty."""
    return total_production / (1 + difficulty_there)
