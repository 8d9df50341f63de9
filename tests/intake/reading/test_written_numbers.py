"""Numbers and dates typed as text: bounds and other figures tell what they mean, or both readings are given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.intake.reader import examine
from reportgen.intake.reading.written_numbers import COMMA, POINT, Written, readings
from tests.intake.reading.raw_sheets import raw_sheet, read
from tests.intake.workbooks import changed, small, write_openpyxl

NUMBERS: list[tuple[str, int, int, Any, str]] = [
    ("Operators", 2, 2, "0,022", "Type 0.022 "),
    ("Operators", 2, 2, "0.045 USD/kWh", "Type 0.045 "),
    ("Operators", 2, 2, "45 USD/MWh", "Type 0.045 "),
    ("Operators", 2, 2, "4,5 ct/kWh", "Type 0.045 "),
    ("Operators", 2, 2, "0.04 EUR/kWh", "EUR is another currency: type the figure in USD/kWh."),
    ("Operators", 2, 2, "\u20ac0.04", "EUR is another currency: type the figure in USD/kWh."),
    ("Operators", 2, 2, "36", "The price is per kWh, not MWh: 36 USD/MWh are 0.036 USD/kWh."),
    ("Operators", 2, 3, "97,5%", "Type 97.5% or 0.975 "),
    ("Operators", 2, 4, "60.000.000", "Type 60000000 "),
    ("Operators", 2, 4, "$60m", "Type 60000000 "),
    (
        "Fleet",
        2,
        3,
        "40.000",
        "Type 40000 (digits and a decimal point only) into a cell formatted as a number; 40 would",
    ),
    ("Fleet", 3, 3, "1,234", "Type 1234 "),
    ("Fleet", 2, 5, "3,5 kW", "Type 3500 "),
    ("Fleet", 2, 7, "5 years", "Type 60 "),
    ("Fleet", 2, 7, "60 m", "Type 60 "),
    ("Debt", 2, 3, "16.500", "It may be 16.5 (a decimal point) or 16500 (the point marks thousands)."),
    ("Debt", 2, 4, "9,5%", "Type 9.5% or 0.095 "),
    ("Market", 2, 2, "90.000", "It may be 90 (a decimal point) or 90000 (the point marks thousands)."),
    ("Market", 3, 2, "149,300,000,000,000", "Type 149.3 (in T)"),
    ("Market", 3, 2, "149,3", "Type 149.3 "),
    ("Market", 3, 2, "149.3T", "Type 149.3 "),
    ("Network_History", 5, 3, "90.000", "Type 90000 "),
]


@pytest.mark.parametrize(("sheet", "row", "column", "text", "words"), NUMBERS)
def test_a_text_in_place_of_a_number_is_told_with_the_number_to_type(
    sheet: str, row: int, column: int, text: str, words: str
) -> None:
    _, (found,) = read(changed(sheet, row, column, text), sheet)
    assert found.code == "number_text"
    assert words in found.hint


SIZES: list[tuple[str, int, int, float, str]] = [
    ("Operators", 2, 2, 36, "The price is per kWh, not MWh: 36 USD/MWh are 0.036 USD/kWh."),
    ("Operators", 2, 2, 4.5, "The price is in dollars, not cents: 4.5 cents are 0.045."),
    ("Operators", 2, 2, 12, "12 cents are 0.12. The price is per kWh, not MWh: 12 USD/MWh are 0.012"),
    ("Market", 3, 2, 149_300_000_000_000, "Type 149.3 (in T)"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "number", "words"), SIZES)
def test_a_number_out_of_bounds_is_told_in_the_unit_that_it_most_likely_has(
    sheet: str, row: int, column: int, number: float, words: str
) -> None:
    _, (found,) = read(changed(sheet, row, column, number), sheet)
    assert found.code == "out_of_bounds"
    assert words in found.hint


def test_the_price_of_the_history_says_how_the_price_of_the_market_is_meant(tmp_path: Path) -> None:
    (found,) = examine(write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, "90.000"))).problems
    assert found.hint.startswith("Type 90000 (")


def test_decimal_commas_elsewhere_say_how_a_text_is_meant(tmp_path: Path) -> None:
    grid = changed("Debt", 2, 3, "16.500")
    grid["Operators"][1][1] = "0,04"
    grid["Operators"][1][2] = "97,5%"
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert [each.hint.partition(" (")[0] for each in found if each.where.sheet == "Debt"] == ["Type 16500"]
    grid["Operators"][2][1] = "0.07 "
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert "It may be 16.5 (a decimal point) or 16500" in next(
        each.hint for each in found if each.where.sheet == "Debt"
    )


def test_there_is_no_part_of_a_machine() -> None:
    grid = small()
    for row in grid["Fleet"][1:]:
        row[2] = "1,234"
    hints = [each.hint for each in read(grid, "Fleet")[1] if each.code == "number_text"]
    assert len(hints) == 2
    assert all(hint.startswith("Type 1234 ") for hint in hints)


def test_a_per_cent_sign_in_a_text_counts_once_below_a_heading_in_per_cent() -> None:
    grid = changed("Operators", 1, 3, "Uptime (%)")
    grid["Operators"][1][2], grid["Operators"][2][2] = "97%", 93.0
    (found,) = [each for each in read(grid, "Operators")[1] if each.code == "number_text"]
    assert found.hint.startswith("Type 97% or 0.97 ")


def test_a_text_below_a_heading_in_thousands_is_told_in_thousands() -> None:
    grid = changed("Operators", 1, 4, "Cash (USD k)")
    grid["Operators"][1][3] = "60,000"
    grid["Operators"][2][3] = "\u20ac5"
    _, problems = read(grid, "Operators")
    hints = [each.hint for each in problems if each.code == "number_text"]
    assert "It may be 60000 (the comma marks thousands) or 60 (a decimal comma)." in hints[0]
    assert hints[1] == "EUR is another currency: type the figure in USD."
    grid["Operators"][1][3] = "$60m"
    assert "Type 60000 (" in read(grid, "Operators")[1][1].hint


DATES = [
    ("23/11/2025", "It reads as 2025-11-23. Type 2025-11-23."),
    ("11/23/2025", "It reads as 2025-11-23. Type 2025-11-23."),
    ("23.11.25", "It reads as 2025-11-23. Type 2025-11-23."),
    ("2025/11/23", "It reads as 2025-11-23. Type 2025-11-23."),
    ("05/05/2025", "It reads as 2025-05-05. Type 2025-05-05."),
    ("03/04/2025", "It can be read in two ways: 2025-04-03 (day first) or 2025-03-04 (month first)."),
    ("3.4.2025 12:30", "It can be read in two ways: 2025-04-03 (day first) or 2025-03-04 (month first)."),
    ("31/31/2025", "Type the date as year-month-day, e.g. 2025-12-05."),
]


@pytest.mark.parametrize(("text", "words"), DATES)
def test_a_text_in_place_of_a_date_is_told_with_the_days_that_it_may_be(text: str, words: str) -> None:
    _, (found,) = read(changed("Report", 5, 2, text), "Report")
    assert found.code == "date_text"
    assert words in found.hint


def test_a_column_of_text_dates_is_one_problem_with_its_range_and_count(tmp_path: Path) -> None:
    grid = small()
    first = dt.date(2025, 12, 5) - dt.timedelta(days=119)
    days = [first + dt.timedelta(days=count) for count in range(120)]
    grid["Network_History"][1:] = [[f"{day:%d/%m/%Y}", 1_060.0, 90_000.0] for day in days]
    (found,) = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert (found.code, found.where.cell, found.count, len(found.cells)) == ("date_text", "A2:A121", 120, 120)
    assert found.message == 'found the text "08/08/2025", expected a date (A2; 120 cells in all).'
    assert found.hint.startswith("For A2: It reads as 2025-08-08.")
    grid["Network_History"][1][0] = "09/08/2025"
    (found,) = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert 'It reads as 2025-08-09, day first like "13/08/2025". Type 2025-08-09.' in found.hint


def test_a_day_that_is_its_own_month_does_not_tell_which_of_the_two_stands_first() -> None:
    grid = small()
    for row, text in zip(grid["Network_History"][1:3], ("05/05/2025", "03/04/2025"), strict=True):
        row[0] = text
    _, (same, either) = read(grid, "Network_History")
    assert same.hint == "It reads as 2025-05-05. Type 2025-05-05."
    assert "in two ways" in either.hint


def test_problems_that_say_the_same_are_one_and_so_are_figures_wrong_in_one_way(tmp_path: Path) -> None:
    grid = small()
    for row in grid["Network_History"][3:6] + grid["Network_History"][9:10]:
        row[1] = None
    for number, row in enumerate(grid["Network_History"][20:23]):
        row[2] = f"{number}x"
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert [(each.code, each.where.cell) for each in found] == [
        ("value_missing", "B4:B6, B10"),
        ("number_text", "C21:C23"),
    ]
    assert "(B4; 4 cells in all)" in found[0].message


def test_columns_stay_apart_though_their_problem_is_the_same(tmp_path: Path) -> None:
    grid = small()
    grid["Operators"][0].extend([None, None, "Notes"])
    grid["Operators"][1].extend([1, 2])
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert [(each.code, each.where.cell) for each in found] == [("column_unnamed", "F2"), ("column_unnamed", "G2")]


@given(st.integers(1_000, 999_999))
def test_groups_of_three_have_two_readings_and_other_numbers_one(number: int) -> None:
    assert readings(f"{number:,}") == [(number, POINT), (number / 1_000, COMMA)]
    assert readings(f"{number:,}".replace(",", ".")) == [(number / 1_000, POINT), (number, COMMA)]
    assert readings(str(number)) == [(number, "")]
    assert readings(f"{number},25") == [(number + 0.25, COMMA)]


@given(st.text(max_size=60))
def test_any_text_has_at_most_two_readings(text: str) -> None:
    assert len(readings(text)) <= 2


def test_the_way_of_writing_is_unknown_when_both_stand_in_the_workbook() -> None:
    assert Written({"A": raw_sheet("A", [["1,5"], ["x, y"], ["3.14.15"]])}).way == COMMA
    assert Written({"A": raw_sheet("A", [["1,5"]]), "B": raw_sheet("B", [["2.5"]])}).way == ""
