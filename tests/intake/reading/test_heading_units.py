"""Headings that name another unit: each is converted and said, refused with what to type, or asked about."""

from __future__ import annotations

import dataclasses
import functools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.intake.file.cell import address
from reportgen.intake.reading.heading_units import unit_of_heading
from reportgen.intake.reading.layout import find_layout
from reportgen.intake.reading.sheet_reader import read_sheet
from reportgen.intake.reading.units import parse
from reportgen.problems import Where
from reportgen.sheets import BY_NAME, SHEETS, Kind
from tests.intake.checking.edited import Raw, Times, cell, changed_cells, checked
from tests.intake.checking.mistakes import RECORDS, workbooks
from tests.intake.reading.raw_sheets import raw_sheet, read
from tests.intake.workbooks import changed, small

Grid = dict[str, list[list[Any]]]

CONVERTED: list[tuple[str, str, str, float, float]] = [
    ("Operators", "cash", "Cash (USD thousand)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash ($000)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (USD in thousands)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (in $000's)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (USD k)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (kUSD)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (TUSD)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash (thousands)", 60_000, 60_000_000),
    ("Operators", "cash", "Cash, USD k", 60_000, 60_000_000),
    ("Operators", "cash", "Cash [US$ m]", 60, 60_000_000),
    ("Operators", "cash", "Cash USD m", 60, 60_000_000),
    ("Operators", "hosting", "Hosting (USD/quarter)", 3_000_000, 1_000_000),
    ("Operators", "hosting", "Hosting (USD/year)", 12_000_000, 1_000_000),
    ("Operators", "hosting", "Hosting (USD m p.a.)", 12, 1_000_000),
    ("Operators", "hosting", "Hosting (quarterly)", 3_000_000, 1_000_000),
    ("Operators", "power_price", "Power price (USD/MWh)", 45, 0.045),
    ("Operators", "power_price", "Power price (ct/kWh)", 4.5, 0.045),
    ("Operators", "uptime", "Uptime (%)", 97, 0.97),
    ("Fleet", "unit_power", "Unit power (kW)", 3.5, 3_500),
    ("Fleet", "unit_power", "Unit power (MW)", 0.0035, 3_500),
    ("Fleet", "unit_hash_rate", "Unit hash rate (PH/s)", 0.2, 200),
    ("Fleet", "units", "Units (thousands)", 40, 40_000),
    ("Fleet", "replacement_price", "Replacement price (USD/PH)", 14_000, 14),
    ("Fleet", "remaining_life", "Remaining life (years)", 5, 60),
    ("Fleet", "total_hash_rate", "Total hash rate (PH/s)", 12_500, 12.5),
    ("Debt", "interest_rate", "Interest rate (bps)", 950, 0.095),
    ("Debt", "principal", "Principal (USD mn)", 16, 16_000_000),
    ("Network_History", "hash_rate", "Hash rate (PH/s)", 1_060_000, 1_060),
    ("Network_History", "hash_rate", "Hash rate (TH/s)", 1.06e9, 1_060),
    ("Scenarios", "horizon_days", "Horizon days (weeks)", 13, 91),
]

REFUSED: list[tuple[str, str, str, str]] = [
    ("Operators", "cash", "Cash (CAD)", "CAD is another currency"),
    ("Operators", "cash", "Cash (Rs crore)", "INR is another currency"),
    ("Operators", "cash", "Cash (kEUR)", "EUR is another currency"),
    ("Operators", "cash", "Cash (\u00a3m)", "GBP is another currency"),
    ("Operators", "cash", "Cash (USD/month)", "one cannot be turned into the other"),
    ("Operators", "cash", "Cash (BTC)", "one cannot be turned into the other"),
    ("Operators", "power_price", "Power price (EUR/MWh)", "EUR is another currency"),
    ("Operators", "power_price", "Power price (USD/kW)", "one cannot be turned into the other"),
    ("Fleet", "replacement_price", "Replacement price (USD/machine)", "the price of a machine divided by its TH/s"),
    ("Fleet", "unit_power", "Unit power (J/TH)", "Type the figures in W"),
    ("Fleet", "unit_hash_rate", "Unit hash rate (thousands)", "one cannot be turned into the other"),
    ("Debt", "interest_rate", "Interest rate (per month)", "a rate of another period"),
    ("Debt", "interest_rate", "Interest rate (%)", "0.095 may be 0.095 % or 9.5 %"),
    ("Network_History", "btc_price", "BTC price (EUR/BTC)", "EUR is another currency"),
]

ASKED: list[tuple[str, str, str, str]] = [
    ("Operators", "cash", "Cash (end of quarter)", '"end of quarter", which is no unit'),
    ("Operators", "hosting", "Hosting (USD)", "does not say per what"),
    ("Fleet", "replacement_price", "Replacement price (USD)", "does not say per what"),
]

