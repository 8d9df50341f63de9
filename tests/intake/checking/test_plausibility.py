from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.examination import examine
from reportgen.problems import Severity
from reportgen.resources import sample_workbook
from reportgen.trading_days import holidays, is_trading_day
from tests.intake.checking.edited import checked, held
from tests.intake.checking.ordinary import three_miners
from tests.intake.workbooks import Grid, changed, small


def codes_of(grid: Grid) -> list[str]:
    found = checked(held(grid))
    assert found.inputs is not None, found.errors
    assert all(each.severity is Severity.WARNING for each in found.problems)
    return [each.code for each in found.problems]


ODD: list[tuple[str, int, int, Any, str]] = [
    ("Operators", 2, 2, 0.26, "power_price_high"),
    ("Operators", 2, 3, 0.4, "uptime_low"),
    ("Operators", 2, 4, -5, "cost_negative"),
    ("Operators", 2, 6, 1, "column_unnamed"),
    ("Fleet", 2, 5, 35_000, "efficiency_odd"),
    ("Fleet", 2, 4, 3_600, "rate_power_swapped"),
    ("Fleet", 3, 1, "Alpha", "operator_without_fleet"),
    ("Fleet", 1, 8, "Colour", "column_unknown"),
    ("Fleet", 1, 4, "Unit hash rate (GH/s)", "unit_differs"),
    ("Market", 2, 2, 110_000, "price_off_history"),
    ("Market", 3, 2, 200, "difficulty_off_history"),
    ("Market", 5, 2, 6, "fees_high"),
    ("Market", 6, 2, 2, "percent_whole"),
    ("Debt", 2, 4, 0, "interest_none"),
    ("Debt", 2, 4, 0.9, "percent_whole"),
    ("Debt", 2, 6, 0.5, "ltv_breached"),
    ("Debt", 2, 5, None, "covenant_unsecured"),
    ("Debt", 2, 5, 400, "collateral_over_held"),
    ("Debt", 2, 7, dt.date(2025, 1, 1), "debt_matured"),
    ("AI_HPC", 2, 6, dt.date(2025, 11, 30), "contract_ended"),
    ("Shocks", 2, 2, 5, "percent_whole"),
    ("Risk", 2, 4, 0, "weights_none"),
    ("Operators", 2, 4, 60, "amount_small"),
    ("Debt", 2, 3, 16, "amount_small"),
    ("Market", 4, 2, 92_650, "height_off"),
    ("Market", 7, 2, 50, "treasury_small"),
    ("ETF_Flows", 2, 2, 125_000_000, "flow_large"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "column", "value", "code"), ODD)
def test_what_is_possible_but_odd_is_warned_of_and_builds(
    sheet: str, row: int, column: int, value: Any, code: str
) -> None:
    grid = changed(sheet, row, column, value)
    if code == "column_unnamed":
        grid["Operators"][0].extend([None, "Notes"])
    found = checked(held(grid))
    assert found.inputs is not None, found.errors
    (warned,) = [each for each in found.problems if each.code == code]
    assert warned.severity is Severity.WARNING
    assert warned.where.cell
    assert warned.hint


def test_more_than_the_whole_network_is_an_error() -> None:
    for units, over in ((5_400_000, False), (5_600_000, True)):  # of 200 TH/s, up 97 % of the time; 1,069 EH/s in all
        found = checked(held(changed("Fleet", 2, 3, units))).errors
        assert [(each.code, each.where.cell) for each in found] == [("fleet_over_network", "C2")] * over


def test_a_mistyped_header_is_asked_about_by_name() -> None:
    (found,) = checked(held(changed("Operators", 1, 4, "Cahs (USD)"))).problems
    assert found.code == "column_unknown"
    assert found.hint == 'Did you mean "Cash"?'


def test_a_mistyped_item_with_a_value_is_asked_about_by_name() -> None:
    grid = small()
    grid["Market"].append(["Switch sped", 0.4])
    (found,) = checked(held(grid)).problems
    assert (found.code, found.hint) == ("item_unknown", 'Did you mean "Switch speed"?')


def test_missing_days_are_counted_and_named() -> None:
    grid = small()
    del grid["Network_History"][10:12]
    del grid["Network_History"][30]
    found = checked(held(grid)).problems
    assert [each.code for each in found] == ["history_gap"]
    assert "3 days missing: 2025-10-06 to 2025-10-07, 2025-10-28." in found[0].message


def problems_of(grid: Grid) -> list[str]:
    return [each.code for each in checked(held(grid)).problems]


def test_a_history_that_ends_early_or_late_or_is_short_is_warned_of() -> None:
    early = changed("Report", 5, 2, dt.date(2025, 12, 20))
    assert problems_of(early) == ["data_stale", "data_stale"]
    late = changed("Report", 5, 2, dt.date(2025, 12, 3))
    assert codes_of(late) == ["history_future", "history_future"]
    assert checked(held(late)).problems[0].message == (
        "2 rows are left out: later than the as-of date 2025-12-03, up to 2025-12-05."
    )
    far = changed("Report", 5, 2, dt.date(2025, 12, 20))
    far["Network_History"].append([dt.date(2025, 12, 30), 1060.0, 90_000.0])
    assert problems_of(far) == [
        "data_stale",
        "history_future",
        "data_stale",
    ]  # no gap: what is later than the as-of day enters nothing
    short = small()
    del short["Network_History"][1:30]
    assert codes_of(short) == ["history_short"]


