"""The sentences change with the figures, and claim nothing that the figures do not show."""

from __future__ import annotations

import copy
import dataclasses
import re

import pytest

from reportgen.model.solve import solve
from reportgen.problems import Problem, Severity, Where
from reportgen.render.brief.figures import Figure
from tests.worked_case import CASE, inputs_of, worked_case

from .cases import OPTIONAL, emptied, grown, priced, records, sample, view_of, with_rows, words_of


def test_a_price_above_cost_is_a_gain_and_one_below_a_loss_as_a_share_of_that_cost() -> None:
    assert "a bitcoin is USD 15,442 (14.6% of that cost) below the operators' average net" in words_of(priced(90_000))
    dear = solve(priced(400_000))
    gap, cost = dear.number("price_gap"), dear.number("aisc_net_average")
    above = f"a bitcoin is USD {gap:,.0f} ({gap / cost * 100:.1f}% of that cost) above the operators' average net"
    assert above in words_of(priced(400_000))


def test_a_cost_below_zero_has_no_share_of_it() -> None:
    given = records()
    given["AI_HPC"][0]["monthly_revenue"] = 90e6
    words = words_of(inputs_of(given))
    assert "above the operators' average net all-in sustaining cost (AISC), USD −" in words
    assert "of that cost" not in words


def test_aisc_is_told_with_the_band_that_growth_makes() -> None:
    words = words_of(worked_case())
    assert "USD/BTC; 97,673–119,493 by growth" in words
    assert re.search(
        r"AISC USD [\d,]+ \([\d,]+–[\d,]+ by growth\), and USD 105,442 \(97,673–119,493 by growth\) after", words
    )
    assert "97,673–105,442 by growth" in words_of(with_rows("Network_History", records()["Network_History"][-90:]))


def test_hashcosts_stand_beside_hashprice() -> None:
    solution = solve(worked_case())
    direct, all_in, hashprice = (
        solution.number(name) for name in ("direct_hashcost_average", "all_in_hashcost_average", "hashprice")
    )
    said = f"direct cost is USD {direct:.2f} and all-in cost USD {all_in:.2f}, at a hashprice of USD {hashprice:.2f}."
    assert said in words_of(worked_case())
    rates, costs = solution.numbers("operators", "hash_rate"), solution.numbers("operators", "direct_cost")
    assert direct == pytest.approx(costs.sum() / (365 / 12) / (rates.sum() / 1000))


def test_inflows_and_outflows_are_told_apart() -> None:
    given = records()
    for row in given["ETF_Flows"]:
        row.update({fund: abs(flow) for fund, flow in row.items() if fund != "date" and flow is not None})
    assert "of the 231 BTC a day that ETFs shed over the 20 reported days to 5 Dec 2025." in words_of(worked_case())
    words = words_of(inputs_of(given))
    assert re.search(r"of the [\d,]+ BTC a day that ETFs took in over the", words)
    assert "ETFs shed" not in words
    assert "mean inflows of USD" in words
    assert words_of(priced(400_000)).count("ETFs had mean outflows of USD") == 2
    assert words_of(worked_case()).count("ETFs had mean outflows of USD") == 1


def test_extrapolation_is_always_labelled() -> None:
    words = words_of(worked_case())
    assert words.count("extrapolated from 1.4% of the network") >= 3
    assert "96.2 extrapolated, as a rough indication, from 1.4% of the network: 21% of issuance" in words
    assert (
        "To pay their bills the 2 operators listed need 5.1 BTC a day, ordinary sales of the month's bitcoin" in words
    )
    assert " included, 376 extrapolated from 1.4% of the network: 84% of issuance" in words


def test_when_nobody_is_under_stress_the_brief_says_so() -> None:
    words = words_of(emptied(priced(900_000), "Debt").with_value("Market", "fees_per_block", 1.0))
    assert "0 of 2" not in words
    assert "below direct cost (lights-off)" not in words


def test_singular_and_plural_follow_the_count() -> None:
    one = words_of(grown(1))
    assert "1 operators" not in one
    assert "the share of this operator." in one
    assert "the operators' average" not in one
    assert "the net all-in sustaining cost (AISC) of the only operator with production" in one


def test_the_reason_of_stress_names_facility_liquidity_and_layer() -> None:
    words = words_of(worked_case())
    assert (
        "Price is USD 41,497 below direct cost. BTC-backed loan: margin call 2.3% below the price. "
        "Liquidity of USD 9.6m is below the minimum of USD 12.0m." in words
    )
    breached = words_of(priced(80_000))
    assert re.search(
        r"BTC-backed loan: the price is 9\.\d% below the margin-call price of 87,912; LTV \d\d\.\d%", breached
    )


def test_ai_that_carries_an_operator_is_said_plainly() -> None:
    given = records()
    given["AI_HPC"][0]["monthly_revenue"] = 90e6
    words = words_of(inputs_of(given))
    assert (
        "AI revenue is at least the value of the bitcoin mined at Alpha Hydro: there AI carries the operator" in words
    )
    assert "AI income exceeds all costs" in words


