"""The worked case: figures computed independently of the project, each by its name, to nine digits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from reportgen.model import lines
from reportgen.model.solve import NO_SHOCK, Solution, solve, solve_cases
from tests.worked_case import CASE, serial, worked_case

Figure = tuple[str, int, str, Any]
# a line's signature is its formula: it takes and gives numbers, arrays or expressions
aisc, fleet, liquidity, market = (
    cast(Any, lines.aisc),
    cast(Any, lines.fleet),
    cast(Any, lines.liquidity),
    cast(Any, lines.market),
)
pressure, self_correction = cast(Any, lines.pressure), cast(Any, lines.self_correction)
cost_curve = cast(Any, lines.cost_curve)


def figures(expected: dict[str, Any]) -> Iterator[Figure]:
    """Every expected figure: block, row, name, value."""
    for block, given in expected.items():
        if block == "record":
            continue  # no columns of the model: tests/model/test_record.py
        if block == "etf_days":
            yield "market", 0, block, given
        elif block == "ribbon_last":
            yield from (("days", -1, name, value) for name, value in given.items())
        else:
            rows = [given] if isinstance(given, dict) else given
            yield from ((block, number, name, value) for number, row in enumerate(rows) for name, value in row.items())


def matches(ours: Any, expected: Any) -> bool:
    if expected is None:
        return bool(ours != ours)
    if isinstance(ours, str):
        return bool(ours == expected)
    number = serial(expected) if isinstance(expected, str) else float(expected)
    return math.isclose(ours, number, rel_tol=1e-9, abs_tol=1e-12)


@pytest.fixture(scope="module")
def solved() -> Solution:
    return solve(worked_case())


EXPECTED = list(figures(CASE["expected"]))


@pytest.mark.parametrize(("block", "row", "name", "value"), EXPECTED, ids=[".".join(map(str, e[:3])) for e in EXPECTED])
def test_a_figure_of_the_worked_case_is_the_expected_one(
    solved: Solution, block: str, row: int, name: str, value: Any
) -> None:
    assert matches(solved.column(block, name)[row], value)


SHOCKED = [(shock, name, value) for shock, row in CASE["expected_by_shock"].items() for name, value in row.items()]


@pytest.fixture(scope="module")
def shocked() -> dict[str, Solution]:
    return {shock: solve(worked_case().with_shock(shock)) for shock in CASE["expected_by_shock"]}


@pytest.mark.parametrize(("shock", "name", "value"), SHOCKED)
def test_a_figure_under_a_shock_is_the_expected_one(
    shocked: dict[str, Solution], shock: str, name: str, value: Any
) -> None:
    assert matches(shocked[shock].value(name), value)


def test_the_snapshot_holds_the_figures_of_every_shock_whichever_is_active(
    solved: Solution, shocked: dict[str, Solution]
) -> None:
    names = solved.graph.blocks["snapshot"].given
    expected = {NO_SHOCK: CASE["expected"]["market"], **CASE["expected_by_shock"]}
    for solution in (solved, *shocked.values()):
        assert solution.column("snapshot", "shock").tolist() == list(expected)
        for row, shock in enumerate(expected):
            under = solved if shock == NO_SHOCK else shocked[shock]
            for name in names[1:]:
                value = expected[shock].get(name, under.value(name))
                assert matches(solution.column("snapshot", name)[row], value), (shock, name)
        assert solution.value("as_delivered") == 1


def test_shocks_as_cases_are_what_each_shock_gives_alone(shocked: dict[str, Solution]) -> None:
    active = np.array([list(shocked)], dtype=object)
    found = solve_cases(solve(worked_case()), {("market", "active_shock"): active})
    for case, solution in enumerate(shocked.values()):
        for key, values in found.items():
            together, alone = values[:, case] if values.ndim == 2 else values, solution.columns[key]
            if solution.graph.lines[key].text:
                assert together.tolist() == alone.tolist(), key
            else:
                np.testing.assert_allclose(together, alone, rtol=1e-12, atol=1e-12, err_msg=str(key))


def test_every_check_of_the_worked_case_holds(solved: Solution) -> None:
    assert solved.value("checks_failed") == 0
    assert solved.value("risk_band") == "elevated"
    assert solved.value("ribbon_state") == "capitulation"


def test_lines_are_plain_functions() -> None:
    assert aisc.electricity(10, 0.05) == 500
    assert fleet.efficiency_by_units(3500, 200) == 17.5
    assert fleet.efficiency(math.nan, 17.5) == 17.5
    assert fleet.efficiency(24, math.nan) == 24
    assert market.issuance(3.125, 144) == 450
    assert market.issuance_30d(450) == 13_500
    assert market.block_subsidy(926_500, 0) == 3.125
    assert market.block_subsidy(926_500, 1) == 1.5625
    assert liquidity.runway(600, -50, 60) == 12
    assert liquidity.runway(600, 50, 60) == 60
    assert liquidity.runway(-100, -50, 60) == 0
    assert math.isnan(liquidity.interest_cover(100, 0))
    levels = {}
    for price in (90, 105, 115, 125):
        levels[price] = aisc.stress_level(price, 100, aisc.stress_of_layers(price, 110, 120))
    assert levels == {90: 3, 105: 2, 115: 1, 125: 0}
    assert aisc.stress(2) == "not sustaining"
    assert self_correction.days(1, 0.5) == 28


def test_lines_take_arrays_with_the_rows_of_another_block_upright() -> None:
    operators = SimpleNamespace(
        hash_rate=np.array([[1.0], [3.0], [4.0]]), direct_cost_per_btc=np.array([[50.0], [70.0], [np.nan]])
    )
    level = np.array([40.0, 60.0, 80.0])
    assert cost_curve.below_direct(level, operators, 8.0).tolist() == [0.5, 0.375, 0]


def test_the_known_figures_of_miner_pressure_come_out() -> None:
    sales = pressure.miner_sales
    conservative = sales(pressure.issuance_sales(450, 1), pressure.inventory_sales(50_000, 0.1, 60))
    severe = sales(pressure.issuance_sales(450, 1), pressure.inventory_sales(50_000, 0.3, 90))
    assert round(conservative, 1) == 533.3
    assert round(severe, 1) == 616.7
    assert round(pressure.etf_reference_btc(100_000_000, 90_000)) == 1111
    assert round(pressure.etf_to_miner(pressure.etf_reference_btc(100_000_000, 90_000), severe), 2) == 1.80
