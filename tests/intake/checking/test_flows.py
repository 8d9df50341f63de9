"""ETF flows: a column of totals, lost signs, dollars for millions."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from tests.intake.checking.edited import checked, held
from tests.intake.checking.ordinary import three_miners
from tests.intake.workbooks import Grid


@functools.cache
def _grid() -> Grid:
    return three_miners()


def flows(*rows: list[Any]) -> Grid:
    return {**_grid(), "ETF_Flows": [list(row) for row in rows]}


def with_column(name: str, value: Any) -> Grid:
    """The flows with a column more: a function of a day's funds."""
    header, *days = _grid()["ETF_Flows"]
    return flows([*header, name], *([*day, value(day[1:])] for day in days))


@pytest.mark.parametrize("name", ["Net", "All funds", "Summe", "US ETFs"])
def test_a_column_that_equals_the_sum_of_the_others_is_no_fund(name: str) -> None:
    found = checked(held(with_column(name, lambda funds: round(sum(funds), 1))))
    (told,) = found.problems
    assert (told.code, told.where.cell, told.where.label) == ("flows_total", "E1", name)
    assert found.inputs is not None
    table = found.inputs.tables["ETF_Flows"]
    assert table.wide["funds"] == ("AAA", "BBB", "CCC")
    assert table.columns["funds"].shape[1] == 3


def test_a_fund_that_is_like_the_others_together_on_some_days_stays_a_fund() -> None:
    days = iter(range(1_000))
    grid = with_column("DDD", lambda funds: round(sum(funds), 1) if next(days) % 10 else 3.0)
    found = checked(held(grid))
    assert found.problems == ()
    assert found.inputs is not None
    assert found.inputs.tables["ETF_Flows"].wide["funds"] == ("AAA", "BBB", "CCC", "DDD")


def test_a_fund_that_does_not_report_is_no_total() -> None:
    assert checked(held(with_column("DDD", lambda _: None))).problems == ()
    assert checked(held(with_column("DDD", lambda _: 0))).problems == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("All in", lambda funds: round(sum(funds))),
        ("All in", lambda funds: round(sum(funds) / 1_000, 3)),
        ("All in", lambda funds: sum(funds) * 1e6),
        ("Net flow", lambda funds: 1.3 * sum(funds) + 5),  # of funds that have no column
        ("Grand total", lambda funds: 0.1),
        ("Cumulative", lambda funds: 2_000 + funds[0]),
        ("BTC price", lambda funds: 90_000 + funds[0]),
        ("Assets under management", lambda funds: 60_000),
    ],
)
def test_sums_in_another_scale_and_what_is_no_flow_by_its_name_are_not_counted(name: str, value: Any) -> None:
    found = checked(held(with_column(name, value)))
    assert [(each.code, each.where.cell) for each in found.problems] == [("flows_total", "E1")]
    assert found.inputs is not None
    assert found.inputs.tables["ETF_Flows"].wide["funds"] == ("AAA", "BBB", "CCC")


def test_flows_under_the_name_of_a_sum_count_where_they_are_all_there_is() -> None:
    header, *days = _grid()["ETF_Flows"]
    found = checked(held(flows([header[0], "Net flow"], *([day, sum(funds)] for day, *funds in days))))
    assert found.problems == ()
    assert found.inputs is not None
    assert found.inputs.tables["ETF_Flows"].wide["funds"] == ("Net flow",)


def test_a_column_of_levels_is_asked_about() -> None:
    days = iter(range(1_000))
    (told,) = checked(held(with_column("DDD", lambda _: 2_000 + 3.1 * next(days)))).problems
    assert (told.code, told.where.cell) == ("flows_level", "E2")


def test_flows_in_billions_are_one_warning_and_no_fund_is_lost() -> None:
    header, *days = _grid()["ETF_Flows"]
    found = checked(held(flows(header, *([day, *(flow / 1e3 for flow in funds)] for day, *funds in days))))
    assert [each.code for each in found.problems] == ["flows_small"]
    assert found.inputs is not None
    assert len(found.inputs.tables["ETF_Flows"].wide["funds"]) == 3


def test_the_newest_twenty_days_without_an_outflow_have_lost_their_signs() -> None:
    header, *days = _grid()["ETF_Flows"]
    for positive, told in ((19, []), (20, ["flows_unsigned"])):
        rows = [
            [day, *map(abs, funds)] if len(days) - place <= positive else [day, -9.0, *funds[1:]]
            for place, (day, *funds) in enumerate(days)
        ]
        assert [each.code for each in checked(held(flows(header, *rows))).problems] == told


def test_older_days_without_an_outflow_are_left_alone() -> None:
    header, *days = _grid()["ETF_Flows"]
    rows = [
        [day, *map(abs, funds)] if place < 25 else [day, -9.0, *funds[1:]] for place, (day, *funds) in enumerate(days)
    ]
    assert checked(held(flows(header, *rows))).problems == ()


def test_days_that_are_not_reported_do_not_break_a_run_and_do_not_count() -> None:
    header, *days = _grid()["ETF_Flows"]
    rows = [
        [day, *map(abs, funds)] if len(days) - place <= 21 else [day, -9.0, *funds[1:]]
        for place, (day, *funds) in enumerate(days)
    ]
    rows[-5][1:] = [None, None, None]
    assert [each.code for each in checked(held(flows(header, *rows))).problems] == ["flows_unsigned"]
    rows[-6][1:] = [0, 0, 0]
    assert [each.code for each in checked(held(flows(header, *rows))).problems] == []


def test_nothing_is_said_of_signs_while_some_flows_are_texts() -> None:
    header, *days = _grid()["ETF_Flows"]
    rows = [[day, *(f"({-flow})" if flow < 0 else flow for flow in funds)] for day, *funds in days]
    (told,) = checked(held(flows(header, *rows))).problems
    assert told.code == "number_text"
    assert "cells in all" in told.message


def test_flows_in_dollars_are_one_warning_at_the_first_fund() -> None:
    header, *days = _grid()["ETF_Flows"]
    (told,) = checked(held(flows(header, *([day, *(flow * 1e6 for flow in funds)] for day, *funds in days)))).problems
    assert (told.code, told.where.cell, told.where.label) == ("flow_large", "B2", "AAA")
    assert f"{3 * len(days) - 1} more cells of 3 funds alike" in told.message
