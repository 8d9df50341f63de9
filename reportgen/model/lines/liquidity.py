"""Liquidity: cash flow, runway, covenants, and the bitcoin that bills take. Source: model section 5."""

from __future__ import annotations

from reportgen.formula.functions import difference, divide, maximum, minimum, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

SHEET = "Liquidity"
cash = Section(blocks.operators, SHEET, "Cash flow and runway", across=True)
selling = Section(
    blocks.operators,
    SHEET,
    "Bitcoin to be sold",
    "What production pays of the bills is ordinary selling; only the treasury draw is forced.",
    across=True,
)
sums = Section(
    blocks.market,
    SHEET,
    "Bottom-up selling",
    "Extrapolated figures divide by the share of the network that the operators cover.",
    across=True,
)


@cash.line(unit="USD/month")
def income(production, price, ai_margin):
    """Bitcoin mined at today's price, and AI margin."""
    return production * price + ai_margin


@cash.line(unit="USD/month")
def operating_cost(direct_cost, corporate_overhead):
    """Direct cost and head office."""
    return direct_cost + corporate_overhead


@cash.line(unit="USD/month", bold=True)
def operating_cash_flow(income, operating_cost):
    """Bitcoin mined at today's price and AI margin, less direct cost and head office."""
    return difference(income, operating_cost)


@cash.line(unit="USD/month")
def cash_flow_after_debt(operating_cash_flow, interest, repayment):
    """Operating cash flow after interest and repayment."""
    return difference(operating_cash_flow, interest + repayment)


@cash.line(unit="USD/month")
def free_cash_flow(cash_flow_after_debt, sustaining_capex):
    """What is left after debt service and sustaining capex."""
    return cash_flow_after_debt - sustaining_capex


@cash.line(unit="BTC", label="BTC pledged")
def pledged_btc(debt):
    """Bitcoin pledged to lenders."""
    return total(debt.btc_collateral)


@cash.line(unit="BTC", label="Free BTC")
def free_btc(btc_held, pledged_btc):
    """Bitcoin held that no lender has a claim on."""
    return difference(btc_held, pledged_btc)


@cash.line(unit="BTC", label="BTC that can be sold")
def sellable_btc(free_btc):
    """Free bitcoin; pledging more than is held is an error of the input, and never helps."""
    return maximum(0, free_btc)


@cash.line(unit="USD", bold=True)
def liquidity(cash, sellable_btc, price):
    """Cash and free bitcoin at today's price."""
    return cash + sellable_btc * price


@cash.line(unit="USD", label="Spare liquidity")
def spare_liquidity(liquidity, minimum_liquidity):
    """Liquidity above its minimum; below zero when the minimum is not met."""
    return difference(liquidity, minimum_liquidity)


@cash.line(unit="months", number_format="0.0", bold=True)
def runway(spare_liquidity, cash_flow_after_debt, runway_cap):
    """Months until minimum liquidity is reached at today's cash flow; the cap when nothing is burnt."""
    return when(
        cash_flow_after_debt < 0,
        minimum(runway_cap, maximum(0, spare_liquidity / -cash_flow_after_debt)),
        runway_cap,
    )


@cash.line(unit="times", number_format="0.0")
def interest_cover(operating_cash_flow, interest):
    """Operating cash flow over interest; n/a with no interest."""
    return divide(operating_cash_flow, interest)


@cash.line(unit="times", number_format="0.0", label="AI interest cover")
def ai_interest_cover(ai_margin, interest):
    """AI margin over interest; n/a with no interest."""
    return divide(ai_margin, interest)


@cash.line(unit="facilities", number_format="0", label="Facilities in LTV breach")
def facilities_in_breach(debt):
    """Facilities whose margin-call price is above today's price."""
    return total(debt.ltv_breach)


@cash.line(unit="0/1", number_format="0")
def covenant_breach(facilities_in_breach, liquidity, minimum_liquidity):
    """1 when any facility is in breach or liquidity is below its minimum."""
    return when((facilities_in_breach > 0) | (liquidity < minimum_liquidity), 1, 0)


@cash.line(unit="0/1", number_format="0")
def distressed(runway, solvency_runway, covenant_breach):
    """1 when runway is short or a covenant is breached."""
    return when((runway < solvency_runway) | (covenant_breach == 1), 1, 0)


@selling.line(unit="USD/month")
def cash_bills(direct_cost, corporate_overhead, interest, repayment):
    """Bills of a month that are paid in cash, capex apart, before AI margin."""
    return direct_cost + corporate_overhead + interest + repayment


@selling.line(unit="USD/month")
def cash_need(cash_bills, ai_margin):
    """Bills of a month that are paid in cash, capex apart, after AI margin."""
    return difference(cash_bills, ai_margin)


@selling.line(unit="USD/month")
def cash_to_raise(cash_need):
    """Cash need where it is positive: what bitcoin is sold for."""
    return maximum(0, cash_need)


@selling.line(unit="BTC/month", bold=True, label="BTC sales needed")
def btc_sales_needed(cash_to_raise, price):
    """Bitcoin that the bills of a month take at this price, whether production pays them or the treasury."""
    return cash_to_raise / price


@selling.line(unit="BTC/month", label="BTC needed beyond production")
def btc_beyond_production(btc_sales_needed, production):
    """What bills ask for beyond the month's production."""
    return maximum(0, btc_sales_needed - production)


@selling.line(unit="BTC/month", label="Bitcoin to hand")
def btc_to_hand(production, sellable_btc):
    """Most that can be sold in a month: production and the free treasury."""
    return production + sellable_btc


@selling.line(unit="BTC/month", bold=True)
def treasury_draw(btc_beyond_production, sellable_btc):
    """What must be sold out of the treasury; no more than is free."""
    return minimum(btc_beyond_production, sellable_btc)


@selling.line(unit="USD/month", bold=True)
def shortfall(btc_beyond_production, treasury_draw, price):
    """Bills that neither the month's bitcoin nor the free treasury pays."""
    return (btc_beyond_production - treasury_draw) * price


@sums.line(unit="BTC/day", bold=True, label="Bitcoin for bills")
def forced_sales(operators, days_per_month):
    """Bitcoin a day that the operators' bills take at this price: ordinary selling, as far as production pays them."""
    return total(operators.btc_sales_needed) / days_per_month


@sums.line(unit="BTC/day", label="Bitcoin for bills, extrapolated")
def forced_sales_network(forced_sales, network_coverage):
    """Bitcoin for bills if the whole network were like these operators."""
    return divide(forced_sales, network_coverage)


@sums.line(unit="BTC/day")
def treasury_draw_total(operators, days_per_month):
    """Bitcoin a day that the operators must take out of their treasuries."""
    return total(operators.treasury_draw) / days_per_month


@sums.line(unit="BTC/day", label="Treasury draw, extrapolated")
def treasury_draw_network(treasury_draw_total, network_coverage):
    """Treasury draw if the whole network were like these operators."""
    return divide(treasury_draw_total, network_coverage)
