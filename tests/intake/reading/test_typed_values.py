from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import excel_dates
from reportgen.intake.file.cell import MOST_COLUMNS, MOST_ROWS, Cell, Content, address, position
from reportgen.intake.reading.typed_values import meant_number, plain_number, plain_text
from reportgen.intake.reading.values import read_value
from reportgen.problems import Where
from reportgen.sheets import SHEETS, Field


@given(st.integers(1, MOST_ROWS), st.integers(1, MOST_COLUMNS))
def test_an_address_leads_back_to_its_row_and_column(row: int, column: int) -> None:
    assert position(address(row, column)) == (row, column)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_survives_its_serial_number_and_its_text(day: dt.date) -> None:
    assert excel_dates.day(excel_dates.serial(day)) == day
    assert excel_dates.from_text(day.isoformat()) == excel_dates.serial(day)
    assert excel_dates.from_text(day.strftime("%d %b %Y")) == excel_dates.serial(day)
    assert excel_dates.plausible(excel_dates.serial(day))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_number_survives_its_plain_form(number: float) -> None:
    assert math.isclose(float(plain_number(number)), number, rel_tol=1e-14, abs_tol=1e-300)


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_understood_with_thousands_commas_or_in_brackets(number: int) -> None:
    assert meant_number(f"{number:,}") == number
    assert meant_number(f" USD {number:,} ") == number
    if number > 0:
        assert meant_number(f"({number:,})") == -number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12%", 0.12),
        ("1b", 1e9),
        ("2.5k", 2500.0),
        ("3mio", 3e6),
        ("1.5m", 1.5e6),
        ("$2bn", 2e9),
        ("\u22123", -3.0),
        ("1 234", 1234.0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("0,022", 0.022),
        ("-0,5", -0.5),
    ],
)
def test_a_number_typed_as_people_do_is_understood(text: str, number: float) -> None:
    assert meant_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "n/a", "about 5", "1,23", "1.2.3", "5 apples", "--3", "%", "()", "1e999", "inf", "nan"]
)
def test_what_is_no_number_to_a_person_is_none(text: str) -> None:
    assert meant_number(text) is None


@given(st.text(max_size=200))
def test_plain_text_is_on_one_line_and_stays_as_it_is(text: str) -> None:
    plain = plain_text(text)
    assert "\n" not in plain
    assert plain_text(plain) == plain


FIELDS = st.sampled_from([field for sheet in SHEETS for field in sheet.fields])
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
NO_VALUES = st.sampled_from([Content.TRUTH, Content.ERROR, Content.UNCALCULATED, Content.DAMAGED])
CELLS = st.one_of(
    st.none(),
    st.builds(Cell, st.just(Content.NUMBER), FLOATS, st.just(""), st.booleans()),
    st.builds(Cell, st.just(Content.TEXT), st.just(0.0), st.text(min_size=1, max_size=120)),
    st.builds(Cell, NO_VALUES, st.just(1.0), st.text(max_size=30)),
)


@given(FIELDS, CELLS)
def test_any_cell_gives_a_value_of_its_kind_or_a_problem_with_words(field: Field, cell: Cell | None) -> None:
    value, found = read_value(field, cell, Where("f", "s", "A1", field.label))
    assert isinstance(value, float) == field.number
    if isinstance(value, float) and not math.isnan(value) and field.kind.value == "number" and value != field.default:
        assert field.least is None or value >= field.least
        assert field.most is None or value <= field.most
    if found is not None:
        assert found.message
        assert found.hint
        assert str(found).isprintable()
