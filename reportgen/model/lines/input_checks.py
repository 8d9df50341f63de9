"""Checks of inputs that hold between cells: what the reader refuses must show in an edited workbook too."""

from __future__ import annotations

from reportgen.formula.functions import count, first_named, known, largest, minimum, not_available, total, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import per_btc
from reportgen.model.lines.fleet import contracts, fleet
from reportgen.model.lines.pressure import scenarios
from reportgen.model.lines.risk import scored

SHEET = "Checks"
names = Section(blocks.shocks, "Shock_Rows", "Names of the shocks", "Each name stands once, so that it means one row.")
checks = Section(
    blocks.market, SHEET, "Checks of the inputs", "1 holds, 0 does not, n/a when there is nothing to check."
)


@per_btc.line(unit="row", number_format="0", label="First row of the name")
def named_operator(operator):
    """Number of the first operator of this name."""
    return first_named(operator)


@scenarios.line(unit="row", number_format="0", label="First row of the name")
def named_scenario(scenario):
    """Number of the first scenario of this name."""
    return first_named(scenario)


@names.line(unit="row", number_format="0", label="First row of the name")
def named_shock(shock):
    """Number of the first shock of this name."""
    return first_named(shock)


@names.line(unit="0/1", number_format="0", label="Is the active one", working=True)
def active(shock, active_shock):
    """1 for the shock that is chosen on Market."""
    return when(shock == active_shock, 1, 0)


@scored.line(unit="row", number_format="0", label="First row of the name")
def named_component(component):
    """Number of the first row of Risk with this component."""
    return first_named(component)


@scored.line(unit="0/1", number_format="0")
def rises(calm, stress):
    """1 when calm and stress differ, so that there is a way from 0 to 100."""
    return when(calm != stress, 1, 0)


@fleet.line(unit="0-3", number_format="0", label="Figures of one machine given", working=True)
def units_given(units, unit_hash_rate, unit_power):
    """How many of units, hash rate and power of one machine are given."""
    return known(units) + known(unit_hash_rate) + known(unit_power)


@fleet.line(unit="0-2", number_format="0", label="Figures of all machines given", working=True)
def totals_given(total_hash_rate, total_efficiency):
    """How many of total hash rate and efficiency are given."""
    return known(total_hash_rate) + known(total_efficiency)


@fleet.line(unit="0/1", number_format="0")
def measured_once(units_given, totals_given):
    """1 when the machines are given by units, or by totals, and not by both."""
    by_units = (units_given == 3) & (totals_given == 0)
    by_totals = (units_given == 0) & (totals_given == 2)
    return when(by_units | by_totals, 1, 0)


@contracts.line(unit="0/1", number_format="0")
def ends_after_start(start, last_day):
    """1 when the contract does not end before it starts."""
    return when(last_day >= start, 1, 0)


@checks.line(unit="0/1", number_format="0", label="Operators: named once", working=True)
def operators_named_once(operators):
    """1 when the first row of every operator's name is its own."""
    return when(total(operators.named_operator) == total(operators.number), 1, 0)


@checks.line(unit="0/1", number_format="0", label="Scenarios: named once", working=True)
def scenarios_named_once(scenarios):
    """1 when the first row of every scenario's name is its own."""
    return when(total(scenarios.named_scenario) == total(scenarios.number), 1, 0)


@checks.line(unit="0/1", number_format="0", label="Shocks: named once", working=True)
def shocks_named_once(shocks):
    """1 when the first row of every shock's name is its own."""
    return when(total(shocks.named_shock) == total(shocks.number), 1, 0)


@checks.line(unit="0/1", number_format="0", label="Risk components: named once", working=True)
def components_named_once(risk):
    """1 when the first row of every component's name is its own."""
    return when(total(risk.named_component) == total(risk.number), 1, 0)


@checks.check()
def names_stand_once(operators_named_once, scenarios_named_once, shocks_named_once, components_named_once):
    """Every operator, scenario, shock and component is named once."""
    return minimum(operators_named_once, scenarios_named_once, shocks_named_once, components_named_once)


@checks.check()
def machines_measured_once(fleet):
    """Every row of Fleet is given by units, or by totals, and not by both; n/a without machines."""
    return when(count(fleet.number) > 0, when(total(fleet.measured_once) == count(fleet.number), 1, 0), not_available)


@checks.check()
def contracts_end_after_start(ai_hpc):
    """No contract ends before it starts; n/a without contracts."""
    return when(
        count(ai_hpc.number) > 0, when(total(ai_hpc.ends_after_start) == count(ai_hpc.number), 1, 0), not_available
    )


@checks.check()
def bitcoin_pledged_is_held(operators):
    """No operator has pledged more bitcoin than it holds."""
    return when(count(operators.free_btc, where=operators.free_btc < 0) == 0, 1, 0)


@checks.check()
def coverage_is_possible(network_coverage, difficulty_change):
    """The operators have no more hash rate than the whole network, shocks apart."""
    return when(network_coverage * (1 + difficulty_change) - 1 <= 1 / 10**9, 1, 0)


@checks.check()
def active_shock_known(active_shock, active_shock_row):
    """The active shock is blank or the name of a row of Shocks."""
    return when((active_shock == "") | (known(active_shock_row) == 1), 1, 0)


@checks.check()
def components_rise(risk):
    """Calm and stress differ in every row of Risk; n/a without components."""
    return when(count(risk.number) > 0, when(total(risk.rises) == count(risk.number), 1, 0), not_available)


@checks.check()
def growth_is_known(growth_used):
    """A growth of the network is typed, or the history covers the year that it is observed over."""
    return known(growth_used)


@checks.line(unit="date", label="Newest day of the ribbon")
def newest_ribbon_day(days):
    """The newest day that the hash ribbon is computed for."""
    return largest(days.date)


@checks.check()
def ribbon_reaches_the_newest_day(last_history_day, newest_ribbon_day):
    """The hash ribbon reaches the newest day of the history; n/a without history."""
    return when(newest_ribbon_day >= last_history_day, 1, 0)