def test_empty_sheets_are_left_out_with_a_line_each() -> None:
    words = words_of(emptied(worked_case(), *OPTIONAL))
    for line in (
        "No risk score can be given, for the Risk sheet is empty: ",
        "The Debt sheet is empty: debt service, covenants and margin calls are left out.",
        "The AI_HPC sheet is empty: there is no AI credit, and net AISC equals AISC.",
        "There are no reported ETF flows: comparisons with them are left out.",
        "The Network_History sheet is empty: the hash ribbon and the expected retarget are left out.",
        "The Shocks sheet is empty: the table of shocks is left out.",
        "The Events sheet is empty: only what the data shows is told.",
        "Empty sheets, whose figures are left out: Debt, AI_HPC, Network_History, ETF_Flows, Shocks, Risk and Events.",
    ):
        assert line in words
    assert "that ETFs" not in words
    assert "driven by" not in words


@pytest.mark.parametrize("sheet", OPTIONAL)
def test_any_one_sheet_may_be_empty(sheet: str) -> None:
    words = words_of(emptied(worked_case(), sheet))
    assert "nan" not in re.split(r"\W+", words)
    assert "None" not in re.split(r"\W+", words)


def test_components_without_data_are_named() -> None:
    words = words_of(emptied(worked_case(), "ETF_Flows", "Network_History"))
    assert "of 100: elevated (from 5 of 8 components)" in words
    assert "The weights of the rest are scaled up to make 100." in words
    assert "components)" not in words_of(worked_case())
    assert (
        "Left out, because the workbook has no data for them: miner income, hash ribbon inversion, "
        "hash rate drawdown, ETF flows v miner sales." in words
    )


def test_components_that_are_not_on_the_risk_sheet_are_named() -> None:
    rows = [row for row in records()["Risk"] if row["component"] != "solvency_pressure"]
    words = words_of(with_rows("Risk", rows))
    assert "Not on the Risk sheet: solvency pressure." in words
    assert "of 100: elevated (from 7 of 8 components)" in words


def test_a_score_without_any_machine_is_said_to_be_the_markets() -> None:
    words = words_of(emptied(worked_case(), "Fleet"))
    assert (
        "The market’s part of capitulation risk is elevated: without any machine, forced selling is not known" in words
    )
    assert "The market’s part of capitulation risk" not in words_of(worked_case())


def test_the_active_shock_is_said_loudly_first() -> None:
    words = words_of(worked_case().with_shock("Price -20 %"))
    assert "Shock case, not the market: Price -20 %." in words[:200]
    assert "(price −20.0%; all else equal)" in words
    assert "Price -20 % (active)" in words
    assert "Shock case" not in words_of(worked_case())


def test_a_spiral_that_does_not_start_settle_or_stop_is_told_so() -> None:
    words = words_of(worked_case())
    assert "Within 86 days difficulty and the share online are within 1% of where they end." in words
    assert "There is no spiral at this price." in words_of(priced(400_000))
    assert "Not within 27 epochs" in words_of(priced(20_000))


def test_shocks_that_cannot_move_the_score_are_told_by_the_margin() -> None:
    given = records()
    given["Shocks"] = [{"shock": "Cheaper", "price_change": -0.01}, {"shock": "Dearer", "power_price_change": 0.001}]
    given["Risk"] = [{"component": "hash_ribbon", "calm": 0, "stress": 0.06, "weight": 15}]
    words = words_of(inputs_of(given))
    assert re.search(
        r"Under “Cheaper” \(price −1\.0%\) price less net AISC goes from −15,442 to −16,\d{3} USD/BTC, the largest "
        r"move of the shocks listed, whose sizes differ; the score stays at 48\.7\.",
        words,
    )


def test_a_shock_is_told_with_its_size() -> None:
    words = words_of(worked_case())
    assert "Under “Halving” (a halving) the score goes from 42.8 to 72.3 (high)" in words
    both = {"shock": "Both", "price_change": -0.1, "difficulty_change": 0.2, "power_price_change": 0.3}
    told = words_of(with_rows("Shocks", [both]))
    assert "Under “Both” (price −10.0%, difficulty +20.0% and power price +30.0%) the score goes from" in told
    assert "whose sizes differ" not in told


def test_shocks_that_do_no_harm_are_not_said_to() -> None:
    words = words_of(with_rows("Shocks", [{"shock": "Rally", "price_change": 0.5}]))
    assert "Under none of the shocks does the score rise or the margin fall." in words


def test_shocks_of_which_nothing_is_known_are_not_said_to_be_harmless() -> None:
    words = words_of(emptied(worked_case(), "Fleet", "Risk"))
    assert "nothing can be said of what the shocks change." in words
    assert "Under none of the shocks" not in words


def test_events_stand_beside_what_the_data_shows() -> None:
    rows = [{"date": "2025-11-01", "event": "Sites curtail", "source": "Filing"}]
    (day,) = (day for day in view_of(with_rows("Events", rows)).chronology.days if day.reported)
    assert [entry.event for entry in day.reported] == ["Sites curtail"]
    assert [entry.kind for entry in day.shown] == ["ribbon_down"]


