"""Prices at which something breaks, operator by operator: the closed forms of triggers. Source: model section 6."""

from __future__ import annotations

from reportgen.formula.functions import difference, divide, maximum, minimum, not_available, otherwise, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.liquidity import SHEET as LIQUIDITY

prices = Section(
    blocks.operators,
    LIQUIDITY,
    "Prices at which something breaks",
    "All else as it is: each is the bitcoin price below which the condition holds.",
    across=True,
)


@prices.line(unit="USD/month", label="Cost of all layers", working=True)
def cost_of_layers(direct_cost, sustaining_capex, corporate_financing):
    """The three layers of AISC."""
    return direct_cost + sustaining_capex + corporate_financing


@prices.line(unit="USD/month", label="Buffer and AI margin", working=True)
def buffer_and_margin(liquidity_build, ai_margin):
    """What is taken off the layers: the liquidity buffer, which moves with the price, and AI margin."""
    return liquidity_build + ai_margin


@prices.line(unit="USD/month", label="AISC bills")
def aisc_bills(cost_of_layers, buffer_and_margin):
    """What net AISC is made of, the liquidity buffer apart: it does not move with the price."""
    return difference(cost_of_layers, buffer_and_margin)


@prices.line(unit="USD/BTC", label="Net AISC with the buffer filled")
def aisc_price_filled(aisc_bills, production):
    """Price that equals net AISC while minimum liquidity is met."""
    return divide(aisc_bills, production)


@prices.line(unit="USD/month", label="AISC bills and the whole buffer", working=True)
def bills_and_buffer(aisc_bills, minimum_liquidity, liquidity_rebuild_months):
    """AISC bills, and minimum liquidity saved from nothing."""
    return aisc_bills + minimum_liquidity / liquidity_rebuild_months


@prices.line(unit="USD/month", label="Cash a month of the buffer", working=True)
def cash_of_buffer(cash, liquidity_rebuild_months):
    """Cash that is there, spread over the months in which the buffer is rebuilt."""
    return cash / liquidity_rebuild_months


@prices.line(unit="USD/month", label="Bills that bitcoin must pay", working=True)
def bills_while_filling(bills_and_buffer, cash_of_buffer):
    """AISC bills and buffer less the cash that is there."""
    return difference(bills_and_buffer, cash_of_buffer)


@prices.line(unit="BTC/month", label="Bitcoin that pays them", working=True)
def btc_while_filling(production, sellable_btc, liquidity_rebuild_months):
    """Production, and the free treasury spread over the months in which the buffer is rebuilt."""
    return production + sellable_btc / liquidity_rebuild_months


@prices.line(unit="USD/BTC", label="Net AISC while the buffer fills")
def aisc_price_filling(bills_while_filling, btc_while_filling):
    """Price that equals net AISC while minimum liquidity is not met: free bitcoin gains with the price."""
    return divide(bills_while_filling, btc_while_filling)


@prices.line(unit="USD", label="Needs of a short runway", working=True)
def runway_needs(solvency_runway, cash_need, minimum_liquidity):
    """Cash need of a short runway, with minimum liquidity left at its end."""
    return solvency_runway * cash_need + minimum_liquidity


@prices.line(unit="USD", label="Needs of a short runway beyond cash", working=True)
def runway_needs_beyond_cash(runway_needs, cash):
    """What bitcoin must pay of them."""
    return difference(runway_needs, cash)


@prices.line(unit="BTC", label="Bitcoin of a short runway", working=True)
def runway_btc(sellable_btc, solvency_runway, production):
    """Free treasury, and what is mined in a short runway."""
    return sellable_btc + solvency_runway * production


@prices.line(unit="USD/BTC", label="Spare liquidity lasts the short runway")
def runway_price_spare(runway_needs_beyond_cash, runway_btc):
    """Price at which spare liquidity and production pay the bills of a short runway exactly."""
    return divide(runway_needs_beyond_cash, runway_btc)


@prices.line(unit="USD/BTC", label="Spare liquidity, while cash is needed", working=True)
def runway_price_burning(cash_need, runway_price_spare):
    """The same, n/a for who needs no cash."""
    return when(cash_need > 0, runway_price_spare, not_available)


@prices.line(unit="USD/BTC", label="No cash is burnt", working=True)
def runway_price_breakeven(cash_breakeven, runway_price_burning):
    """Price from which on no cash is burnt; without production there is none while cash is needed."""
    return otherwise(cash_breakeven, runway_price_burning)


@prices.line(unit="USD/BTC", label="Lights-off", working=True)
def lights_off_price(direct_cost_per_btc):
    """Price that equals direct cost."""
    return direct_cost_per_btc


@prices.line(unit="USD/BTC", label="Not sustaining", working=True)
def not_sustaining_price(sustaining_cost_per_btc):
    """Price that equals direct and sustaining cost."""
    return sustaining_cost_per_btc


@prices.line(unit="USD/BTC", label="Below AISC")
def below_aisc_price(aisc_price_filled, aisc_price_filling):
    """Price that equals the net AISC at that price."""
    return maximum(aisc_price_filled, aisc_price_filling)


@prices.line(unit="USD/BTC", label="Short runway")
def runway_price(runway_price_spare, runway_price_breakeven):
    """Price below which the runway is short: cash is burnt, and spare liquidity does not last."""
    return minimum(runway_price_spare, runway_price_breakeven)


@prices.line(unit="USD/BTC", label="Minimum liquidity")
def minimum_liquidity_price(minimum_liquidity, cash, sellable_btc):
    """Price below which cash and free bitcoin are worth less than minimum liquidity; n/a without free bitcoin."""
    return divide(minimum_liquidity - cash, sellable_btc)
