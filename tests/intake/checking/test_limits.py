"""What happens exactly at a limit, and just beyond it."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest

from reportgen.examination import examine
from reportgen.excel_dates import FIRST, LAST, serial
from reportgen.intake import reader
from reportgen.intake.checking.plausibility.market import HEIGHT_MARGIN, expected_height
from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.form.sample import write_sample
from reportgen.intake.reading.values import read_value
from reportgen.problems import Where
from reportgen.sheets import BY_NAME, SHEETS, Field, Kind
from reportgen.sheets.declared import Operators
from tests.intake.checking.edited import checked, held
from tests.intake.workbooks import Grid, changed, small

NUMBERS = [
    (f"{sheet.name}.{field.name}", field)
    for sheet in SHEETS
    for field in sheet.fields
    if field.kind is Kind.NUMBER and not field.whole
]


def codes_of(grid: Grid) -> set[str]:
    return {each.code for each in checked(held(grid)).problems}


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
    ("Operators", 2, 2, 0.15, 0.1501, "power_price_high"),
    ("Operators", 2, 3, 0.5, 0.4999, "uptime_low"),
    ("Operators", 2, 4, 1_000, 999.99, "amount_small"),
    ("Operators", 2, 4, 0, 0.01, "amount_small"),
    ("Operators", 2, 4, 0, -0.01, "cost_negative"),
    ("Market", 5, 2, 1, 1.01, "fees_high"),
    ("Market", 6, 2, 0.99, 1, "percent_whole"),
    ("Debt", 2, 4, 0.29, 0.3, "percent_whole"),
    ("Shocks", 2, 2, 0.99, 1, "percent_whole"),
    ("Fleet", 2, 5, 200 * 8, 200 * 8 - 1, "efficiency_odd"),
    ("Fleet", 2, 5, 200 * 110, 200 * 110 + 1, "efficiency_odd"),
    ("Fleet", 2, 5, 200, 199, "rate_power_swapped"),
    ("ETF_Flows", 2, 2, 10_000, 10_000.1, "flow_large"),
    ("ETF_Flows", 2, 2, -10_000, -10_000.1, "flow_large"),
    ("Market", 2, 2, 90_000 * 1.0499, 90_000 * 1.0501, "price_off_history"),
    ("Market", 2, 2, 90_000 * 0.9501, 90_000 * 0.9499, "price_off_history"),
    ("Market", 4, 2, 923_721, 923_720, "height_off"),
    ("Market", 4, 2, 929_279, 929_280, "height_off"),
    ("Market", 7, 2, 1_500, 1_499, "treasury_small"),
    ("Market", 7, 2, 2_100_000, 2_100_001, "treasury_large"),
    ("Fleet", 2, 6, 2, 1.99, "replacement_price_odd"),
    ("Fleet", 2, 6, 80, 80.01, "replacement_price_odd"),
    ("Fleet", 2, 7, 6, 5.9, "remaining_life_odd"),
    ("Fleet", 2, 7, 120, 120.1, "remaining_life_odd"),
    ("Scenarios", 2, 2, 7, 6.9, "horizon_short"),
    ("Network_History", 40, 2, 1063 * 1.6, 1063 * 1.601, "history_outlier"),
    ("Network_History", 40, 2, 1063 * 0.5, 1063 * 0.499, "history_outlier"),
    ("Network_History", 40, 3, 90_310 * 1.5, 90_310 * 1.501, "history_outlier"),
    ("Network_History", 40, 3, 90_310 * 0.6, 90_310 * 0.599, "history_outlier"),
    ("Network_History", 71, 3, 90_075 * 2, 90_075 * 2.001, "history_outlier"),
    ("Network_History", 71, 3, 90_075 * 0.5, 90_075 * 0.499, "history_outlier"),
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
    sheet: str, row: int, column: int, inside: Any, beyond: Any, code: str
) -> None:
    assert code not in codes_of(changed(sheet, row, column, inside))
    assert code in codes_of(changed(sheet, row, column, beyond))


def test_a_height_is_held_against_what_the_day_implies() -> None:
    (found,) = [each for each in checked(held(changed("Market", 4, 2, 923_720))).problems if each.code == "height_off"]
    assert found.where.cell == "B4"
    assert found.message == "found block 923720, but on 2025-12-05 about 926,500 is expected."


@pytest.mark.parametrize(
    ("day", "height"),
    [
        ("2016-07-09", 420_000), ("2018-01-01", 501_961), ("2020-05-11", 630_000), ("2021-07-20", 691_900),
        ("2024-04-20", 840_000), ("2024-12-31", 876_900), ("2026-12-05", 926_500 + 365 * 144),
    ],
)  # fmt: skip
def test_known_heights_fit_their_days(day: str, height: int) -> None:
    assert abs(expected_height(serial(dt.date.fromisoformat(day))) / height - 1) < HEIGHT_MARGIN


def test_no_height_is_expected_before_the_first_that_is_known() -> None:
    assert math.isnan(expected_height(serial(dt.date(2016, 7, 8))))


def test_a_history_of_sixty_days_is_long_enough_and_one_of_fifty_nine_is_short() -> None:
    for rows, short in ((60, False), (59, True)):
        grid = small()
        del grid["Network_History"][1:-rows]
        assert ("history_short" in codes_of(grid)) is short


def test_the_difficulty_may_be_a_tenth_off_the_history() -> None:
    grid = small()
    for row in grid["Network_History"][1:]:
        row[1] = 1_000.0
    exact = 1_000e18 * 600 / 2**32 / 1e12
    for factor, warned in ((1.0999, False), (1.1001, True), (0.9001, False), (0.8999, True)):
        grid["Market"][2][1] = exact * factor
        assert ("difficulty_off_history" in codes_of(grid)) is warned


@pytest.mark.parametrize(("height", "days"), [(925_344, 7), (925_344 + 144 * 10, 10), (925_344 + 2_015, 13)])
def test_the_difficulty_is_set_against_the_days_since_the_last_retarget_and_at_least_seven(
    height: int, days: int
) -> None:
    grid = changed("Market", 4, 2, height)
    for row in grid["Network_History"][1:-days]:
        row[1] = 1_400.0  # above the difficulty's by a third, and within reach of its neighbours
    assert "difficulty_off_history" not in codes_of(grid)
    for row in grid["Network_History"][-days : 4 - days]:
        row[1] = 1_600.0
    assert "difficulty_off_history" in codes_of(grid)


def test_the_price_may_be_further_off_a_row_that_is_older_than_two_days() -> None:
    for day, most in ((7, 0.05), (8, 0.15)):
        for factor, warned in ((1 + most - 1e-4, False), (1 + most + 1e-4, True)):
            grid = changed("Report", 5, 2, dt.date(2025, 12, day))
            grid["Market"][1][1] = 90_000 * factor
            assert ("price_off_history" in codes_of(grid)) is warned


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


def test_up_to_two_lost_columns_are_asked_about_and_a_workbook_without_more_was_made_so() -> None:
    optional = [
        field.header
        for field in BY_NAME["Operators"].fields
        if isinstance(field.default, float) and field.name not in ("cash", "btc_held")
    ]
    for lacking, asked in ((1, 1), (2, 2), (3, 0)):
        grid = small()
        for header in optional[lacking:]:
            grid["Operators"][0].append(header)
        problems = checked(held(grid)).problems
        assert sum(each.code == "column_lost" for each in problems) == asked
