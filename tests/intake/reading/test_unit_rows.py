"""A row of units below the headings is no record, and a column of currencies says what the amounts are in."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from reportgen.sheets import BY_NAME
from tests.intake.reading.raw_sheets import read
from tests.intake.workbooks import Grid, small


def with_unit_row(sheet: str, **units: str) -> Grid:
    """The small workbook with a row of the declared units below the headings of a list, but for what is told."""
    grid = copy.deepcopy(small())
    fields = {field.header: field for field in BY_NAME[sheet].fields}
    named = [units.get(fields[head].name, fields[head].unit) if head in fields else "" for head in grid[sheet][0]]
    grid[sheet].insert(1, [each or None for each in named])
    return grid


@pytest.mark.parametrize("sheet", ["Operators", "Fleet", "Debt", "AI_HPC", "Network_History", "Scenarios"])
def test_a_row_of_the_declared_units_is_named_and_changes_no_figure(sheet: str) -> None:
    plain, _ = read(small(), sheet)
    found, problems = read(with_unit_row(sheet), sheet)
    assert [each.code for each in problems] == ["unit_row"]
    assert found.table.rows == plain.table.rows
    assert {name: list(map(repr, values)) for name, values in found.table.columns.items()} == {
        name: list(map(repr, values)) for name, values in plain.table.columns.items()
    }


def test_another_unit_in_the_row_counts_as_if_the_heading_named_it() -> None:
    plain, _ = read(small(), "Fleet")
    found, problems = read(with_unit_row("Fleet", remaining_life="years"), "Fleet")
    assert [each.code for each in problems] == ["unit_row", "unit_differs"]
    assert list(found.column("remaining_life")) == [12 * months for months in plain.column("remaining_life")]


def test_a_row_that_contradicts_its_heading_is_refused() -> None:
    grid = with_unit_row("Fleet", unit_power="kW")
    grid["Fleet"][0] = [head.replace("Unit power (W)", "Unit power (MW)") for head in grid["Fleet"][0]]
    _, problems = read(grid, "Fleet")
    (refused,) = [each for each in problems if each.code == "unit_refused"]
    assert '"kW" stands below it' in refused.message


@pytest.mark.parametrize("cells", [["Alpha", "S21", "two thousand"], [None, None, "1,000"], [None, None, "12"]])
def test_a_record_with_texts_is_no_row_of_units(cells: list[Any]) -> None:
    grid = copy.deepcopy(small())
    grid["Fleet"].insert(1, cells)
    _, problems = read(grid, "Fleet")
    assert "unit_row" not in [each.code for each in problems]
    assert "number_text" in [each.code for each in problems]


def with_currencies(*currencies: Any) -> Grid:
    grid = copy.deepcopy(small())
    grid["Operators"][0].append("Currency")
    for row, currency in zip(grid["Operators"][1:], currencies, strict=False):
        row.append(currency)
    return grid


@pytest.mark.parametrize("currencies", [("USD", "USD"), ("US$", None), ("usd", "$")])
def test_a_column_of_dollars_says_nothing_new(currencies: tuple[Any, ...]) -> None:
    _, problems = read(with_currencies(*currencies), "Operators")
    assert problems == []


@pytest.mark.parametrize("currencies", [("USD", "CAD"), ("EUR", "EUR"), ("USD", "USD thousand"), ("kUSD", "USD")])
def test_a_column_with_another_currency_is_refused(currencies: tuple[Any, ...]) -> None:
    _, problems = read(with_currencies(*currencies), "Operators")
    (refused,) = problems
    assert refused.code == "unit_refused"
    assert "expected USD" in refused.message


def test_a_column_called_currency_with_other_words_is_a_column_that_is_not_read() -> None:
    _, problems = read(with_currencies("home", "abroad"), "Operators")
    assert [each.code for each in problems] == ["column_unknown"]


def test_a_column_of_currencies_beside_flows_is_no_fund() -> None:
    grid = copy.deepcopy(small())
    grid["ETF_Flows"][0].append("Currency")
    for row in grid["ETF_Flows"][1:]:
        row.append("USD")
    found, problems = read(grid, "ETF_Flows")
    assert "Currency" not in found.table.wide["funds"]
    assert "unit_refused" not in [each.code for each in problems]
