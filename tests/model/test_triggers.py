"""The sorted triggers, and the figures of the whole model beside the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.deliver.figures import figures
from reportgen.model.solve import solve
from tests.model.random_workbooks import random_workbook
from tests.model.trigger_conditions import conditions
from tests.worked_case import CASE, inputs_of, worked_case


def test_every_condition_that_holds_today_is_a_crossed_trigger_and_no_other_is() -> None:
    told = figures(solve(worked_case()))
    held = {name for name, holding in conditions(CASE["input"], told).items() if any(holding)}
    crossed = {(row["operator"], row["facility"], row["trigger"]) for row in told["triggers"] if row["crossed"] == 1}
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
