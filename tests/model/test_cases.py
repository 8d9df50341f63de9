"""Many cases of a workbook are the workbooks that they stand for, solved one by one."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportgen
from reportgen.inputs import Inputs
from reportgen.model import solution as solving
from reportgen.model.cases import solved_cases
from reportgen.model.solve import Solution, solve
from tests.model import lemonade
from tests.model.generated import generated
from tests.worked_case import worked_case


@cache
def given_inputs() -> Inputs:
    return generated(operators=5, fleet=12, debts=8, contracts=4, history=75, etf_days=30, seed=3)


@cache
def given_solution() -> Solution:
    return solve(given_inputs())


@pytest.fixture
def inputs() -> Inputs:
    return given_inputs()


@pytest.fixture
def solution() -> Solution:
    return given_solution()


def numbers(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers as people type them."""
    return st.floats(least, most).map(lambda number: round(number, 3))


CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "btc_price": numbers(20_000, 200_000),
    "network_difficulty*": numbers(0.5, 2),
    "block_height": st.integers(800_000, 1_300_000).map(float),
    "active_shock": st.sampled_from(["", "Price -20 %", "Halving"]),
    "Operators.power_price*": numbers(0.5, 2),
    "Operators.power_price[Operator 2]": numbers(-0.2, 0.4),
    "Operators.cash": numbers(0, 1e8),
    "Fleet.units[Operator 1]*": numbers(0, 3),
    "Fleet.unit_power[4]": numbers(1000, 6000),
    "Debt.max_ltv*": numbers(0.5, 1),
    "Risk.weight[hash_ribbon]": numbers(0, 50),
    "Scenarios.otc_share": numbers(0, 1),
    "Network_History.hash_rate[20]": numbers(100, 2000),
    "ETF_Flows.funds*": numbers(-2, 2),
    "AI_HPC.end": st.integers(45_000, 47_000).map(float),
}
MANY = st.sets(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=5).flatmap(
    lambda names: st.lists(
        st.fixed_dictionaries({name: CHANGES[name] for name in sorted(names)}), min_size=2, max_size=4
    )
)


@settings(max_examples=20)
@given(cases=MANY)
def test_every_figure_of_a_case_is_that_of_the_changed_workbook(cases: list[dict[str, Any]]) -> None:
    found = solved_cases(given_solution(), pd.DataFrame(cases))
    for case, changes in enumerate(cases):
        alone = solve(given_inputs().with_values(changes))
        for block, name in found.changed:
            values, line = found.column(block, name)[..., case], alone.graph.lines.get((block, name))
            if (line is not None and line.text) or name == "active_shock":
                assert values.tolist() == alone.columns[block, name].tolist(), (block, name)
            else:
                expected = np.asarray(alone.columns[block, name], dtype=float)
                np.testing.assert_allclose(values.astype(float), expected, rtol=1e-9, atol=1e-6, err_msg=name)