SILENT: list[tuple[str, str, str]] = [
    ("Operators", "cash", "Cash"),
    ("Operators", "cash", "cash"),
    ("Operators", "cash", "CASH ( usd )"),
    ("Operators", "cash", "Cash ($)"),
    ("Operators", "cash", "Cash (optional)"),
    ("Operators", "power_price", "Power price ($/kWh)"),
    ("Operators", "power_price", "power_price"),
    ("Operators", "uptime", "Uptime (fraction)"),
    ("Fleet", "units", "Units (#)"),
    ("Fleet", "units", "Units (pcs)"),
    ("Fleet", "unit_power", "Unit power (watts per machine)"),
    ("Fleet", "replacement_price", "Replacement price (USD/(TH/s))"),
    ("Fleet", "remaining_life", "Remaining life (m)"),
    ("Fleet", "total_efficiency", "Total efficiency (J/T)"),
    ("Operators", "hosting", "Hosting (USD/m)"),
    ("Debt", "principal", "Principal"),
    ("Debt", "interest_rate", "Interest rate (p.a.)"),
    ("AI_HPC", "monthly_revenue", "Monthly revenue (USD)"),
    ("Network_History", "btc_price", "BTC price (USD)"),
    ("Network_History", "date", "Date (UTC)"),
]


def headed(sheet: str, field: str, heading: str, value: float | None = None) -> tuple[Grid, int]:
    """The small workbook with another heading over a field, and its column; all its figures are `value` if given."""
    grid = small()
    declared = BY_NAME[sheet].field(field)
    known = [text for text in grid[sheet][0] if text in (declared.header, declared.label)]
    column = grid[sheet][0].index(known[0]) if known else len(grid[sheet][0])
    for row in grid[sheet]:
        row.extend([None] * (column + 1 - len(row)))
    grid[sheet][0][column] = heading
    for row in grid[sheet][1:] if value is not None else ():
        row[column] = value
    return grid, column + 1


@pytest.mark.parametrize(("sheet", "field", "heading", "typed", "became"), CONVERTED)
def test_a_heading_in_another_scale_converts_its_figures_and_says_so(
    sheet: str, field: str, heading: str, typed: float, became: float
) -> None:
    grid, column = headed(sheet, field, heading, typed)
    table, problems = read(grid, sheet)
    assert table.column(field) == pytest.approx(became, rel=1e-14)
    (said,) = [each for each in problems if each.code == "unit_differs"]
    assert said.where.cell == f"{chr(64 + column)}1"
    assert (
        heading.strip("]").rpartition(" (")[2].strip(")").split(", ")[-1].split("[")[-1].removeprefix("Cash ")
        in said.message
    )
    assert BY_NAME[sheet].field(field).header in said.hint
    assert not [each for each in problems if each.code == "out_of_bounds"]


@pytest.mark.parametrize(("sheet", "field", "heading", "words"), REFUSED)
def test_a_heading_that_cannot_be_converted_is_refused_with_what_to_type(
    sheet: str, field: str, heading: str, words: str
) -> None:
    grid, column = headed(sheet, field, heading)
    _, problems = read(grid, sheet)
    (refused,) = problems
    assert (refused.code, refused.where.cell) == ("unit_refused", f"{chr(64 + column)}1")
    assert words in str(refused)


@pytest.mark.parametrize(("sheet", "field", "heading", "words"), ASKED)
def test_a_heading_whose_unit_is_not_known_is_asked_about_once(
    sheet: str, field: str, heading: str, words: str
) -> None:
    grid, column = headed(sheet, field, heading)
    as_typed = read(small(), sheet)[0].column(field).tolist()
    table, problems = read(grid, sheet)
    assert table.column(field).tolist() == as_typed
    (asked,) = problems
    assert (asked.code, asked.where.cell) == ("unit_unknown", f"{chr(64 + column)}1")
    assert words in asked.message


@pytest.mark.parametrize(("sheet", "field", "heading"), SILENT)
def test_an_ordinary_heading_is_read_without_a_word(sheet: str, field: str, heading: str) -> None:
    grid, _ = headed(sheet, field, heading)
    table, problems = read(grid, sheet)
    assert problems == []
    assert table.column(field).tolist() == pytest.approx(read(small(), sheet)[0].column(field).tolist(), nan_ok=True)


def with_heading(raw: Raw, sheet: str, field: str, heading: str) -> tuple[Raw, str]:
    """A whole workbook with another heading over a field, and the address of that heading."""
    layout, _ = find_layout(BY_NAME[sheet], raw[sheet], "")
    assert layout is not None
    column = layout.columns[field]
    rows = raw[sheet].rows
    edited = dataclasses.replace(raw[sheet], rows=rows | {layout.header: rows[layout.header] | {column: cell(heading)}})
    return {**raw, sheet: edited}, address(layout.header, column)


