"""Liquidity: cash flow, runway, covenants, and what operators must sell to pay their bills. Source: model section 5."""

from __future__ import annotations

from reportgen.formula.functions import (
    clip,
    count,
    divide,
    largest,
    maximum,
    minimum,
    not_available,
    otherwise,
    total,
    when,
)
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


@debts.line(unit="USD/BTC", label="Margin call, or 0")
def margin_call_or_none(margin_call_price):
    """The margin-call price, 0 without such a covenant: so that the highest of an operator can be found."""
    return otherwise(margin_call_price, 0)


@debts.line(unit="BTC", label="Collateral called")
def row_collateral_called(ltv_breach, btc_collateral):
    """Bitcoin that the lender may sell, as the facility is in breach."""
    return ltv_breach * btc_collateral


@debts.line(unit="share", number_format="0.0%")
def nearness_of_call(price, margin_call_price, collateral_reach):
    """1 at the margin call and above 1 beyond it, 0 where the price stands the whole reach above it."""
    return 1 - (price - margin_call_price) / price / collateral_reach


@debts.line(unit="BTC", label="Collateral at risk")
def row_collateral_at_risk(btc_collateral, nearness_of_call):
    """Pledged bitcoin, all of it once called and less the farther the call is."""
    return btc_collateral * clip(otherwise(nearness_of_call, 0), 0, 1)


@debts.line(unit="USD", label="Due within 12 months")
def row_due_12m(principal, maturity, as_of):
    """Principal that falls due within 365 days of the as-of day."""
    return when((otherwise(maturity, 0) > as_of) & (otherwise(maturity, 0) <= as_of + 365), principal, 0)


@cash.line(unit="USD/month", bold=True)
def operating_cash_flow(production, price, direct_cost, corporate_overhead, ai_margin):
    """Bitcoin mined at today's price and AI margin, less direct cost and head office."""
    return production * price - direct_cost - corporate_overhead + ai_margin


@cash.line(unit="USD/month")
def cash_flow_after_debt(operating_cash_flow, interest, repayment):
    """Operating cash flow after interest and repayment."""
    return operating_cash_flow - interest - repayment


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
    return btc_held - pledged_btc


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
    return liquidity - minimum_liquidity


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


@cash.line(unit="BTC", bold=True)
def collateral_called(debt):
    """Pledged bitcoin of facilities in breach: a lender may sell it."""
    return total(debt.row_collateral_called)


@cash.line(unit="BTC")
def collateral_at_risk(debt):
    """Pledged bitcoin in breach, and near it in parts: all of it once called, less the farther the call is."""
    return total(debt.row_collateral_at_risk)


@cash.line(unit="facilities", number_format="0", label="Facilities with a margin call")
def facilities_with_call(debt):
    """Facilities whose lender can call for more collateral."""
    return count(debt.margin_call_price)


@cash.line(unit="USD/BTC", label="Highest margin call, or 0")
def highest_call_or_none(debt):
    """The highest of the operator's margin-call prices, 0 where no facility has one; n/a without debt."""
    return largest(debt.margin_call_or_none)


@cash.line(unit="USD/BTC")
def highest_margin_call(facilities_with_call, highest_call_or_none):
    """The highest of the operator's margin-call prices: the one that comes first as the price falls."""
    return when(facilities_with_call > 0, highest_call_or_none, not_available)


@cash.line(unit="share", number_format="0.0%", label="Nearness of the highest call")
def nearness_of_highest_call(price, highest_margin_call, call_reach):
    """1 at the highest margin call and above 1 beyond it, 0 where the price stands the whole reach above it."""
    return 1 - (price - highest_margin_call) / price / call_reach


@cash.line(unit="0-1", number_format="0.00")
def call_pressure(nearness_of_highest_call):
    """How near the first margin call is; 0 without one."""
    return clip(otherwise(nearness_of_highest_call, 0), 0, 1)


@cash.line(unit="USD", label="Due within 12 months")
def due_12m(debt):
    """Principal that falls due within 365 days of the as-of day."""
    return total(debt.row_due_12m)


@cash.line(unit="USD", bold=True)
def refinancing_gap(due_12m, spare_liquidity):
    """What falls due within 12 months and spare liquidity does not cover."""
    return maximum(0, due_12m - maximum(0, spare_liquidity))


@cash.line(unit="USD/month")
def monthly_bills(direct_cost, corporate_overhead, interest, repayment):
    """Bills of a month in cash, capex apart, before AI income."""
    return direct_cost + corporate_overhead + interest + repayment


@cash.line(unit="years of bills", number_format="0.00")
def year_end_cushion(spare_liquidity, cash_flow_after_debt, due_12m, monthly_bills):
    """Spare liquidity after a year at today's cash flow and its maturities, in years of bills; n/a without bills."""
    return divide(spare_liquidity + 12 * cash_flow_after_debt - due_12m, 12 * maximum(0, monthly_bills))


@cash.line(unit="0-1", number_format="0.00")
def solvency_pressure(year_end_cushion, safe_cushion):
    """How far the year-end cushion is below the safe one, 1 when it is more than half a year under water."""
    return clip(safe_cushion - otherwise(year_end_cushion, safe_cushion), 0, 1)


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


@selling.line(unit="BTC/month", label="BTC needed beyond production")
def btc_beyond_production(btc_sales_needed, production):
    """What bills ask for beyond the month's production."""
    return maximum(0, btc_sales_needed - production)


@selling.line(unit="BTC/month", bold=True)
def treasury_draw(btc_beyond_production, sellable_btc):
    """What must be sold out of the treasury; no more than is free."""
    return minimum(btc_beyond_production, sellable_btc)


@selling.line(unit="USD/month", bold=True)
def shortfall(btc_beyond_production, treasury_draw, price):
    """Bills that neither the month's bitcoin nor the free treasury pays."""
    return (btc_beyond_production - treasury_draw) * price


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


@sums.line(unit="BTC", label="Collateral called, all operators")
def collateral_called_total(operators):
    """Pledged bitcoin of facilities in breach."""
    return total(operators.collateral_called)


@sums.line(unit="BTC", label="Collateral called, extrapolated")
def collateral_called_network(collateral_called_total, network_coverage):
    """Called collateral if the whole network were like these operators."""
    return divide(collateral_called_total, network_coverage)


@sums.line(unit="BTC", label="Collateral at risk, all operators")
def collateral_at_risk_total(operators):
    """Pledged bitcoin in breach, and near it in parts."""
    return total(operators.collateral_at_risk)


@sums.line(unit="BTC", label="Collateral at risk, extrapolated")
def collateral_at_risk_network(collateral_at_risk_total, network_coverage):
    """Collateral at risk if the whole network were like these operators."""
    return divide(collateral_at_risk_total, network_coverage)


@sums.line(unit="USD", label="Due within 12 months, all operators")
def due_12m_total(operators):
    """Principal of all operators that falls due within 365 days."""
    return total(operators.due_12m)


@sums.line(unit="USD", label="Refinancing gap, all operators")
def refinancing_gap_total(operators):
    """What falls due within 12 months and spare liquidity does not cover, added up by operator."""
    return total(operators.refinancing_gap)
