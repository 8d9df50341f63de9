from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.excel_dates import serial
from reportgen.intake.reader import examine, read_workbook
from reportgen.problem_codes import problem
from reportgen.problems import InputError, Problem, Severity, Where
from reportgen.sheets import DISCLAIMER, SHEETS
from tests.intake.workbooks import Grid, changed, small, write_openpyxl


def problems_of(tmp_path: Path, grid: Grid) -> tuple[Problem, ...]:
    return examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems


def test_a_sound_workbook_gives_a_table_for_each_declared_sheet(tmp_path: Path) -> None:
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", small()))
    assert list(inputs.tables) == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        table = inputs.tables[sheet.name]
        assert set(table.columns) == {field.name for field in sheet.fields}
        assert all(len(column) == table.rows for column in table.columns.values())
    assert inputs.warnings == ()
    assert inputs.file == "week.xlsx"
    assert len(inputs.sha256) == 64


def test_a_blank_cell_takes_its_default_and_without_one_is_missing_not_zero(tmp_path: Path) -> None:
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", small()))
    operators, debt = inputs.tables["Operators"].columns, inputs.tables["Debt"].columns
    assert operators["cash"].tolist() == [60_000_000.0, 0.0]
    assert operators["site_overhead"].tolist() == [1.05, 1.05]
    assert inputs.value("Market", "blocks_per_day") == 144.0
    assert inputs.value("Market", "active_shock") == ""
    assert inputs.value("Report", "disclaimer") == DISCLAIMER
    assert np.isnan(inputs.tables["AI_HPC"].columns["end"]).all()
    assert debt["max_ltv"].tolist() == [0.7]


def test_dates_are_serial_days_and_yes_is_one(tmp_path: Path) -> None:
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", small()))
    assert inputs.value("Report", "as_of") == 45996.0 == serial(dt.date(2025, 12, 5))
    assert inputs.tables["Shocks"].columns["halving"].tolist() == [0.0, 1.0]


def test_funds_are_a_block_with_names_and_a_total_is_left_out(tmp_path: Path) -> None:
    grid = small()
    grid["ETF_Flows"][0].append("Total")
    grid["ETF_Flows"][1].append(999.0)
    flows = read_workbook(write_openpyxl(tmp_path / "week.xlsx", grid)).tables["ETF_Flows"]
    assert flows.wide["funds"] == ("FUND-A", "FUND-B")
    assert flows.columns["funds"].shape == (5, 2)
    assert flows.columns["funds"][0].tolist() == [-19.5, -4.0]


def test_history_is_sorted_by_date_and_a_problem_still_names_its_own_cell(tmp_path: Path) -> None:
    grid = small()
    grid["Network_History"][1:] = grid["Network_History"][:0:-1]
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    dates = read_workbook(path).tables["Network_History"].columns["date"]
    assert (np.diff(dates) == 1).all()
    grid["Network_History"][3][1] = "n/a"
    (found,) = problems_of(tmp_path, grid)
    assert found.where.cell == "B4"


def test_names_are_spelled_as_their_own_sheet_spells_them(tmp_path: Path) -> None:
    grid = small()
    grid["Fleet"][1][0] = "  aLPHA "
    grid["Clients"][1][2] = "beta;ALPHA"
    grid["Market"][7][1] = "halving"
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", grid))
    assert inputs.tables["Fleet"].columns["operator"].tolist() == ["Alpha", "Beta"]
    assert inputs.tables["Clients"].columns["operators"].tolist() == ["Beta; Alpha"]
    assert inputs.value("Market", "active_shock") == "Halving"


def test_columns_may_stand_in_any_order_under_field_names_below_a_title_among_others(tmp_path: Path) -> None:
    grid = small()
    rows = grid["Fleet"][1:]
    names = [
        "operator",
        "machine",
        "units",
        "unit_hash_rate",
        "UNIT POWER",
        "Replacement  price (USD/TH)",
        "remaining life",
    ]
    grid["Fleet"] = [["Our fleet"], [], ["Notes", *names[::-1]], [], *(["seen", *row[::-1]] for row in rows), []]
    grid["My own sheet"] = [["Operator", "Power price"], ["Nobody", "n/a"]]
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", grid))
    assert inputs.tables["Fleet"].columns["unit_power"].tolist() == [3500.0, 3068.0]
    assert inputs.warnings == ()


