"""Liquidity: cash flow, runway, covenants, and what operators must sell to pay their bills. Source: model section 5."""

from __future__ import annotations

from reportgen.formula.functions import difference, divide, maximum, minimum, otherwise, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

debts = Section(
    blocks.debt,
    "Debt_Covenants",
    "Debt and covenants",
    "Each facility: interest, loan-to-value and the price of the margin call.",
)
cash = Section(blocks.operators, "Liquidity", "Cash flow and runway", across=True)
selling = Section(blocks.operators, "Liquidity", "Bitcoin to be sold", across=True)
sums = Section(
    blocks.market,
    "Liquidity",
    "Bottom-up selling",
    "Extrapolated figures divide by the share of the network that the operators cover.",
    across=True,
)


@debts.line(unit="USD/month", label="Interest")
def row_interest(principal, interest_rate):
    """Cash interest of a month on the whole principal."""
    return principal * interest_rate / 12


@debts.line(unit="share", number_format="0.0%", label="LTV")
def ltv(principal, btc_collateral, price):
    """Loan-to-value: principal against the market value of the bitcoin pledged; n/a without collateral."""
    return divide(principal, btc_collateral * price)


@debts.line(unit="USD/BTC")
def margin_call_price(principal, btc_collateral, max_ltv):
    """Bitcoin price below which the lender calls for more collateral; n/a without such a covenant."""
    return divide(principal, btc_collateral * max_ltv)


@debts.line(unit="share", number_format="0.0%;[Red]-0.0%", label="Distance to the margin call")
def margin_call_distance(price, margin_call_price):
    """How far the price is above the margin call, as a share of the price; below zero: under it, as a share of it."""
    return (price - margin_call_price) / maximum(price, margin_call_price)


@debts.line(unit="0/1", number_format="0", label="LTV breach")
def ltv_breach(price, margin_call_price):
    """1 when the price is below the margin call."""
    return when(price < otherwise(margin_call_price, 0), 1, 0)


@cash.line(unit="USD/month", bold=True)
def operating_cash_flow(production, price, direct_cost, corporate_overhead, ai_margin):
    """Bitcoin mined at today's price and AI margin, less direct cost and head office."""
    return difference(production * price + ai_margin, direct_cost + corporate_overhead)


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


@cash.line(unit="USD", bold=True)
def liquidity(cash, free_btc, price):
    """Cash and free bitcoin at today's price."""
    return cash + free_btc * price


@cash.line(unit="months", number_format="0.0", bold=True)
def runway(liquidity, minimum_liquidity, cash_flow_after_debt, runway_cap):
    """Months until minimum liquidity is reached at today's cash flow; the cap when nothing is burnt."""
    return when(
        cash_flow_after_debt < 0,
        minimum(runway_cap, maximum(0, (liquidity - minimum_liquidity) / -cash_flow_after_debt)),
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
def cash_need(direct_cost, corporate_overhead, interest, repayment, ai_margin):
    """Bills of a month that must be paid in cash, capex apart, after AI margin."""
    return direct_cost + corporate_overhead + interest + repayment - ai_margin


@selling.line(unit="USD/month")
def cash_to_raise(cash_need):
    """Cash need where it is positive: what bitcoin must be sold for."""
    return maximum(0, cash_need)


@selling.line(unit="BTC/month", bold=True, label="BTC sales needed")
def btc_sales_needed(cash_to_raise, price):
    """Bitcoin that must be sold in a month to pay the bills."""
    return cash_to_raise / price


@selling.line(unit="BTC/month")
def treasury_draw(btc_sales_needed, production):
    """What must be sold beyond the month's production, out of the treasury."""
    return maximum(0, btc_sales_needed - production)


@sums.line(unit="BTC/day", bold=True)
def forced_sales(operators, days_per_month):
    """Bitcoin that the operators must sell a day to pay their bills."""
    return total(operators.btc_sales_needed) / days_per_month


@sums.line(unit="BTC/day", label="Forced sales, extrapolated")
def forced_sales_network(forced_sales, network_coverage):
    """Forced sales if the whole network were like these operators."""
    return divide(forced_sales, network_coverage)


@sums.line(unit="BTC/day")
def treasury_draw_total(operators, days_per_month):
    """Bitcoin a day that the operators must take out of their treasuries."""
    return total(operators.treasury_draw) / days_per_month


@sums.line(unit="BTC/day", label="Treasury draw, extrapolated")
def treasury_draw_network(treasury_draw_total, network_coverage):
    """Treasury draw if the whole network were like these operators."""
    return divide(treasury_draw_total, network_coverage)
