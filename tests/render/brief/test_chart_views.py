"""What charts of the brief show is what the model says, with one sign for flows."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import Solution, solve
from reportgen.render.brief.bridge import AVERAGE, bridge
from reportgen.render.brief.debt_maturities import QUARTERS, maturities_view
from reportgen.render.brief.flows import flow_groups
from reportgen.render.brief.hashprice_history import hashprice_view
from reportgen.render.brief.machines import machines_view
from reportgen.render.brief.score_bands import score_bands
from reportgen.render.brief.selling import selling_view
from reportgen.render.brief.waterfall import WaterfallView, waterfall_view
from reportgen.render.charts.contributions import BANDS
from reportgen.render.charts.scale import Scale
from reportgen.render.charts.under_water import Cost, corners
from tests.worked_case import inputs_of, worked_case

from .cases import emptied, grown, priced, records, with_rows


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


def waterfall_of(solution: Solution) -> WaterfallView:
    return waterfall_view(solution, bridge(solution, AVERAGE))


@pytest.mark.parametrize("inputs", [worked_case(), grown(8), priced(30e3)], ids=["two", "eight", "cheap"])
def test_shares_under_water_are_those_of_the_model_at_each_of_its_levels(inputs: Inputs) -> None:
    solved = solve(inputs)
    names = ("hash_rate", "direct_cost_per_btc", "sustaining_cost_per_btc", "aisc_net")
    costs = [Cost(*map(row.number, names)) for row in solved.rows_of("operators")]
    levels = solved.numbers("cost_curve", "level")
    across = Scale(float(levels[0]), float(levels[-1]), 0, 1)
    for name, line in (("direct", "below_direct"), ("sustaining", "below_sustaining"), ("net", "below_aisc_net")):
        stair = corners(costs, name, across)
        for level, share in zip(levels, solved.numbers("cost_curve", line), strict=True):
            # the last corner at or before a level: the share of a cost is lost at the cost itself
            assert [y for x, y in stair if x <= level][-1] == pytest.approx(share, abs=1e-12), (name, level)


def test_coins_that_come_to_the_market_are_below_zero_and_those_taken_off_it_above(solution: Solution) -> None:
    top, operators, funds = selling_view(solution, 5).groups
    assert [flow.amount for flow in top.flows] == [-row.number("miner_sales") for row in solution.rows_of("scenarios")]
    assert all(flow.amount <= flow.first <= 0 for flow in top.flows)
    assert {flow.key: flow.amount for flow in operators.flows} == {
        "bills": -solution.number("forced_sales_network"),
        "forced": -solution.number("forced_flow_network"),
    }
    shown = {flow.key: flow for flow in funds.flows}
    assert shown["reference"].amount < 0
    assert shown["etf_long"].amount == solution.number("etf_mean_long_btc")
    assert shown["etf_long"].label.startswith("+" if shown["etf_long"].amount > 0 else "−")


def test_an_inflow_has_a_plus_and_a_flow_that_is_not_known_no_bar() -> None:
    rows = [{name: value if name == "date" else 50.0 for name, value in row.items()} for row in records()["ETF_Flows"]]
    given = solve(with_rows("ETF_Flows", rows))
    (funds,) = (group for group in selling_view(given, 5).groups if group.key == "funds")
    assert [flow.label[0] for flow in funds.flows] == ["−", "+", "+"]
    bare = solve(emptied(worked_case(), "ETF_Flows", "Fleet"))
    keys = [flow.key for group in flow_groups(bare, [], selling_view(bare, 5).reference_btc) for flow in group.flows]
    assert keys == ["reference"]


@pytest.mark.parametrize("price", [30e3, 90e3, 400e3])
def test_steps_of_the_waterfall_are_lines_of_the_model_and_add_up_as_they_are_and_as_they_are_shown(
    price: float,
) -> None:
    solved = solve(priced(price))
    first, *costs, last = waterfall_of(solved).steps
    assert (first.amount, last.amount) == (solved.number("price"), solved.number("price_gap"))
    assert first.amount + sum(step.amount for step in costs) == pytest.approx(last.amount, abs=1e-6)
    assert {step.key: -step.amount for step in costs} == {
        "direct": solved.number("direct_cost_average"),
        "sustaining": solved.number("sustaining_capex_average"),
        "financing": solved.number("overhead_average") + solved.number("debt_and_buffer_average"),
        "ai": -solved.number("ai_credit_average"),
    }
    shown = [int(step.label.replace(",", "").replace("−", "-")) for step in (first, *costs, last)]
    assert sum(shown[:-1]) == shown[-1]
    assert [step.label[0] for step in costs] == ["−", "−", "−", "+"]
    assert last.role == ("bad" if last.amount < 0 else "price")


def test_a_price_with_cents_whose_steps_do_not_add_as_shown_says_so() -> None:
    found = set()
    for cents in range(10):
        view = waterfall_of(solve(priced(90_000 + cents / 10)))
        shown = [int(step.label.replace(",", "").replace("−", "-")) for step in view.steps]
        assert view.adds == (sum(shown[:-1]) == shown[-1])
        found.add(view.adds)
    assert found == {True, False}


def test_without_production_there_is_no_waterfall_and_without_contracts_no_step_of_theirs() -> None:
    assert waterfall_of(solve(emptied(worked_case(), "Fleet"))).steps == ()
    assert "ai" not in [step.key for step in waterfall_of(solve(emptied(worked_case(), "AI_HPC"))).steps]


def test_a_cost_below_zero_is_a_step_up() -> None:
    given = records()
    for row in given["Operators"]:
        row["power_price"] = -0.1
    (direct,) = (step for step in waterfall_of(solve(inputs_of(given))).steps if step.key == "direct")
    assert direct.amount > 0
    assert direct.label.startswith("+")


def test_maturities_by_quarter_add_up_and_those_soon_are_the_models() -> None:
    debt = records()["Debt"]
    days = ("2025-12-31", "2026-12-05", "2026-12-06", "2040-01-01", None, "2020-01-01")
    rows = [debt[0] | {"facility": str(n), "principal": 10e6 * (n + 1), "maturity": day} for n, day in enumerate(days)]
    solved = solve(with_rows("Debt", rows))
    view = maturities_view(solved)
    assert [(due.period, due.amount) for due in view.periods if due.amount] == [
        ("Q4 25", 10e6), ("Q4 26", 50e6), ("later", 40e6),
    ]  # fmt: skip
    assert sum(due.soon for due in view.periods) == solved.number("due_12m_total") == 30e6
    assert (view.dated.text, view.undated.text, view.past.text) == ("100m", "50.0m", "60.0m")
    assert len(view.periods) == QUARTERS + 1
    assert maturities_view(solve(emptied(worked_case(), "Debt"))).periods == ()


def test_machines_of_one_name_are_one_range_whose_mean_is_weighted_by_hash_rate() -> None:
    solved = solve(grown(8))
    view = machines_view(solved)
    rate, price = solved.numbers("fleet", "row_hash_rate"), solved.numbers("fleet", "shutdown_price")
    names = [row.text("machine") for row in solved.rows_of("fleet")]
    for machine in view.machines:
        of_it = np.array([name == machine.name for name in names])
        assert (machine.low, machine.high) == (price[of_it].min(), price[of_it].max())
        assert machine.mean == pytest.approx(np.average(price[of_it], weights=rate[of_it]))
    assert [machine.high for machine in view.machines] == sorted((m.high for m in view.machines), reverse=True)
    off = rate[solved.numbers("fleet", "online") == 0].sum() / rate.sum()
    assert view.off.value == pytest.approx(off)
    assert machines_view(solve(emptied(worked_case(), "Fleet"))).machines == ()


def test_the_machine_that_stops_first_is_the_one_nearest_below_the_price() -> None:
    view = machines_view(solve(priced(400e3)))
    assert view.first is not None
    assert view.first.price.value == max(machine.high for machine in view.machines)
    assert view.first.distance.value == pytest.approx(view.first.price.value / 400e3 - 1)
    assert machines_view(solve(priced(1e3))).first is None


def test_hashprice_of_the_newest_day_is_the_models_without_fees(solution: Solution) -> None:
    newest = solution.rows_of("days")[-1]
    earned = newest.number("revenue") / newest.number("hash_rate") / 1000
    view = hashprice_view(solution)
    assert view.today.value == pytest.approx(earned)
    # the difficulty that a hash rate stands for is the inverse of the model's network hash rate, TH/s
    implied = (
        newest.number("sma_30") * 1e6 / solution.number("network_hash_rate") * solution.number("difficulty") / 1e12
    )
    assert view.difficulty.value == pytest.approx(implied)
    assert view.chart[-1].hashprice == view.today.value
    assert hashprice_view(solve(emptied(worked_case(), "Network_History"))).chart == ()


def test_bands_of_the_ladder_are_those_above_todays_at_the_changes_of_the_reverse_stress(solution: Solution) -> None:
    found = score_bands(solution)
    score, width = solution.number("risk_score"), solution.number("risk_band_width")
    assert found.now == BANDS[int(score // width)]
    rows = [
        row for row in solution.rows_of("reverse_stress")
        if (row.text("measure"), row.text("driver")) == ("score", "price")
    ]  # fmt: skip
    assert [entry.band for entry in found.entries] == [row.text("target") for row in rows]
    assert [entry.role for entry in found.entries] == [f"band_{entry.band}" for entry in found.entries]
    assert [entry.distance for entry in found.entries] == pytest.approx(
        [row.number("change") for row in rows], nan_ok=True
    )
    assert score_bands(solve(emptied(worked_case(), "Risk"))).now == ""
