"""The risk score never falls when something gets worse and all else stays: where the model book lets that be true."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model.lines import business
from reportgen.model.solve import solve, solve_lines
from tests.model.records import workbooks
from tests.worked_case import CASE, inputs_of

Records = dict[str, Any]
ROUNDING = 1e-9


def score(records: Records) -> float:
    graph = business()
    return solve_lines(inputs_of(records), [("market", "risk_score")], graph).number("risk_score")


def with_own_prices(records: Records) -> Records:
    """Only ETF days that have a price of their own: a day without one is valued at today's, whatever its sign."""
    known = {row["date"] for row in records["Network_History"]}
    return {**records, "ETF_Flows": [row for row in records["ETF_Flows"] if row["date"] in known]}


def holding_what_they_pledge(records: Records) -> Records:
    """Operators hold at least the bitcoin that they pledged: a debt of bitcoin would gain from a lower price."""
    operators = []
    for row in records["Operators"]:
        owed = [debt for debt in records["Debt"] if debt["operator"].title() == row["operator"]]
        pledged = sum(debt["btc_collateral"] or 0 for debt in owed)
        operators.append({**row, "btc_held": (row["btc_held"] or 0) + pledged})
    return {**records, "Operators": operators}


def never_lower(records: Records, worse: Callable[[Records], object]) -> None:
    before = score(records)
    after = copy.deepcopy(records)
    worse(after)
    now = score(after)
    assert now != now if before != before else now >= before - ROUNDING


plain_workbooks = workbooks().map(lambda records: holding_what_they_pledge(with_own_prices(records)))
shares = st.floats(0.01, 1, exclude_max=True)


@settings(max_examples=40)
@given(plain_workbooks, shares)
def test_a_lower_price_never_lowers_the_score(records: Records, share: float) -> None:
    def worse(after: Records) -> None:
        after["Market"]["btc_price"] *= share

    never_lower(records, worse)


@settings(max_examples=40)
@given(workbooks(), st.floats(0.0001, 0.5), st.integers(0, 3))
def test_dearer_power_never_lowers_the_score(records: Records, more: float, which: int) -> None:
    def worse(after: Records) -> None:
        for row in after["Operators"][: which + 1]:
            row["power_price"] += more

    never_lower(records, worse)


@settings(max_examples=40)
@given(workbooks(), st.floats(1, 20, exclude_min=True))
def test_a_higher_difficulty_never_lowers_the_score(records: Records, factor: float) -> None:
    def worse(after: Records) -> None:
        after["Market"]["network_difficulty"] *= factor

    never_lower(records, worse)


@settings(max_examples=40)
@given(workbooks(), st.floats(1, 20, exclude_min=True), st.booleans())
def test_more_debt_never_lowers_the_score(records: Records, factor: float, new: bool) -> None:
    def worse(after: Records) -> None:
        for row in after["Debt"]:
            row["principal"] *= factor
        if new:
            name = after["Operators"][-1]["operator"]
            loan = {"operator": name, "facility": "New", "principal": 1e7 * factor, "interest_rate": 0.1}
            after["Debt"].append({**loan, "monthly_repayment": 1e5, "btc_collateral": 20.0, "max_ltv": 0.8})

    never_lower(records, worse)


@settings(max_examples=40)
@given(workbooks(), st.floats(1, 20, exclude_min=True))
def test_larger_etf_outflows_never_lower_the_score(records: Records, factor: float) -> None:
    def worse(after: Records) -> None:
        for row in after["ETF_Flows"]:
            for fund in ("AAA", "BBB", "CCC"):
                if row[fund] is not None and row[fund] < 0:
                    row[fund] *= factor

    never_lower(records, worse)


def test_an_inflow_on_a_day_without_a_price_of_its_own_grows_in_bitcoin_as_the_price_falls() -> None:
    # the exception that the test of lower prices leaves out: such a day is valued at today's price
    records = copy.deepcopy(CASE["input"])
    records["Network_History"] = []
    for row in records["ETF_Flows"]:
        row.update(IBIT=30.0, FBTC=0.0, GBTC=0.0)
    dear = solve(inputs_of(records))
    records["Market"]["btc_price"] *= 0.9
    cheap = solve(inputs_of(records))
    assert cheap.column("risk", "score")[4] < dear.column("risk", "score")[4]


def test_an_operator_that_pledged_more_than_it_holds_gains_liquidity_as_the_price_falls() -> None:
    # the other exception: the model takes collateral for part of what is held
    records = copy.deepcopy(CASE["input"])
    records["Operators"][1]["btc_held"] = 100
    dear = solve(inputs_of(records))
    records["Market"]["btc_price"] *= 0.9
    cheap = solve(inputs_of(records))
    assert cheap.column("operators", "free_btc")[1] == -160
    assert cheap.column("operators", "liquidity")[1] > dear.column("operators", "liquidity")[1]


def test_an_outflow_in_a_row_that_was_not_reported_yet_moves_the_window_of_twenty_days() -> None:
    # why the test of outflows enlarges those that are there: a new newest day pushes the oldest of the window out
    records = copy.deepcopy(CASE["input"])
    records["ETF_Flows"][-21].update(IBIT=0.0, FBTC=0.0, GBTC=0.0)
    records["ETF_Flows"][-20].update(IBIT=-5000.0)
    records["ETF_Flows"].append({"date": "2025-12-06", "IBIT": 0.0, "FBTC": 0.0, "GBTC": 0.0})
    before = solve(inputs_of(records)).value("etf_outflow_ratio")
    records["ETF_Flows"][-1]["IBIT"] = -1.0
    assert solve(inputs_of(records)).value("etf_outflow_ratio") < before


@pytest.mark.parametrize("component", ["cash_cost_underwater", "solvency"])
def test_the_whole_weight_on_one_component_makes_its_score_the_score(component: str) -> None:
    records = copy.deepcopy(CASE["input"])
    for row in records["Risk"]:
        row["weight"] = 7 if row["component"] == component else 0
    solved = solve(inputs_of(records))
    row = [each["component"] for each in records["Risk"]].index(component)
    assert solved.value("risk_score") == pytest.approx(solved.column("risk", "score")[row])
