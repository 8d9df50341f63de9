"""The brief says no more than the figures bear out, and says what they leave out."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Callable

import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from tests.worked_case import inputs_of, worked_case

from .cases import OPTIONAL, emptied, grown, priced, records, view_of, with_rows, words_of


def test_a_runway_is_told_apart_from_burning_no_cash() -> None:
    assert "not burning" not in words_of(worked_case())
    given = records()
    for row in given["Fleet"]:
        row["replacement_price"] *= 5
    assert "not burning" in words_of(inputs_of(given))
    assert "no operator burns cash" in words_of(priced(400_000))


def test_costs_that_look_alike_are_not_ranked() -> None:
    given = records()
    given["Operators"] = given["Operators"][:1]
    owner = given["Operators"][0]["operator"]
    for sheet in ("Fleet", "Debt", "AI_HPC"):
        given[sheet] = [row for row in given[sheet] if row["operator"] == owner]
    twins = copy.deepcopy(given)
    for sheet in ("Operators", "Fleet", "Debt", "AI_HPC"):
        twins[sheet] += [row | {"operator": "Twin"} for row in given[sheet]]
    words = words_of(inputs_of(twins))
    assert "By net AISC, all cost about USD" in words
    assert "is cheapest at" not in words
    single = words_of(inputs_of(given))
    assert "Average of 1" not in single
    assert "of 1 operator" not in single


def test_the_average_row_adds_up_as_the_operators_do() -> None:
    average = view_of(worked_case()).costs.average
    steps = (average.direct, average.sustaining, average.financing, average.ai)
    assert sum(step.value for step in steps) == pytest.approx(average.net.value)
    measures = view_of(worked_case()).costs.reconciliation
    assert measures.gold.value + measures.debt.value == pytest.approx(average.aisc.value)


def test_charts_in_which_nothing_moves_are_left_out() -> None:
    assert "no spiral at this price" in words_of(priced(400_000))
    view = view_of(with_rows("Shocks", [{"shock": "None"}]))
    assert view.shocks.effects
    assert not view.shocks.drawn


def test_estimated_days_are_rounded_as_the_count_beside_them() -> None:
    days = {entry.kind: entry for day in view_of(worked_case()).chronology.days for entry in day.shown}
    halving = days["halving"]
    assert halving.number is not None
    assert halving.date.value - 45996 == float(halving.number.text.replace(",", ""))


def test_the_state_of_the_ribbon_is_told_first_and_its_length_once() -> None:
    words = words_of(worked_case())
    assert (
        "Hash rate and hash ribbon The hash ribbon is inverted: on 5 Dec 2025 the hash rate's 30-day mean is" in words
    )
    assert "Ribbon state: capitulation (inverted). Episode: 1 Nov 2025 to date (35 days" in words
    assert "is the indicator's name, not advice" in words


def test_a_need_beyond_every_scenario_is_said_to_be_so() -> None:
    given = records()
    given["Scenarios"] = [given["Scenarios"][0] | {"issuance_sold": 0.1, "inventory_sold": 0.0}]
    assert "more than in any scenario" in words_of(inputs_of(given))
    assert "more than in any scenario" not in words_of(worked_case())


def test_debt_service_that_is_not_known_is_not_shown_as_nothing() -> None:
    given = records() | {"Debt": []}
    for row in given["Operators"]:
        row["minimum_liquidity"] = 0
    told = words_of(inputs_of(given))
    assert "interest and repayments are not known and left out." in told
    assert "head office" in told
    assert "interest, which is not known" in told
    assert not re.search(r"interest(, repayments and the liquidity buffer)? \(0\)", told)
    assert ", before debt service, as the Debt sheet is empty;" in told


def test_flows_of_days_without_a_price_are_said_to_take_todays() -> None:
    assert "Network_History sheet is empty: flows are turned into BTC at today's price." in words_of(
        emptied(worked_case(), "Network_History")
    )
    assert "turned into BTC" not in words_of(worked_case())


def test_sources_are_claimed_only_where_there_are_some() -> None:
    inputs = worked_case()
    assert "but for the tables marked as snapshot." in words_of(inputs)
    market = dataclasses.replace(inputs.tables["Market"], remarks={"btc_price": ("Exchange", "")})
    sourced = dataclasses.replace(inputs, tables={**inputs.tables, "Market": market})
    assert "marked as snapshot; sources stand beside the inputs." in words_of(sourced)


def test_a_spiral_that_never_rests_is_told_with_its_bounds() -> None:
    given = records()
    given["Market"]["switch_speed"] = 1.0
    spiral = view_of(inputs_of(given).with_value("Market", "btc_price", 30_000.0)).spiral
    assert not spiral.settles
    assert spiral.cycles
    assert spiral.cycle_low.value < spiral.cycle_high.value
    assert f"oscillates between {spiral.cycle_low} and {spiral.cycle_high} of today's" in words_of(
        inputs_of(given).with_value("Market", "btc_price", 30_000.0)
    )


def test_the_day_that_is_said_is_the_day_that_is_drawn() -> None:
    spiral = view_of(worked_case()).spiral
    assert spiral.settled_mark == spiral.settled_days.value
    assert spiral.settled_mark in [point.day for point in spiral.chart]


def test_only_draw_and_called_collateral_are_called_forced() -> None:
    calm = words_of(priced(400_000))
    assert "No operator is forced to sell: the month's bitcoin pays the bills, and no collateral is called." in calm
    words = words_of(worked_case())
    assert "Forced selling is 1.3 BTC a day at the 2 operators listed, 96.2 extrapolated" in words
    assert "1 of 2 operators has bills that neither the month's bitcoin nor the free treasury pays." in words
    assert "1 of 2 operators must draw on its treasury, 1.3 BTC a day. No collateral is called; 200 BTC counts" in words
    called = words_of(priced(80_000))
    assert "Collateral of 260 BTC at 1 of 2 operators is called." in called
    assert "Both operators must draw on their treasuries, " in words_of(priced(40_000))


def test_what_falls_due_is_told_with_what_covers_it() -> None:
    assert (
        "USD 16.0m of debt falls due within 12 months; USD 16.0m of it exceeds liquidity above the minimum."
        in words_of(worked_case())
    )
    given = records()
    for row in given["Operators"]:
        row["cash"] = 1e9
    assert "within 12 months; liquidity above the minimum covers all of it." in words_of(inputs_of(given))
    assert "falls due" not in words_of(emptied(worked_case(), "Debt"))


def test_the_nearest_trigger_is_told_on_the_first_page() -> None:
    assert (
        "The next price at which something breaks is USD 87,912, 2.3% below: Beta Hosted, margin call, BTC-backed loan."
        in words_of(worked_case())
    )
    assert "1 trigger lies within 10% below the price; 5 are above it already." in words_of(worked_case())


def test_the_record_says_its_spells_and_never_speaks_of_chance() -> None:
    words = words_of(worked_case())
    assert (
        "The record has 2 weeks with a score of 40 to 60, in 1 separate spell (3 spells of all bands in 20 weeks)"
        in words
    )
    assert "it describes what was, and does not forecast." in words
    assert "probab" not in words.lower()
    assert "the record is left out" in words_of(with_rows("Network_History", records()["Network_History"][-200:]))


def test_the_expected_retarget_is_told_or_said_to_be_unknown() -> None:
    expected = solve(worked_case()).number("expected_retarget")
    shown = f"{expected * 100:+.1f}%".replace("-", "−")
    assert f"the hash rate since the last one implies a change of {shown}." in words_of(worked_case())
    assert "without history since the last one, no change is implied." in words_of(
        emptied(worked_case(), "Network_History")
    )


def test_rows_after_the_as_of_day_are_counted_on_the_last_page() -> None:
    words = words_of(worked_case())
    rows = "5 of Network_History (up to 10 Dec 2025) and 3 of ETF_Flows (up to 10 Dec 2025)."
    assert f"Rows dated after the as-of day are left out of every figure: {rows}" in words
    assert "Rows dated after" not in words_of(emptied(worked_case(), "Network_History", "ETF_Flows"))


GONE = (
    r"operators' need[^.]*\d+ BTC a day",  # of 8 operators, what the whole network would need
    r"Are miners switching off",
    r"cannot sell more than",  # a treasury that is assumed
    r"does not fully cover",
    r"of the price\)",  # a gap is a share of the cost
    r"does most harm",
    r"Does the spiral stop",
    r"None of the shocks",
    r"trades \d+% (below|above)",
    r"too mild",
    r"will (fall|rise|sell|be)",
    r"is expected at",
    r"1 (operators|days|months|triggers|warnings|weeks|spells|scenarios|shocks|blocks)\b(?! of)",
    r">\d|−>",  # figures that are cut
)
"""What no brief may say."""


def led_by_ai() -> Inputs:
    given = records()
    given["AI_HPC"][0]["monthly_revenue"] = 90e6
    return inputs_of(given)


def of_power_that_pays() -> Inputs:
    given = records()
    for row in given["Operators"]:
        row["power_price"] = -0.02
    return inputs_of(given)


def hardly_mining() -> Inputs:
    given = records()
    for row in given["Fleet"]:
        row |= {"units": 1.0} if "units" in row else {"total_hash_rate": 1e-4}
    return inputs_of(given)


@pytest.mark.parametrize(
    "inputs",
    [
        *(lambda price=price: priced(price) for price in (30_000.0, 90_000.0, 200_000.0, 400_000.0)),
        lambda: grown(1),
        lambda: grown(25),
        lambda: emptied(worked_case(), "Fleet"),
        lambda: emptied(worked_case(), "ETF_Flows", "Network_History"),
        lambda: emptied(worked_case(), *OPTIONAL),
        lambda: worked_case().with_shock("Halving"),
        led_by_ai,
        of_power_that_pays,
        hardly_mining,
    ],
)
def test_what_the_figures_do_not_bear_out_is_not_said(inputs: Callable[[], Inputs]) -> None:
    words = words_of(inputs())
    assert [found[0] for claim in GONE if (found := re.search(claim, words))] == []


@pytest.mark.parametrize("inputs", [worked_case, led_by_ai])
def test_a_footnote_stands_only_under_a_mark(inputs: Callable[[], Inputs]) -> None:
    words = words_of(inputs())
    assert words.count("*") == (2 if inputs is led_by_ai else 0)
    assert ("* AI revenue carries this operator." in words) == (inputs is led_by_ai)


def test_an_operator_that_ai_lifts_above_its_cost_is_not_said_to_fall_short_of_it() -> None:
    given = records()
    given["Operators"][0]["power_price"] = 0.06
    given["AI_HPC"][0]["monthly_revenue"] = 20e6
    (alpha,) = (row for row in view_of(inputs_of(given)).stress.operators if row.operator == "Alpha Hydro")
    assert alpha.level in (1, 2, 3)
    assert not alpha.below_net
    assert not alpha.burning
    words = words_of(inputs_of(given))
    told = words[words.index("Price covers direct cost, but is USD") :][:200]
    assert "a month is left after debt service." in told
    assert "less than renewal" not in told


def test_a_margin_call_that_is_near_is_counted() -> None:
    assert "1 within 10% of a margin call." in words_of(worked_case())
    assert "of a margin call." not in words_of(emptied(worked_case(), "Debt"))


def test_machines_that_do_not_earn_their_power_are_not_said_to() -> None:
    assert "Every machine of the sample earns its power" in words_of(priced(400_000))
    given = records()
    given["Market"]["btc_price"] = 400_000.0
    (first, *_) = given["Fleet"]
    given["Fleet"].append(
        {"operator": first["operator"], "machine": "Relic", "units": 1.0, "unit_hash_rate": 1.0, "unit_power": 9_000.0,
         "replacement_price": 1.0, "remaining_life": 10.0}
    )  # fmt: skip
    words = words_of(inputs_of(given))
    assert "Every machine of the sample earns its power" not in words
    assert "Machines with less than 0.1% of the sample's hash rate do not earn their power" in words


def test_flows_that_cancel_are_no_inflow() -> None:
    given = records()
    for number, row in enumerate(given["ETF_Flows"]):
        row.update({fund: (-1) ** number * 10.0 for fund, flow in row.items() if fund != "date" and flow is not None})
    words = words_of(inputs_of(given))
    assert "ETF inflows and outflows cancelled over the 20 reported days" in words
    assert "mean inflows of USD 0" not in words


def test_an_operator_with_cash_left_is_not_said_to_miss_its_financing() -> None:
    given = records()
    given["Operators"][0]["minimum_liquidity"] = 0.0
    for row in given["Fleet"]:
        row["replacement_price"] = row["replacement_price"] * 2
    words = words_of(inputs_of(given).with_value("Market", "btc_price", 105_000.0))
    assert "a month is left after debt service, less than renewal and the buffer take." in words
    lifted = words_of(inputs_of(given).with_value("Market", "btc_price", 108_000.0))  # above net AISC, through AI
    assert "a month is left after debt service." in lifted


def test_a_sheet_that_is_named_is_in_the_workbook() -> None:
    given = records()
    given["Report"]["commentary"] = "Many words. " * 800
    solution = solve(inputs_of(given))
    words = words_of(inputs_of(given)) + words_of(grown(25))
    sources = re.findall(r"Source: sheets? ([\w, ]+?) of the attached workbook", words)
    named = {name for source in sources for name in re.split(r", | and ", source)}
    named |= set(re.findall(r"on the sheet (\w+)", words))
    there = {section.sheet for section in solution.graph.sections} | set(solution.inputs.tables)
    assert {"Triggers", "Liquidity", "Pressure", "Risk_Score", "Report"} <= named
    assert named - there == set()
