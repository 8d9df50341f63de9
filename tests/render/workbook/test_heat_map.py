"""The heat maps of price and difficulty, cell by cell against the grid and the live figures."""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from reportgen.model.solve import Solution
from reportgen.render.theme import load_theme

PRICES = [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]
DIFFICULTIES = [-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]
MAPS = {4: "aisc_margin", 15: "share_below_aisc_net", 26: "risk_score"}  # by row of the title


@pytest.mark.parametrize(("top", "name"), MAPS.items(), ids=MAPS.values())
def test_each_cell_is_that_of_its_price_and_difficulty(
    solution: Solution, values: openpyxl.Workbook, book: openpyxl.Workbook, top: int, name: str
) -> None:
    sheet: Any = values["Heat_Map"]
    assert [sheet.cell(top + 1, 2 + column).value for column in range(9)] == pytest.approx(PRICES)
    assert [sheet.cell(top + 3 + row, 1).value for row in range(7)] == pytest.approx(DIFFICULTIES)
    solved = {
        (round(price, 6), round(difficulty, 6)): value
        for price, difficulty, value in zip(
            *(solution.numbers("grid", column) for column in ("price_change", "difficulty_change", name)), strict=True
        )
    }
    for row, difficulty in enumerate(DIFFICULTIES):
        for column, price in enumerate(PRICES):
            assert sheet.cell(top + 3 + row, 2 + column).value == pytest.approx(solved[price, difficulty])
            assert str(book["Heat_Map"].cell(top + 3 + row, 2 + column).value).startswith("=Stress_Grid!$")


def test_the_middle_is_the_workbook_itself(solution: Solution, values: openpyxl.Workbook) -> None:
    sheet = values["Heat_Map"]
    assert sheet["F20"].value == pytest.approx(solution.number("share_below_aisc_net"))
    assert sheet["F31"].value == pytest.approx(solution.number("risk_score"))


def test_what_is_bad_is_red_whether_it_is_high_or_low(book: openpyxl.Workbook) -> None:
    theme = load_theme().colours
    assert (theme["good"], theme["bad"], theme["paper"]) == ("#1F7A6D", "#A61E22", "#FFFFFF")
    scales = {
        str(area.sqref): ["#" + str(colour.rgb)[2:] for colour in rule.colorScale.color]
        for area in book["Heat_Map"].conditional_formatting
        for rule in area.rules
        if rule.colorScale is not None
    }
    good_to_bad = ["#A5CAC5", "#FFFFFF", "#DBA5A7"]  # 40 % of the colour: the numbers stay legible
    assert scales == {"B7:J13": good_to_bad[::-1], "B18:J24": good_to_bad, "B29:J35": good_to_bad}
    places = {
        str(area.sqref): [float(stop.val) for stop in rule.colorScale.cfvo]
        for area in book["Heat_Map"].conditional_formatting
        for rule in area.rules
        if rule.colorScale is not None
    }
    assert places == {
        "B7:J13": [-0.5, 0, 0.5],
        "B18:J24": [0, 0.5, 1],
        "B29:J35": [0, 40, 80],
    }  # whatever stands beside
