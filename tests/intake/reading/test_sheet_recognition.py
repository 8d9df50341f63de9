"""Sheets under another name are asked about, by name and by columns, and what is missing altogether is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reportgen.cli.commands import commands
from reportgen.intake.file.book import opened
from reportgen.intake.file.cell_stream import ROWS_SEEN
from reportgen.intake.reader import examine
from tests.intake.raw_xlsx import Formula
from tests.intake.workbooks import small, write_openpyxl, write_xlsxwriter

RENAMED = [
    ("Debt", "Loans"),
    ("Debt", "Debts"),
    ("Debt", "Bonds and leases 2025"),
    ("AI_HPC", "AI"),
    ("AI_HPC", "Hosting contracts"),
    ("ETF_Flows", "ETF"),
    ("ETF_Flows", "Fund flows"),
    ("Network_History", "History"),
    ("Network_History", "Daily"),
    ("Risk", "Risk weights"),
    ("Shocks", "What if"),
    ("Events", "Timeline"),
]


@pytest.mark.parametrize(("sheet", "name"), RENAMED)
def test_a_sheet_under_another_name_is_asked_about(tmp_path: Path, sheet: str, name: str) -> None:
    grid = small()
    grid["Market"][7][1] = None
    grid = {name if each == sheet else each: rows for each, rows in grid.items()}
    grid["Desk notes"] = [["Date", "Who"], ["1 Dec", "AB"]]
    found = examine(write_openpyxl(tmp_path / "week.xlsx", grid))
    (asked,) = [each for each in found.problems if each.code == "sheet_unread"]
    assert asked.where.sheet == sheet
    assert f'Did you mean {sheet}? Then rename "{name}" to {sheet}' in asked.hint
    assert sheet in found.absent


def test_a_view_of_formulas_beside_an_empty_sheet_is_not_asked_about(tmp_path: Path) -> None:
    grid = small()
    shown = [Formula(f"Debt!{column}2", value) for column, value in zip("ABCD", grid["Debt"][1][:4], strict=True)]
    grid["Overview"], grid["Debt"] = [grid["Debt"][0][:4], shown], grid["Debt"][:1]
    assert examine(write_xlsxwriter(tmp_path / "week.xlsx", grid)).problems == ()


@pytest.mark.parametrize("first", ["Loans", "Debt_Covenants"])
def test_a_renamed_sheet_is_asked_about_and_not_the_figures_that_are_computed_from_it(
    tmp_path: Path, first: str
) -> None:
    grid = small()
    loans = grid.pop("Debt")
    figures = [
        [Formula(f"INDEX(Loans!{column}2:{column}9,1)", value) if value is not None else None
         for column, value in zip("ABCDEFGH", row, strict=False)]
        for row in loans[1:]
    ]  # fmt: skip
    beside = {"Loans": loans, "Debt_Covenants": [loans[0], *figures]}
    beside = beside if first == "Loans" else dict(reversed(beside.items()))
    (asked,) = examine(write_xlsxwriter(tmp_path / "week.xlsx", grid | beside)).problems
    assert 'Then rename "Loans" to Debt' in asked.hint
    del beside["Loans"]
    assert examine(write_xlsxwriter(tmp_path / "figures.xlsx", grid | beside)).problems == ()


def test_of_two_sheets_that_may_be_meant_the_first_is_asked_about(tmp_path: Path) -> None:
    grid = small()
    grid["Loans"] = grid.pop("Debt")
    grid["Old loans"] = grid["Loans"]
    (asked,) = examine(write_xlsxwriter(tmp_path / "week.xlsx", grid)).problems
    assert 'Then rename "Loans" to Debt' in asked.hint


def test_a_filled_sheet_is_asked_about_when_the_declared_one_beside_it_is_empty(tmp_path: Path) -> None:
    grid = small()
    grid["Loans"], grid["Debt"] = grid["Debt"], grid["Debt"][:1]
    grid["AI notes"], grid["AI_HPC"] = [["Customer"], ["Alpha"]], grid["AI_HPC"][:1]
    (asked,) = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    assert (asked.code, asked.where.sheet) == ("sheet_unread", "Debt")
    assert 'the sheet "Loans" is not read, and there is no sheet Debt with rows' in asked.message


@pytest.mark.parametrize(("sheet", "name"), [("Operators", "Miners"), ("Fleet", "Machines"), ("Market", "Assumptions")])
def test_a_required_sheet_under_another_name_is_one_error_that_names_it(tmp_path: Path, sheet: str, name: str) -> None:
    grid = {name if each == sheet else each: rows for each, rows in small().items()}
    problems = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
    (missing,) = [each for each in problems if each.code in ("sheet_missing", "sheet_unread")]
    assert missing.code == "sheet_missing"
    assert f'Did you mean "{name}"?' in missing.hint


OWN: dict[str, list[list[Any]]] = {
    "Notes": [["Debt of Alpha is being renegotiated"], ["Ask about the facility"]],
    "Calculations": [["Operator", "Power", "Margin"], ["Alpha", 3, 4]],
    "Old fleet": small()["Fleet"],
    "Sites": [["Operator", "Facility", "MW"], ["Alpha", "North", 3]],
    "Flows of power": [["MWh", "Site"], [1, 2]],
    "Stress test": [["Case", "Result"], [1, 2]],
}


def test_sheets_of_ones_own_are_nobodys_business(tmp_path: Path) -> None:
    grid = small()
    del grid["Debt"], grid["Events"], grid["ETF_Flows"]
    found = examine(write_openpyxl(tmp_path / "week.xlsx", {**OWN, **grid}))
    assert found.problems == ()
    assert found.absent == ("Debt", "ETF_Flows", "Stress_Windows", "Accepted", "Events")


def test_check_names_the_sheets_that_are_missing_altogether(tmp_path: Path) -> None:
    grid = small()
    del grid["Debt"]
    path = write_openpyxl(tmp_path / "week.xlsx", grid)
    told = CliRunner().invoke(commands, ["check", str(path)])
    assert "taken as empty, since there is no such sheet or no row on it: Debt, Stress_Windows, Accepted" in told.output
    assert "0 errors, 0 warnings" in told.output


def test_of_a_sheet_that_is_not_read_only_the_first_rows_are_looked_at(tmp_path: Path) -> None:
    path = write_openpyxl(tmp_path / "week.xlsx", {"Own": [[number] for number in range(1, 5_001)], **small()})
    with opened(path) as book:
        assert len(book.beginning(book.sheets[0]).rows) == ROWS_SEEN
