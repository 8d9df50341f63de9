"""The brief says no more than the figures bear out, and says what they leave out."""

from __future__ import annotations

import copy
import dataclasses

import pytest

from tests.worked_case import inputs_of, worked_case

from .cases import emptied, priced, records, view_of, with_rows, words_of


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
    steps = (average.direct, average.sustaining, average.overhead, average.debt, average.ai)
    assert sum(step.value for step in steps) == pytest.approx(average.net.value)
    assert average.gold.value + average.debt.value == pytest.approx(average.aisc.value)


def test_a_halving_doubles_the_need_as_a_share_of_issuance() -> None:
    shocks = [{"shock": "Half", "halving": 1.0}, {"shock": "Price", "price_change": -0.2}]
    for inputs in (with_rows("Shocks", shocks), with_rows("Shocks", shocks).with_shock("Half")):
        calm, half, price = view_of(inputs).shocks.rows
        assert half.forced_of_issuance.value / half.forced_sales_network.value == pytest.approx(
            2 * calm.forced_of_issuance.value / calm.forced_sales_network.value
        )
        assert price.forced_of_issuance.value / price.forced_sales_network.value == pytest.approx(
            calm.forced_of_issuance.value / calm.forced_sales_network.value
        )


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


def test_the_ribbons_question_is_answered_first() -> None:
    words = words_of(worked_case())
    assert "Are miners switching off? Yes: on 5 Dec 2025 the hash rate's 30-day mean is" in words
    assert "Ribbon state: capitulation (inverted), for" in words
    assert "is the indicator's name, not advice" in words


def test_a_need_beyond_every_scenario_is_said_to_be_so() -> None:
    given = records()
    given["Scenarios"] = [given["Scenarios"][0] | {"issuance_sold": 0.1, "inventory_sold": 0.0}]
    words = words_of(inputs_of(given))
    assert "more than in that scenario." in words
    assert "more than in any scenario" in words
    assert "more than in that scenario" not in words_of(worked_case())


def test_debt_service_that_is_not_known_is_not_shown_as_nothing() -> None:
    given = records() | {"Debt": []}
    for row in given["Operators"]:
        row["minimum_liquidity"] = 0
    page = view_of(inputs_of(given))
    assert not any(row.bridge.debt_known for row in page.costs.rows)
    assert "(before debt service: the Debt sheet is empty)" in words_of(inputs_of(given))


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
