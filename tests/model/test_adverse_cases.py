"""Reverse stress and grid: a solve of its own at each change gives what is said of it, and not one step before."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

import pytest

from reportgen.inputs import Inputs
from reportgen.model.adverse_cases import (
    DIFFICULTIES,
    DRIVERS,
    PRICES,
    SHARES,
    GridCell,
    Reached,
    grid,
    reverse_stress,
    rounded,
)
from reportgen.model.solve import Solution, solve
from tests.worked_case import CASE, inputs_of, worked_case

BANDS = ["low", "guarded", "elevated", "high", "severe"]


def moved(inputs: Inputs, driver: str, change: float) -> Solution:
    (block, name), _ = DRIVERS[driver]
    sheet = {"market": "Market", "operators": "Operators"}[block]
    table = inputs.tables[sheet]
    columns = {**table.columns, name: table.columns[name] * (1 + change)}
    return solve(
        dataclasses.replace(inputs, tables={**inputs.tables, sheet: dataclasses.replace(table, columns=columns)})
    )


def holds(solution: Solution, each: Reached) -> bool:
    if each.measure == "score":
        return BANDS.index(str(solution.value("risk_band"))) >= BANDS.index(each.target)
    share = float(rounded(solution.value("share_below_direct_cost")))
    return share > 0 if not SHARES[each.target] else share >= float(rounded(SHARES[each.target]))


@pytest.fixture(
    scope="module", params=[worked_case, lambda: worked_case().with_shock("Difficulty +10 %")], ids=["calm", "shock"]
)
def inputs(request: pytest.FixtureRequest) -> Inputs:
    make: Callable[[], Inputs] = request.param
    return make()


def test_each_change_reaches_its_target_and_one_step_less_does_not(inputs: Inputs) -> None:
    found = reverse_stress(solve(inputs))
    assert {each.driver for each in found} == set(DRIVERS)
    assert {each.target for each in found if each.measure == "share"} == set(SHARES)
    assert any(each.change == each.change and each.change for each in found)
    for each in found:
        sign = math.copysign(1, DRIVERS[each.driver][1])
        if math.isnan(each.change):
            assert not holds(moved(inputs, each.driver, DRIVERS[each.driver][1]), each)
            continue
        assert each.change * sign >= 0
        assert abs(each.change) <= abs(DRIVERS[each.driver][1])
        assert round(each.change, 3) == pytest.approx(each.change)
        assert holds(moved(inputs, each.driver, each.change), each)
        if each.change:
            assert not holds(moved(inputs, each.driver, each.change - sign * 0.001), each)


def test_only_bands_above_todays_are_looked_for(inputs: Inputs) -> None:
    solution = solve(inputs)
    above = BANDS[BANDS.index(str(solution.value("risk_band"))) + 1 :]
    for driver in DRIVERS:
        named = [each.target for each in reverse_stress(solution) if each.driver == driver and each.measure == "score"]
        assert named == above


def test_without_components_there_is_no_score_to_reach() -> None:
    solution = solve(inputs_of({**CASE["input"], "Risk": []}))
    assert {each.measure for each in reverse_stress(solution)} == {"share"}
    assert all(math.isnan(cell.risk_score) for cell in grid(solution))


def test_the_middle_of_the_grid_is_the_live_model_and_each_cell_a_solve_of_its_own(inputs: Inputs) -> None:
    cells = grid(solve(inputs))
    assert [(cell.difficulty_change, cell.price_change) for cell in cells] == [
        (difficulty, price) for difficulty in DIFFICULTIES for price in PRICES
    ]
    for place in (0, len(cells) // 2, 22, len(cells) - 1):
        cell = cells[place]
        changed = inputs.with_value(
            "Market", "btc_price", inputs.value("Market", "btc_price") * (1 + cell.price_change)
        )
        hard = changed.value("Market", "network_difficulty") * (1 + cell.difficulty_change)
        assert cell == cell_of(solve(changed.with_value("Market", "network_difficulty", hard)), cell)
    middle = next(cell for cell in cells if cell.price_change == cell.difficulty_change == 0)
    assert middle == cell_of(solve(inputs), middle)


def cell_of(solution: Solution, like: GridCell) -> GridCell:
    """What the cell should hold, from a solution; figures within 1e-9 count as equal."""
    price = float(solution.value("price"))
    wanted = {
        "aisc_margin": (price - float(solution.value("aisc_net_average"))) / price,
        "share_below_aisc_net": float(solution.value("share_below_aisc_net")),
        "risk_score": float(solution.value("risk_score")),
    }
    same = {
        name: getattr(like, name)
        for name, value in wanted.items()
        if getattr(like, name) == pytest.approx(value, rel=1e-9)
    }
    return dataclasses.replace(like, **{**wanted, **same})