def test_every_problem_is_found_in_one_go_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    grid = small()
    grid["Clients"][1][1] = "nobody"
    grid["Fleet"][2][2] = "1,234"
    grid["Fleet"][1][0] = "Alfa"
    grid["Market"][1][1] = -5
    del grid["Scenarios"]
    found = problems_of(tmp_path, grid)
    assert [(each.where.sheet, each.where.cell, each.code) for each in found] == [
        ("Market", "B2", "out_of_bounds"),
        ("Fleet", "A2", "name_unknown"),
        ("Fleet", "C3", "number_text"),
        ("Scenarios", "", "sheet_missing"),
        ("Clients", "B2", "email_wrong"),
    ]
    with pytest.raises(InputError) as refused:
        read_workbook(tmp_path / "week.xlsx")
    assert refused.value.problems == found
    assert 'week.xlsx [Fleet!C3 "Units"]: found the text "1,234"' in str(refused.value)


CELLS: list[tuple[str, int, int, Any, str, str]] = [
    ("Fleet", 2, 3, "1,234", "number_text", "Type 1234 "),
    ("Fleet", 2, 3, "40k", "number_text", "Type 40000 "),
    ("Operators", 2, 3, "12%", "number_text", "Type 12% or 0.12"),
    ("Operators", 2, 2, "n/a", "number_text", "best estimate"),
    ("Operators", 2, 4, "n/a", "number_text", "Clear the cell: it then counts as 0."),
    ("Operators", 2, 2, "cheap", "number_text", "Type a plain number."),
    ("Operators", 2, 2, True, "number_truth", "Type a plain number."),
    ("Operators", 2, 2, dt.date(2025, 1, 2), "number_date", "found the date 2025-01-02"),
    ("Operators", 2, 2, "=1/25", "formula_uncalculated", "save it"),
    ("Operators", 2, 2, "#REF!", "cell_error", "found #REF!"),
    ("Operators", 2, 2, None, "value_missing", "e.g. 0.045"),
    ("Operators", 2, 2, 4.5, "out_of_bounds", "4.5 cents are 0.045"),
    ("Operators", 2, 3, 95, "out_of_bounds", "type 95% or 0.95"),
    ("Operators", 2, 3, 1.2, "out_of_bounds", "from 0 to 1"),
    ("Operators", 3, 1, " alpha", "name_twice", "it is in A2 already"),
    ("Operators", 3, 1, "Beta*", "name_wildcard", "without * ? and ~"),
    ("Operators", 3, 1, "B" * 101, "text_long", "at most 100"),
    ("Debt", 2, 1, "Gamma", "name_unknown", 'Known are "Alpha", "Beta".'),
    ("AI_HPC", 2, 1, "Alpa", "name_unknown", 'Did you mean "Alpha"?'),
    ("AI_HPC", 2, 6, dt.date(2025, 5, 1), "dates_reversed", "2025-06-01"),
    ("Clients", 2, 3, "Alpha; Gamma", "name_unknown", '"Gamma"'),
    ("Clients", 2, 2, "a@example.com; b@", "email_wrong", '"b@"'),
    ("Market", 4, 2, 926_500.5, "number_whole", "whole number"),
    ("Market", 8, 2, "Price -30 %", "name_unknown", 'Did you mean "Price -20 %"?'),
    ("Report", 5, 2, "05/12/2025", "date_text", "2025-12-05"),
    ("Report", 5, 2, 20251205, "date_implausible", "year-month-day"),
    ("Network_History", 3, 1, dt.date(2025, 9, 27), "date_twice", "found 2025-09-27 again"),
    ("Shocks", 2, 3, "perhaps", "yes_no", "Type yes or no."),
    ("Risk", 2, 1, "weather", "choice_unknown", "cash_pressure"),
    ("Risk", 2, 1, "Solvency", "choice_replaced", '"solvency_pressure" stands in its place'),
    ("Risk", 2, 3, 0, "risk_flat", "two different values"),
    ("ETF_Flows", 3, 2, "(95.1)", "number_text", "Type -95.1 "),
    ("ETF_Flows", 1, 3, "fund-a", "column_twice", "second column"),
    ("Fleet", 1, 6, "Price", "column_missing", "Replacement price (USD/TH)"),
    ("Fleet", 1, 2, "Units", "column_twice", "second column"),
    ("Market", 3, 1, "BTC price", "item_twice", "first in row 2"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "code", "words"), CELLS)
