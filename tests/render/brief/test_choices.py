"""Which operator, facility, scenario and episode a sentence speaks of."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from tests.worked_case import inputs_of, worked_case

from .cases import grown, priced, records, view_of, with_rows, words_of


def test_the_operator_with_the_shortest_runway_is_named() -> None:
    solution = solve(worked_case())
    runways = solution.numbers("operators", "runway")
    assert runways.min() < runways.max()
    assert view_of(worked_case()).keys.shortest_operator == solution.texts("operators", "operator")[runways.argmin()]


def test_a_short_runway_alone_puts_an_operator_on_the_list() -> None:
    given = records() | {"Debt": []}
    given["Market"]["btc_price"] = 400_000.0
    given["Operators"][0] |= {"cash": 0.0, "btc_held": 0.0, "minimum_liquidity": 1.0}
    given["Operators"][1] |= {"minimum_liquidity": 0.0}
    stressed = view_of(inputs_of(given)).stress
    assert [row.operator for row in stressed.operators] == [given["Operators"][0]["operator"]]
    assert stressed.operators[0].level == 0


def two_facilities(first: float, second: float) -> Inputs:
    given = records()
    loan = given["Debt"][1] | {"btc_collateral": 100.0, "max_ltv": 0.5}
    given["Debt"] = [
        loan | {"facility": "First", "principal": first * 50}, loan | {"facility": "Second", "principal": second * 50},
    ]  # fmt: skip
    return inputs_of(given)


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [(80_000, 85_000, "Second"), (85_000, 80_000, "First"), (85_000, 85_000, "First")],
)
def test_the_facility_with_the_highest_margin_call_is_told(first: float, second: float, named: str) -> None:
    (call,) = [row.call for row in view_of(two_facilities(first, second)).stress.operators if row.call]
    assert call.facility == named


def test_of_two_on_one_layer_the_one_in_breach_stands_first() -> None:
    given = records()
    twin = given["Operators"][0]
    given["Operators"] = [twin | {"operator": name, "minimum_liquidity": 0.0} for name in ("Sound", "Broken")]
    given["Fleet"] = [
        row | {"operator": name}
        for name in ("Sound", "Broken")
        for row in given["Fleet"]
        if row["operator"] == twin["operator"]
    ]
    loan = given["Debt"][1] | {"operator": "Broken", "btc_collateral": 1.0, "max_ltv": 0.5, "monthly_repayment": 0.0}
    given["Debt"] = [loan | {"principal": 60_000.0, "interest_rate": 0.0}]
    given["AI_HPC"] = []
    given["Market"]["btc_price"] = 50_000.0
    assert [row.operator for row in view_of(inputs_of(given)).stress.operators] == ["Broken", "Sound"]


def scenarios(*sold: float) -> Inputs:
    rows: list[dict[str, Any]] = [
        {"scenario": f"Sells {part}", "horizon_days": 30.0, "issuance_sold": part, "inventory_sold": 0.0}
        for part in sold
    ]
    return with_rows("Scenarios", rows)


def test_the_scenario_with_the_largest_sales_is_told_and_the_need_held_against_it() -> None:
    between, beyond = view_of(scenarios(0.1, 1.0)).selling, view_of(scenarios(0.1, 0.2)).selling
    assert between.severe is not None
    assert between.severe.scenario == "Sells 1.0"
    assert (between.over_severe, beyond.over_severe) == (False, True)


def test_a_need_beyond_what_is_mined_is_said_to_be_so() -> None:
    assert "more than is mined" not in words_of(worked_case())
    assert "more than is mined" in words_of(priced(60_000))


def waving(days: int, last: float = 0.0) -> Inputs:
    """A hash rate that rises and falls; the newest thirty days are all a share higher."""
    first = dt.date(2025, 12, 5) - dt.timedelta(days=days - 1)
    rates = 900 + 60 * np.sin(np.arange(days) / 15)
    rates[-30:] *= 1 + last
    return with_rows(
        "Network_History",
        [
            {"date": (first + dt.timedelta(days=day)).isoformat(), "hash_rate": float(rate), "btc_price": 9e4}
            for day, rate in enumerate(rates)
        ],
    )


def test_the_newest_episode_is_told_first() -> None:
    starts = [row.start.value for row in view_of(waving(400)).ribbon.episodes]
    assert len(starts) > 1
    assert starts == sorted(starts, reverse=True)


def test_the_ribbon_is_inverted_below_and_not_above() -> None:
    assert "The hash ribbon is inverted: on 5 Dec 2025" in words_of(waving(200, -0.5))
    above = words_of(waving(200, 1.0))
    assert "The hash ribbon is not inverted: on 5 Dec 2025" in above
    assert "% above its 60-day mean." in above


def test_each_layer_has_its_own_reason() -> None:
    def reasons(price: float) -> str:
        return words_of(grown(7).with_value("Market", "btc_price", price))

    assert "Price covers direct cost, but is USD" in reasons(140_000)
    given = solve(worked_case())
    beta = given.row("operators", 1)
    sustaining, net = beta.number("sustaining_cost_per_btc"), beta.number("aisc_net")
    assert "short of net AISC" in words_of(priced((sustaining + net) / 2))
    assert "short of net AISC" not in words_of(priced(net + 20_000))


def test_a_price_below_cost_is_short_and_one_above_leaves_a_margin() -> None:
    solution = solve(worked_case())
    gap = solution.number("price_gap")
    assert f"the price is USD {-gap:,.0f} short of that." in words_of(worked_case())
    assert re.search(r"the price is USD [\d,]+ above it\.", words_of(priced(150_000)))
    given = records()
    for row in given["Operators"]:
        row["minimum_liquidity"] = 0.0  # no buffer, so that net AISC does not move with the price
    cost = solve(inputs_of(given)).number("aisc_net_average")
    assert "the price just covers it." in words_of(inputs_of(given).with_value("Market", "btc_price", cost))


def test_a_treasury_draw_is_said_only_where_bills_exceed_production() -> None:
    assert "must draw on" not in words_of(priced(400_000))
    assert "must draw on" in words_of(priced(60_000))


def test_an_episode_that_lasts_is_told_to_date() -> None:
    (newest, *_) = view_of(waving(200, -0.5)).ribbon.episodes
    assert newest.open
    assert f"{newest.start} to date (" in words_of(waving(200, -0.5))
    closed = view_of(waving(400, 1.0)).ribbon.episodes[0]
    assert not closed.open
    assert f"{closed.start} to {closed.end} (" in words_of(waving(400, 1.0))


def test_the_largest_days_of_the_funds_are_told_as_what_they_are() -> None:
    words = words_of(worked_case())
    solution = solve(worked_case())
    assert f"Largest ETF inflow of a day: USD {solution.number('etf_largest_day') / 1e6:,.0f}m" in words
    assert f"Largest ETF outflow of a day: USD {-solution.number('etf_smallest_day') / 1e6:,.0f}m" in words


def test_the_shock_case_tells_a_halving_only_when_it_halves() -> None:
    shocks = [{"shock": "Half", "halving": 1.0}, {"shock": "Price", "price_change": -0.2}]
    assert "(block subsidy halved; all else equal)" in words_of(with_rows("Shocks", shocks).with_shock("Half"))
    assert "block subsidy halved" not in words_of(with_rows("Shocks", shocks).with_shock("Price"))
