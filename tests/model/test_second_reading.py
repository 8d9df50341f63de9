"""The second reading of the model book comes to every figure of the worked case, without the project's engine."""

from __future__ import annotations

import copy
import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.model import book
from tests.model.book_history import daily
from tests.model.comparison import differences
from tests.model.random_workbooks import random_workbook
from tests.model.trigger_conditions import due_within, flipped
from tests.worked_case import CASE

Records = dict[str, Any]


def figures(shock: str) -> dict[str, Any]:
    return book.solved({**CASE["input"], "Market": {**CASE["input"]["Market"], "active_shock": shock}})


def pairs(found: dict[str, Any], expected: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each expected figure with that of the reading, under the key of the case."""
    for block, wanted in expected.items():
        if block == "etf_days":
            yield block, found["market"]["etf_days"], wanted
            continue
        rows = {"ribbon_last": found["days"][-1:], "market": [found["market"]]}.get(block) or found[block]
        wanted = [wanted] if isinstance(wanted, dict) else wanted
        yield f"rows of {block}", len(rows), len(wanted)
        for number, (row, want) in enumerate(zip(rows, wanted, strict=True)):
            named = {**row, "date": dt.date.fromordinal(row.get("day", 1)).isoformat()}
            yield from ((f"{block} {number} {name}", named[name], value) for name, value in want.items())


def agrees(ours: Any, wanted: Any) -> bool:
    if wanted is None or ours is None or isinstance(wanted, str):
        return bool(ours == wanted)
    return math.isclose(ours, wanted, rel_tol=1e-9, abs_tol=1e-15)


def test_the_reading_comes_to_every_figure_of_the_worked_case() -> None:
    compared = list(pairs(figures(""), CASE["expected"]))
    assert len(compared) > 750
    assert [each for each in compared if not agrees(*each[1:])] == []


@pytest.mark.parametrize("shock", CASE["expected_by_shock"])
def test_the_reading_comes_to_every_figure_of_the_worked_case_under_a_shock(shock: str) -> None:
    expected = {"market": CASE["expected_by_shock"][shock]}
    assert [each for each in pairs(figures(shock), expected) if not agrees(*each[1:])] == []


def test_rows_after_the_as_of_day_enter_no_figure_of_the_reading() -> None:
    records = copy.deepcopy(CASE["input"])
    as_of = records["Report"]["as_of"]
    later = [row for sheet in ("Network_History", "ETF_Flows") for row in records[sheet] if row["date"] > as_of]
    assert len(later) > 5
    for sheet in ("Network_History", "ETF_Flows"):
        records[sheet] = [row for row in records[sheet] if row["date"] <= as_of]
    assert book.solved(records) == book.solved(CASE["input"])


def test_a_gap_in_the_history_is_filled_by_the_last_value() -> None:
    records = copy.deepcopy(CASE["input"])
    repeated = copy.deepcopy(records)
    repeated["Network_History"][100] = {
        **repeated["Network_History"][99],
        "date": records["Network_History"][100]["date"],
    }
    del records["Network_History"][100]
    left, right = daily(book.filled(records)), daily(book.filled(repeated))
    assert [row.pop("filled") for row in left].count(1) == 1
    assert [row.pop("filled") for row in right].count(1) == 0
    assert left == right


def test_growth_that_is_neither_typed_nor_observed_is_refused_by_the_reading() -> None:
    records = copy.deepcopy(CASE["input"])
    records["Market"]["network_growth"] = None
    assert book.solved(records)["market"]["growth_used"] == pytest.approx(0.3044546850998464, rel=1e-12)
    records["Network_History"] = records["Network_History"][-399:]  # 394 up to the as-of day, one too few
    with pytest.raises(book.NoGrowthError):
        book.solved(records)


def test_the_middle_of_the_grid_is_the_live_figures_and_the_snapshot_stands_below_the_price() -> None:
    reading = book.Book(CASE["input"])
    now, middle = reading.at()["market"], reading.grid()[4 * 7 + 2]
    assert (middle["price_change"], middle["difficulty_change"]) == (0, 0)
    assert middle["risk_score"] == now["risk_score"]
    assert middle["share_below_aisc_net"] == now["share_below_aisc_net"]
    nearest = reading.snapshot()
    assert [row["trigger"] for row in nearest] == [
        "margin call",
        "not sustaining",
        "below AISC",
        "lights-off",
        "runway",
    ]
    assert all(row["risk_score"] > now["risk_score"] for row in nearest)


def test_reverse_stress_finds_the_smallest_change_to_a_tenth_of_a_per_cent() -> None:
    reading = book.Book(CASE["input"])
    found = {(row["driver"], row["target"]): row["change"] for row in reading.reverse_stress()}
    change = found["price", "high"]
    assert reading.at(price=1 + change)["market"]["risk_score"] >= 60
    assert reading.at(price=1 + change + 0.001)["market"]["risk_score"] < 60
    assert found["price", "more than none"] == 0
    assert found["price", "severe"] is None


@pytest.mark.parametrize("seed", range(8))
def test_a_hair_below_each_trigger_of_the_reading_its_condition_holds_and_a_hair_above_it_does_not(seed: int) -> None:
    reading = book.Book(random_workbook(seed))
    now = reading.at()
    assert now["triggers"]
    for row in now["triggers"]:
        below, above = row["trigger_price"] * 0.9999, row["trigger_price"] * 1.0001
        flips = flipped(reading.given, reading.at_price(above), reading.at_price(below))
        assert flips == due_within(now, below, above), row


def test_a_figure_that_is_off_by_a_hundred_millionth_lacking_or_in_a_row_too_many_is_a_difference() -> None:
    reading = book.solved(CASE["input"])
    assert differences(reading, reading) == []
    other = copy.deepcopy(reading)
    other["operators"].reverse()
    other["market"]["hashprice"] *= 1 + 1e-8
    del other["debt"][0]["ltv_breach"]
    extra = {"operator": "Alpha Hydro", "facility": "", "trigger": "margin call", "trigger_price": 1.0}
    other["triggers"] = [*other["triggers"][1:], extra]
    named = [(block, row, figure) for block, row, figure, *_ in differences(other, reading)]
    assert named == [
        ("debt", "alpha hydro / convertible 2030", "ltv_breach"),
        ("market", "", "hashprice"),
        ("triggers", "alpha hydro /  / margin call", "rows"),
        ("triggers", "beta hosted /  / below aisc", "rows"),
    ]
