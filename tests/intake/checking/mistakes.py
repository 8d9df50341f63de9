"""One table of mistakes in inputs: what is typed, and the one problem that must come, at its cell.

`changes` are named as in `tests.intake.checking.edited`; a word in braces is a record that each workbook has elsewhere.
A row added here is tried on every workbook of `WORKBOOKS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.resources import sample_workbook
from tests.intake.checking.edited import Raw, Times, held, held_from
from tests.intake.checking.ordinary import three_miners

RECORDS: Mapping[str, Mapping[str, int | str]] = {
    "the sample": {
        "own_site": 0, "credit": 1, "totals": 16, "last_machines": 2, "secured": 4, "interest": 0, "lease": 2,
        "first_cost": "site_maintenance", "fund": "FUND-B",
    },
    "three listed miners": {
        "own_site": 1, "credit": 1, "totals": 6, "last_machines": 1, "secured": 1, "interest": 3, "lease": 3,
        "first_cost": "hosting", "fund": "BBB",
    },
}  # fmt: skip
"""What a word in braces stands for: the record of an operator without hosting, of one with curtailment credits, of
machines by their totals, of the first operator's last machines, of a loan against bitcoin, of a debt with interest, of
one that is repaid; the first operator's first site cost; a fund."""


def workbooks() -> dict[str, Raw]:
    """The workbooks that every mistake is made in, without a problem as they stand."""
    return {"the sample": held_from(sample_workbook()), "three listed miners": held(three_miners())}


@dataclass(frozen=True)
class Mistake:
    """A mistake: its name, what is changed, the code that must come and the cell (by name) where it must come.

    Nothing else may be said but what `also` allows: codes of what truly is another fault of the same cells.
    """

    name: str
    changes: Mapping[str, Any]
    code: str
    where: str
    also: frozenset[str] = field(default_factory=frozenset)


def at(where: str, value: Any, code: str, name: str, *also: str) -> Mistake:
    """A mistake in one cell, told there, or in a whole column, told at its first filled cell."""
    return Mistake(name, {where: value}, code, where, frozenset(also))


