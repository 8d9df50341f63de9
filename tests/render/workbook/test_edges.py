"""Extreme inputs: the workbook stays whole, every formula agrees, and no cell shows an error."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from reportgen.render.workbook.reperform import assured
from reportgen.render.workbook.writer import write_workbook
from tests.worked_case import CASE, inputs_of

Change = Callable[[dict[str, Any]], None]


def _no_fleet(case: dict[str, Any]) -> None:
    case["Fleet"] = [row for row in case["Fleet"] if row["operator"] != "Beta Hosted"]


def _no_debt(case: dict[str, Any]) -> None:
    case["Debt"] = [row for row in case["Debt"] if row["operator"] != "Alpha Hydro"]


def _ai_above_costs(case: dict[str, Any]) -> None:
    case["AI_HPC"][0]["monthly_revenue"] = 90e6


def _negative_power(case: dict[str, Any]) -> None:
    case["Operators"][0]["power_price"] = -0.02


def _no_interest(case: dict[str, Any]) -> None:
    for row in case["Debt"]:
        row["interest_rate"] = 0


def _nothing_free(case: dict[str, Any]) -> None:
    case["Operators"][1]["btc_held"] = 100


def _all_under_water(case: dict[str, Any]) -> None:
    case["Market"]["btc_price"] = 20_000


def _none_under_water(case: dict[str, Any]) -> None:
    case["Market"]["btc_price"] = 1_000_000


def _shrinking(case: dict[str, Any]) -> None:
    case["Market"]["network_growth"] = -0.5


def _collapse(case: dict[str, Any]) -> None:
    case["Market"] |= {"btc_price": 2_000, "switch_speed": 1}


def _one_operator(case: dict[str, Any]) -> None:
    for sheet in ("Operators", "Fleet", "Debt", "AI_HPC"):
        case[sheet] = [row for row in case[sheet] if row["operator"] == "Alpha Hydro"]


def _short_history(case: dict[str, Any]) -> None:
    case["Network_History"] = case["Network_History"][-40:]


def _gaps(case: dict[str, Any]) -> None:
    case["Network_History"] = [row for place, row in enumerate(case["Network_History"]) if place % 7]


def _unreported(case: dict[str, Any]) -> None:
    flows = case["ETF_Flows"]
    flows[-1] |= {"IBIT": 0, "FBTC": 0, "GBTC": 0}
    flows[-2] |= {"IBIT": None, "FBTC": None, "GBTC": None}
    flows[20] |= {"IBIT": None, "FBTC": None, "GBTC": None}
    flows[30] |= {"IBIT": 0, "FBTC": 0, "GBTC": 0}


def _no_weight(case: dict[str, Any]) -> None:
    for row in case["Risk"]:
        row["weight"] = 0


def _nothing_sold(case: dict[str, Any]) -> None:
    for row in case["Scenarios"]:
        row |= {"issuance_sold": 0, "inventory_sold": 0}


def _twins(case: dict[str, Any]) -> None:
    for sheet in ("Operators", "Fleet", "Debt"):
        case[sheet] += [row | {"operator": "Alpha Twin"} for row in case[sheet] if row["operator"] == "Alpha Hydro"]
    case["AI_HPC"] = []


CHANGES: tuple[Change, ...] = (
    _no_fleet, _no_debt, _ai_above_costs, _negative_power, _no_interest, _nothing_free, _all_under_water,
    _none_under_water, _shrinking, _collapse, _one_operator, _short_history, _gaps, _unreported, _no_weight,
    _nothing_sold, _twins,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_the_workbook_is_whole_under(change: Change) -> None:
    case = copy.deepcopy(CASE["input"])
    change(case)
    content = write_workbook(solve(inputs_of(case)))
    assert assured(content).formulas > 1000


def test_operators_that_cost_the_same_are_ranked_in_their_order() -> None:
    case = copy.deepcopy(CASE["input"])
    _twins(case)
    solution = solve(inputs_of(case))
    assert list(solution.column("operators", "rank")) == [1, 3, 2]
    assert list(solution.column("ranked", "operator")) == ["Alpha Hydro", "Alpha Twin", "Beta Hosted"]


def test_sixty_random_operators_agree_under_a_shock() -> None:
    content = write_workbook(solve(_many(60).with_shock("Halving")))
    assert assured(content).formulas > 10_000


def _many(count: int) -> Inputs:
    dice = np.random.default_rng(7)
    case = copy.deepcopy(CASE["input"])
    names = [f"Operator {place}" for place in range(count)]
    case["Operators"] = [
        case["Operators"][place % 2]
        | {"operator": name, "power_price": float(dice.uniform(-0.01, 0.12)), "cash": float(dice.uniform(0, 9e7))}
        for place, name in enumerate(names)
    ]
    for sheet, rows in (("Fleet", 240), ("Debt", 120), ("AI_HPC", 20)):
        case[sheet] = [
            case[sheet][place % len(case[sheet])] | {"operator": names[int(dice.integers(count))]}
            for place in range(rows)
        ]
    return inputs_of(case)