def test_a_trading_day_without_flows_is_named_and_a_holiday_is_not() -> None:
    grid = small()
    del grid["ETF_Flows"][3]
    grid["ETF_Flows"][1:1] = [[dt.date(2025, 11, day), 1.0, 1.0] for day in (24, 25, 26, 28)]
    found = checked(held(grid)).problems
    assert [each.code for each in found] == ["etf_gap"]
    assert "2025-12-03" in found[0].message
    assert "2025-11-27" not in found[0].message


@pytest.mark.parametrize("value", [0, None])
def test_newest_flows_of_zeros_or_blanks_count_as_not_reported_and_are_warned_of(value: object) -> None:
    grid = small()
    grid["ETF_Flows"][-1][1:] = [value, value]
    found = checked(held(grid)).problems
    assert [(each.code, each.where.cell) for each in found] == [("etf_zeros", "A6")]


def test_blank_optional_sheets_are_not_odd() -> None:
    grid = {
        name: rows for name, rows in small().items() if name in ("Report", "Market", "Operators", "Fleet", "Scenarios")
    }
    del grid["Market"][-1]
    assert codes_of(grid) == []


def test_us_market_holidays_are_those_of_the_calendar() -> None:
    assert sorted(holidays(2025)) == [
        dt.date(2025, 1, 1), dt.date(2025, 1, 20), dt.date(2025, 2, 17), dt.date(2025, 4, 18), dt.date(2025, 5, 26),
        dt.date(2025, 6, 19), dt.date(2025, 7, 4), dt.date(2025, 9, 1), dt.date(2025, 11, 27), dt.date(2025, 12, 25),
    ]  # fmt: skip
    assert not is_trading_day(dt.date(2026, 7, 3))
    assert is_trading_day(dt.date(2021, 12, 31))
    assert not is_trading_day(dt.date(2025, 1, 9))


def test_a_fleet_without_machines_and_a_row_told_twice_are_warned_of() -> None:
    grid = small()
    for row in grid["Fleet"][1:]:
        row[2] = 0
    grid["Fleet"].append(list(grid["Fleet"][1]))
    assert {"machines_none", "row_twice"} <= set(codes_of(grid))


def test_a_column_of_costs_that_was_deleted_is_asked_about(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sample_workbook())
    sheet = book["Operators"]
    (column,) = (cell.column for cell in sheet[5] if str(cell.value).startswith("Corporate overhead"))
    for row in sheet.iter_rows(min_row=4, min_col=column, max_col=column):
        row[0].value = None
    sheet.tables.clear()
    book.save(tmp_path / "week.xlsx")
    (asked,) = [each for each in examine(tmp_path / "week.xlsx").problems if each.code == "column_lost"]
    assert 'no column "Corporate overhead (USD/month)": 0 is used' in asked.message


def test_a_sheet_of_nearly_the_right_name_is_asked_about_and_other_sheets_are_not() -> None:
    grid = small()
    grid["Debts"] = grid.pop("Debt")
    grid["My notes"] = [["Anything"]]
    found = checked(held(grid))
    (asked,) = [each for each in found.problems if each.code == "sheet_unread"]
    assert asked.where.sheet == "Debt"
    assert '"Debts"' in asked.message


@pytest.mark.parametrize(("parts", "found"), [(1, ["operator_aggregate"]), (1.02, ["treasury_small"])])
def test_a_row_that_is_the_sum_of_the_others_is_asked_about(parts: float, found: list[str]) -> None:
    grid = three_miners()
    grid["Debt"] = [row for row in grid["Debt"] if row[0] != "Clearwater Compute"]
    grid["Fleet"] = [row for row in grid["Fleet"] if row[0] != "Clearwater Compute"]
    machines, operators = grid["Fleet"], grid["Operators"]
    for row in machines[1:]:
        row[2:5], row[7:] = [None] * 3, [row[2] * row[3] / 1e6, row[4] / row[3]]
    rate = sum(row[7] for row in machines[1:])
    machines.append(["Clearwater Compute", "Fleet", None, None, None, 14, 48, rate / parts, 17])
    held = operators[0].index("BTC held (BTC)")
    operators[3][held] = (operators[1][held] + operators[2][held]) / parts
    assert codes_of(grid) == found


def test_two_operators_with_too_much_of_the_network_are_told_once_at_the_difficulty() -> None:
    grid = three_miners() | {"Network_History": [], "ETF_Flows": []}
    grid["Market"][2][1] *= 0.2
    (found,) = checked(held(grid)).problems
    assert (found.code, found.where.sheet, found.where.cell) == ("operator_large", "Market", "B3")


def test_a_history_without_rows_is_named_as_a_missing_one_is() -> None:
    grid = three_miners()
    assert not {"Network_History", "ETF_Flows"} & set(checked(held(grid)).absent)
    emptied = grid | {name: grid[name][:1] for name in ("Network_History", "ETF_Flows")}
    assert {"Network_History", "ETF_Flows"} <= set(checked(held(emptied)).absent)


def test_price_and_hash_rate_in_each_others_column_are_one_line() -> None:
    grid = three_miners()
    for row in grid["Network_History"][1:]:
        row[1], row[2] = row[2], row[1]
    (found,) = checked(held(grid)).problems
    assert (found.code, found.where.sheet, found.where.label) == ("figures_swapped", "Network_History", "BTC price")


def test_price_and_difficulty_in_each_others_cell_are_one_line() -> None:
    grid = three_miners()
    price, difficulty = grid["Market"][1], grid["Market"][2]
    price[1], difficulty[1] = difficulty[1], price[1]
    (found,) = checked(held(grid)).problems
    assert (found.code, found.where.sheet, found.where.cell) == ("figures_swapped", "Market", "B2")
