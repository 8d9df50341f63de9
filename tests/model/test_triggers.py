"""Triggers are true: a hair below each price exactly the condition that it names begins to hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from reportgen.model.solution import solve_cases
from reportgen.model.solve import Solution, solve
from tests.model.random_workbooks import random_workbook
from tests.worked_case import inputs_of, worked_case

HAIR = 1e-4
BATCHES, BATCH = 10, 20
OF_OPERATORS = ("lights-off", "not sustaining", "below AISC", "runway", "minimum liquidity")
Name = tuple[str, int]  # what breaks, and the row of the operator or facility


def conditions(solution: Solution, prices: Any) -> dict[Name, Any]:
    """For each operator and facility whether each condition holds at these prices, a truth value a price."""
    names = ("direct_cost_per_btc", "sustaining_cost_per_btc", "aisc_net", "runway", "liquidity")
    wanted = [("operators", name) for name in names] + [("debt", "ltv_breach")]
    found = solve_cases(solution, {("market", "price"): prices[np.newaxis]}, wanted)
    shown = {
        key: np.broadcast_to(values if values.ndim == 2 else values[:, np.newaxis], (len(values), len(prices)))
        for key, values in found.items()
    }
    direct, sustaining, net, runway, liquidity = (shown["operators", name] for name in names)
    least = solution.numbers("operators", "minimum_liquidity")[:, np.newaxis]
    holds = (prices < direct, prices < sustaining, prices < net, runway < 6, liquidity < least)
    named = {
        (kind, row): each[row]
        for kind, each in zip(OF_OPERATORS, holds, strict=True)
        for row in range(solution.rows["operators"])
    }
    called = shown["debt", "ltv_breach"] == 1
    return named | {("margin call", row): called[row] for row in range(solution.rows["debt"])}


def untrue(solution: Solution) -> list[tuple[float, Any, Any]]:
    """The triggers at which something else flips than what stands there, within a hair."""
    rows = [row for row in solution.rows_of("triggers") if row.number("trigger_price") > 0]
    standing: list[tuple[float, Name]] = []
    for row in rows:
        trigger = row.text("trigger")
        at = row.number("debt_at") if trigger == "margin call" else row.number("operator_at")
        standing.append((row.number("trigger_price"), (trigger, int(at) - 1)))
    prices = np.array([price for price, _ in standing])
    below, above = (conditions(solution, prices * (1 + sign * HAIR)) for sign in (-1, 1))
    wrong = []
    for place, price in enumerate(prices):
        begun = {name for name in below if below[name][place] and not above[name][place]}
        ended = {name for name in below if above[name][place] and not below[name][place]}
        due = {name for other, name in standing if abs(other / price - 1) <= HAIR}
        if begun != due or ended:
            wrong.append((price, begun ^ due, ended))
    return wrong


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_hair_below_each_trigger_exactly_its_condition_begins_to_hold(batch: int) -> None:
    for seed in range(BATCH * batch, BATCH * (batch + 1)):
        assert untrue(solve(inputs_of(random_workbook(seed)))) == [], f"seed {seed}"


def test_every_condition_that_holds_today_is_a_crossed_trigger_and_no_other_is() -> None:
    solution = solve(worked_case())
    held = {name for name, holds in conditions(solution, np.array([90_000.0])).items() if holds[0]}
    crossed = {
        (row.text("trigger"), int(row.number("operator_at")) - 1)
        for row in solution.rows_of("triggers")
        if row.number("crossed") == 1
    }
    assert crossed == held
    assert len(crossed) == 5


def test_triggers_are_sorted_dearest_first_and_unused_rows_stand_at_the_end() -> None:
    prices = solve(worked_case()).numbers("triggers", "trigger_price")
    assert np.isnan(prices[10:]).all()
    assert (np.diff(prices[:10]) < 0).all()


def test_the_figures_beside_a_trigger_are_those_of_the_model_solved_at_its_price() -> None:
    solution = solve(worked_case())
    near = [row for row in solution.rows_of("triggers") if row.number("crossed") == 0]
    assert near[0].text("trigger") == "margin call"
    for row in near:
        at = solve(worked_case().with_value("Market", "btc_price", row.number("trigger_price")))
        for name in ("risk_score", "share_below_aisc_net", "treasury_draw_network", "collateral_called_network"):
            assert row.number(name) == pytest.approx(at.number(name), rel=1e-9), (row.index, name)
    above = [row for row in solution.rows_of("triggers") if row.number("crossed") == 1]
    assert all(np.isnan(row.number("risk_score")) for row in above)


def test_the_nearest_ten_below_the_price_have_figures_and_the_others_none() -> None:
    solution = solve(inputs_of(random_workbook(5, operators=8)).with_value("Market", "btc_price", 500_000.0))
    known = ~np.isnan(solution.numbers("triggers", "risk_score"))
    below = np.flatnonzero(solution.numbers("triggers", "crossed") == 0)
    assert len(below) > 10
    assert np.flatnonzero(known).tolist() == below[:10].tolist()
    assert solution.rows["trigger_snapshot"] == 10


def test_the_middle_of_the_grid_is_the_live_figures_until_an_input_is_changed() -> None:
    solution = solve(worked_case())
    assert solution.rows["grid"] == 63
    assert solution.number("middle_is_live") == 1
    assert solution.number("grid_risk_score") == pytest.approx(solution.number("risk_score"))
