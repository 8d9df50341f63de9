"""Control totals: costs, production, bills and the score computed a second time, by another way than the figures.

A formula that somebody changes shows against the snapshot only while no input is edited. These totals go back to the
inputs by other columns and other sums, so that both ways agree whatever the inputs are.
"""

from __future__ import annotations

import inspect
from typing import Any

from reportgen.formula.functions import (
    absolute,
    clip,
    divide,
    largest,
    maximum,
    minimum,
    otherwise,
    total,
    when,
)
from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.aisc import costs, per_btc
from reportgen.model.lines.fleet import fleet
from reportgen.model.lines.liquidity import selling
from reportgen.model.lines.pressure import scenarios
from reportgen.model.lines.risk import scored

SHEET = "Checks"
checks = Section(
    blocks.market,
    SHEET,
    "Control totals",
    "Sums computed a second way, from the inputs: 1 while both ways agree to a millionth, n/a when there is no sum.",
)


@fleet.line(unit="TH/s", number_format="#,##0", label="Running hash rate, a second time")
def again_hash_rate(units, unit_hash_rate, total_hash_rate, uptime):
    """Hash rate of these machines that really runs, straight from the inputs."""
    return (otherwise(total_hash_rate, 0) * 10**6 + otherwise(units, 0) * otherwise(unit_hash_rate, 0)) * uptime


@fleet.line(unit="BTC/month", label="Production, a second time")
def again_production(again_hash_rate, again_blocks, block_subsidy, fees_per_block, pool_fee, days_per_month):
    """Bitcoin that these machines mine in a month, straight from the inputs."""
    return again_hash_rate * again_blocks * days_per_month * (block_subsidy + fees_per_block) * (1 - pool_fee)


@fleet.line(unit="USD/month", label="Electricity, a second time")
def again_electricity(
    units, unit_power, total_hash_rate, total_efficiency, uptime, site_overhead, power_price, power_price_change,
    days_per_month,
):  # fmt: skip
    """Power bill of these machines, straight from the inputs."""
    by_totals = otherwise(total_hash_rate, 0) * otherwise(total_efficiency, 0) * 1_000
    kilowatts = by_totals + otherwise(units, 0) * otherwise(unit_power, 0) / 1_000
    hours = 24 * days_per_month * uptime * site_overhead
    return kilowatts * hours * (power_price * (1 + power_price_change))


@fleet.line(unit="USD/month", label="Replacement, a second time")
def again_replacement(units, unit_hash_rate, total_hash_rate, replacement_price, remaining_life):
    """What must be set aside for these machines, straight from the inputs."""
    hash_rate = otherwise(total_hash_rate, 0) * 10**6 + otherwise(units, 0) * otherwise(unit_hash_rate, 0)
    return hash_rate / remaining_life * replacement_price


@checks.line(unit="blocks/(TH/s)/day", number_format="0.0000E+00", label="Blocks per TH/s and day, a second time")
def again_blocks(network_difficulty, difficulty_change):
    """Blocks that one TH/s finds in a day, straight from the difficulty on Market."""
    return 86_400 / (network_difficulty * (1 + difficulty_change)) / 2**32


@checks.line(unit="per year", number_format="0.0%", label="Growth of the network, a second time")
def again_growth(network_growth, observed_growth):
    """Growth of the network in a year: the one typed on Market, or the observed one."""
    return otherwise(network_growth, observed_growth)


@selling.line(unit="BTC/month", label="Treasury draw, a second time")
def again_draw(cash_to_raise, shortfall, production, price):
    """Bitcoin that bills take beyond production, less what no bitcoin is free for."""
    return maximum(0, (cash_to_raise - shortfall) / price - production)


@scenarios.line(unit="BTC/day", label="Miner sales, a second time")
def again_sales(issuance_sold, inventory_sold, horizon_days, issuance, miner_treasury):
    """What miners sell a day: all that they sell over the horizon, by its days."""
    return (issuance_sold * issuance * horizon_days + inventory_sold * miner_treasury) / horizon_days


@selling.line(unit="BTC/month", label="Bitcoin for bills, a second time")
def again_bills(cash_flow_after_debt, production, price):
    """Bitcoin that the bills take: the month's production less what of its value is left after bills and debt."""
    return maximum(0, production - cash_flow_after_debt / price)


@scored.line(unit="share", number_format="0.0%")
def way_to_stress(measure, calm, stress):
    """How far the measure is on the way from calm to stress; n/a when these are the same."""
    return divide(measure - calm, stress - calm)


@scored.line(unit="0-100", number_format="0.0", label="Score, a second time")
def again_score(way_to_stress):
    """The component's score from its way to stress."""
    return clip(way_to_stress, 0, 1) * 100


def _items() -> list[tuple[str, int]]:
    """Every cost of an operator and every credit, with its sign: those that are typed and those that are computed."""
    declared = [field for sheet in blocks.operators.sources for field in sheet.fields if field.layer]
    return [(field.name, -1 if field.credit else 1) for field in declared] + [
        (line.name, 1) for line in costs.lines if line.layer
    ]


def again_costs(*amounts: Any) -> Any:
    """Every cost less every credit, item by item, whatever its layer."""
    signed = [amount if sign > 0 else -amount for amount, (_, sign) in zip(amounts, _items(), strict=True)]
    return sum(signed[1:], signed[0])


again_costs.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # the items are what it asks for
    [inspect.Parameter(name, inspect.Parameter.POSITIONAL_ONLY) for name, _ in _items()]
)
per_btc.line(unit="USD/month", label="Costs by item")(again_costs)


