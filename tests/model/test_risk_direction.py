"""The risk score never falls when something gets worse and all else stays, and it never jumps.

Absorption has no weight here: flows of funds are valued at the day's price and may turn with it.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.intake.reader import read_workbook
from reportgen.model.lines import business
from reportgen.model.solve import solve, solve_lines
from tests.model.random_workbooks import random_workbook
from tests.model.records import workbooks
from tests.running import SAMPLE
from tests.worked_case import CASE, inputs_of

Records = dict[str, Any]
ROUNDING = 1e-9
AS_OF = dt.date.fromisoformat(CASE["input"]["Report"]["as_of"])


def score_of(inputs: Any) -> float:
    graph = business()
    return solve_lines(inputs, [("market", "risk_score")], graph).number("risk_score")


def score(records: Records) -> float:
    return score_of(inputs_of(records))


def without_absorption(records: Records) -> Records:
    risk = [{**row, "weight": 0} if row["component"] == "etf_absorption" else row for row in records["Risk"]]
    return {**records, "Risk": risk}


def never_lower(records: Records, worse: Callable[[Records], object]) -> None:
    before = score(records)
    after = copy.deepcopy(records)
    worse(after)
    now = score(after)
    assert now != now if before != before else now >= before - ROUNDING


weighted = workbooks().map(without_absorption)


@settings(max_examples=40)
@given(weighted, st.floats(0.01, 1, exclude_max=True))
def test_a_lower_price_never_lowers_the_score(records: Records, share: float) -> None:
    def worse(after: Records) -> None:
        after["Market"]["btc_price"] *= share

    never_lower(records, worse)


@settings(max_examples=40)
@given(weighted, st.floats(0.0001, 0.5), st.integers(0, 3))
def test_dearer_power_never_lowers_the_score(records: Records, more: float, which: int) -> None:
    def worse(after: Records) -> None:
        for row in after["Operators"][: which + 1]:
            row["power_price"] += more

    never_lower(records, worse)


@settings(max_examples=40)
@given(weighted, st.floats(1, 20, exclude_min=True))
def test_a_higher_difficulty_never_lowers_the_score(records: Records, factor: float) -> None:
    def worse(after: Records) -> None:
        after["Market"]["network_difficulty"] *= factor

    never_lower(records, worse)


@settings(max_examples=40)
@given(weighted, st.floats(1, 20, exclude_min=True), st.booleans())
def test_more_debt_never_lowers_the_score(records: Records, factor: float, new: bool) -> None:
    def worse(after: Records) -> None:
        for row in after["Debt"]:
            row["principal"] *= factor
        if new:
            name = after["Operators"][-1]["operator"]
            after["Debt"].append(
                {"operator": name, "facility": "New", "principal": 1e7 * factor, "interest_rate": 0.1,
                 "monthly_repayment": 1e5, "btc_collateral": None, "max_ltv": None, "maturity": None}
            )  # fmt: skip

    never_lower(records, worse)


@settings(max_examples=40)
@given(weighted, st.floats(0, 1, exclude_max=True))
def test_a_nearer_maturity_never_lowers_the_score(records: Records, share: float) -> None:
    def worse(after: Records) -> None:
        for row in after["Debt"]:
            due = None if row["maturity"] is None else dt.date.fromisoformat(row["maturity"])
            if due is not None and due > AS_OF:
                row["maturity"] = (AS_OF + dt.timedelta(1 + int(share * ((due - AS_OF).days - 1)))).isoformat()

    never_lower(records, worse)


@pytest.mark.parametrize("batch", range(10))
def test_a_tenth_of_a_per_cent_of_the_price_moves_the_score_by_half_a_point_at_most(batch: int) -> None:
    for seed in range(10 * batch, 10 * batch + 10):
        records = without_absorption(random_workbook(seed, operators=8))
        for place in (0.7, 0.85, 1.0, 1.15, 1.3):
            at = copy.deepcopy(records)
            at["Market"]["btc_price"] *= place
            before = score(at)
            at["Market"]["btc_price"] *= 0.999
            assert abs(score(at) - before) <= 0.5, (seed, place)


def test_on_the_sample_no_tenth_of_a_per_cent_of_the_price_moves_the_score_by_half_a_point() -> None:
    inputs = read_workbook(SAMPLE)
    price = float(inputs.value("Market", "btc_price"))
    scores = [score_of(inputs.with_value("Market", "btc_price", price * 0.999**step)) for step in range(-250, 400)]
    assert max(abs(np.diff(scores))) <= 0.5
    assert max(scores) - min(scores) > 20


def test_larger_outflows_of_funds_raise_absorption() -> None:
    records = copy.deepcopy(CASE["input"])
    before = solve(inputs_of(records)).number("etf_outflow_ratio")
    for row in records["ETF_Flows"]:
        row.update({fund: 2 * flow for fund, flow in row.items() if fund != "date" and flow is not None and flow < 0})
    assert solve(inputs_of(records)).number("etf_outflow_ratio") > before


@pytest.mark.parametrize("component", [row["component"] for row in CASE["input"]["Risk"]])
def test_the_whole_weight_on_one_component_makes_its_score_the_score(component: str) -> None:
    records = copy.deepcopy(CASE["input"])
    for row in records["Risk"]:
        row["weight"] = 7 if row["component"] == component else 0
    solved = solve(inputs_of(records))
    row = [each["component"] for each in records["Risk"]].index(component)
    assert solved.number("risk_score") == pytest.approx(solved.numbers("risk", "score")[row])


def test_a_dial_is_the_weighted_mean_of_its_components_and_an_equal_one_when_they_weigh_nothing() -> None:
    def dials(**weights: float) -> dict[str, float]:
        records = copy.deepcopy(CASE["input"])
        for row in records["Risk"]:
            row["weight"] = weights.get(row["component"], 0)
        solved = solve(inputs_of(records))
        return dict(zip(solved.texts("dials", "dial"), solved.numbers("dials", "score"), strict=True))

    solved = solve(inputs_of(CASE["input"]))
    ribbon, drawdown = solved.numbers("risk", "score")[3:5]
    assert dials(hash_ribbon=1, hash_drawdown=3)["shut-downs"] == pytest.approx((ribbon + 3 * drawdown) / 4)
    assert dials(cash_pressure=1)["shut-downs"] == pytest.approx((ribbon + drawdown) / 2)


def test_a_dial_without_any_component_has_no_score_and_the_others_keep_theirs() -> None:
    records = copy.deepcopy(CASE["input"])
    records["Network_History"] = []
    solved = solve(inputs_of(records))
    scores = dict(zip(solved.texts("dials", "dial"), solved.numbers("dials", "score"), strict=True))
    assert list(scores) == ["income", "shut-downs", "balance sheets", "absorption"]
    assert np.isnan(scores["shut-downs"])
    assert scores["balance sheets"] == pytest.approx(CASE["expected"]["dials"][2]["score"])
    assert solved.number("components_missing") == 3  # miner income, ribbon, drawdown
