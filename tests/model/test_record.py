"""What followed the market score, and how well it tells times of stress: on made-up histories, and on the real one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reportgen.deliver.figures import figures
from reportgen.model.record import Record, auc, bands_of, record, sampled, spells
from reportgen.model.solve import Solution, solve
from tests.model.histories import REAL, day, real_history, with_history
from tests.worked_case import CASE, inputs_of

DAYS = 800
INCOME = [{"component": "miner_income", "calm": 1.2, "stress": 0.4, "weight": 15}]
RIBBON = [{"component": "hash_ribbon", "calm": 0, "stress": 0.06, "weight": 15}]
WINDOWS = (
    ("2018-11-01", "2018-12-31"),
    ("2020-03-10", "2020-06-10"),
    ("2021-06-01", "2021-07-31"),
    ("2022-06-01", "2022-11-30"),
    ("2024-05-01", "2024-07-31"),
    ("2025-11-15", "2026-02-28"),
)


def level(change: float = 0.0, since: int = DAYS, length: int = DAYS) -> list[float]:
    """A level that changes once, on a day counted from 0."""
    return [900.0 * (1 + (change if number >= since else 0.0)) for number in range(length)]


def solved(rates: list[float], prices: list[float], **changes: Any) -> Solution:
    return solve(inputs_of(with_history(rates, prices, **changes)))


def recorded(rates: list[float], prices: list[float], **changes: Any) -> Record:
    return record(solved(rates, prices, **changes))


def window(name: str, first: int, last: int) -> dict[str, Any]:
    """A stress window, in days after the as-of day."""
    return {"window": name, "from": day(first), "to": day(last)}


def test_a_score_exists_from_the_first_day_that_has_a_year_of_history() -> None:
    scores = solved(level(), level(), Risk=INCOME).numbers("days", "market_score")
    assert np.isnan(scores[:364]).all()
    assert not np.isnan(scores[364:]).any()
    assert np.isnan(solved(level(length=364), level(length=364), Risk=INCOME).number("market_score"))


def test_income_is_the_revenue_of_the_day_over_the_mean_of_its_year_and_a_halving_halves_it() -> None:
    given = with_history(level(), level(), Risk=INCOME)
    given["Market"] = {**given["Market"], "block_height": 840_000 + 144 * 10}  # the halving was ten days ago
    scores = solve(inputs_of(given)).numbers("days", "market_score")
    assert scores[-12] == pytest.approx(100 * (1.2 - 1) / 0.8)
    eleven = 0.5 / ((354 + 11 * 0.5) / 365)
    assert scores[-1] == pytest.approx(100 * min(1, (1.2 - eleven) / 0.8))


def test_a_drawdown_is_measured_from_the_highest_month_of_a_year_or_of_the_days_that_there_are() -> None:
    for length in (60, 364, 365, DAYS):
        fallen = level(-0.2, length - 30, length)
        assert solved(fallen, level(length=length)).number("hash_drawdown") == pytest.approx(0.2)
    grown = [row * (2 if number < 300 else 1) for number, row in enumerate(level(-0.2, DAYS - 30))]
    assert solved(grown, level()).number("hash_drawdown") == pytest.approx(0.2)  # the peak is over a year ago
    edge = [1800.0] * (DAYS - 365) + [900.0] * 365  # of the window's first month 29 days are high
    assert solved(edge, level()).number("hash_drawdown") == pytest.approx(1 - 30 / 59)
    assert math.isnan(solved(level(length=29), level(length=29)).number("hash_drawdown"))


def test_components_that_are_not_on_the_risk_sheet_are_left_out_of_the_market_score() -> None:
    rates, prices = level(-0.2, DAYS - 30), level(-0.3, DAYS - 100)
    both = solved(rates, prices, Risk=INCOME + RIBBON)
    (income,), (ribbon,) = (
        solved(rates, prices, Risk=risk).numbers("days", "market_score")[-1:] for risk in (INCOME, RIBBON)
    )
    assert income != ribbon
    assert both.number("market_score") == pytest.approx((income + ribbon) / 2)
    none = [row for row in CASE["input"]["Risk"] if row["component"] == "call_pressure"]
    assert np.isnan(solved(rates, prices, Risk=none).numbers("days", "market_score")).all()
    weightless = [{**row, "weight": 0} for row in INCOME + RIBBON]
    assert np.isnan(solved(rates, prices, Risk=weightless).number("market_score"))


def test_the_percentile_is_the_share_of_scored_days_that_scored_no_more() -> None:
    assert solved(level(), level(), Risk=INCOME).number("market_score_percentile") == 1
    rally = solved(level(), level(0.5, DAYS - 1), Risk=INCOME)
    assert rally.number("market_score_percentile") == pytest.approx(1 / (DAYS - 364))


def test_a_shock_moves_the_score_of_today_and_not_that_of_the_market() -> None:
    given = inputs_of(with_history(level(), level()))
    calm, shocked = solve(given), solve(given.with_shock("Price -20 %"))
    assert shocked.number("puell") == pytest.approx(0.8 * calm.number("puell"))
    assert shocked.number("market_score") == calm.number("market_score")


def test_weeks_are_counted_back_from_the_newest_day_and_only_while_there_is_a_score() -> None:
    scores = np.array([np.nan] * 10 + [1.0] * 20)
    assert sampled(scores).tolist() == [15, 22, 29]
    assert sampled(scores[:5]).tolist() == []


def test_a_spell_is_a_run_of_weeks_without_a_break() -> None:
    for text, expected in (("", 0), ("0", 0), ("1", 1), ("110", 1), ("1011", 2), ("0101010", 3)):
        assert spells(np.array([letter == "1" for letter in text], dtype=bool)) == expected


def test_a_band_begins_at_its_score_and_a_last_bit_does_not_decide() -> None:
    below = np.nextafter(20.0, 0)
    assert bands_of(np.array([0.0, 19.99, below, 20.0, 79.9, 80.0, 100.0]), 20).tolist() == [0, 0, 1, 1, 3, 4, 4]


def test_what_followed_counts_only_weeks_whose_horizon_has_passed() -> None:
    found = recorded(level(), level(), Risk=INCOME)  # every score is 25
    band = found.bands[1]
    assert (found.weeks, band.weeks, band.spells) == (63, 63, 1)
    assert (band.price_90d_median, band.price_90d_positive, band.drawdown_90d_median, band.hash_fall_30d) == (
        0,
        0,
        0,
        0,
    )
    assert all(math.isnan(each.price_90d_median) for each in found.bands if each is not band)
    short = recorded(level(length=365), level(length=365), Risk=INCOME).bands[1]
    assert short.weeks == 1
    assert math.isnan(short.price_90d_median)
    assert math.isnan(short.hash_fall_30d)


def test_the_price_after_ninety_days_and_its_lowest_until_then_are_told_against_the_day() -> None:
    prices = level()
    dip = DAYS - 1 - 30  # of the days that are scored and followed, the weeks 28 to 84 days before the newest see it
    prices[dip] *= 0.5
    followed = [week for week in range(DAYS - 1, 363, -7) if week + 90 <= DAYS - 1]
    found = recorded(level(), prices, Risk=RIBBON).bands[0]
    assert found.price_90d_median == 0
    assert found.drawdown_90d_median == 0
    prices = level(0.25, followed[0] + 90)  # only the newest week that is followed sees the gain, on its very last day
    found = recorded(level(), prices, Risk=RIBBON).bands[0]
    assert found.price_90d_positive == pytest.approx(1 / len(followed))
    falling = [100_000 * 0.999**number for number in range(DAYS)]
    found = recorded(level(), falling, Risk=RIBBON).bands[0]
    assert found.price_90d_median == pytest.approx(0.999**90 - 1)
    assert found.drawdown_90d_median == pytest.approx(0.999**90 - 1)
    rising = recorded(level(), [100 * 1.001**number for number in range(DAYS)], Risk=RIBBON).bands[0]
    assert (rising.price_90d_positive, rising.drawdown_90d_median) == (1, 0)


@pytest.mark.parametrize(("fall", "share"), [(-0.05, 1), (-0.0499, 0)])
def test_a_hash_rate_has_fallen_when_it_is_lower_by_five_per_cent_or_more(fall: float, share: float) -> None:
    followed = [week for week in range(DAYS - 1, 363, -7) if week + 30 <= DAYS - 1]
    found = recorded(level(fall, followed[0] + 24), level(), Risk=INCOME).bands[1]
    # the mean of the seven days up to 30 days after the newest week that is followed, and of no week before
    assert found.hash_fall_30d * len(followed) == pytest.approx(share)


def test_an_auc_counts_pairs_and_a_tie_as_one_half() -> None:
    inside, outside = np.array([3.0, 1.0, np.nan]), np.array([2.0, 1.0, np.nan, 0.0])
    assert auc(inside, outside) == (3 + 1.5) / 6
    assert auc(np.array([20.0]), np.array([np.nextafter(20.0, 0)])) == 0.5
    assert math.isnan(auc(inside, np.array([])))
    assert math.isnan(auc(np.array([np.nan]), outside))


scores = arrays(float, st.integers(1, 8), elements=st.integers(0, 5).map(float))


@settings(max_examples=60)
@given(scores, scores)
def test_an_auc_is_the_share_of_pairs_that_stand_right(inside: Any, outside: Any) -> None:
    pairs = [1.0 if one > other else 0.5 if one == other else 0.0 for one in inside for other in outside]
    assert auc(inside, outside) == pytest.approx(sum(pairs) / len(pairs))
    assert auc(outside, inside) == pytest.approx(1 - auc(inside, outside))


def test_a_week_is_inside_from_the_first_to_the_last_day_of_a_window() -> None:
    def inside(first: int, last: int) -> int:
        return recorded(level(), level(), Risk=INCOME, Stress_Windows=[window("W", first, last)]).inside

    assert inside(-14, -7) == 2
    assert inside(-13, -8) == 0
    assert inside(-7, -7) == 1
    assert inside(5, 9) == 0


def test_a_window_has_the_highest_score_of_its_days_not_only_of_its_weeks() -> None:
    prices = level()
    prices[-4] *= 0.6
    rows = [window("dip", -6, -1), window("calm", -50, -20), window("long ago", -5000, -4000)]
    found = recorded(level(), prices, Risk=INCOME, Stress_Windows=rows)
    dip = 0.6 / ((364 + 0.6) / 365)
    assert found.windows[0].highest == pytest.approx(100 * (1.2 - dip) / 0.8)
    assert found.windows[1].highest == pytest.approx(25)
    assert math.isnan(found.windows[2].highest)


def test_stress_inside_the_windows_alone_is_told_perfectly() -> None:
    prices = level(-0.3, DAYS - 60)
    rows = [window("slump", -59, 0)]
    found = recorded(level(), prices, Stress_Windows=rows)
    assert found.auc["miner_income"] == found.auc["market_score"] == 1
    assert found.auc["hash_ribbon"] == 0.5  # nothing happened there
    assert math.isnan(recorded(level(), prices).auc["market_score"])


def test_without_a_year_of_history_the_record_is_empty_and_says_nothing() -> None:
    found = recorded(level(length=100), level(length=100), Stress_Windows=[window("W", -20, 0)])
    assert (found.weeks, found.spells) == (0, 0)
    assert all(band.weeks == 0 and math.isnan(band.hash_fall_30d) for band in found.bands)
    assert all(math.isnan(value) for value in found.auc.values())
    assert recorded([], []).weeks == 0


@pytest.mark.parametrize("shock", ["", *CASE["expected_by_shock"]])
def test_the_record_of_the_worked_case_is_the_expected_one_under_every_shock(shock: str) -> None:
    found = figures(solve(inputs_of(CASE["input"]).with_shock(shock)))
    assert len(found["record"]) == len(CASE["expected"]["record"])
    for ours, expected in zip(found["record"], CASE["expected"]["record"], strict=True):
        assert ours == {
            name: value if value is None else pytest.approx(value, rel=1e-9) for name, value in expected.items()
        }


def test_figures_hold_the_record_with_null_for_what_does_not_exist() -> None:
    found = figures(solved(level(), level(), Risk=INCOME, Stress_Windows=[window("W", -30, 0)]))
    assert [row["from_score"] for row in found["record"]] == [0, 20, 40, 60, 80]
    assert found["record"][0]["price_90d_median"] is None
    assert found["record"][1]["price_90d_positive"] == 0
    assert found["auc"] == {"market_score": 0.5, "miner_income": 0.5, "hash_ribbon": None, "hash_drawdown": None}
    assert found["stress_windows"] == [{"window": "W", "from": day(-30), "to": day(0), "highest": pytest.approx(25)}]


@pytest.mark.skipif(not REAL.exists(), reason="the real history is not part of the project")
def test_on_the_real_history_the_score_tells_stress_better_than_any_of_its_parts() -> None:
    given = with_history([], [], Network_History=real_history("2017-01-01", "2026-06-01"))
    given["Stress_Windows"] = [{"window": first, "from": first, "to": last} for first, last in WINDOWS]
    given["Report"] = {**given["Report"], "as_of": "2026-06-01"}
    given["Market"] = {**given["Market"], "block_height": 951_800}
    found = record(solve(inputs_of(given)))
    assert found.auc == {
        "market_score": pytest.approx(0.90, abs=0.015),
        "miner_income": pytest.approx(0.84, abs=0.015),
        "hash_ribbon": pytest.approx(0.79, abs=0.015),
        "hash_drawdown": pytest.approx(0.77, abs=0.015),
    }
    assert found.spells < 100 < found.weeks