as_they_stand = functools.cache(workbooks)


@pytest.mark.parametrize("workbook", RECORDS)
def test_figures_in_another_scale_under_their_heading_give_the_same_inputs_and_one_warning_each(workbook: str) -> None:
    raw = as_they_stand()[workbook]
    before = checked(raw).inputs
    assert before is not None
    for sheet, field, heading, typed, became in CONVERTED:
        edited = changed_cells(raw, {f"{sheet}.{field}": Times(typed / became)})
        edited, place = with_heading(edited, sheet, field, heading)
        table, problems = read_sheet(BY_NAME[sheet], edited[sheet], "week.xlsx")
        assert [(each.code, each.where.cell) for each in problems] == [("unit_differs", place)], heading
        kept = before.tables[sheet].columns[field]
        assert table.column(field)[: len(kept)] == pytest.approx(kept, rel=1e-12, nan_ok=True), heading


@pytest.mark.parametrize("workbook", RECORDS)
def test_a_heading_in_another_unit_is_told_in_a_whole_workbook_and_nothing_else_is(workbook: str) -> None:
    raw = as_they_stand()[workbook]
    told = [(*row[:3], "unit_refused") for row in REFUSED if row[2] != "Interest rate (%)"]
    for sheet, field, heading, code in [*told, *((*row[:3], "unit_unknown") for row in ASKED)]:
        edited, place = with_heading(raw, sheet, field, heading)
        problems = checked(edited).problems
        assert [(each.code, each.where.cell) for each in problems] == [(code, place)], heading


def test_shares_that_a_file_shows_with_a_per_cent_sign_are_fractions_under_a_heading_in_per_cent() -> None:
    raw = as_they_stand()["the sample"]
    edited, _ = with_heading(raw, "Operators", "uptime", "Uptime (%)")
    assert read_sheet(BY_NAME["Operators"], edited["Operators"], "")[1] == []


def test_a_share_in_per_cent_is_told_by_the_format_of_its_cells() -> None:
    grid, _ = headed("Operators", "uptime", "Uptime (%)")
    assert read(grid, "Operators", percent=("Uptime (%)",))[1] == []
    grid["Operators"][1][2] = 97.0
    table, (said,) = read(grid, "Operators")
    assert said.code == "unit_differs"
    assert table.column("uptime").tolist() == [0.97, 0.93 / 100]
    raw = raw_sheet("Operators", grid["Operators"])
    raw.rows[3][3] = raw.rows[3][3]._replace(percent=True)
    assert read_sheet(BY_NAME["Operators"], raw, "")[0].column("uptime").tolist() == [0.97, 0.93]


def test_basis_points_typed_into_cells_that_show_per_cent_are_refused_and_shares_are_not() -> None:
    for number, codes in ((20.0, ["unit_refused"]), (0.002, [])):
        grid, column = headed("Operators", "uptime", "Uptime (bps)")
        raw = raw_sheet("Operators", grid["Operators"])
        for row in (2, 3):
            raw.rows[row][column] = raw.rows[row][column]._replace(number=number, percent=True)
        assert [each.code for each in read_sheet(BY_NAME["Operators"], raw, "")[1]] == codes


@pytest.mark.parametrize(
    ("row", "unit", "code"),
    [
        (2, "USD k", "unit_differs"),
        (2, "CAD", "unit_refused"),
        (3, "1e12", None),
        (3, "G", "unit_differs"),
        (3, "raw", "unit_unknown"),
        (7, "thousand BTC", "unit_differs"),
        (7, "USD", "unit_refused"),
        (5, "sats", "unit_differs"),
        (2, "", None),
    ],
)
def test_the_unit_column_of_a_form_counts_like_a_heading(row: int, unit: str, code: str | None) -> None:
    grid = changed("Market", row, 3, unit or None)
    value = grid["Market"][row - 1][1]
    if code == "unit_differs":
        times = {"USD k": 1e-3, "thousand BTC": 1e-3, "sats": 1e8, "G": 1e3}[unit]
        grid["Market"][row - 1][1] = value * times
    table, problems = read(grid, "Market")
    assert [(each.code, each.where.cell) for each in problems] == ([(code, f"C{row}")] if code else [])
    name = ("btc_price", "network_difficulty", "block_height", "fees_per_block", "network_growth", "miner_treasury")
    assert table.column(name[row - 2])[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("USD in thousands", True),
        ("(in thousands)", True),
        ("All figures in EUR", True),
        ("All amounts are in USD m", True),
        ("Operators", False),
        ("All figures in USD", False),
        ("Q3 2025", False),
        ("One row for each operator", False),
    ],
)
def test_a_scale_for_a_whole_sheet_above_its_headings_is_asked_about(title: str, asked: bool) -> None:
    grid = small()
    grid["Operators"].insert(0, [None, title])
    _, problems = read(grid, "Operators")
    assert [(each.code, each.where.cell) for each in problems] == ([("unit_unknown", "B1")] if asked else [])


