"""The list of sheets: one order, one title each, and names that formulas can hold."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import openpyxl
import pytest

from reportgen.model.block import ModelError, Section
from reportgen.model.graph import build
from reportgen.model.lines import SECTIONS, blocks, business
from reportgen.model.solve import Solution, solve
from reportgen.problems import Problem, Severity, Where
from reportgen.render.workbook import about_sheet
from reportgen.render.workbook.contents import contents
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.sheet_titles import TITLES, title_of
from reportgen.render.workbook.writer import write_workbook
from tests.render.workbook.reading import read
from tests.worked_case import worked_case


def planned(sheet: str) -> Plan:
    """The plan of the model with a one-value line on a sheet of this name."""
    more = Section(blocks.market, sheet, "More")

    @more.line(unit="USD/BTC")
    def half_price(price):  # type: ignore[no-untyped-def]  # a line takes numbers and expressions alike
        """Half the price."""
        return price / 2

    graph = build([*SECTIONS, more], inputs_only=(blocks.network_history,))
    return make_plan(solve(worked_case(), graph))


def test_a_new_sheet_stands_after_those_of_the_model_with_its_name_in_words_for_a_title() -> None:
    plan = planned("Half_Prices")
    entries = {entry.name: entry for entry in contents(plan)}
    names = list(entries)
    after = ["Half_Prices", "Net_Margin", "Heat_Map", "Record", "Method"]
    assert names[names.index("Half_Prices") - 1 :] == ["Checks", *after]
    assert entries["Half_Prices"].title == "Half prices"


@pytest.mark.parametrize("name", ["Fleet", "fleet", "Charts", "About", "dashboard", "METHOD"])
def test_a_sheet_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match=r"(?i)two sheets of the workbook are called (method|fleet|charts|about|dash)"):
        contents(planned(name))


@pytest.mark.parametrize("name", ["Half prices", "A1", "RC", "Half-price", "Zahl'en", "", "X" * 32])
def test_a_sheet_name_that_formulas_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match=re.escape(f"sheet {name!r}: formulas name it")):
        contents(planned(name))


def test_every_declared_title_is_that_of_a_sheet() -> None:
    assert set(TITLES) <= {section.sheet for section in business().sections}


def test_titles_stand_on_their_sheets(plan: Plan, book: openpyxl.Workbook) -> None:
    for sheet in plan.sheets:
        assert book[sheet]["A1"].value == title_of(sheet)
    assert book["Risk_Score"]["A1"].value == "Capitulation risk"
    assert book["Market_Figures"]["A1"].value == "Market figures"


def test_the_first_sheet_lists_each_sheet_with_its_title(plan: Plan, book: openpyxl.Workbook) -> None:
    rows = [[cell.value for cell in row] for row in book["Dashboard"].iter_rows(max_col=10)]
    start = next(place for place, row in enumerate(rows) if row[0] == "Contents") + 1
    listed = rows[start : start + len(contents(plan))]
    assert [(row[0], row[2], row[9]) for row in listed] == [
        (entry.name, entry.title, entry.help or None) for entry in contents(plan)
    ]


def test_warnings_stand_on_the_first_sheet_with_what_to_do() -> None:
    odd = Problem(
        "row_odd", Severity.WARNING, Where("week.xlsx", "Fleet", "C6"), "found 3 machines.", "Check the units."
    )
    about = read(write_workbook(solve(dataclasses.replace(worked_case(), warnings=(odd,)))))["About"]
    rows = [[cell.value for cell in row] for row in about.iter_rows(max_col=2)]
    assert rows[-1] == ["Fleet!C6", "found 3 machines. Check the units."]
    assert str(rows[-2][0]).startswith("Warnings about the input workbook")


def test_the_file_says_whose_it_is_and_of_what_day(solution: Solution, book: openpyxl.Workbook) -> None:
    report = solution.inputs.tables["Report"].columns
    said = book.properties
    assert (said.title, said.creator) == (report["report_title"][0], report["prepared_by"][0])
    assert (said.created, said.modified) == (dt.datetime(2025, 12, 5), dt.datetime(2025, 12, 5))


def test_a_headline_figure_that_the_model_lacks_is_refused(solution: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about_sheet, "HEADLINES", ("price", "prize"))
    with pytest.raises(ModelError, match="the first sheet shows prize, which is no line of the market"):
        write_workbook(solution)