def test_chunks_of_cases_are_joined_in_their_order(solution: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {"btc_price": np.linspace(50_000, 150_000, 7)}
    together = solved_cases(solution, cases)
    monkeypatch.setattr(solving, "CELLS_AT_ONCE", 1)
    apart = solved_cases(solution, cases)
    for key, values in together.changed.items():
        if values.dtype == object:
            assert values.tolist() == apart.changed[key].tolist()
        else:
            np.testing.assert_allclose(values, apart.changed[key], rtol=1e-12, atol=1e-9, err_msg=str(key))


def test_what_no_case_touches_is_not_computed_again(solution: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    compute = solving.compute

    def noted(*given: Any) -> None:
        asked.extend(given[2])
        compute(*given)

    monkeypatch.setattr(solving, "compute", noted)
    found = solved_cases(solution, {"Operators.cash[Operator 0]": [0.0, 1e9]})
    assert ("operators", "liquidity") in asked
    assert ("days", "sma_60") not in asked
    assert found.changed["days", "sma_60"] is solution.columns["days", "sma_60"]


def test_lines_limit_the_work_and_the_tables(solution: Solution) -> None:
    found = solved_cases(solution, {"btc_price": [50_000.0, 90_000.0]}, ["risk_score", "operators.runway"])
    assert set(found.tables) == {"market", "operators"}
    assert "runway" in found.tables["operators"]
    assert "aisc" not in found.tables["operators"]


def test_tables_have_a_level_for_the_case(inputs: Inputs) -> None:
    cases = pd.MultiIndex.from_product([[60_000.0, 90_000.0], [1.0, 1.5]], names=["btc_price", "network_difficulty*"])
    tables = reportgen.solve(inputs, cases=cases.to_frame()).tables
    assert tables["market"].index.names == ["btc_price", "network_difficulty*"]
    assert tables["operators"].index.names == ["btc_price", "network_difficulty*", "operator"]
    alone = reportgen.solve(inputs.with_values({"btc_price": 60_000.0, "network_difficulty*": 1.5}))
    assert tables["operators"].loc[(60_000.0, 1.5, "Operator 3"), "aisc"] == pytest.approx(
        alone.table("operators").loc["Operator 3", "aisc"]
    )
    assert tables["market"].loc[(60_000.0, 1.5), "risk_score"] == pytest.approx(alone.number("risk_score"))
    assert tables["days"]["date"].dtype.kind == "M"
    plain = reportgen.solve(inputs, cases={"btc_price": [60_000.0]})
    assert plain.tables["market"].index.name == "case"


def test_a_line_can_be_given_instead_of_computed(solution: Solution) -> None:
    found = solved_cases(solution, {"market.price_change": [0.0, -0.2]}, ["price", "risk_score"])
    price = solution.number("btc_price")
    np.testing.assert_allclose(found.number("price"), [price, 0.8 * price])


def test_shocks_move_figures_as_the_same_change_of_the_price_does() -> None:
    solution = solve(worked_case())
    shock = next(row for row in solution.rows_of("snapshot") if row.text("shock") == "Price -20 %")
    case = solved_cases(solution, {"btc_price*": [0.8]})
    for name in solution.graph.blocks["snapshot"].given[1:]:
        np.testing.assert_allclose(case.number(name)[0], shock.number(name), rtol=1e-9, err_msg=name)


def test_a_toy_without_shocks_has_cases_too() -> None:
    solution = solve(lemonade.inputs(), lemonade.lemonade())
    found = solved_cases(solution, {"lemon_price": [0.5, 1.0], "Stands.rent[bo]": [90.0, 0.0]})
    expected = [solve(lemonade.inputs(Town={"lemon_price": [1.0]}, Stands={"rent": [10.0, 0.0, 5.0]}), solution.graph)]
    np.testing.assert_allclose(
        found.column("stands", "cost_per_cup")[:, 1], expected[0].column("stands", "cost_per_cup")
    )
    assert found.column("stands", "mood")[:, 0].tolist() == solution.texts("stands", "mood")


def test_no_cases_give_empty_tables(solution: Solution) -> None:
    assert len(solved_cases(solution, {"btc_price": np.array([])}).table("market")) == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("btc_prise", "btc_price?"),
        ("Operators.power_prize", "power_price?"),
        ("Operators.power_price[Zed]", "there is no row called Zed"),
        ("principal[99]", "there is no row called 99"),
        ("Operators.operator", "is a text"),
        ("Network_History.date", "says which days there are"),
        ("operator", "is a field of"),
        ("btc price!", "names no field"),
    ],
)
def test_a_name_that_is_not_there_is_told_with_what_is_near(inputs: Inputs, name: str, said: str) -> None:
    with pytest.raises(KeyError) as caught:
        inputs.with_values({name: 1.0})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"), [("btc_price", 0.0), ("btc_price*", -1.0), ("Operators.uptime", 1.01), ("Debt.max_ltv", np.nan)]
)
def test_a_value_out_of_bounds_is_refused(inputs: Inputs, name: str, value: float) -> None:
    with pytest.raises(ValueError, match="bounds"):
        inputs.with_values({name: value})


@pytest.mark.parametrize("value", [0.0, -1.0, 1e9, np.nan])
def test_a_single_value_out_of_bounds_is_refused_too(inputs: Inputs, value: float) -> None:
    with pytest.raises(ValueError, match=r"Market\.btc_price: .* bounds of BTC price"):
        inputs.with_value("Market", "btc_price", value)
    assert inputs.with_value("Report", "organisation", "New desk").value("Report", "organisation") == "New desk"


def test_the_inputs_themselves_stay_as_they_are(inputs: Inputs) -> None:
    before = inputs.tables["Operators"].columns["power_price"].copy()
    inputs.with_values({"Operators.power_price*": 2.0})
    assert inputs.tables["Operators"].columns["power_price"].tolist() == before.tolist()


def test_a_line_that_is_not_there_is_told(solution: Solution) -> None:
    with pytest.raises(KeyError, match="there is no line called scor"):
        solved_cases(solution, {"btc_price": [1.0]}, ["scor"])
    with pytest.raises(KeyError, match="several lines"):
        solved_cases(solution, {"btc_price": [1.0]}, ["hash_rate"])
