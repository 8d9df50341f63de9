"""What has no ordinary answer has a clear one: n/a where there is nothing to say, a number elsewhere, never inf."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from reportgen.model.check_results import results
from reportgen.model.solve import NO_SHOCK, Solution, solve
from tests.model.generated import generated
from tests.worked_case import CASE, inputs_of

Records = dict[str, Any]
ALPHA, BETA = 0, 1


def changed(change: Callable[[Records], object]) -> Solution:
    """The worked case after a change of its records, solved; no figure of it is infinite."""
    records = copy.deepcopy(CASE["input"])
    change(records)
    return finite(solve(inputs_of(records)))


def finite(solution: Solution) -> Solution:
    for key, values in solution.columns.items():
        if values.dtype == np.float64:
            assert not np.isinf(values).any(), key
    return solution


def upto(case: Records, sheet: str) -> list[Records]:
    """The rows of a dated sheet up to the as-of day."""
    return [row for row in case[sheet] if row["date"] <= case["Report"]["as_of"]]


def figure(solution: Solution, name: str, row: int = ALPHA) -> Any:
    return solution.column("operators", name)[row]


def missing(value: Any) -> bool:
    return bool(value != value)


PER_BTC = (
    "direct_cost_per_btc", "sustaining_capex_per_btc", "corporate_financing_per_btc", "sustaining_cost_per_btc", "aisc",
    "ai_credit", "aisc_net", "aisc_wgc", "cash_breakeven", "aisc_margin", "stress_level", "rank", "fleet_efficiency",
)  # fmt: skip


def test_an_operator_without_a_fleet_has_no_figures_per_bitcoin_and_is_left_out_of_averages() -> None:
    solved = changed(lambda case: case.update(Fleet=[row for row in case["Fleet"] if row["operator"] != "Alpha Hydro"]))
    for name in PER_BTC:
        assert missing(figure(solved, name)), name
    assert figure(solved, "stress") == "n/a"
    assert figure(solved, "production") == 0
    assert solved.value("aisc_average") == pytest.approx(figure(solved, "aisc", BETA), rel=1e-12)
    assert solved.value("share_below_direct_cost") == 1
    assert figure(solved, "operating_cash_flow") == 2_900_000 - figure(solved, "direct_cost") - 2_200_000
    assert solved.column("ranked", "operator").tolist() == ["Beta Hosted", "n/a"]
    assert solved.value("checks_failed") == 0


def test_without_any_machine_there_is_no_average_no_share_and_no_self_correction() -> None:
    solved = changed(lambda case: case.update(Fleet=[]))
    for name in ("aisc_average", "aisc_net_average", "share_below_direct_cost", "forced_sales_network", "lowest_online",
                 "final_difficulty_share", "settled_epoch", "days_until_settled"):  # fmt: skip
        assert missing(solved.value(name)), name
    assert solved.value("network_coverage") == 0
    assert solved.value("components_missing") == 5
    assert 0 <= solved.value("risk_score") <= 100


def test_an_operator_that_never_runs_owes_what_it_owes_and_mines_nothing() -> None:
    solved = changed(lambda case: case["Operators"][BETA].update(uptime=0))
    assert figure(solved, "installed_hash_rate", BETA) > 0
    assert missing(figure(solved, "aisc", BETA))
    assert figure(solved, "btc_sales_needed", BETA) > 0
    assert figure(solved, "treasury_draw", BETA) == figure(solved, "btc_sales_needed", BETA) < 40
    assert figure(solved, "shortfall", BETA) == 0


def test_no_one_sells_more_than_it_has_and_what_is_left_unpaid_is_told() -> None:
    solved = changed(lambda case: case["Operators"][BETA].update(uptime=0, btc_held=280))
    assert figure(solved, "treasury_draw", BETA) == figure(solved, "free_btc", BETA) == 20
    assert figure(solved, "shortfall", BETA) == pytest.approx((figure(solved, "btc_sales_needed", BETA) - 20) * 90_000)
    pledged = changed(lambda case: case["Operators"][BETA].update(uptime=0, btc_held=100))
    assert figure(pledged, "free_btc", BETA) == -160
    assert figure(pledged, "treasury_draw", BETA) == 0
    assert figure(pledged, "liquidity", BETA) == 6_000_000


def test_an_operator_without_debt_has_no_interest_cover_and_cannot_breach_a_loan() -> None:
    solved = changed(lambda case: case.update(Debt=[]))
    for row in (ALPHA, BETA):
        assert figure(solved, "interest", row) == 0
        assert missing(figure(solved, "interest_cover", row))
        assert missing(figure(solved, "ai_interest_cover", row))
        assert figure(solved, "facilities_in_breach", row) == 0
    assert solved.rows["debt"] == 0


def test_a_loan_without_interest_leaves_interest_cover_out() -> None:
    solved = changed(lambda case: case["Debt"][ALPHA].update(interest_rate=0))
    assert missing(figure(solved, "interest_cover"))
    assert figure(solved, "corporate_financing") == 2_200_000


def test_a_loan_without_collateral_has_no_loan_to_value_and_one_without_a_covenant_no_margin_call() -> None:
    solved = changed(lambda case: case["Debt"][BETA].update(max_ltv=None))
    assert missing(solved.column("debt", "ltv")[ALPHA])
    assert solved.column("debt", "ltv")[BETA] == pytest.approx(16e6 / (260 * 90_000))
    assert np.isnan(solved.column("debt", "margin_call_price")).all()
    assert solved.column("debt", "ltv_breach").tolist() == [0, 0]


def test_ai_income_above_all_costs_makes_net_aisc_negative_and_the_operator_ai_led() -> None:
    solved = changed(lambda case: case["AI_HPC"][0].update(monthly_revenue=60e6))
    assert figure(solved, "aisc_net") < 0
    assert figure(solved, "aisc") > 0
    assert figure(solved, "stress_level") == 0
    assert figure(solved, "ai_led") == 1
    assert figure(solved, "aisc_margin") > 1
    assert figure(solved, "cash_need") < 0
    assert figure(solved, "btc_sales_needed") == figure(solved, "treasury_draw") == 0
    assert figure(solved, "rank") == 1


def test_negative_power_prices_pay_the_miner_for_running() -> None:
    solved = changed(lambda case: case["Operators"][ALPHA].update(power_price=-0.02))
    assert figure(solved, "electricity") < 0
    assert solved.column("fleet", "hashcost")[0] < 0
    assert solved.column("fleet", "shutdown_price")[0] < 0
    assert solved.column("fleet", "online")[0] == 1
    assert solved.column("self_correction", "economic")[0] > 0.8


def test_pledged_bitcoin_is_not_liquid() -> None:
    solved = changed(lambda case: case["Operators"][BETA].update(btc_held=260))
    assert figure(solved, "free_btc", BETA) == 0
    assert figure(solved, "liquidity", BETA) == 6_000_000
    assert figure(solved, "covenant_breach", BETA) == 1
    assert figure(solved, "runway", BETA) == 0


def test_everybody_can_be_under_water() -> None:
    solved = changed(lambda case: case["Market"].update(btc_price=15_000))
    for name in ("share_below_direct_cost", "share_below_sustaining", "share_below_aisc_net"):
        assert solved.value(name) == 1
    assert solved.column("operators", "stress").tolist() == ["lights-off", "lights-off"]
    assert solved.column("risk", "score")[:2].tolist() == [100, 100]


def test_nobody_can_be_under_water() -> None:
    solved = changed(lambda case: case["Market"].update(btc_price=500_000))
    for name in ("share_below_direct_cost", "share_below_sustaining", "share_below_aisc_net"):
        assert solved.value(name) == 0
    assert solved.column("operators", "stress").tolist() == ["above AISC", "above AISC"]
    assert (solved.column("operators", "runway") == 60).all()


def test_a_shrinking_network_needs_no_share_defence() -> None:
    solved = changed(lambda case: case["Market"].update(network_growth=-0.3))
    assert solved.value("monthly_network_growth") < 0
    assert (solved.column("operators", "share_defence_capex") == 0).all()
    assert figure(solved, "sustaining_capex") == figure(solved, "replacement_capex")


def test_difficulty_falls_by_a_factor_of_four_at_most_when_nearly_all_switch_off_at_once() -> None:
    solved = changed(lambda case: case["Market"].update(btc_price=22_000, switch_speed=0.9))
    online = solved.column("self_correction", "online")
    share = solved.column("self_correction", "difficulty_share")
    assert online[1] == pytest.approx(0.1)
    assert share[1] == 1
    assert share[2] == 0.25
    assert solved.value("lowest_online") == online.min() < 0.25
    assert solved.column("self_correction", "days")[1] == pytest.approx(140)
    assert np.all(share[1:] >= share[:-1] / 4)
    assert missing(solved.value("settled_epoch"))  # nearly all switch off, and on again, for ever


def test_a_network_that_stands_still_has_no_pace_and_no_end_in_days() -> None:
    solved = changed(lambda case: case["Market"].update(btc_price=10_000, switch_speed=1))
    assert solved.column("self_correction", "online")[1] == 0
    for name in ("days", "issuance", "cumulative_days"):
        assert missing(solved.column("self_correction", name)[1])
    assert missing(solved.column("self_correction", "cumulative_days")[-1])
    assert missing(solved.value("days_until_settled"))
    assert solved.value("lowest_online") == 0


def test_machines_that_never_react_leave_difficulty_where_it_is() -> None:
    solved = changed(lambda case: case["Market"].update(switch_speed=0))
    assert (solved.column("self_correction", "difficulty_share") == 1).all()
    assert solved.value("settled_epoch") == 0
    assert solved.value("days_until_settled") == 14


def test_one_operator_is_its_own_average() -> None:
    solved = changed(lambda case: case.update(
        Operators=case["Operators"][:1], Fleet=case["Fleet"][:2], Debt=case["Debt"][:1]
    ))  # fmt: skip
    assert solved.value("aisc_average") == pytest.approx(figure(solved, "aisc"), rel=1e-12)
    assert solved.column("ranked", "cumulative_share").tolist() == [1]
    assert solved.value("checks_failed") == 0


def test_five_hundred_operators_add_up() -> None:
    solved = finite(solve(generated(500, fleet=2_000, debts=600, contracts=300)))
    inputs = solved.inputs.tables
    fleet = inputs["Fleet"].columns
    hash_rate = np.where(
        np.isnan(fleet["units"]), fleet["total_hash_rate"] * 1e6, fleet["units"] * fleet["unit_hash_rate"]
    )
    assert solved.column("operators", "installed_hash_rate").sum() == pytest.approx(hash_rate.sum(), rel=1e-12)
    interest = (inputs["Debt"].columns["principal"] * inputs["Debt"].columns["interest_rate"]).sum() / 12
    assert solved.column("operators", "interest").sum() == pytest.approx(interest, rel=1e-12)
    by_cost = solved.column("ranked", "aisc_net")
    assert np.all(np.diff(by_cost[~np.isnan(by_cost)]) >= 0)
    assert np.nanmax(solved.column("ranked", "cumulative_share")) == pytest.approx(1, rel=1e-9)
    failing = {name for name, result in results(solved).items() if result == "fails"}
    assert failing == {"bitcoin_pledged_is_held", "coverage_is_possible"}  # as they were drawn at random


@pytest.mark.parametrize("sheet", ["Debt", "AI_HPC", "Network_History", "ETF_Flows", "Shocks", "Risk"])
def test_an_empty_sheet_leaves_out_what_depends_on_it_and_nothing_else(sheet: str) -> None:
    solved, whole = changed(lambda case: case.update({sheet: []})), solve(inputs_of(CASE["input"]))
    lost = {name for name in MARKET if missing(solved.value(name)) and not missing(whole.value(name))}
    assert lost == LOST[sheet]
    assert solved.value("checks_failed") == 0


MARKET = ("aisc_average", "forced_sales", "expected_retarget", "ribbon_today", "etf_mean_long_btc", "risk_score")
LOST = {
    "Debt": set(), "AI_HPC": set(), "Network_History": {"expected_retarget", "ribbon_today"},
    "ETF_Flows": {"etf_mean_long_btc"}, "Shocks": set(), "Risk": {"risk_score"},
}  # fmt: skip


def test_without_history_etf_flows_are_valued_at_todays_price() -> None:
    solved = changed(lambda case: case.update(Network_History=[]))
    assert (solved.column("etf_flows", "price_of_day") == 90_000).all()
    assert solved.value("ribbon_state") == "n/a"
    assert solved.rows["days"] == 0
    assert missing(solved.column("risk", "score")[2])
    assert solved.value("components_missing") == 3


def test_without_etf_flows_no_scenario_is_set_against_them() -> None:
    solved = changed(lambda case: case.update(ETF_Flows=[]))
    assert solved.value("etf_days") == 0
    for name in ("etf_exceedance", "etf_absorption"):
        assert np.isnan(solved.column("scenarios", name)).all()
    assert not np.isnan(solved.column("scenarios", "etf_to_miner")).any()


def test_without_shocks_the_snapshot_is_the_case_itself() -> None:
    solved = changed(lambda case: case.update(Shocks=[]))
    assert solved.column("snapshot", "shock").tolist() == [NO_SHOCK]
    assert solved.column("snapshot", "risk_score")[0] == solved.value("risk_score")
    assert solved.value("as_delivered") == 1


def test_a_ribbon_of_exactly_zero_is_not_inverted() -> None:
    level = changed(lambda case: [day.update(hash_rate=1024.0) for day in case["Network_History"]])
    assert level.value("ribbon_today") == 0
    assert level.value("days_inverted_today") == 0
    assert level.value("ribbon_state") == "normal"


def test_less_than_sixty_days_of_history_have_no_ribbon_but_a_retarget() -> None:
    solved = changed(lambda case: case.update(Network_History=upto(case, "Network_History")[-45:]))
    assert np.isnan(solved.column("days", "ribbon")).all()
    assert not np.isnan(solved.column("days", "sma_30")[-1])
    assert set(solved.column("days", "state")) == {"n/a"}
    assert missing(solved.value("ribbon_today"))
    assert solved.value("expected_retarget") == pytest.approx(CASE["expected"]["market"]["expected_retarget"])
    sixty = changed(lambda case: case.update(Network_History=upto(case, "Network_History")[-60:]))
    assert not missing(sixty.value("ribbon_today"))
    assert sixty.value("ribbon_today") == pytest.approx(CASE["expected"]["ribbon_last"]["ribbon"])


def test_a_gap_in_the_history_is_filled_by_the_day_before_and_counted() -> None:
    history = upto(CASE["input"], "Network_History")
    solved = changed(lambda case: case.update(Network_History=history[:-6] + history[-3:]))
    days = solved.rows["days"]
    assert days == len(history)
    assert solved.column("days", "filled").tolist() == [0] * (days - 6) + [1, 1, 1] + [0, 0, 0]
    assert (solved.column("days", "hash_rate")[-6:-3] == history[-7]["hash_rate"]).all()
    assert (solved.column("days", "btc_price")[-6:-3] == history[-7]["btc_price"]).all()
    assert solved.value("days_filled") == 3
    assert solved.value("history_without_gaps") == 0
    assert solved.value("checks_failed") == 1


def reported() -> list[Records]:
    return copy.deepcopy(upto(CASE["input"], "ETF_Flows"))


DAYS = int(CASE["expected"]["etf_days"])


@pytest.mark.parametrize("flow", [None, 0.0])
def test_newest_etf_rows_without_flows_are_not_reported_yet(flow: float | None) -> None:
    rows = reported()
    for row in rows[-3:]:
        row.update(IBIT=flow, FBTC=flow, GBTC=0.0)
    solved = changed(lambda case: case.update(ETF_Flows=rows))
    shorter = changed(lambda case: case.update(ETF_Flows=rows[:-3]))
    assert solved.value("etf_days") == shorter.value("etf_days") == DAYS - 3
    assert solved.value("etf_mean_long_btc") == shorter.value("etf_mean_long_btc")
    assert np.isnan(solved.column("etf_flows", "flow_usd")[-3:]).all()


def test_further_back_a_row_of_zeros_is_a_day_and_a_blank_row_is_none() -> None:
    def with_flow(flow: float | None) -> Solution:
        rows = reported()
        rows[-3].update(IBIT=flow, FBTC=flow, GBTC=flow)
        return changed(lambda case: case.update(ETF_Flows=rows))

    zeros, blank = with_flow(0.0), with_flow(None)
    assert zeros.value("etf_days") == DAYS
    assert zeros.column("etf_flows", "flow_usd")[-3] == 0
    assert blank.value("etf_days") == DAYS - 1
    assert missing(blank.column("etf_flows", "flow_usd")[-3])


def test_without_any_weight_there_is_no_score() -> None:
    def unweighted(case: Records) -> None:
        for row in case["Risk"]:
            row["weight"] = 0

    solved = changed(unweighted)
    assert missing(solved.value("risk_score"))
    assert solved.value("risk_band") == "n/a"
    assert solved.value("weights_given") == 0
    assert solved.value("checks_failed") == 1


def test_a_component_that_cannot_be_computed_gives_its_weight_to_the_others() -> None:
    solved = changed(lambda case: case.update(Network_History=[]))
    scores, weights = solved.column("risk", "score"), solved.column("risk", "weight")
    there = ~np.isnan(scores)
    assert solved.value("risk_score") == pytest.approx(np.average(scores[there], weights=weights[there]))
    assert np.nansum(solved.column("risk", "contribution")) == pytest.approx(solved.value("risk_score"))
    assert missing(solved.column("risk", "contribution")[2])


def test_names_match_whatever_their_case_and_whatever_stands_in_them() -> None:
    def renamed(case: Records) -> None:
        case["Operators"][ALPHA]["operator"] = '=HYPERLINK("http://x","y")'
        for sheet in ("Fleet", "Debt", "AI_HPC"):
            for row in case[sheet]:
                if row["operator"] == "Alpha Hydro":
                    row["operator"] = '=hyperlink("HTTP://x","y")'

    solved = changed(renamed)
    assert solved.value("aisc_average") == pytest.approx(CASE["expected"]["market"]["aisc_average"])


def test_the_price_level_at_spot_is_the_price_and_counts_the_same_operators() -> None:
    for price in (90_000.0, 64_321.77, 0.1 + 0.2):
        market = {**CASE["input"]["Market"], "btc_price": price}
        solved = finite(solve(inputs_of({**CASE["input"], "Market": market})))
        assert solved.column("cost_curve", "level")[12] == price
        assert solved.column("cost_curve", "below_direct")[12] == solved.value("share_below_direct_cost")
        assert solved.column("cost_curve", "forced_sales")[12] == pytest.approx(solved.value("forced_sales"), rel=1e-12)
        assert solved.column("cost_curve", "treasury_draw")[12] == pytest.approx(solved.value("treasury_draw_total"))
        assert solved.column("cost_curve", "collateral_called")[12] == solved.value("collateral_called_total")