def test_a_wrong_cell_is_named_with_what_to_type(
    tmp_path: Path, sheet: str, row: int, column: int, value: Any, code: str, words: str
) -> None:
    found = [each for each in problems_of(tmp_path, changed(sheet, row, column, value)) if each.code == code]
    assert found
    assert words in str(found[0])
    assert found[0].severity is Severity.ERROR
    assert found[0].where.sheet == sheet


def test_a_missing_item_of_a_form_is_named_by_its_label(tmp_path: Path) -> None:
    grid = small()
    del grid["Market"][1]
    (found,) = problems_of(tmp_path, grid)
    assert (found.code, found.where.label) == ("value_missing", "BTC price")


def test_a_required_sheet_without_rows_is_an_error_and_an_optional_one_is_not(tmp_path: Path) -> None:
    grid = small()
    grid["Fleet"] = grid["Fleet"][:1]
    grid["Events"] = grid["Events"][:1]
    grid["Debt"] = []
    del grid["ETF_Flows"]
    assert [each.code for each in problems_of(tmp_path, grid)] == ["sheet_empty"]


def test_text_may_look_like_a_formula_and_stays_text(tmp_path: Path) -> None:
    from .workbooks import write_xlsxwriter

    name = '=HYPERLINK("http://x","y")'
    grid = small()
    grid["Operators"][1][0] = name
    grid["Fleet"][1][0] = grid["AI_HPC"][1][0] = name
    inputs = read_workbook(write_xlsxwriter(tmp_path / "week.xlsx", grid))
    assert inputs.tables["Operators"].columns["operator"].tolist() == [name, "Beta"]


def test_dates_that_read_in_one_way_only_may_be_typed_as_text(tmp_path: Path) -> None:
    for text in ("2025-12-05", "5 Dec 2025", "Dec 5, 2025", "05-December-2025", "2025-12-05T00:00:00Z"):
        path = write_openpyxl(tmp_path / "week.xlsx", changed("Report", 5, 2, text))
        assert read_workbook(path).value("Report", "as_of") == 45996.0


def test_a_time_of_the_day_is_dropped_with_a_warning(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", changed("Report", 5, 2, dt.datetime(2025, 12, 5, 18, 30)))
    inputs = read_workbook(path)
    assert inputs.value("Report", "as_of") == 45996.0
    assert [each.code for each in inputs.warnings] == ["date_time"]
    path = write_openpyxl(tmp_path / "text.xlsx", changed("Report", 5, 2, "2025-12-05T18:30:00Z"))
    assert [each.code for each in examine(path).problems] == ["date_time"]


def test_warnings_that_are_delivered_name_the_file_without_its_folder(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", changed("Operators", 2, 2, 0.3))
    found = examine(path)
    assert found.inputs is not None
    assert found.problems[0].where.file == str(path)
    assert found.inputs.warnings[0].where.file == "week.xlsx"


def test_a_list_of_problems_without_end_is_cut_with_a_count() -> None:
    problems = tuple(problem("value_missing", Where("week.xlsx", "Fleet", f"C{row}"), "found") for row in range(2, 302))
    lines = str(InputError(problems)).splitlines()
    assert len(lines) == 201
    assert lines[-1] == "and 100 more problems"


def test_control_characters_are_refused(tmp_path: Path) -> None:
    from .workbooks import write_xlsxwriter

    grid = changed("Report", 2, 2, "Bell\x07")
    found = examine(write_xlsxwriter(tmp_path / "week.xlsx", grid)).problems
    assert [each.code for each in found] == ["text_error"]
