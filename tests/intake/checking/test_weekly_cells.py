"""A workbook that still holds last week's values does not pass as this week's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from reportgen.intake.reader import examine, read_workbook
from tests.intake.workbooks import Grid, small, write_openpyxl

LAST_WEEK: dict[str, Any] = {
    "BTC price": 95_000,
    "Network difficulty": 152.1,
    "Block height": 925_340,
    "Fees per block": 0.02,
    "Miner treasury": 50_500,
}
ACCEPTED = ["Code", "Sheet", "Row", "Until", "Reason", "Accepted by"]


def rolled(**same: Any) -> Grid:
    """A workbook as a roll and a week of work leave it; `same` holds what last week's column has instead."""
    grid = small()
    noted = LAST_WEEK | same
    grid["Market"][0].append("Last week")
    for row in grid["Market"][1:]:
        row.extend([None] * (5 - len(row)))
        row.append(noted.get(row[0]))
    grid["Report"][0].append("Last week")
    grid["Report"].append(["Commentary", "The price fell.", None, None, None, noted.get("Commentary")])
    return grid


def found(tmp_path: Path, grid: Grid) -> list[tuple[str, str]]:
    problems = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    return [(each.code, f"{each.where.sheet}!{each.where.cell}") for each in problems]


def test_a_week_that_was_filled_in_gives_no_word(tmp_path: Path) -> None:
    assert found(tmp_path, rolled(Commentary="The price rose.")) == []


@pytest.mark.parametrize(
    ("label", "last", "problem"),
    [
        ("BTC price", 90_000, ("price_unchanged", "Market!B2")),
        ("Network difficulty", 149.3, ("value_unchanged", "Market!B3")),
        ("Block height", 926_500, ("value_unchanged", "Market!B4")),
        ("Fees per block", 0.03, ("value_unchanged", "Market!B5")),
        ("Miner treasury", 50_000, ("value_unchanged", "Market!B7")),
        ("Commentary", "The  price fell. ", ("commentary_unchanged", "Report!B6")),
    ],
)
def test_a_value_that_is_still_last_weeks_is_named_with_its_cell(
    tmp_path: Path, label: str, last: Any, problem: tuple[str, str]
) -> None:
    assert found(tmp_path, rolled(**{label: last})) == [problem]


def test_a_value_that_is_the_same_every_week_by_its_nature_is_not_asked_about(tmp_path: Path) -> None:
    assert found(tmp_path, rolled(**{"Network growth": 0.1})) == []


@pytest.mark.parametrize(
    ("height", "difficulty", "code"),
    [
        (925_490, 149.3, None),
        (925_344, 149.3, None),  # the first block of the epoch
        (925_343, 149.3, "value_unchanged"),
        (926_500, 149.3, "value_unchanged"),
        (925_490, 152.1, "difficulty_impossible"),
        (925_490, 149.2, None),  # typed to fewer places
        (925_343, 152.1, None),
    ],
)
def test_a_difficulty_changes_with_a_retarget_and_with_nothing_else(
    tmp_path: Path, height: int, difficulty: float, code: str | None
) -> None:
    grid = rolled(**{"Network difficulty": difficulty, "Block height": height})
    problems = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert [each.code for each in problems if each.where.label == "Network difficulty"] == [code] * (code is not None)


@pytest.mark.parametrize(
    ("height", "day", "off"),
    [
        (926_501, None, True),
        (926_499, None, False),
        (925_490, 28, False),
        (925_710, 28, False),
        (925_720, 28, True),  # 780 blocks in seven days
        (925_200, 28, True),
        (924_484, 21, False),
        (926_499, 28, True),
    ],
)
def test_a_height_is_a_week_of_blocks_above_last_weeks(tmp_path: Path, height: int, day: int | None, off: bool) -> None:
    grid = rolled(**{"Block height": height, "Network difficulty": 149.3})
    if day:
        (row,) = [row for row in grid["Report"] if row[0] == "As of"]
        row.extend([None] * (5 - len(row)))
        row.append(dt.date(2025, 11, day))
    problems = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert [each.code for each in problems if each.where.label == "Block height"] == ["height_off"] * off


def test_last_weeks_price_stops_the_build_and_any_other_value_does_not(tmp_path: Path) -> None:
    price = examine(write_openpyxl(tmp_path / "price.xlsx", rolled(**{"BTC price": 90_000})))
    assert [each.code for each in price.errors] == ["price_unchanged"]
    other = read_workbook(write_openpyxl(tmp_path / "fees.xlsx", rolled(**{"Fees per block": 0.03})))
    assert [each.code for each in other.warnings] == ["value_unchanged"]


def test_a_price_that_is_the_same_by_chance_is_confirmed_for_its_day(tmp_path: Path) -> None:
    grid = rolled(**{"BTC price": 90_000})
    day = dt.date(2025, 12, 5)
    grid["Accepted"] = [ACCEPTED, ["price_unchanged", "Market", "BTC price", day, "Same by chance", "AB"]]
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", grid))
    assert [each.code for each in inputs.accepted] == ["price_unchanged"]
    grid["Accepted"][1][3] = day - dt.timedelta(days=1)
    assert ("price_unchanged", "Market!B2") in found(tmp_path, grid)


def test_another_error_cannot_be_accepted(tmp_path: Path) -> None:
    grid = rolled()
    grid["Accepted"] = [ACCEPTED, ["data_stale", "ETF_Flows", None, None, "Holidays", "AB"]]
    assert found(tmp_path, grid) == [("accepted_code", "Accepted!A2")]


def test_proposed_values_are_told_once_and_in_the_house_until_they_are_confirmed(tmp_path: Path) -> None:
    grid = rolled()
    for row in (1, 3):
        grid["Market"][row][3] = "(proposed) network export, row of 2025-12-05"
    inputs = read_workbook(write_openpyxl(tmp_path / "week.xlsx", grid))
    (warning,) = inputs.kept_warnings
    assert (warning.code, warning.where.cell, inputs.warnings) == ("values_proposed", "B2", ())
    assert "BTC price (B2), Block height (B4)" in warning.message
    for row in (1, 3):
        grid["Market"][row][3] = "network export, row of 2025-12-05"
    assert found(tmp_path, grid) == []