THOUSANDS, MILLIONS, DIGIT_MORE, DIGIT_LESS = Times(1e-3), Times(1e-6), Times(10), Times(0.1)
MISTAKES = (
    # Report
    at("Report.as_of", dt.date(2052, 12, 5), "as_of_far", "an as-of date with two digits swapped"),
    at("Report.as_of", dt.date(2024, 12, 5), "as_of_far", "an as-of date of last year"),
    # Market
    at("Market.btc_price", DIGIT_MORE, "price_off_history", "a price with a digit too many"),
    at("Market.btc_price", DIGIT_LESS, "price_off_history", "a price with a digit too few"),
    at("Market.btc_price", Times(1.08), "price_off_history", "a price of some days ago"),
    at("Market.btc_price", Times(0.93), "price_off_history", "a price of some days later"),
    at("Market.network_difficulty", 149_300_000_000_000, "out_of_bounds", "a difficulty typed in full"),
    at("Market.network_difficulty", Times(1.14), "difficulty_off_history", "a difficulty of another month"),
    at("Market.network_difficulty", Times(0.86), "difficulty_off_history", "a difficulty of another year"),
    at("Market.network_difficulty", DIGIT_MORE, "difficulty_off_history", "a difficulty with a digit too many"),
    at("Market.block_height", 92_650, "height_off", "a height with a digit too few"),
    at("Market.block_height", 922_100, "height_off", "a height of last month"),
    at("Market.block_height", 930_300, "height_off", "a height with two digits swapped"),
    at("Market.fees_per_block", 2_700, "out_of_bounds", "fees in dollars"),
    at("Market.fees_per_block", 30, "fees_high", "fees in thousandths"),
    at("Market.fees_per_block", 4.3, "fees_high", "fees of a day"),
    at("Market.blocks_per_day", 600, "out_of_bounds", "seconds for blocks a day"),
    at("Market.blocks_per_day", 14.4, "blocks_odd", "blocks of a tenth of a day"),
    at("AI_HPC.monthly_cost[1]", Times(30), "ai_cost_high", "a contract's cost of a year and more"),
    at("Market.network_growth", 10, "out_of_bounds", "growth of 10 for 10 %"),
    at("Market.network_growth", 3, "percent_whole", "growth of 3 for 3 %"),
    at("Market.miner_treasury", 4_500_000_000, "out_of_bounds", "a treasury in dollars"),
    at("Market.miner_treasury", 19_900_000, "treasury_large", "all bitcoin for the treasury"),
    at("Market.miner_treasury", THOUSANDS, "treasury_small", "a treasury in thousands"),
    at("Market.etf_reference_outflow", 100, "etf_reference_small", "a reference outflow in millions"),
    at("Market.etf_reference_outflow", 250_000, "etf_reference_small", "a reference outflow in thousands"),
    at("Market.liquidity_rebuild_months", 0, "out_of_bounds", "a rebuild in no month"),
    at("Market.switch_speed", 50, "out_of_bounds", "a switch speed of 50 for 50 %"),
    # Operators
    at("Operators.power_price[0]", 4.1, "out_of_bounds", "a power price in cents"),
    at("Operators.power_price[0]", DIGIT_MORE, "power_price_high", "a power price with a digit too many"),
    at("Operators.power_price[0]", 0.16, "power_price_high", "a retail power price"),
    at("Operators.power_price[{own_site}]", DIGIT_LESS, "power_price_low", "a power price with a zero too many"),
    at("Operators.power_price[{own_site}]", 0, "power_price_low", "no power price"),
    at("Operators.power_price[{own_site}]", Times(-1), "power_price_low", "a negative power price"),
    at("Operators.site_overhead[0]", 0.95, "out_of_bounds", "a PUE below 1"),
    at("Operators.uptime[0]", 97.5, "out_of_bounds", "an uptime of 97.5 for 97.5 %"),
    at("Operators.uptime[0]", 0.0975, "uptime_low", "an uptime with a zero too many"),
    at("Operators.pool_fee[0]", 0.5, "out_of_bounds", "a pool fee of 0.5 for 0.5 %"),
    at("Operators.pool_fee[0]", 0.2, "percent_whole", "a pool fee of 0.2 for 0.2 %"),
    at("Operators.site_labour[0]", Times(-1), "cost_negative", "a cost with a minus"),
    at("Operators.curtailment_credit[{credit}]", Times(-1), "cost_negative", "a credit with a minus"),
    at("Operators.curtailment_credit[{credit}]", Times(100), "aisc_far", "a credit in cents"),
    at("Operators.site_labour[0]", MILLIONS, "amount_small", "wages in millions"),
    at("Operators.site_labour[0]", Times(100), "direct_cost_odd", "wages in cents"),
    at("Operators.site_maintenance[0]", Times(100), "direct_cost_odd", "maintenance in cents"),
    at("Operators.corporate_overhead[0]", Times(12), "layer_high", "the overhead of a year"),
    at("Operators.minimum_liquidity[0]", Times(100), "layer_high", "a minimum liquidity in cents"),
    at("Operators.cash[0]", MILLIONS, "amount_small", "cash in millions"),
    at("Operators.btc_held[0]", 189_000_000, "out_of_bounds", "bitcoin held in dollars"),
    at("Operators.corporate_overhead[0]", THOUSANDS, "amount_small", "one overhead in thousands"),
    at("Operators.cash[{own_site}]", THOUSANDS, "amount_small", "one operator's cash in thousands"),
    at("Debt.principal[0]", THOUSANDS, "amount_small", "one principal in thousands"),
    at("AI_HPC.monthly_revenue[1]", THOUSANDS, "amount_small", "one contract's revenue in thousands"),
    at("Operators.site_labour", THOUSANDS, "amounts_thousands", "wages in thousands, all of them"),
    at("Operators.site_maintenance", THOUSANDS, "amounts_thousands", "maintenance in thousands, all of it"),
    at("Operators.corporate_overhead", THOUSANDS, "amounts_thousands", "overhead in thousands, all of it"),
    at("Operators.cash", THOUSANDS, "amounts_thousands", "cash in thousands, all of it"),
    at("Operators.minimum_liquidity", THOUSANDS, "amounts_thousands", "minimum liquidity in thousands"),
    at("Operators.cash", MILLIONS, "amount_small", "cash in millions, all of it"),
    at("Operators.power_price", Times(0.05), "power_price_low", "power prices in another currency"),
    Mistake(
        "the whole of Operators in thousands",
        {f"Operators.{name}": THOUSANDS for name in ("site_labour", "site_maintenance", "corporate_overhead", "cash")},
        "amounts_thousands",
        "Operators.site_maintenance",
    ),
    Mistake(
        "an operator's row in thousands",
        {
            f"Operators.{name}[0]": THOUSANDS
            for name in (
                *("hosting", "site_maintenance", "site_labour", "corporate_overhead", "cash"),
                *("minimum_liquidity", "depreciation"),
            )
        },
        "amounts_row",
        "Operators.{first_cost}[0]",
    ),
    Mistake(
        "a row of totals", {"Operators[0]+": {"operator": "Total", "btc_held": None}}, "operator_total", "+operator"
    ),
    Mistake(
        "a row of averages",
        {"Operators[0]+": {"operator": "Average:", "btc_held": None}},
        "operator_total",
        "+operator",
    ),
    Mistake(
        "a subtotal", {"Operators[0]+": {"operator": "Sub-total", "btc_held": None}}, "operator_total", "+operator"
    ),
    Mistake(
        "an average with words around it",
        {"Operators[0]+": {"operator": "Peer average", "btc_held": None}},
        "operator_aggregate",
        "+operator",
    ),
    Mistake(
        "all of them",
        {"Operators[0]+": {"operator": "All miners", "btc_held": None}},
        "operator_aggregate",
        "+operator",
    ),
    Mistake("a sum", {"Operators[0]+": {"operator": "SUM", "btc_held": None}}, "operator_total", "+operator"),
    Mistake("an operator twice", {"Operators[0]+": {"btc_held": None}}, "name_twice", "+operator"),
    # Fleet
    at("Fleet.replacement_price[0]", Times(200), "replacement_price_odd", "a price per machine"),
    at("Fleet.replacement_price[0]", THOUSANDS, "replacement_price_odd", "a price per gigahash"),
    at("Fleet.replacement_price[0]", 0, "replacement_price_odd", "no replacement price"),
    at("Fleet.remaining_life[0]", 4, "remaining_life_odd", "a life in years"),
    at("Fleet.remaining_life[0]", 1_460, "out_of_bounds", "a life in days"),
    at("Fleet.remaining_life[0]", 480, "remaining_life_odd", "a life with a digit too many"),
    at("Fleet.units[0]", THOUSANDS, "units_odd", "machines in thousands"),
    at("Fleet.units[0]", Times(100), "fleet_over_network", "machines with two digits too many"),
    at("Fleet.unit_power[0]", Times(1e-3), "efficiency_odd", "power in kilowatts"),
    at("Fleet.unit_power[0]", DIGIT_MORE, "efficiency_odd", "power with a digit too many"),
    at("Fleet.unit_hash_rate[0]", THOUSANDS, "efficiency_odd", "a machine's hash rate in PH/s"),
    at("Fleet.unit_hash_rate[0]", Times(1_000), "out_of_bounds", "a machine's hash rate in GH/s"),
    Mistake(
        "hash rate and power swapped",
        {"Fleet.unit_hash_rate[0]": 3_500, "Fleet.unit_power[0]": 200},
        "rate_power_swapped",
        "Fleet.unit_hash_rate[0]",
    ),
    at("Fleet.total_hash_rate[{totals}]", Times(1_000), "fleet_over_network", "a total hash rate in PH/s"),
    at("Fleet.total_hash_rate[{totals}]", 500, "operator_large", "a total hash rate of half the network"),
    at("Fleet.total_hash_rate[{totals}]", Times(1e6), "out_of_bounds", "a total hash rate in TH/s"),
    at("Fleet.total_efficiency[{totals}]", DIGIT_LESS, "efficiency_odd", "a total efficiency with a digit too few"),
    at("Fleet.total_efficiency[{totals}]", DIGIT_MORE, "efficiency_odd", "a total efficiency with a digit too many"),
    at("Fleet.total_hash_rate[0]", 12.5, "machines_twice", "units and totals in one row"),
    at("Fleet.unit_power[0]", None, "machines_unmeasured", "machines without power"),
    at("Fleet.operator[0]", "Nobody", "name_unknown", "machines of an unknown operator"),
    Mistake("a machine row twice", {"Fleet[0]+": {}}, "row_twice", "+operator"),
    Mistake(
        "all machines of an operator in thousands",
        {f"Fleet.units[{record}]": THOUSANDS for record in ("0", "1", "{last_machines}")},
        "direct_cost_odd",
        "Fleet.units[0]",
    ),
    # Debt
    at("Debt.principal[{interest}]", Times(1_000), "layer_high", "a principal with three zeros too many"),
    at("Debt.interest_rate[0]", 5.5, "out_of_bounds", "interest of 5.5 for 5.5 %"),
    at("Debt.interest_rate[0]", 0.85, "percent_whole", "interest of 0.85 for 0.85 %"),
    at("Debt.monthly_repayment[{lease}]", Times(12), "repayment_fast", "the repayment of a year"),
    Mistake(
        "a bond without interest and maturity",
        {"Debt.interest_rate[0]": 0, "Debt.maturity[0]": None},
        "interest_none",
        "Debt.interest_rate[0]",
    ),
    at("Debt.interest_rate[{secured}]", 0, "interest_none", "a loan against bitcoin without interest"),
    at("Debt.btc_collateral[{secured}]", Times(90_000), "out_of_bounds", "collateral in dollars"),
    Mistake(
        "a covenant without collateral",
        {"Debt.btc_collateral[{secured}]": None},
        "covenant_unsecured",
        "Debt.max_ltv[{secured}]",
    ),
    at("Debt.max_ltv[{secured}]", 72, "out_of_bounds", "a maximum LTV of 72 for 72 %"),
    at("Debt.max_ltv[{secured}]", 0.072, "ltv_breached", "a maximum LTV with a zero too many"),
    at("Debt.maturity[0]", dt.date(2025, 6, 30), "debt_matured", "a debt past its day"),
    at("Debt.principal", THOUSANDS, "amounts_thousands", "principals in thousands"),
    at("Debt.principal", MILLIONS, "amount_small", "principals in millions"),
    Mistake("a debt twice", {"Debt[{interest}]+": {}}, "row_twice", "+operator"),
    # AI_HPC
    at("AI_HPC.monthly_revenue", THOUSANDS, "amounts_thousands", "AI revenue in thousands"),
    Mistake(
        "AI contracts in thousands",
        {"AI_HPC.monthly_revenue": THOUSANDS, "AI_HPC.monthly_cost": THOUSANDS},
        "amounts_thousands",
        "AI_HPC.monthly_revenue",
    ),
    at("AI_HPC.monthly_revenue[0]", MILLIONS, "amount_small", "AI revenue in millions"),
    at("AI_HPC.monthly_revenue[0]", Times(1_000), "ai_revenue_large", "AI revenue with three zeros too many"),
    at("AI_HPC.end[0]", dt.date(2025, 11, 30), "contract_ended", "a contract that has ended"),
    at(
        "AI_HPC.end[0]",
        dt.date(2024, 11, 30),
        "dates_reversed",
        "a contract that ends before it starts",
        "contract_ended",
    ),
    Mistake("a contract twice", {"AI_HPC[0]+": {}}, "row_twice", "+operator"),
    # History and flows
    at("Network_History.btc_price[-30]", DIGIT_MORE, "history_outlier", "an old price with a digit too many"),
    at("Network_History.btc_price[-30]", DIGIT_LESS, "history_outlier", "an old price with a digit too few"),
    at(
        "Network_History.btc_price[-1]",
        DIGIT_MORE,
        "history_outlier",
        "today's price in the history with a digit too many",
    ),
    at("Network_History.date[-1]", dt.date(2024, 12, 5), "date_misplaced", "today's row in last year"),
    at("Network_History.date[-9]", dt.date(2024, 11, 27), "date_misplaced", "a row in last year", "history_gap"),
    at("Network_History.hash_rate[-30]", Times(1_000), "history_outlier", "a day's hash rate in PH/s"),
    at("Network_History.hash_rate[-1]", Times(0.4), "history_outlier", "today's hash rate of half a day"),
    at("Network_History.hash_rate[-30]", Times(1e6), "out_of_bounds", "a day's hash rate in TH/s"),
    Mistake(
        "hash rates in PH/s",
        {"Network_History.hash_rate": Times(1_000)},
        "difficulty_off_history",
        "Market.network_difficulty",
    ),
    Mistake(
        "prices in another currency",
        {"Network_History.btc_price": Times(1.38)},
        "price_off_history",
        "Market.btc_price",
    ),
    at("Network_History.hash_rate[-30]", None, "value_missing", "a day without a hash rate", "history_gap"),
    Mistake("flows in dollars", {"ETF_Flows.{fund}": Times(1e6)}, "flow_large", "ETF_Flows.{fund}"),
    Mistake("a flow in dollars", {"ETF_Flows.{fund}[-3]": 125_000_000}, "flow_large", "ETF_Flows.{fund}[-3]"),
    # Scenarios, Shocks, Risk
    at("Scenarios.horizon_days[0]", 3, "horizon_short", "a horizon in months"),
    at("Scenarios.issuance_sold[0]", 100, "out_of_bounds", "issuance of 100 for 100 %"),
    at("Shocks.price_change[0]", -20, "out_of_bounds", "a shock of -20 for -20 %"),
    Mistake(
        "a fall typed as a rise",
        {"Shocks.shock[0]": "Price -20 %", "Shocks.price_change[0]": 0.2},
        "shock_sign",
        "Shocks.shock[0]",
    ),
    at("Shocks.price_change[0]", 5, "percent_whole", "a shock of 5 for 5 %"),
    Mistake("calm and stress swapped", {"Risk.calm[0]": 0.5, "Risk.stress[0]": 0}, "risk_reversed", "Risk.calm[0]"),
    Mistake(
        "a falling measure the wrong way", {"Risk.calm[2]": 0.4, "Risk.stress[2]": 1.2}, "risk_reversed", "Risk.calm[2]"
    ),
    at("Risk.stress[0]", 0, "risk_flat", "calm equals stress"),
    at("Risk.weight", 0, "weights_none", "no weight at all"),
)
