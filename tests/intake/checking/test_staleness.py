"""Data that ends too long before the as-of day stops a build, unless that is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from reportgen.inputs import OldData
from reportgen.intake.reader import examine, read_workbook
from tests.intake.workbooks import Grid, small, write_openpyxl

FRIDAY = dt.date(2025, 12, 5)


def ending(history: int, flows: dt.date, filler: Any = 1.0) -> Grid:
    """The small workbook whose history ends some days before the as-of day and whose flows end on a day.

    Rows of `filler` stand between that day and the as-of day.
    """
    grid = small()
    del grid["Network_History"][len(grid["Network_History"]) - history :]
    grid["ETF_Flows"] = [["Date", "FUND-A"]]
    for back in range(20, -1, -1):
        day = FRIDAY - dt.timedelta(days=back)
        if day.weekday() < 5 and day != dt.date(2025, 11, 27):  # Thanksgiving
            grid["ETF_Flows"].append([day, 12.5 if day <= flows else filler])
    return grid


@pytest.mark.parametrize(
    ("history", "flows", "stale"),
    [
        (0, FRIDAY, []),
        (7, FRIDAY, []),
        (8, FRIDAY, ["Network_History"]),
        (0, dt.date(2025, 11, 28), []),  # five trading days later
        (0, dt.date(2025, 11, 26), ["ETF_Flows"]),  # six: Thanksgiving is none
        (9, dt.date(2025, 11, 21), ["Network_History", "ETF_Flows"]),
    ],
)
@pytest.mark.parametrize("filler", [0.0, None])
def test_history_may_be_seven_days_old_and_flows_five_trading_days(
    tmp_path: Path, history: int, flows: dt.date, stale: list[str], filler: Any
) -> None:
    errors = examine(write_openpyxl(tmp_path / "week.xlsx", ending(history, flows, filler))).errors
    assert [(each.code, each.where.sheet) for each in errors] == [("data_stale", sheet) for sheet in stale]


def test_the_newest_row_and_what_to_do_are_named(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", ending(8, dt.date(2025, 11, 26), 0.0))
    history, flows = examine(path).errors
    assert history.where.cell == "A63"
    assert history.message == "the newest row is of 2025-11-27, 8 days before the as-of date 2025-12-05."
    assert "reportgen import network FILE.csv" in history.hint
    assert "2025-11-26, 6 trading days before" in flows.message
    assert "--stale-ok" in flows.hint


def test_old_data_that_is_let_pass_is_a_warning_and_goes_with_the_inputs(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", ending(8, FRIDAY))
    inputs = read_workbook(path, stale_ok=True)
    assert [(each.code, each.where.sheet) for each in inputs.warnings] == [("history_old", "Network_History")]
    assert inputs.old_data == (OldData("Network_History", 45_988.0, 8, False),)
    fresh = read_workbook(write_openpyxl(tmp_path / "fresh.xlsx", small()), stale_ok=True)
    assert (fresh.old_data, fresh.warnings) == ((), ())


def test_empty_sheets_and_flows_that_no_fund_reported_are_missing_and_not_old(tmp_path: Path) -> None:
    grid = small()
    grid["Network_History"] = grid["Network_History"][:1]
    grid["ETF_Flows"] = [["Date", "FUND-A"], [dt.date(2025, 9, 1), None]]
    assert examine(write_openpyxl(tmp_path / "week.xlsx", grid)).errors == ()


def test_what_is_odd_after_the_as_of_day_is_left_out_with_its_row(tmp_path: Path) -> None:
    grid = small()
    grid["ETF_Flows"].append([FRIDAY + dt.timedelta(days=17), 99_999.0, 0.0])  # large, behind a gap
    grid["Network_History"].append([FRIDAY + dt.timedelta(days=9), 9.0, 5.0])
    codes = [each.code for each in examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems]
    assert codes == ["history_future", "history_future"]


def test_rows_after_the_as_of_day_make_no_history_new(tmp_path: Path) -> None:
    grid = ending(8, FRIDAY)
    grid["Network_History"].append([FRIDAY + dt.timedelta(days=1), 1_060.0, 90_000.0])
    codes = [each.code for each in examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems]
    assert codes == ["data_stale", "history_future"]
