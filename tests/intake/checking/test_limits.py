"""What happens exactly at a limit, and just beyond it."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest

from reportgen.excel_dates import FIRST, LAST
from reportgen.intake import reader
from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.form.sample import write_sample
from reportgen.intake.reader import examine
from reportgen.intake.reading.values import read_value
from reportgen.problems import Where
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind
from reportgen.sheets.declared import Operators
from tests.intake.workbooks import Grid, changed, small, write_openpyxl

NUMBERS = [
    (f"{sheet.name}.{field.name}", field)
    for sheet in SHEETS
    for field in sheet.fields
    if field.kind is Kind.NUMBER and not field.whole
]


def codes_of(tmp_path: Path, grid: Grid) -> set[str]:
    return {each.code for each in examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems}


def code(field: Field, number: float) -> str:
    _, found = read_value(field, Cell(Content.NUMBER, number), Where("f", "s", "A1", field.label))
    return found.code if found else ""


@pytest.mark.parametrize("field", [field for _, field in NUMBERS], ids=[name for name, _ in NUMBERS])
def test_a_bound_is_allowed_itself_unless_the_field_must_be_above_it(field: Field) -> None:
    least = -1e15 if field.least is None else field.least
    low = least if field.above is None else max(least, field.above)
    high = 1e15 if field.most is None else field.most
    assert code(field, low) == ("out_of_bounds" if field.above == low else "")
    assert code(field, math.nextafter(low, math.inf) if low else 1e-9) == ""
    assert code(field, 9.9e-10) == code(field, 5e-324) == "out_of_bounds"
    assert code(field, math.nextafter(low, -math.inf)) == "out_of_bounds"
    assert code(field, high) == ""
    assert code(field, math.nextafter(high, math.inf)) == "out_of_bounds"


def test_every_number_has_an_upper_and_a_lower_bound_of_its_own_kind() -> None:
    unbounded = [name for name, field in NUMBERS if field.most is None or (field.least is None and field.above is None)]
    assert unbounded == []


WARNED: list[tuple[str, int, int, Any, Any, str]] = [
    ("Operators", 2, 2, 0.25, 0.2501, "power_price_high"),
    ("Operators", 2, 3, 0.5, 0.4999, "uptime_low"),
    ("Operators", 2, 4, 1_000, 999.99, "amount_small"),
    ("Operators", 2, 4, 0, 0.01, "amount_small"),
    ("Operators", 2, 4, 0, -0.01, "cost_negative"),
    ("Market", 5, 2, 5, 5.01, "fees_high"),
    ("Market", 6, 2, 0.99, 1, "percent_whole"),
    ("Debt", 2, 4, 0.29, 0.3, "percent_whole"),
    ("Shocks", 2, 2, 0.99, 1, "percent_whole"),
    ("Fleet", 2, 5, 200 * 8, 200 * 8 - 1, "efficiency_odd"),
    ("Fleet", 2, 5, 200 * 110, 200 * 110 + 1, "efficiency_odd"),
    ("Fleet", 2, 5, 200, 199, "rate_power_swapped"),
    ("ETF_Flows", 2, 2, 10_000, 10_000.1, "flow_large"),
    ("ETF_Flows", 2, 2, -10_000, -10_000.1, "flow_large"),
    ("Market", 2, 2, 90_000 * 1.1499, 90_000 * 1.1501, "price_off_history"),
    ("Market", 2, 2, 90_000 * 0.8501, 90_000 * 0.8499, "price_off_history"),
    ("Market", 4, 2, 800_928, 800_927, "height_off"),
    ("Market", 4, 2, 1_023_408, 1_023_409, "height_off"),
    ("Market", 7, 2, 1_500, 1_499, "treasury_small"),
    ("Debt", 2, 6, 16 / 23.4, 16 / 23.5, "ltv_breached"),
    ("Debt", 2, 5, 300, 301, "collateral_over_held"),
    ("Debt", 2, 7, dt.date(2025, 12, 5), dt.date(2025, 12, 4), "debt_matured"),
    ("AI_HPC", 2, 6, dt.date(2025, 12, 5), dt.date(2025, 12, 4), "contract_ended"),
    ("Network_History", 2, 1, dt.date(2023, 1, 2), dt.date(2023, 1, 1), "date_far"),
    ("AI_HPC", 2, 6, dt.date(2025, 6, 1), dt.date(2025, 5, 31), "dates_reversed"),
    ("Report", 5, 2, dt.date(2025, 12, 12), dt.date(2025, 12, 13), "data_stale"),
    ("Report", 5, 2, dt.date(2025, 12, 5), dt.date(2025, 12, 4), "history_future"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "row", "column", "inside", "beyond", "code"), WARNED)
def test_a_warning_begins_just_beyond_its_limit(
    tmp_path: Path, sheet: str, row: int, column: int, inside: Any, beyond: Any, code: str
) -> None:
    assert code not in codes_of(tmp_path, changed(sheet, row, column, inside))
    assert code in codes_of(tmp_path, changed(sheet, row, column, beyond))


def test_a_height_fits_its_day_from_nine_tenths_to_a_seventh_above_the_even_pace(tmp_path: Path) -> None:
    (found,) = [
        each
        for each in examine(write_openpyxl(tmp_path / "week.xlsx", changed("Market", 4, 2, 800_927))).problems
        if each.code == "height_off"
    ]
    assert found.where.cell == "B4"
    assert found.message == "found block 800927, but on 2025-12-05 about 889,920 is expected."


def test_a_history_of_sixty_days_is_long_enough_and_one_of_fifty_nine_is_short(tmp_path: Path) -> None:
    for rows, short in ((60, False), (59, True)):
        grid = small()
        del grid["Network_History"][1:-rows]
        assert ("history_short" in codes_of(tmp_path, grid)) is short


def test_the_difficulty_may_be_a_fifth_off_the_history(tmp_path: Path) -> None:
    grid = small()
    for row in grid["Network_History"][1:]:
        row[1] = 1_000.0
    exact = 1_000e18 * 600 / 2**32 / 1e12
    for factor, warned in ((1.1999, False), (1.2001, True), (0.8001, False), (0.7999, True)):
        grid["Market"][2][1] = exact * factor
        assert ("difficulty_off_history" in codes_of(tmp_path, grid)) is warned


def test_the_difficulty_is_set_against_the_newest_seven_days(tmp_path: Path) -> None:
    grid = small()
    for row in grid["Network_History"][1:-7]:
        row[1] = 2_000.0
    assert "difficulty_off_history" not in codes_of(tmp_path, grid)
    grid["Network_History"][-7][1] = 6_000.0
    assert "difficulty_off_history" in codes_of(tmp_path, grid)


def test_texts_are_as_long_as_their_kind_allows_and_no_longer() -> None:
    for sheet, name, most in (
        ("Operators", "operator", 100),
        ("Events", "event", 1_000),
        ("Report", "commentary", 10_000),
    ):
        field = BY_NAME[sheet].field(name)
        for length, expected in ((most, ""), (most + 1, "text_long")):
            _, found = read_value(field, Cell(Content.TEXT, text="x" * length), Where())
            assert (found.code if found else "") == expected


def test_dates_run_from_1990_to_the_last_day_of_2100() -> None:
    field = BY_NAME["Report"].field("as_of")
    assert [code(field, day) for day in (FIRST - 1, FIRST, LAST, LAST + 1)] == [
        "date_implausible", "", "", "date_implausible",
    ]  # fmt: skip
    assert (dt.date(1899, 12, 30) + dt.timedelta(FIRST), dt.date(1899, 12, 30) + dt.timedelta(LAST)) == (
        dt.date(1990, 1, 1), dt.date(2100, 12, 31),
    )  # fmt: skip


class WithInsurance(Operators):
    """Operators as a later edition may declare them: one more optional cost."""

    insurance = Field(Kind.NUMBER, "USD/month", default=0.0, layer=1, help="Premiums. 0 if blank.")


def test_a_new_optional_cost_makes_no_workbook_warn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path / "sample.xlsx")
    sheets = tuple(WithInsurance if sheet.name == "Operators" else sheet for sheet in SHEETS)
    monkeypatch.setattr(reader, "SHEETS", sheets)
    found = examine(tmp_path / "sample.xlsx")
    assert found.problems == ()
    assert found.inputs is not None
    assert found.inputs.tables["Operators"].columns["insurance"].tolist() == [0.0] * 8


def test_up_to_two_lost_columns_are_asked_about_and_a_workbook_without_more_was_made_so(tmp_path: Path) -> None:
    optional = [
        field.header
        for field in BY_NAME["Operators"].fields
        if isinstance(field.default, float) and field.name not in ("cash", "btc_held")
    ]
    for lacking, asked in ((1, 1), (2, 2), (3, 0)):
        grid = small()
        for header in optional[lacking:]:
            grid["Operators"][0].append(header)
        problems = examine(write_openpyxl(tmp_path / "week.xlsx", grid)).problems
        assert sum(each.code == "column_lost" for each in problems) == asked