def test_two_units_of_one_item_are_refused() -> None:
    grid = changed("Market", 2, 1, "BTC price (USD k)")
    grid["Market"][1][2] = "cents"
    (refused,) = read(grid, "Market")[1]
    assert refused.code == "unit_refused"
    assert "column Unit" in refused.message


def test_a_converted_figure_must_be_within_bounds_and_the_message_shows_both() -> None:
    grid, _ = headed("Fleet", "unit_hash_rate", "Unit hash rate (EH/s)")
    _, problems = read(grid, "Fleet")
    wide = [each for each in problems if each.code == "out_of_bounds"]
    assert [each.where.cell for each in wide] == ["D2", "D3"]
    assert "found 200 EH/s, which is 200,000,000 TH/s, expected a number above 0 and up to 100,000" in wide[0].message


def test_of_figures_whose_unit_is_refused_it_is_not_said_that_they_are_out_of_bounds() -> None:
    grid, column = headed("Operators", "power_price", "Power price (EUR/MWh)", 45)
    (refused,) = read(grid, "Operators")[1]
    assert (refused.code, refused.where.cell) == ("unit_refused", f"{chr(64 + column)}1")


def test_a_column_of_ones_own_beside_the_declared_one_stays_ones_own() -> None:
    grid = small()
    for row, value in zip(grid["Operators"], ("Cash CAD", 80_000_000, 5), strict=True):
        row.append(value)
    table, (unread,) = read(grid, "Operators")
    assert unread.code == "column_unknown"
    assert table.column("cash")[0] == 60_000_000


@pytest.mark.parametrize(
    ("heading", "factor", "codes"),
    [
        ("FUND-A (USD million)", 1, []),
        ("FUND-A (Class B)", 1, []),
        ("FUND-A ($)", 1e-6, ["unit_differs"]),
        ("FUND-A (USD k)", 1e-3, ["unit_differs"]),
        ("FUND-A (BTC)", 1, ["unit_refused"]),
    ],
)
def test_the_heading_of_a_fund_may_name_its_unit(heading: str, factor: float, codes: list[str]) -> None:
    table, problems = read(changed("ETF_Flows", 1, 2, heading), "ETF_Flows")
    assert [each.code for each in problems] == codes
    assert table.column("funds")[:, 0] == pytest.approx(
        read(small(), "ETF_Flows")[0].column("funds")[:, 0] * factor, rel=1e-14
    )


def test_every_declared_unit_is_understood_and_no_declared_heading_says_anything() -> None:
    for sheet in SHEETS:
        for field in sheet.fields:
            if field.kind is Kind.NUMBER and field.unit:
                assert parse(field.unit) is not None, field.unit
                assert unit_of_heading(field, field.unit, Where()) is None


SCALES = {"": 1, "k": 1_000, "thousand": 1_000, "m": 10**6, "million": 10**6, "bn": 10**9, "000": 1_000}
PERIODS = {"month": 1, "quarter": 3, "year": 12}


@given(st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(PERIODS)), st.sampled_from(["USD", "$", "US$"]))
def test_money_of_any_scale_and_period_is_the_product_of_its_parts(scale: str, period: str, money: str) -> None:
    for written in (f"{money} {scale}/{period}", f"{scale} {money} per {period}", f"{money}{scale} a {period}"):
        unit = parse(written)
        assert unit is not None
        assert unit.factor == pytest.approx(SCALES[scale] / PERIODS[period])
        assert (unit.over.counts, unit.under.counts) == (("USD",), ("month",))


@given(st.text(max_size=120))
def test_any_text_is_a_unit_with_a_finite_factor_or_none(text: str) -> None:
    unit = parse(text)
    assert unit is None or (unit.factor > 0 and math.isfinite(float(unit.factor)))


@given(
    st.lists(st.sampled_from(["USD", "k", "/", "per", "month", "1e12", "%", "TH/s", "EUR", "(", "W", " "]), max_size=9)
)
def test_the_words_of_units_in_any_order_never_fail(words: list[str]) -> None:
    unit = parse(" ".join(words))
    assert unit is None or unit.factor > 0


def test_a_very_long_heading_is_no_unit() -> None:
    assert parse("USD " * 10_000) is None
