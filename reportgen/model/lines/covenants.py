"""Covenants and maturities: what lenders can call, what falls due, and how near both are. Source: model section 5."""

from __future__ import annotations

from reportgen.formula.functions import (
    clip,
    count,
    difference,
    divide,
    higher_within,
    level_within,
    maximum,
    not_available,
    otherwise,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.liquidity import SHEET, sums

debts = Section(
    blocks.debt,
    "Debt_Covenants",
    "Debt and covenants",
    "Each facility: interest, loan-to-value and the price of the margin call.",
)
pressure = Section(
    blocks.operators,
    SHEET,
    "Calls and maturities",
    "What lenders can call, what falls due within a year, and how much of a year's bills is left after both.",
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


@debts.line(unit="USD/BTC", number_format="0.0E+00", label="Margin of equality", working=True)
def call_margin(margin_call_price):
    """What is too little to tell two margin calls apart: their twelfth digit."""
    return margin_call_price / 10**12


@debts.line(unit="facilities", number_format="0", label="Higher calls", working=True)
def calls_higher(margin_call_price, call_margin, owner_number):
    """Facilities of the same operator whose margin call comes first; n/a without such a covenant."""
    return higher_within(margin_call_price, call_margin, owner_number)


@debts.line(unit="rank", number_format="0", label="Place of the call", working=True)
def call_place(calls_higher, margin_call_price, call_margin, owner_number):
    """Place of the margin call among those of the operator, highest first; n/a without such a covenant."""
    return calls_higher + level_within(margin_call_price, call_margin, owner_number)


@debts.line(unit="USD/BTC", label="Call, if the highest", working=True)
def call_if_highest(call_place, margin_call_price):
    """The margin-call price of the operator's highest call, 0 for its other facilities: to be added up."""
    return when(otherwise(call_place, 0) == 1, margin_call_price, 0)


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


@pressure.line(unit="BTC", bold=True)
def collateral_called(debt):
    """Pledged bitcoin of facilities in breach: a lender may sell it."""
    return total(debt.row_collateral_called)


@pressure.line(unit="BTC")
def collateral_at_risk(debt):
    """Pledged bitcoin in breach, and near it in parts: all of it once called, less the farther the call is."""
    return total(debt.row_collateral_at_risk)


@pressure.line(unit="facilities", number_format="0", label="Facilities with a margin call")
def facilities_with_call(debt):
    """Facilities whose lender can call for more collateral."""
    return count(debt.margin_call_price)


@pressure.line(unit="USD/BTC", label="Highest margin call, or 0")
def highest_call_or_none(debt):
    """The highest of the operator's margin-call prices, 0 where no facility has one."""
    return total(debt.call_if_highest)


@pressure.line(unit="USD/BTC")
def highest_margin_call(facilities_with_call, highest_call_or_none):
    """The highest of the operator's margin-call prices: the one that comes first as the price falls."""
    return when(facilities_with_call > 0, highest_call_or_none, not_available)


@pressure.line(unit="share", number_format="0.0%", label="Nearness of the highest call")
def nearness_of_highest_call(price, highest_margin_call, call_reach):
    """1 at the highest margin call and above 1 beyond it, 0 where the price stands the whole reach above it."""
    return 1 - (price - highest_margin_call) / price / call_reach


@pressure.line(unit="0-1", number_format="0.00")
def call_pressure(nearness_of_highest_call):
    """How near the first margin call is; 0 without one."""
    return clip(otherwise(nearness_of_highest_call, 0), 0, 1)


@pressure.line(unit="USD", label="Due within 12 months")
def due_12m(debt):
    """Principal that falls due within 365 days of the as-of day."""
    return total(debt.row_due_12m)


@pressure.line(unit="USD", bold=True)
def refinancing_gap(due_12m, spare_liquidity):
    """What falls due within 12 months and spare liquidity does not cover."""
    return maximum(0, due_12m - maximum(0, spare_liquidity))


@pressure.line(unit="USD/month", label="Bills before the curtailment credit", working=True)
def bills_before_credit(direct_cost, curtailment_credit, corporate_overhead, interest, repayment):
    """Bills of a month in cash as they are without the credit for curtailment."""
    return direct_cost + curtailment_credit + corporate_overhead + interest + repayment


@pressure.line(unit="USD/month")
def monthly_bills(bills_before_credit, curtailment_credit):
    """Bills of a month in cash, capex apart, before AI income."""
    return difference(bills_before_credit, curtailment_credit)


@pressure.line(unit="years of bills", number_format="0.00")
def year_end_cushion(spare_liquidity, cash_flow_after_debt, due_12m, monthly_bills):
    """Spare liquidity after a year at today's cash flow and its maturities, in years of bills; n/a without bills."""
    return divide(spare_liquidity + 12 * cash_flow_after_debt - due_12m, 12 * maximum(0, monthly_bills))


@pressure.line(unit="0-1", number_format="0.00")
def solvency_pressure(year_end_cushion, safe_cushion):
    """How far the year-end cushion is below the safe one, 1 when it is more than half a year under water."""
    return clip(safe_cushion - otherwise(year_end_cushion, safe_cushion), 0, 1)


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
