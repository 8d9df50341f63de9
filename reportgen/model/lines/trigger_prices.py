"""Prices at which something breaks, operator by operator: the closed forms of triggers. Source: model section 6."""

from __future__ import annotations

from reportgen.formula.functions import difference, divide, maximum, minimum, not_available, when
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


@prices.line(unit="USD/month", label="AISC bills")
def aisc_bills(direct_cost, sustaining_capex, corporate_financing, liquidity_build, ai_margin):
    """What net AISC is made of, the liquidity buffer apart: it does not move with the price."""
    return difference(direct_cost + sustaining_capex + corporate_financing, liquidity_build + ai_margin)


@prices.line(unit="USD/BTC", label="Net AISC with the buffer filled")
def aisc_price_filled(aisc_bills, production):
    """Price that equals net AISC while minimum liquidity is met."""
    return divide(aisc_bills, production)


@prices.line(unit="USD/BTC", label="Net AISC while the buffer fills")
def aisc_price_filling(aisc_bills, minimum_liquidity, cash, liquidity_rebuild_months, production, sellable_btc):
    """Price that equals net AISC while minimum liquidity is not met: free bitcoin gains with the price."""
    return divide(
        difference(aisc_bills + minimum_liquidity / liquidity_rebuild_months, cash / liquidity_rebuild_months),
        production + sellable_btc / liquidity_rebuild_months,
    )


@prices.line(unit="USD/BTC", label="Below AISC")
def below_aisc_price(aisc_price_filled, aisc_price_filling):
    """Price that equals the net AISC at that price."""
    return maximum(aisc_price_filled, aisc_price_filling)


@prices.line(unit="USD/BTC", label="Spare liquidity lasts the short runway")
def runway_price_spare(cash_need, cash, minimum_liquidity, sellable_btc, production, solvency_runway):
    """Price at which spare liquidity and production pay the bills of a short runway exactly."""
    return divide(
        difference(solvency_runway * cash_need + minimum_liquidity, cash), sellable_btc + solvency_runway * production
    )


@prices.line(unit="USD/BTC", label="Short runway")
def runway_price(production, runway_price_spare, cash_breakeven, cash_need):
    """Price below which the runway is short: cash is burnt, and spare liquidity does not last."""
    return when(
        production > 0,
        minimum(runway_price_spare, cash_breakeven),
        when(cash_need > 0, runway_price_spare, not_available),
    )


@prices.line(unit="USD/BTC", label="Minimum liquidity")
def minimum_liquidity_price(minimum_liquidity, cash, sellable_btc):
    """Price below which cash and free bitcoin are worth less than minimum liquidity; n/a without free bitcoin."""
    return divide(minimum_liquidity - cash, sellable_btc)
