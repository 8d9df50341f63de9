"""What happens exactly at a limit, and just beside it."""

from __future__ import annotations

import copy
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from reportgen.deliver.figures import figures
from reportgen.model import check_results, lines
from reportgen.model.lines.delivered import WATCHED
from reportgen.model.solution import columns_for, compute
from reportgen.model.solve import solve
from tests.worked_case import CASE, inputs_of, worked_case

averages, checks, covenants = cast(Any, lines.averages), cast(Any, lines.checks), cast(Any, lines.covenants)
fleet, liquidity, self_correction = cast(Any, lines.fleet), cast(Any, lines.liquidity), cast(Any, lines.self_correction)
cost_curve, triggers = cast(Any, lines.cost_curve), cast(Any, lines.triggers)


def rows(**columns: list[float]) -> SimpleNamespace:
    return SimpleNamespace(**{name: np.array(values) for name, values in columns.items()})


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("share_below_direct_cost", "direct_cost_per_btc"),
        ("share_below_sustaining", "sustaining_cost_per_btc"),
        ("share_below_aisc_net", "aisc_net"),
    ],
)
def test_a_price_that_equals_the_cost_is_not_below_it(line: str, column: str) -> None:
    operators = rows(hash_rate=[1.0, 3.0], **{column: [100.0, 101.0]})
    assert getattr(averages, line)(operators, 100.0, 4.0) == 0.75


def test_a_price_on_the_margin_call_is_no_breach() -> None:
    assert covenants.ltv_breach(100.0, 100.0) == 0
    assert covenants.ltv_breach(99.0, 100.0) == 1
    assert cost_curve.collateral_called(rows(btc_collateral=[5.0], margin_call_price=[100.0]), 100.0) == 0


def test_all_collateral_is_at_risk_at_the_call_and_none_ten_per_cent_above_it() -> None:
    nearness = covenants.nearness_of_call
    assert covenants.row_collateral_at_risk(260, nearness(100, 100, 0.1)) == 260
    assert covenants.row_collateral_at_risk(260, nearness(100, 95, 0.1)) == pytest.approx(130)
    assert covenants.row_collateral_at_risk(260, nearness(100, 90, 0.1)) == pytest.approx(0)
    assert covenants.row_collateral_at_risk(260, nearness(100, 120, 0.1)) == 260


@pytest.mark.parametrize(("days", "due"), [(0, 0), (1, 5), (365, 5), (366, 0), (float("nan"), 0)])
def test_principal_is_due_within_12_months_from_tomorrow_to_the_365th_day(days: float, due: float) -> None:
    assert covenants.row_due_12m(5, 1000 + days, 1000) == due


def test_liquidity_that_equals_its_minimum_keeps_the_covenant() -> None:
    assert liquidity.covenant_breach(0, 100.0, 100.0) == 0
    assert liquidity.covenant_breach(0, 99.0, 100.0) == 1


def test_a_machine_that_earns_exactly_its_power_runs() -> None:
    assert fleet.online(50.0, 50.0) == 1
    assert fleet.online(49.0, 50.0) == 0
    machines = rows(row_hash_rate=[1.0, 1.0], breakeven_hashprice=[50.0, 51.0])
    assert self_correction.economic(machines, 50.0, 2.0) == 0.5


def test_an_epoch_exactly_as_far_from_the_end_as_is_tolerated_is_near_it() -> None:
    assert self_correction.online_tolerance(0.25, 2.0) == 0.5
    assert self_correction.difficulty_tolerance(0.25, 2.0) == 0.5
    assert self_correction.online_to_end(1.0, 1.25) == 0.25
    assert self_correction.difficulty_to_end(1.25, 1.0) == 0.25
    assert self_correction.near_end(0.25, 0.0, 0.25, 0.25) == 1
    assert self_correction.near_end(0.26, 0.0, 0.25, 0.25) == 0
    assert self_correction.near_end(0.0, 0.25, 0.25, 0.25) == 1
    assert self_correction.near_end(0.0, 0.26, 0.25, 0.25) == 0


def test_a_trigger_counts_from_a_cent() -> None:
    assert triggers.known_price(0.01, 0.01) == 0.01
    assert np.isnan(triggers.known_price(0.009, 0.01))


def test_layers_that_are_off_by_a_thousandth_do_not_hold() -> None:
    allowed = checks.layers_gap_allowed(60.0, -30.0, 10.0)
    assert allowed == 1e-7
    assert checks.layers_hold(checks.layers_gap(60.0, 30.0, 10.0, 10.0, 10.0), allowed) == 1
    assert checks.layers_hold(checks.layers_gap(60.0, 30.0, 10.1, 10.0, 10.0), allowed) == 0


def test_sales_up_to_the_limit_hold_and_a_thousandth_above_it_do_not() -> None:
    assert checks.within_limit(1000.0, 1000.0) == 1
    assert checks.within_limit(1001.0, 1000.0) == 0


def test_shares_of_a_thousandth_too_much_or_too_little_do_not_hold() -> None:
    assert [float(checks.shares_add_up(share)) for share in (1.0, 1.001, 0.999)] == [1, 0, 0]


def test_a_row_without_its_operator_does_not_hold() -> None:
    owned, lost = rows(owner_number=[1.0, 2.0], number=[1.0, 2.0]), rows(owner_number=[1.0, np.nan], number=[1.0, 2.0])
    counts = (checks.fleet_without_operator, checks.debt_without_operator, checks.contracts_without_operator)
    assert [(count(owned), count(lost)) for count in counts] == [(0, 1)] * 3
    assert checks.rows_have_operators(0, 0, 0) == 1
    for stray in ((1, 0, 0), (0, 1, 0), (0, 0, 1)):
        assert checks.rows_have_operators(*stray) == 0


def test_figures_are_no_longer_as_delivered_when_any_of_them_differs() -> None:
    then = solve(worked_case())
    assert then.number("as_delivered") == 1
    for name in WATCHED:
        moved = {("market", name): np.array([then.number(name) * 1.001 + 0.01])}
        told = (f"live_{name}", f"moved_{name}", f"kept_{name}", "as_delivered")
        wanted = {("market", each) for each in told}
        columns = {**columns_for(then, wanted), **moved}
        compute(then, columns, wanted)
        found = replace(then, columns=columns)
        assert [found.number(f"kept_{name}"), found.number("as_delivered")] == [0, 0], name


def test_what_cannot_be_checked_neither_holds_nor_fails() -> None:
    results = check_results.results(solve(inputs_of({**CASE["input"], "Risk": [], "Network_History": []})))
    assert (results["weights_given"], results["history_without_gaps"]) == ("n/a", "n/a")
    assert (results["layers_add_up"], results["rows_have_operators"]) == ("holds", "holds")


def test_an_operator_may_be_called_na() -> None:
    records = copy.deepcopy(CASE["input"])
    for sheet in ("Operators", "Fleet", "Debt", "AI_HPC"):
        for row in records[sheet]:
            row["operator"] = "n/a" if row["operator"] == "Alpha Hydro" else row["operator"]
    assert figures(solve(inputs_of(records)))["operators"][0]["operator"] == "n/a"
