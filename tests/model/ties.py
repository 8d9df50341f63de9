"""Workbooks full of ties and near ties: what is compared is equal, but for last digits in which engines differ."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from reportgen.inputs import Inputs
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.reperform import reperform
from reportgen.render.workbook.writer import write_workbook
from tests.model.generated import generated

Draw = np.random.Generator
LAST_DIGITS = (0.0, 0.0, 1e-16, -1e-16, 3e-16, -3e-16, 1e-15, -1e-15)


def tied(seed: int) -> Inputs:
    """A small workbook with a tie of every kind that its seed draws, each met exactly or but for the last digit."""
    draw = np.random.default_rng(seed)
    history = int(draw.choice([30, 75, 130]))
    inputs = generated(operators=12, fleet=20, debts=10, contracts=5, history=history, etf_days=40, seed=seed)
    for tie in (_equal_operators, _flat_history, _equal_flows):
        if draw.random() < 0.7:
            inputs = tie(inputs, draw)
    for tie in draw.permutation(np.array(COMPUTED, dtype=object))[: int(draw.integers(2, len(COMPUTED)))]:
        inputs = tie(inputs, solve(inputs), draw)
    return inputs


def _changed(inputs: Inputs, sheet: str, **columns: Any) -> Inputs:
    table = inputs.tables[sheet]
    return dataclasses.replace(
        inputs, tables={**inputs.tables, sheet: dataclasses.replace(table, columns={**table.columns, **columns})}
    )


def _equal_operators(inputs: Inputs, draw: Draw) -> Inputs:
    """Operators that differ in their units alone, so that a bitcoin costs each the same."""
    fleet, operators = inputs.tables["Fleet"].columns, inputs.tables["Operators"].columns
    tied = np.arange(len(operators["operator"])) < draw.integers(2, 13)
    rows = np.isin(fleet["operator"], operators["operator"][tied])
    same = {name: np.where(rows, fleet[name][0], fleet[name]) for name in fleet if name not in ("operator", "units")}
    inputs = _changed(inputs, "Fleet", **same, units=np.where(rows, 7.0 * draw.integers(1, 999, len(rows)), 50.0))
    level: dict[str, Any] = {
        name: operators[name][0] for name in ("power_price", "site_overhead", "uptime", "pool_fee")
    }
    level |= dict.fromkeys(("hosting", "site_maintenance", "site_labour", "curtailment_credit"), 0.0)
    level |= {"corporate_overhead": 0.0, "minimum_liquidity": 0.0}
    return _changed(inputs, "Operators", **{name: np.where(tied, to, operators[name]) for name, to in level.items()})


def _flat_history(inputs: Inputs, draw: Draw) -> Inputs:
    """Hash rate and price that do not move, so that no mean is above the other."""
    days = inputs.tables["Network_History"].rows
    return _changed(
        inputs, "Network_History", hash_rate=np.full(days, draw.uniform(100, 999)), btc_price=np.full(days, 90_000.1)
    )


def _equal_flows(inputs: Inputs, draw: Draw) -> Inputs:
    """Flows in tenths of a million, which come to the same total in several ways."""
    shape = inputs.tables["ETF_Flows"].columns["funds"].shape
    return _changed(inputs, "ETF_Flows", funds=draw.choice([0.1, 0.2, 0.3, -0.1, -0.2, -0.3], shape))


def _price_on(block: str, *lines: str) -> Callable[[Inputs, Solution, Draw], Inputs]:
    def price_on(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
        """The price is exactly a cost, a margin call or what switches a machine off."""
        levels = np.concatenate([solution.numbers(block, line) for line in lines])
        levels = levels[levels > 1000] / (solution.number("price") / solution.number("btc_price"))
        return inputs.with_value("Market", "btc_price", _nearly(draw.choice(levels), draw)) if len(levels) else inputs

    return price_on


def _nearly(value: Any, draw: Draw) -> float:
    return float(value * (1 + draw.choice(LAST_DIGITS)))


def _balanced(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """Operators that pay out exactly what comes in, after debt service or before."""
    operators = inputs.tables["Operators"].columns
    flow = solution.numbers("operators", str(draw.choice(["operating_cash_flow", "cash_flow_after_debt"])))
    overhead = np.where(flow > -operators["corporate_overhead"], operators["corporate_overhead"] + flow, 0.0)
    return _changed(inputs, "Operators", corporate_overhead=overhead)


def _just_liquid(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """Operators that hold exactly the liquidity that they must."""
    least = np.maximum(0.0, solution.numbers("operators", "liquidity"))
    return _changed(inputs, "Operators", minimum_liquidity=least * (1 + draw.choice(LAST_DIGITS, len(least))))


def _pledged(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """Operators that have pledged exactly what they hold."""
    return _changed(inputs, "Operators", btc_held=solution.numbers("operators", "pledged_btc").copy())


def _break_even_power(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """Operators whose power price is where a machine of theirs earns just its power."""
    power = inputs.tables["Operators"].columns["power_price"].copy()
    rows = draw.integers(0, solution.rows["fleet"], 4)
    power[solution.links["fleet"][rows].astype(int)] = solution.numbers("fleet", "breakeven_power_price")[rows]
    return _changed(inputs, "Operators", power_price=np.minimum(power, 1.0))


def _at_bounds(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """Measures that are exactly calm, exactly stressed, or exactly on the edge of a band."""
    measure = solution.numbers("risk", "measure")
    risk = inputs.tables["Risk"].columns
    shares = draw.choice([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], len(measure))
    calm = np.where(np.isnan(measure), risk["calm"], measure - shares * (risk["stress"] - risk["calm"]))
    only = np.where(np.arange(len(measure)) == draw.integers(len(measure)), 1.0, 0.0)
    return _changed(inputs, "Risk", calm=calm, stress=calm + (risk["stress"] - risk["calm"]), weight=only)


def _flow_of_a_scenario(inputs: Inputs, solution: Solution, draw: Draw) -> Inputs:
    """An ETF outflow that is exactly what miners sell."""
    funds = inputs.tables["ETF_Flows"].columns["funds"].copy()
    sales, prices = solution.numbers("scenarios", "miner_sales"), solution.numbers("etf_flows", "price_of_day")
    for row in draw.integers(0, len(funds), 6):
        funds[row] = [-draw.choice(sales) * prices[row] / 1e6 / 3] * 3 + [0.0] * (funds.shape[1] - 3)
    return _changed(inputs, "ETF_Flows", funds=funds)


COMPUTED = [
    _price_on("operators", "direct_cost_per_btc", "sustaining_cost_per_btc", "aisc_net"),
    _price_on("debt", "margin_call_price"),
    _price_on("fleet", "shutdown_price"),
    _price_on("triggers", "trigger_price"),
    _balanced, _just_liquid, _pledged, _break_even_power, _at_bounds, _flow_of_a_scenario,
]  # fmt: skip


def disagreements(seed: int) -> tuple[str, ...]:
    """The cells of a tied workbook on which the independent engine disagrees with ours."""
    return reperform(write_workbook(solve(tied(seed)))).disagreements


def main() -> None:
    """`python -m tests.model.ties 500`: as many tied workbooks as told; exit code 1 when an engine disagrees."""
    wrong = 0
    many = int(sys.argv[1])
    for seed in range(many):
        if cells := disagreements(seed):
            wrong += 1
            print(f"seed {seed}: {len(cells)} cells, first {cells[0]}", flush=True)
    print(f"{many} workbooks full of ties, {wrong} on which the engines disagree")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
