"""Checks: what must hold in any workbook, and whether it shows what was delivered. Source: model section 10."""

from __future__ import annotations

from reportgen.formula.functions import absolute, at, count, largest, not_available, otherwise, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import per_btc
from reportgen.model.lines.pressure import scenarios

SHEET = "Checks"
checks = Section(blocks.market, SHEET, "Checks", "1 holds, 0 does not, n/a when there is nothing to check.")
master = Section(blocks.market, SHEET, "Master check")
given = Section(blocks.shocks, "Shock_Rows", "Shocks of this workbook", "What each row of Shocks changes.")
table = Section(
    blocks.snapshot,
    "Shock_Table",
    "Figures under each shock",
    "A snapshot: solved by reportgen for each shock when this workbook was made. It does not move with edits.",
    across=True,
)


@per_btc.line(unit="USD/month", label="Check of the layers: gap", working=True)
def layers_gap(direct_cost, sustaining_capex, corporate_financing, aisc, production):
    """How far the monthly cost of the layers is from AISC times production; n/a without production."""
    return absolute(direct_cost + sustaining_capex + corporate_financing - aisc * production)


@per_btc.line(unit="USD/month", label="Check of the layers: what makes no difference", working=True)
def layers_gap_allowed(direct_cost, sustaining_capex, corporate_financing):
    """What is left of the digits of the largest layer, a billionth of all: layers of either sign can cancel."""
    return (absolute(direct_cost) + absolute(sustaining_capex) + absolute(corporate_financing)) / 10**9


@per_btc.line(unit="0/1", number_format="0")
def layers_hold(layers_gap, layers_gap_allowed):
    """Check: 1 when the monthly cost of the layers is AISC times production; n/a without production."""
    return when(layers_gap <= layers_gap_allowed, 1, 0)


@scenarios.line(unit="0/1", number_format="0")
def within_limit(total_sales, sales_limit):
    """Check: 1 when total sales are within what miners have."""
    return when(total_sales <= sales_limit + sales_limit / 10**9, 1, 0)


@checks.check()
def layers_add_up(operators):
    """The layers add up to AISC for every operator with production."""
    return when(total(operators.layers_hold) == count(operators.layers_hold), 1, 0)


@checks.line(unit="share", number_format="0.0%")
def last_cumulative_share(ranked):
    """Hash share cumulated over all operators with production."""
    return largest(ranked.cumulative_share)


@checks.check()
def shares_add_up(last_cumulative_share):
    """Hash shares add up to 100 %; n/a without production."""
    return when(absolute(last_cumulative_share - 1) <= 1 / 10**9, 1, 0)


@checks.line(unit="rows", number_format="0", label="Rows of Fleet without an operator", working=True)
def fleet_without_operator(fleet):
    """Rows of Fleet that name no operator of the list."""
    return count(fleet.number) - count(fleet.owner_number)


@checks.line(unit="rows", number_format="0", label="Rows of Debt without an operator", working=True)
def debt_without_operator(debt):
    """Rows of Debt that name no operator of the list."""
    return count(debt.number) - count(debt.owner_number)


@checks.line(unit="rows", number_format="0", label="Rows of AI_HPC without an operator", working=True)
def contracts_without_operator(ai_hpc):
    """Rows of AI_HPC that name no operator of the list."""
    return count(ai_hpc.number) - count(ai_hpc.owner_number)


@checks.check()
def rows_have_operators(fleet_without_operator, debt_without_operator, contracts_without_operator):
    """Every row of Fleet, Debt and AI_HPC names an operator of the list."""
    return when(fleet_without_operator + debt_without_operator + contracts_without_operator == 0, 1, 0)


@checks.check()
def sales_within_supply(scenarios):
    """Total sales of every scenario stay within issuance and treasuries."""
    return when(total(scenarios.within_limit) == count(scenarios.number), 1, 0)


@checks.check()
def history_without_gaps(days_filled, days):
    """Every day of the history has a row; n/a without history."""
    return when(count(days.number) > 0, when(days_filled == 0, 1, 0), not_available)


@checks.check()
def weights_given(risk):
    """The weights of the risk score add up to more than zero; n/a without components."""
    return when(count(risk.number) > 0, when(total(risk.weight) > 0, 1, 0), not_available)


@master.tally(unit="checks", number_format="0", bold=True)
def checks_failed(checks):
    """How many checks do not hold; 0 is well."""
    failed = [1 - otherwise(check, 1) for check in checks]
    return sum(failed[1:], failed[0])


@master.line(unit="", text=True)
def master_check(checks_failed):
    """The master check in words."""
    return when(checks_failed == 0, "all checks hold", "a check fails: see the sheet Checks")


@master.line(unit="", text=True, label="Since delivery")
def edits(as_delivered):
    """Whether the figures are still those that were delivered, in words."""
    return when(as_delivered == 1, "figures as delivered", "inputs edited since delivery")


@given.line(unit="share", number_format="+0.0%;-0.0%;0.0%")
def hashprice_effect(price_change, difficulty_change, halving):
    """First effect of the shock on hashprice, fees apart."""
    return (1 + price_change) / (1 + difficulty_change) / (1 + halving) - 1


@table.line(unit="0/1", number_format="0", label="Is the active one", working=True)
def active(shock, active_shock):
    """1 for the shock that is chosen on Market; 0 everywhere when none is."""
    return when(shock == active_shock, 1, 0)


@table.line(unit="0-100", number_format="0.0", label="Score without a shock")
def calm_score(snapshot):
    """Risk score of the first row, without a shock."""
    return at(1, snapshot.risk_score)


@table.line(unit="points", number_format="+0.0;-0.0;0.0", label="Change of the score")
def score_change(risk_score, calm_score):
    """Risk score under the shock less the score without one."""
    return risk_score - calm_score


@table.line(unit="USD/BTC", number_format="+#,##0;-#,##0;0", label="Price gap without a shock")
def calm_gap(snapshot):
    """Price less average net AISC of the first row, without a shock."""
    return at(1, snapshot.price_gap)


@table.line(unit="USD/BTC", number_format="+#,##0;-#,##0;0", label="Change of the price gap")
def gap_change(price_gap, calm_gap):
    """Price gap under the shock less the one without."""
    return price_gap - calm_gap
