"""One cause is one line: what follows from it is not told beside it, and is not counted either."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.intake.file.cell import RawSheet
from tests.intake.checking.edited import Raw, cell, changed_cells, checked, held
from tests.intake.checking.ordinary import three_miners


@pytest.fixture(scope="module")
def raw() -> Raw:
    return held(three_miners())


def told(raw: Raw) -> list[tuple[str, str, str]]:
    return [(each.code, each.where.sheet, each.where.cell) for each in checked(raw).problems]


def headed(raw: Raw, sheet: str, old: str, new: str) -> Raw:
    """The cells with another heading in place of one."""
    rows = raw[sheet].rows
    cells = {column: cell(new) if each.text == old else each for column, each in rows[1].items()}
    assert cells != rows[1]
    return {**raw, sheet: replace(raw[sheet], rows={**rows, 1: cells})}


@pytest.mark.parametrize("new", ["Coporate ovehead (USD/month)", "SG&A (USD/month)"])
def test_a_heading_that_is_not_known_is_told_with_the_column_that_is_missing(raw: Raw, new: str) -> None:
    edited = headed(raw, "Operators", "Corporate overhead (USD/month)", new)
    (found,) = checked(edited).problems
    assert found.code == "column_lost"
    assert 'head it "Corporate overhead (USD/month)"' in found.hint
    assert new not in found.hint  # headings of one's own stay in the house


def test_a_required_column_under_another_heading_is_one_error(raw: Raw) -> None:
    edited = headed(raw, "AI_HPC", "Monthly revenue (USD/month)", "Annual revenue (USD/year)")
    assert [code for code, *_ in told(edited)] == ["column_missing"]


def test_a_column_of_ones_own_beside_two_missing_ones_stays_a_line_of_its_own(raw: Raw) -> None:
    edited = headed(raw, "Scenarios", "Horizon days (days)", "Ticker")
    edited = headed(edited, "Scenarios", "Issuance sold (share)", "Colour")
    assert [code for code, *_ in told(edited)].count("column_unknown") == 2


def test_names_of_a_sheet_that_is_not_there_are_no_further_errors(raw: Raw) -> None:
    edited = {"Miners" if name == "Operators" else name: sheet for name, sheet in raw.items()}
    (found,) = checked(edited).problems
    assert (found.code, found.where.sheet) == ("sheet_missing", "Operators")
    assert found.hint.endswith("to Operators.")


def test_a_mistyped_operator_in_fleet_is_one_error(raw: Raw) -> None:
    edited = changed_cells(raw, {"Fleet.operator[0]": "Harbour Digitl", "Fleet.operator[1]": "Harbour Digitl"})
    assert {code for code, *_ in told(edited)} == {"name_unknown"}


def test_a_date_that_is_a_text_leaves_no_gap(raw: Raw) -> None:
    assert [code for code, *_ in told(changed_cells(raw, {"Network_History.date[-20]": "15/11/2025"}))] == ["date_text"]


def test_the_cells_of_a_row_of_totals_are_not_told_beside_it(raw: Raw) -> None:
    total = {"operator": "Total", "btc_held": None, "site_overhead": 3.14, "uptime": 2.73, "cash": "n/a"}
    assert [code for code, *_ in told(changed_cells(raw, {"Operators[0]+": total}))] == ["operator_total"]


@pytest.mark.parametrize("sheet", ["Fleet", "Debt", "AI_HPC", "ETF_Flows", "Network_History"])
def test_a_row_of_totals_is_one_error_at_its_name(raw: Raw, sheet: str) -> None:
    rows = raw[sheet].rows
    last = max(rows)
    total = {1: cell("Grand total"), 3: cell(12_345.0)}
    edited = {**raw, sheet: RawSheet(sheet, {**rows, last + 1: total})}
    assert told(edited) == [("operator_total", sheet, f"A{last + 1}")]


def test_bitcoin_below_a_heading_in_satoshi_is_told_at_the_heading_alone(raw: Raw) -> None:
    edited = headed(raw, "Operators", "BTC held (BTC)", "BTC held (sats)")
    assert [code for code, _, _ in told(edited)] == ["unit_differs"]