def test_events_that_all_lie_ahead_are_left_out_but_not_called_none() -> None:
    words = words_of(with_rows("Events", [{"date": "2026-06-01", "event": "Split vote"}]))
    assert "1 of Events" in words
    assert "Split vote" not in words
    assert "Events sheet is empty" not in words
    assert "Empty sheets, whose figures are left out:" not in words


def test_only_the_newest_events_are_told_and_the_rest_is_counted() -> None:
    rows = [{"date": f"2025-01-{number:02d}", "event": f"Event {number}"} for number in range(1, 21)]
    words = words_of(with_rows("Events", rows))
    assert "Event 20" in words
    assert "Event 14 " not in words
    assert "14 earlier events are in the attached workbook." in words


def test_many_operators_are_cut_to_those_that_matter() -> None:
    view = view_of(grown(60))
    assert len(view.costs.rows) == 16
    words = words_of(grown(60))
    assert "44 more operators are in the attached workbook." in words
    nets = [row.bridge.net.value for row in view.costs.rows]
    assert nets == sorted(nets)


def test_an_operator_without_fleet_has_no_cost_and_is_left_out_of_averages() -> None:
    given = records()
    given["Fleet"] = [row for row in given["Fleet"] if row["operator"] != "Beta Hosted"]
    words = words_of(inputs_of(given))
    assert "1 operator without production has no cost per bitcoin and is left out of averages." in words
    assert "all cost about" not in words
    assert "Average of" not in words


def test_no_fleet_at_all_makes_a_brief_without_costs() -> None:
    words = words_of(emptied(worked_case(), "Fleet"))
    assert "No operator has production, so there is no cost per bitcoin to hold the price against." in words
    assert "AISC by operator" not in words
    assert "No machines are installed, so the self-correction is left out." in words
    assert "need to sell n/a" not in words


def test_a_short_history_is_told_with_its_length() -> None:
    assert "covers 40 days and the ribbon needs at least 60" in words_of(
        with_rows("Network_History", records()["Network_History"][-45:])
    )


def test_the_bridge_of_every_operator_and_of_the_average_adds_up_as_it_is_shown() -> None:
    for inputs in (worked_case(), sample()):
        costs = view_of(inputs).costs
        for bridge in (costs.average, *(row.bridge for row in costs.rows)):
            assert sum(map(whole, (bridge.direct, bridge.sustaining, bridge.financing))) == whole(bridge.aisc)
            assert whole(bridge.aisc) + whole(bridge.ai) == whole(bridge.net)
            for figure in vars(bridge).values():
                assert figure is bridge.margin or abs(whole(figure) - figure.value) <= 1


def whole(figure: Figure) -> int:
    return int(figure.text.replace(",", "").replace("−", "-"))


def test_warnings_of_the_input_are_on_the_last_page_and_counted() -> None:
    found = tuple(
        Problem("odd", Severity.WARNING, Where("week.xlsx", "Fleet", f"D{number}"), f"Odd value {number}.")
        for number in range(1, 9)
    )
    words = words_of(dataclasses.replace(worked_case(), warnings=found))
    assert "8 warnings of the input: Fleet!D1: Odd value 1." in words
    assert "3 more are in the manifest of the pack." in words
    assert "warning" not in words_of(worked_case())


def test_a_check_that_fails_is_named() -> None:
    given = records()
    del given["Network_History"][10]
    words = words_of(inputs_of(given))
    assert "1 check of the workbook does not hold: every day of the history has a row." in words
    assert "1 missing day of the history takes the value of the day before." in words
    assert "All checks of the workbook hold." in words_of(worked_case())


def one_operator(**changes: float | None) -> str:
    given = copy.deepcopy(CASE["input"])
    given["Operators"] = [given["Operators"][0] | changes]
    name = given["Operators"][0]["operator"]
    for sheet in ("Fleet", "Debt", "AI_HPC"):
        given[sheet] = [row for row in given[sheet] if row["operator"] == name]
    return words_of(inputs_of(given))


def test_bills_that_no_bitcoin_pays_are_not_told_as_nobody_forced() -> None:
    broke = one_operator(power_price=0.4, cash=0, btc_held=0)
    assert ": no bitcoin is forced out, but the only operator cannot pay the month's bills from bitcoin" in broke
    assert "No bitcoin is forced out, for there is none left to draw on. The only operator has bills that" in broke
    assert "No operator is forced to sell" not in broke


def test_of_a_single_operator_the_stress_is_told_without_numbers() -> None:
    words = one_operator(power_price=0.4)
    assert "The only operator is under stress; below direct cost (lights-off)" in words
    assert "1 of 1" not in words
    assert "Both operators are under stress; 1 below direct cost (lights-off); 1 " in words_of(priced(70_000))


def test_growth_that_was_not_observed_is_not_told() -> None:
    told, untold = words_of(worked_case()), words_of(emptied(worked_case(), "Network_History"))
    assert "a year observed" not in untold
    assert re.search(r"at the [\d.]+% a year that is used; net AISC", untold)
    known = solve(worked_case()).number("observed_growth")
    assert ("a year observed" in told) == (known == known)
