"""Many operators run down the sheets, are written in constant memory and re-performed in parts; limits are said."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise

import numpy as np
import pytest

from reportgen.model.lines import blocks
from reportgen.model.solve import Solution, solve
from reportgen.problems import UsageError
from reportgen.render.workbook import finished_file, layout, size, writer
from reportgen.render.workbook.finished_file import parts_of
from reportgen.render.workbook.plan import make_plan
from reportgen.render.workbook.reperform import assured, reperform
from reportgen.render.workbook.writer import write_workbook
from tests.model.generated import generated
from tests.render.workbook.reading import read
from tests.render.workbook.test_native_charts import cells, drawn
from tests.render.workbook.test_reperformance import tampered, times


@pytest.fixture(scope="module")
def few() -> Solution:
    return solve(generated(operators=12, fleet=30, debts=20, contracts=5, history=120, etf_days=40))


@pytest.fixture
def as_if_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit so low that a dozen operators are many."""
    monkeypatch.setattr(layout, "MOST_ACROSS", 5)
    monkeypatch.setattr(writer, "LARGE", 100)
    monkeypatch.setattr(finished_file, "IN_A_PART", 700)


@pytest.mark.usefixtures("as_if_many")
def test_operators_run_down_the_sheet_when_they_are_many(few: Solution) -> None:
    content = write_workbook(few)
    sheet = read(content, values=True)["AISC"]
    plan = make_plan(few)
    for name in ("aisc", "electricity", "rank"):
        place = plan.range_of("operators", ("operators", name))
        assert not place.across
        found = [sheet.cell(row + 1, column + 1).value for row, column in map(place.at, range(12))]
        assert [np.nan if value == "n/a" else value for value in found] == pytest.approx(
            list(few.numbers("operators", name)), nan_ok=True
        )
    rows = {plan.range_of("operators", ("operators", name)).first for name in ("aisc", "electricity", "rank")}
    assert len(rows) == 1  # one wide table, its sections side by side
    assert sheet.freeze_panes == "B8"
    assert [sheet.cell(8 + row, 1).value for row in range(12)] == few.texts("operators", "operator")
    liquidity = read(content, values=True)["Liquidity"]
    assert [liquidity.cell(8 + row, 1).value for row in range(12)] == few.texts("operators", "operator")


@pytest.mark.usefixtures("as_if_many")
def test_every_formula_of_a_large_workbook_is_re_performed_once(few: Solution) -> None:
    content = write_workbook(few)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        written = sum(file.read(name).count(b"<f>") for name in file.namelist() if name.startswith("xl/worksheets/"))
    parts = list(parts_of(content))
    assert len(parts) > 5
    held = [str(formula) for part in parts for formula in part.formulas()]
    assert len(held) == len(set(held)) == written == assured(content).formulas
    sheets = [{formula.sheet for formula in part.formulas()} for part in parts]
    assert any(one & other for one, other in pairwise(sheets))  # a sheet that is cut between rows


@pytest.mark.usefixtures("as_if_many")
def test_a_copy_carries_no_value_of_the_formulas_that_it_is_for(few: Solution) -> None:
    content = write_workbook(few)
    counted_here = 0
    for part in parts_of(content):
        with zipfile.ZipFile(io.BytesIO(part.copy())) as file:
            sheets = b"".join(file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        assert sheets.count(b"<f>") == len(re.findall(rb"</f><v>-98765.4321</v>", sheets))
        counted_here += len(list(part.formulas())) - sheets.count(b"<f>")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        written = b"".join(file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
    assert counted_here == written.count(b"<f>SUMPRODUCT(--_xlfn.ISFORMULA(") > 20


@pytest.mark.usefixtures("as_if_many")
@pytest.mark.parametrize(
    "figure", [("operators", "aisc"), ("operators", "rank"), ("days", "sma_60"), ("market", "risk_score")], ids="-".join
)
def test_a_changed_value_of_a_large_workbook_is_found(few: Solution, figure: tuple[str, str]) -> None:
    place = make_plan(few).range_of(figure[0], figure)
    address = place.cell(few.rows[figure[0]] - 1, absolute=False)
    found = reperform(tampered(write_workbook(few), place.sheet, address, times(1 + 1e-6))).disagreements
    assert f"{place.sheet}!{address}" in {each.split(":")[0] for each in found}


def test_constant_memory_changes_no_cell(few: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = read(write_workbook(few))
    monkeypatch.setattr(writer, "LARGE", 100)
    large = write_workbook(few)
    assert large == write_workbook(few)
    with zipfile.ZipFile(io.BytesIO(large)) as file:
        assert b'"inlineStr"' in file.read("xl/worksheets/sheet3.xml")
    again = read(large)
    assert again.sheetnames == usual.sheetnames
    for sheet in usual:
        tables = [dict(getattr(each, "tables", {}).items()) for each in (again[sheet.title], sheet)]  # a chart has none
        assert tables[0] == tables[1], sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                other = again[sheet.title][cell.coordinate]
                assert (other.value, other.number_format, other.font.color) == (
                    cell.value,
                    cell.number_format,
                    cell.font.color,
                ), f"{sheet.title}!{cell.coordinate}"
        assert {row: shape.height for row, shape in again[sheet.title].row_dimensions.items() if shape.height} == {
            row: shape.height for row, shape in sheet.row_dimensions.items() if shape.height
        }


def test_a_chart_with_many_names_shows_the_worst_and_says_so(few: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "DEAREST", 4)
    solution = solve(few.inputs)
    content = write_workbook(solution)
    charts, values = drawn(content), read(content, values=True)
    chart = charts["Runway by operator, shortest first (4 of 12)"]
    shortest = sorted(solution.numbers("operators", "runway"))[:4]
    assert cells(values, chart.values[0]) == pytest.approx(shortest)
    dear = charts["Cost of a bitcoin by layer and the price, dearest operators first (4 of 12)"]
    costs = solution.numbers("operators", "aisc_net")
    dearest = sorted(costs[~np.isnan(costs)], reverse=True)[:4]
    assert cells(values, dear.values[4]) == pytest.approx(dearest)
    curve = charts["Cost curve: net AISC of all operators by cumulative hash share"]
    assert len(cells(values, curve.values[0])) == solution.rows["ranked"]


def test_what_is_counted_before_is_what_is_written(few: Solution) -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(few))) as file:
        written = sum(file.read(name).count(b"<f>") for name in file.namelist() if name.startswith("xl/worksheets/"))
    assert written <= size.formulas(make_plan(few)).total() <= 1.2 * written


def test_too_many_formulas_are_refused_with_the_limit_and_what_still_works(
    few: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = size.formulas(make_plan(few)).total()
    monkeypatch.setattr(size, "MOST_FORMULAS", total)
    write_workbook(few)
    monkeypatch.setattr(size, "MOST_FORMULAS", total - 1)
    with pytest.raises(UsageError, match=re.escape(f"it would hold {total:,} formulas")) as refusal:
        write_workbook(few)
    assert f"at most {total - 1:,} fit" in str(refusal.value)
    assert "--format json" in str(refusal.value)


def test_more_rows_than_excel_has_are_refused_with_their_sheet(few: Solution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(size, "MOST_ROWS", 120)
    with pytest.raises(UsageError, match=r"sheet \w+ would need \d\d\d rows and Excel has 120"):
        write_workbook(few)