def _declare(name: str, words: str, unit: str, again: Any, figure: Any) -> None:
    """Declare both sums and the check that they agree, to a millionth; what cancels is measured against one."""
    again.__name__, figure.__name__ = f"{name}_again", f"{name}_summed"
    again.__doc__, figure.__doc__ = f"{words}, a second time.", f"{words}, as the figures have it."
    checks.line(unit=unit, label=f"{words}, a second time")(again)
    checks.line(unit=unit, label=words)(figure)

    def check(one: Any, other: Any) -> Any:
        return when(absolute(one - other) <= (1 + absolute(one) + absolute(other)) / 10**6, 1, 0)

    check.__name__ = f"{name}_agree"
    check.__doc__ = f"{words}: the same a second time, by another way; n/a when there is no sum."
    check.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # two lines by name
        [inspect.Parameter(each.__name__, inspect.Parameter.POSITIONAL_ONLY) for each in (again, figure)]
    )
    checks.check(label=f"{words}, both ways agree")(check)


_declare(
    "production",
    "Production, machine by machine",
    "BTC/month",
    lambda fleet: total(fleet.again_production),
    lambda operators: total(operators.production),
)
_declare(
    "electricity",
    "Electricity, machine by machine",
    "USD/month",
    lambda fleet: total(fleet.again_electricity),
    lambda operators: total(operators.electricity),
)
_declare(
    "replacement",
    "Replacement, machine by machine",
    "USD/month",
    lambda fleet: total(fleet.again_replacement),
    lambda operators: total(operators.replacement_capex),
)
_declare(
    "interest",
    "Interest, loan by loan",
    "USD/month",
    lambda debt: total(debt.principal * debt.interest_rate) / 12,
    lambda operators: total(operators.interest),
)
_declare(
    "repayments",
    "Repayments, loan by loan",
    "USD/month",
    lambda debt: total(debt.monthly_repayment),
    lambda operators: total(operators.repayment),
)
_declare(
    "all_costs",
    "Costs of all operators with production",
    "USD/month",
    lambda operators: total(operators.again_costs, where=operators.production > 0),
    lambda aisc_average, total_production: aisc_average * total_production,
)
_declare(
    "net_costs",
    "Costs less AI margin of all operators with production",
    "USD/month",
    lambda all_costs_again, operators: all_costs_again - total(operators.ai_margin, where=operators.production > 0),
    lambda aisc_net_average, total_production: aisc_net_average * total_production,
)
_declare(
    "coverage",
    "Network coverage, machine by machine",
    "share",
    lambda fleet, again_blocks: total(fleet.again_hash_rate) * again_blocks * 600 / 86_400,
    lambda network_coverage: network_coverage,
)
_declare(
    "hashprice",
    "Hashprice from the inputs",
    "USD/PH/day",
    lambda again_blocks, block_subsidy, fees_per_block, btc_price, price_change: (
        again_blocks * 1_000 * (block_subsidy + fees_per_block) * (btc_price * (1 + price_change))
    ),
    lambda hashprice: hashprice,
)
_declare(
    "below",
    "Hash rate above water",
    "TH/s",
    lambda above_direct_cost, above_sustaining, above_aisc_net: above_direct_cost + above_sustaining + above_aisc_net,
    lambda share_below_direct_cost, share_below_sustaining, share_below_aisc_net, total_hash_rate: (
        (3 - share_below_direct_cost - share_below_sustaining - share_below_aisc_net) * total_hash_rate
    ),
)
_declare(
    "share_defence",
    "Cost of growing with the network",
    "USD/month",
    lambda fleet, again_growth: total(fleet.row_replacement_value) * maximum(0, (1 + again_growth) ** (1 / 12) - 1),
    lambda operators: total(operators.share_defence_capex),
)
_declare(
    "severe_sales",
    "Miner sales of the largest scenario",
    "BTC/day",
    lambda scenarios: largest(scenarios.again_sales),
    lambda severe_miner_sales: severe_miner_sales,
)
_declare(
    "fund_flows",
    "Sum of the newest ETF flows",
    "BTC",
    lambda etf_flows, etf_days, etf_long_days: total(
        etf_flows.flow_btc, where=etf_flows.reported_so_far > etf_days - etf_long_days
    ),
    lambda etf_mean_long_btc, etf_days, etf_long_days: etf_mean_long_btc * minimum(etf_days, etf_long_days),
)
_declare(
    "bills",
    "Bitcoin for bills a day",
    "BTC/day",
    lambda operators, days_per_month: total(operators.again_bills) / days_per_month,
    lambda forced_sales_network, coverage_again: forced_sales_network * coverage_again,
)
_declare(
    "draws",
    "Treasury draw a day",
    "BTC/day",
    lambda operators, days_per_month: total(operators.again_draw) / days_per_month,
    lambda treasury_draw_network, coverage_again: treasury_draw_network * coverage_again,
)
_declare(
    "calls",
    "Collateral called, loan by loan",
    "BTC",
    lambda debt, price: total(debt.btc_collateral, where=debt.margin_call_price > price),
    lambda collateral_called_network, coverage_again: collateral_called_network * coverage_again,
)
_declare(
    "spot_price",
    "Change of the price under the active shock",
    "USD/BTC",
    lambda btc_price, price_change: btc_price * price_change,
    lambda price, btc_price: price - btc_price,
)
_declare(
    "score",
    "Risk score from the way of each component to stress",
    "0-100",
    lambda risk, weight_in_score: divide(total(risk.again_score * risk.weight), weight_in_score),
    lambda risk_score: risk_score,
)
