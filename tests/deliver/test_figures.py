"""figures.json holds every figure of the worked case, at full precision, and null where there is none."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from reportgen.deliver.figures import KEYS, LEFT_OUT, NEWEST, figures
from reportgen.documents import as_json
from reportgen.model.block import Block, Section
from reportgen.model.graph import build
from reportgen.model.lines import SECTIONS, blocks, business, triggers
from reportgen.model.solve import solve
from tests.worked_case import CASE, worked_case

EXPECTED = {
    **{key: value for key, value in CASE["expected"].items() if key not in ("ribbon_last", "etf_days")},
    "ribbon": CASE["expected"]["ribbon_last"],
}


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(as_json(figures(solve(worked_case()))))
    return read


def agree(found: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return all(agree(found[key], value) for key, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(agree, found, expected))
    if isinstance(expected, float | int):
        return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
    return bool(found == expected)


@pytest.mark.parametrize("key", EXPECTED)
def test_every_figure_of_the_worked_case_is_there(written: dict[str, Any], key: str) -> None:
    assert agree(written[key], EXPECTED[key])


def test_every_shock_of_the_worked_case_is_a_record(written: dict[str, Any]) -> None:
    by_shock = {record["shock"]: record for record in written["shocks"]}
    assert list(by_shock) == list(CASE["expected_by_shock"])
    for shock, expected in CASE["expected_by_shock"].items():
        shared = expected.keys() & by_shock[shock].keys()
        assert len(shared) >= 10
        assert agree(by_shock[shock], {key: expected[key] for key in shared})


def test_days_are_dates_and_conventions_and_checks_stand_apart(written: dict[str, Any]) -> None:
    assert written["market"]["last_history_day"] == "2025-12-05"
    assert written["conventions"]["runway_cap"] == 60
    assert written["checks"]["checks_failed"] == 0
    assert not written["conventions"].keys() & written["market"].keys()
    assert not written["checks"].keys() & written["market"].keys()


def test_a_trigger_tells_what_breaks_where_and_no_row_of_a_sheet(written: dict[str, Any]) -> None:
    assert list(written["triggers"][0])[:4] == ["operator", "facility", "trigger", "trigger_price"]
    assert not written["triggers"][0].keys() & {line.name for line in triggers.order.lines}
    assert triggers.order.lines


def test_a_figure_that_does_not_exist_is_null(written: dict[str, Any]) -> None:
    assert written["debt"][0]["ltv"] is None


def test_without_history_the_ribbon_has_its_keys_and_no_values() -> None:
    from tests.worked_case import inputs_of

    without = figures(solve(inputs_of({**CASE["input"], "Network_History": []})))
    assert without["ribbon"].keys() >= {"date", "ribbon", "state"}
    assert set(without["ribbon"].values()) == {None}
    assert without["market"]["expected_retarget"] is None


def test_the_file_is_utf8_with_a_newline_at_the_end_and_no_number_that_json_lacks() -> None:
    content = as_json({"operator": "Zürich", "figure": None})
    assert content == '{\n  "operator": "Zürich",\n  "figure": null\n}\n'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        as_json({"figure": float("nan")})


def test_every_block_of_the_model_is_in_the_file_or_left_out_for_a_reason() -> None:
    known = business().blocks
    told = {*KEYS.values(), *NEWEST.values()}
    assert not told & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())
    assert {*told, *LEFT_OUT} <= known.keys()


def test_a_new_block_is_in_the_file_under_its_own_name() -> None:
    levels = Block("levels", "Levels", rows=lambda _: 2)
    toy = Section(levels, "Levels", "Levels")

    @toy.line(unit="times")
    def twice(number):  # type: ignore[no-untyped-def]  # a line takes numbers, arrays or expressions
        """Twice the number."""
        return number * 2

    graph = build((*SECTIONS, toy), inputs_only=(blocks.network_history,))
    assert figures(solve(worked_case(), graph))["levels"] == [{"twice": 2.0}, {"twice": 4.0}]
