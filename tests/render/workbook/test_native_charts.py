"""The native charts: what each series points at, cell by cell against the figures, and what is refused."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from reportgen.model.block import ModelError
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook import chart_sheet
from reportgen.render.workbook.charts import CHARTS, Plot
from reportgen.render.workbook.dashboard_charts import FLOWS_TITLE, POINTS, SMALL
from reportgen.render.workbook.record_sheet import CHART_TITLE
from reportgen.render.workbook.writer import write_workbook
from tests.worked_case import CASE, inputs_of, serial

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

# title: the block, the column that the chart runs over, and the lines in the order of the legend
SHOWN: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Cost of a bitcoin by layer and the price, dearest operators first": (
        "dearest",
        "operator",
        ("direct_cost_per_btc", "sustaining_capex_per_btc", "corporate_financing_per_btc", "spot", "aisc_net"),
    ),
    "Miner sales by scenario against the ETF reference outflow": (
        "scenarios",
        "scenario",
        ("miner_sales", "visible_sales", "etf_reference_btc"),
    ),
    "Cost curve: net AISC of all operators by cumulative hash share": (
        "ranked",
        "cumulative_share",
        ("aisc_net", "spot"),
    ),
    "Share of hash rate under water, by price": (
        "cost_curve",
        "level",
        ("below_direct", "below_sustaining", "below_aisc_net"),
    ),
    "Hash ribbon: 30- and 60-day mean hash rate": ("days", "date", ("sma_30", "sma_60")),
    "Self-correction: difficulty and online share": ("self_correction", "epoch", ("difficulty_share", "online")),
    "Runway by operator, shortest first": ("shortest", "operator_short", ("runway",)),
    "Points of the risk score, by component": ("risk", "component_label", ("contribution",)),
    "Shocks: change of the risk score (snapshot)": ("snapshot", "shock", ("score_change",)),
}


ON_THE_FIRST_SHEET = {*(chart.title for chart in SMALL), POINTS.title, FLOWS_TITLE}


@dataclass(frozen=True)
class Drawn:
    title: str
    labels: tuple[str, ...]
    categories: tuple[str, ...]
    values: tuple[str, ...]
    xml: str


def drawn(content: bytes) -> dict[str, Drawn]:
    """The charts as another program finds them in the file."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                xml = parts.read(name).decode()
                chart = ElementTree.fromstring(xml)  # made by the writer under test
                title = "".join(item.text or "" for item in chart.findall(f"./{C}chart/{C}title//{A}t"))
                series = list(chart.iter(f"{C}ser"))
                found[title] = Drawn(
                    title,
                    tuple("".join(item.findtext(f"./{C}tx//{C}v") or "") for item in series),
                    tuple(_reference(item, "cat", "xVal") for item in series),
                    tuple(_reference(item, "val", "yVal") for item in series),
                    xml,
                )
    return found


def _reference(series: ElementTree.Element, *places: str) -> str:
    (text,) = (item.text for place in places for item in series.findall(f"./{C}{place}//{C}f"))
    return str(text)


def cells(book: openpyxl.Workbook, reference: str) -> list[Any]:
    sheet, area = reference.split("!")
    found = [cell.value for row in book[sheet][area.replace("$", "")] for cell in row]
    return [serial(value.date().isoformat()) if isinstance(value, dt.datetime) else value for value in found]


def test_every_chart_is_there_and_no_other(content: bytes) -> None:
    assert set(drawn(content)) == {*SHOWN, *ON_THE_FIRST_SHEET, CHART_TITLE}


@pytest.mark.parametrize("title", SHOWN)
def test_each_series_points_at_the_cells_of_its_figure(
    solution: Solution, content: bytes, values: openpyxl.Workbook, title: str
) -> None:
    block, across, lines = SHOWN[title]
    chart = drawn(content)[title]
    assert chart.labels == tuple(solution.graph.lines[block, line].label for line in lines)
    names = list(solution.columns[block, across])
    first = 59 if block == "days" else 0  # a 60-day mean has no number before
    for line, categories, points in zip(lines, chart.categories, chart.values, strict=True):
        assert cells(values, categories) == pytest.approx(names[first:])
        expected = ["n/a" if value != value else value for value in solution.columns[block, line][first:]]
        assert cells(values, points) == pytest.approx(expected), line


@pytest.mark.parametrize(
    ("change", "left_out"),
    [
        ({"Network_History": []}, "Hash ribbon: 30- and 60-day mean hash rate"),
        ({"Risk": []}, "Points of the risk score, by component"),
    ],
)
def test_a_chart_without_figures_is_left_out_and_named(change: dict[str, Any], left_out: str) -> None:
    content = write_workbook(solve(inputs_of(copy.deepcopy(CASE["input"]) | change)))
    assert left_out not in drawn(content)
    note = str(openpyxl.load_workbook(io.BytesIO(content))["Charts"]["A2"].value)
    assert left_out in note.partition("Left out for want of figures: ")[2]


def test_the_charts_that_remain_move_up(content: bytes) -> None:
    fewer = write_workbook(solve(inputs_of(copy.deepcopy(CASE["input"]) | {"Network_History": []})))
    assert _corners(content) == [(3 + 18 * (place // 2), 7 * (place % 2)) for place in range(9)]
    assert _corners(fewer) == _corners(content)[:8]


def _corners(content: bytes) -> list[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/drawings/drawing2.xml").decode()  # the first sheet has the first
    found = re.findall(r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", xml)
    return [(int(row), int(column)) for column, row in found]


def test_names_run_from_the_top_of_a_bar_chart(content: bytes) -> None:
    for title in ("Runway by operator, shortest first", "Points of the risk score, by component"):
        assert '<c:orientation val="maxMin"/>' in drawn(content)[title].xml


def test_shares_are_drawn_from_nothing_to_all(content: bytes) -> None:
    charts = drawn(content)
    for title in (
        "Cost curve: net AISC of all operators by cumulative hash share",
        "Share of hash rate under water, by price",
    ):
        assert '<c:max val="1"/><c:min val="0"/>' in charts[title].xml
    assert "<c:max" not in charts["Self-correction: difficulty and online share"].xml


def test_the_layers_of_cost_are_stacked_and_the_price_runs_over_them(content: bytes) -> None:
    xml = drawn(content)["Cost of a bitcoin by layer and the price, dearest operators first"].xml
    assert '<c:grouping val="stacked"/>' in xml
    assert xml.count("<c:barChart>") == xml.count("<c:lineChart>") == 1
    assert xml.index("<c:barChart>") < xml.index("<c:lineChart>")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "pie"}, "is of kind 'pie'; the kinds are: columns, stacked columns"),
        ({"plots": (Plot("spott", "price"),)}, "shows spott, which is no line of dearest"),
        ({"across": "opperator"}, "runs over opperator, which is no column of dearest"),
    ],
)
def test_a_chart_that_can_never_be_drawn_is_refused(
    solution: Solution, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], message: str
) -> None:
    wrong = dataclasses.replace(CHARTS[0], **change)
    monkeypatch.setattr(chart_sheet, "CHARTS", (wrong,))
    with pytest.raises(ModelError, match=re.escape(message)):
        write_workbook(solution)


def test_a_chart_of_a_block_that_the_model_lacks_is_not_drawn(
    solution: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_sheet, "CHARTS", (dataclasses.replace(CHARTS[0], block="bakers"), CHARTS[1]))
    assert set(drawn(write_workbook(solution))) == {*ON_THE_FIRST_SHEET, CHARTS[1].title, CHART_TITLE}
