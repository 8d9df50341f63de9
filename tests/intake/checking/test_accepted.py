"""Warnings that were looked at, and the days that figures, events and stress windows name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.intake.checking.edited import checked, held
from tests.intake.workbooks import Grid, small

HEADER = ["Code", "Sheet", "Row", "Until", "Reason", "Accepted by"]


def odd() -> Grid:
    """Both operators pay much for power, and a loan is above its limit."""
    grid = small()
    for row in grid["Operators"][1:]:
        row[1] = 0.3
    grid["Debt"][1][5] = 0.5
    return grid


def codes_with(*rows: list[Any]) -> list[tuple[str, str]]:
    grid = odd()
    grid["Accepted"] = [HEADER, *([*row, *[None] * (4 - len(row)), "known", "Ann"] for row in rows)]
    found = checked(held(grid))
    return [(each.code, cell) for each in found.problems for cell in each.cells or (each.where.cell,)]


EVERY = [("power_price_high", "B2"), ("power_price_high", "B3"), ("ltv_breached", "F2")]


@pytest.mark.parametrize(
    ("row", "left"),
    [
        (["power_price_high", "Operators"], EVERY[2:]),
        (["POWER_PRICE_HIGH", "operators", "alpha"], EVERY[1:]),
        (["power_price_high", "Operators", "Beta"], [EVERY[0], EVERY[2]]),
        (["ltv_breached", "Debt", "BTC-backed loan"], EVERY[:2]),
        (["ltv_breached", "Debt", "2027-06-30"], EVERY[:2]),
        (["ltv_breached", "Debt", "Beta", dt.date(2025, 12, 5)], EVERY[:2]),
    ],
)
def test_an_accepted_warning_is_silent_by_code_sheet_and_row(row: list[Any], left: Any) -> None:
    assert codes_with(row) == left


@pytest.mark.parametrize(
    "row",
    [
        ["ltv_breached", "Debt", "Beta", dt.date(2025, 12, 4)],
        ["ltv_breached", "Debt", "Alpha"],
        ["ltv_breached", "Operators"],
        ["uptime_low", "Operators"],
    ],
)
def test_what_it_is_not_about_or_no_longer_stays_and_the_row_is_said_to_be_idle(row: Any) -> None:
    there = row == ["ltv_breached", "Debt", "Alpha"]  # in another row, so its Row is what is wrong
    assert codes_with(row) == [*EVERY, ("accepted_idle", "C2" if there else "A2")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["power_price_hi", "Operators"], "accepted_code"),
        (["value_missing", "Operators"], "accepted_code"),
        (["power_price_high", "Sites"], "accepted_sheet"),
    ],
)
def test_only_warnings_of_input_sheets_can_be_accepted(row: list[Any], code: str) -> None:
    assert code in [found for found, _ in codes_with(row)]


def test_who_accepted_and_why_is_kept_beside_and_never_sent() -> None:
    grid = odd()
    grid["Accepted"] = [
        HEADER,
        ["power_price_high", "Operators", None, None, "hedged", "Ann"],
        ["uptime_low", "Operators", None, None, "storm", "Bob"],
    ]
    found = checked(held(grid))
    assert [(each.warning.where.cell, each.accepted_by, each.reason) for each in found.accepted] == [
        ("B2", "Ann", "hedged"),
        ("B3", "Ann", "hedged"),
    ]
    assert found.inputs is not None
    assert [each.code for each in found.inputs.warnings] == ["ltv_breached"]
    assert [each.code for each in found.inputs.kept_warnings] == ["accepted_idle"]


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (dt.date(2025, 12, 5), ""),
        (dt.date(2025, 12, 6), "figures_future"),
        (dt.date(2025, 8, 27), ""),
        (dt.date(2025, 8, 26), "figures_old"),
    ],
)
def test_the_day_of_an_operators_figures_lies_before_the_as_of_day_and_not_long(day: dt.date, code: str) -> None:
    grid = small()
    grid["Operators"][0].append("Figures as of")
    grid["Operators"][1].append(day)
    found = checked(held(grid)).problems
    assert [(each.code, each.where.cell) for each in found] == ([(code, "F2")] if code else [])


def test_a_status_is_one_of_three_words() -> None:
    for word, code in (("reported", []), ("Estimated", []), ("guessed", ["choice_unknown"])):
        grid = small()
        grid["Operators"][0].append("Status")
        grid["Operators"][1].append(word)
        assert [each.code for each in checked(held(grid)).problems] == code


def test_windows_that_share_a_day_are_warned_of_and_neighbours_are_not() -> None:
    grid = small()
    grid["Stress_Windows"] = [
        ["Window", "From", "To"],
        ["Second", dt.date(2025, 11, 1), dt.date(2025, 11, 30)],
        ["First", dt.date(2025, 10, 1), dt.date(2025, 10, 31)],
    ]
    assert checked(held(grid)).problems == ()
    grid["Stress_Windows"][2][2] = dt.date(2025, 11, 1)
    (found,) = checked(held(grid)).problems
    assert (found.code, found.where.cell) == ("windows_overlap", "B2")
    assert found.message == 'found 2025-11-01, within "First" (up to 2025-11-01).'


def test_events_after_the_as_of_day_are_said_to_be_left_out() -> None:
    grid = small()
    grid["Events"] = [["Date", "Event"], [dt.date(2025, 12, 5), "Today"], [dt.date(2025, 12, 6), "Tomorrow"]]
    (found,) = checked(held(grid)).problems
    assert (found.code, found.where.cell) == ("events_future", "A3")
    assert found.message == "1 row is left out: later than the as-of date 2025-12-05, up to 2025-12-06."


@pytest.mark.parametrize("row", ["3", "Beta"])
def test_a_row_of_accepted_that_names_another_row_is_told_what_to_type(row: str) -> None:
    grid = small()
    grid["Operators"][1][1] = 0.3
    grid["Accepted"] = [HEADER, ["power_price_high", "Operators", row, None, "known", "Ann"]]
    idle = next(each for each in checked(held(grid)).problems if each.code == "accepted_idle")
    assert idle.where.cell == "C2"
    assert f'at B2, but not in a row of "{row}"' in idle.message
    assert '"Alpha"' in idle.hint
