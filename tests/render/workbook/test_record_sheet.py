"""The sheet of the record: its table, its weeks and their chart, cell by cell against the record."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import openpyxl
import pytest

from reportgen.model.record import Record, record
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.record_sheet import CHART_TITLE, NO_WINDOWS, NONE
from reportgen.render.workbook.writer import write_workbook
from tests.model.histories import day, with_history
from tests.render.workbook.test_native_charts import cells, drawn
from tests.worked_case import inputs_of

DAYS = 600
HOSTILE = '=HYPERLINK("http://x","y")'


def solution(**changes: Any) -> Solution:
    prices = [90_000 * (1 - 0.3 * (number > DAYS - 60)) for number in range(DAYS)]
    return solve(inputs_of(with_history([900.0] * DAYS, prices, **changes)))


@pytest.fixture(scope="module")
def slump() -> Solution:
    return solution(Stress_Windows=[{"window": HOSTILE, "from": day(-59), "to": day(0)}])


@pytest.fixture(scope="module")
def content(slump: Solution) -> bytes:
    return write_workbook(slump)


@pytest.fixture(scope="module")
def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


@pytest.fixture(scope="module")
def found(slump: Solution) -> Record:
    return record(slump)


def shown(value: float) -> Any:
    return "n/a" if value != value else pytest.approx(value)


def test_the_table_has_a_row_a_band_with_what_followed(book: openpyxl.Workbook, found: Record) -> None:
    for row, band in enumerate(found.bands, start=6):
        figures = [
            band.from_score, band.weeks, band.spells, band.price_90d_median, band.price_90d_positive,
            band.drawdown_90d_median, band.hash_fall_30d,
        ]  # fmt: skip
        assert [cell.value for cell in book["Record"][row][:7]] == [shown(value) for value in figures]
    assert found.bands[1].weeks > 0
    assert str(book["Record"]["A11"].value).startswith(f"{found.weeks} weeks in {found.spells} separate spells")


def test_the_windows_stand_below_with_the_share_of_pairs_and_the_highest_score(
    book: openpyxl.Workbook, found: Record
) -> None:
    rows = {str(row[0].value): row for row in book["Record"].iter_rows(min_row=12, max_row=24)}
    assert rows["Market score"][2].value == pytest.approx(found.auc["market_score"])
    assert rows["Miner income alone"][2].value == pytest.approx(1)
    assert rows[HOSTILE][3].value == pytest.approx(found.windows[0].highest)
    assert rows[HOSTILE][0].data_type == "s"


def test_every_week_is_listed_and_those_inside_a_window_are_marked(book: openpyxl.Workbook, found: Record) -> None:
    rows = [[cell.value for cell in row[9:12]] for row in book["Record"].iter_rows(min_row=6, max_row=5 + found.weeks)]
    assert [row[1] for row in rows] == pytest.approx(found.scores)
    assert [row[2] for row in rows] == [100 if inside else 0 for inside in found.within]
    assert 0 < found.inside < found.weeks
    assert book["Record"].cell(6 + found.weeks, 10).value is None


def test_the_chart_runs_over_all_weeks_with_the_windows_as_a_shade(
    book: openpyxl.Workbook, content: bytes, found: Record
) -> None:
    chart = drawn(content)[CHART_TITLE]
    assert chart.labels == ("Stress windows", "Market score")
    for categories in chart.categories:
        assert cells(book, categories) == pytest.approx(found.dates)
    assert cells(book, chart.values[1]) == pytest.approx(found.scores)
    assert cells(book, chart.values[0]) == [100 if inside else 0 for inside in found.within]
    assert '<c:gapWidth val="0"/>' in chart.xml


def test_without_windows_or_without_a_score_the_sheet_says_so() -> None:
    texts = {}
    cases: dict[str, dict[str, Any]] = {"windows": {}, "score": {"Network_History": []}}
    for name, changes in cases.items():
        sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(solution(**changes))))["Record"]
        texts[name] = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert NO_WINDOWS in texts["windows"]
    assert NONE in texts["score"]
    assert NONE not in texts["windows"]


def test_the_sheet_says_that_it_describes_and_never_speaks_of_a_probability(book: openpyxl.Workbook) -> None:
    said = " ".join(
        str(cell.value) for row in book["Record"].iter_rows() for cell in row if isinstance(cell.value, str)
    )
    assert "It describes stress and does not forecast." in said
    assert not re.search(r"probab|likel|chance of", said, re.IGNORECASE)


def test_the_scores_of_the_sheet_are_those_of_the_days(slump: Solution, found: Record) -> None:
    by_day = dict(zip(slump.numbers("days", "date"), slump.numbers("days", "market_score"), strict=True))
    assert [by_day[date] for date in found.dates] == list(found.scores)
    assert np.diff(found.dates).tolist() == [7] * (found.weeks - 1)
