"""What moved since last week: an input tenfold, and an AISC though its operator did not change."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from reportgen.inputs import Inputs
from tests.intake.checking.edited import Times, changed_cells, checked, held
from tests.intake.checking.ordinary import three_miners

QUIET = {"Network_History": None, "ETF_Flows": None}


@functools.cache
def without_history() -> Any:
    """Three miners without a history, which would tell of a difficulty that is off first."""
    return {name: sheet for name, sheet in held(three_miners()).items() if name not in QUIET}


def inputs(changes: dict[str, Any] | None = None) -> Inputs:
    found = checked(changed_cells(without_history(), changes or {}))
    assert found.inputs is not None, found.errors
    return found.inputs


def told(changes: dict[str, Any], before: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    found = checked(changed_cells(without_history(), changes), inputs(before))
    return [(each.code, each.where.sheet, each.where.cell) for each in found.problems]


def test_nothing_moved_is_nothing_told() -> None:
    assert told({}) == []


@pytest.mark.parametrize(
    ("changed", "factor", "cell"),
    [
        ("Operators.cash[0]", 10.001, ("Operators", "K2")),
        ("Operators.cash[0]", 1 / 10.001, ("Operators", "K2")),
        ("Operators.btc_held[2]", 1 / 12, ("Operators", "L4")),
        ("Debt.principal[4]", 1 / 10.001, ("Debt", "C6")),
        ("AI_HPC.monthly_cost[0]", 1 / 11, ("AI_HPC", "D2")),
        ("Fleet.units[1]", 1 / 20, ("Fleet", "C3")),
        ("Scenarios.horizon_days[1]", 10, ("Scenarios", "B3")),
        ("Market.fees_per_block", 1 / 10, ("Market", "B6")),
        ("Risk.weight[0]", 10, ("Risk", "D2")),
    ],
)
def test_an_input_that_moved_tenfold_is_asked_about(changed: str, factor: float, cell: tuple[str, str]) -> None:
    assert told({changed: Times(factor)}) == [("moved_tenfold", *cell)]


def test_less_than_tenfold_and_from_or_to_nothing_is_no_question() -> None:
    assert told({"Operators.cash[0]": Times(9.99), "Debt.monthly_repayment[3]": 0}) == []
    assert told({}, {"Debt.monthly_repayment[3]": 0}) == []


def test_a_row_is_known_by_its_names_not_by_its_place() -> None:
    added = {"Debt[4]+": {"facility": "Small note", "principal": 3_000_000, "operator": "Harbor Digital"}}
    assert told(added) == []
    renamed = {"Operators.operator[0]": "Harbour", "Operators.cash[0]": Times(20)}
    moved = {f"Fleet.operator[{row}]": "Harbour" for row in (0, 1)} | {
        f"Debt.operator[{row}]": "Harbour" for row in (0, 1)
    }
    assert told(renamed | moved) == []


def test_what_has_a_warning_of_its_own_is_not_told_again() -> None:
    assert told({"Operators.power_price[0]": Times(10)}) == [("power_price_high", "Operators", "B2")]


def test_an_aisc_that_moved_with_the_market_alone_is_asked_about_at_what_moved_most() -> None:
    assert told({"Market.network_difficulty": Times(1.4)}) == [("aisc_moved", "Market", "B3")]
    assert told({"Market.network_difficulty": Times(1.2)}) == []


def test_an_aisc_that_moved_with_its_own_rows_is_no_question() -> None:
    assert told({"Operators.power_price[1]": Times(2), "Operators.corporate_overhead[1]": Times(2)}) == []


def test_a_halving_explains_an_aisc_that_doubles() -> None:
    height = {"Market.block_height": 1_050_100, "Report.as_of": 46_847, "Debt.maturity[1]": None}
    before = {"Market.block_height": 1_049_400, "Report.as_of": 46_840, "Debt.maturity[1]": None}
    assert told(height, before) == []
