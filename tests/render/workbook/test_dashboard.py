"""The first sheet: on one screen and one page, and its words say what the figures are, whatever these are."""

from __future__ import annotations

import copy
import dataclasses
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from reportgen.inputs import Inputs
from reportgen.model.solve import Solution, solve
from reportgen.render.workbook.dashboard_grid import (
    BETWEEN,
    CHART_ROW,
    COLUMNS,
    FIGURE,
    FIRST,
    HEADLINE,
    HEIGHTS,
    SCREEN,
    SENTENCES,
    SMALL,
    chart_width,
    fold,
    fold_rows,
)
from reportgen.render.workbook.first_sheet_words import Words
from reportgen.render.workbook.key_figures import KEY_FIGURES, KeyFigure, light_of
from reportgen.render.workbook.last_week_words import NOT_NOTED, NOTHING, since_last_week
from reportgen.render.workbook.live_words import as_fixed
from reportgen.render.workbook.native_charts import LETTERS
from reportgen.render.workbook.plan import make_plan
from reportgen.render.workbook.reperform import assured
from reportgen.render.workbook.workings import Workings
from reportgen.render.workbook.writer import write_workbook
from tests.render.workbook.reading import read
from tests.worked_case import CASE, inputs_of, serial

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
EMU = 9525  # of a pixel
INCH = 96  # pixels
PAPER = {"A4": 11.69, "Letter": 11.0}  # inches across, landscape
LEAST = 7.0  # points as printed


def changed(**sheets: Any) -> Inputs:
    """The worked case with other sheets, or with other fields of its forms."""
    case = copy.deepcopy(CASE["input"])
    for name, given in sheets.items():
        case[name] = {**case[name], **given} if isinstance(given, dict) else given
    return inputs_of(case)


def said(inputs: Inputs) -> dict[str, str]:
    """What the first sheet says of some inputs."""
    words = Words(make_plan(solve(inputs)), Workings(100))
    told = {name: getattr(words, name)() for name in ("headline", "how_close", "who_is_forced", "is_it_big")}
    return {name: str(each.value) for name, each in told.items()}


# One screen, one page


def test_the_fold_is_one_screen(book: openpyxl.Workbook, content: bytes) -> None:
    sheet = book["Dashboard"]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
    widths = [float(width) * 7 * (int(last) - int(first) + 1) for first, last, width in columns]
    heights = [(sheet.row_dimensions[row].height or 15) / 0.75 for row in range(1, CHART_ROW + 1)]
    assert sum(widths) == pytest.approx(sum(COLUMNS), abs=1)
    assert sum(heights) == pytest.approx(sum(HEIGHTS.values()))
    assert fold() <= SCREEN


def test_it_is_one_landscape_page_on_which_the_smallest_letters_can_be_read(book: openpyxl.Workbook) -> None:
    sheet: Any = book["Dashboard"]
    assert sheet.print_area == f"'Dashboard'!$A$1:$R${fold_rows()}"
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    letters = [cell.font.size for row in sheet.iter_rows(max_row=CHART_ROW) for cell in row if cell.value is not None]
    smallest = min(*letters, SMALL, LETTERS)
    for name, across in PAPER.items():
        room = (across - sheet.page_margins.left - sheet.page_margins.right) * INCH
        assert smallest * min(1.0, room / fold()[0]) >= LEAST, name


def boxes(content: bytes, drawing: int) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each chart of a drawing, as zero-based columns and rows."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        root = ElementTree.fromstring(parts.read(f"xl/drawings/drawing{drawing}.xml"))
    found = []
    for anchor in root.iter(f"{DRAWING}twoCellAnchor"):
        ends = [end for end in map(anchor.find, (f"{DRAWING}from", f"{DRAWING}to")) if end is not None]
        found.append([int(str(end.findtext(f"{DRAWING}{at}"))) for end in ends for at in ("col", "row")])
    return [(left, top, right, bottom) for left, top, right, bottom in found]


def test_its_charts_stand_side_by_side_within_the_fold(content: bytes) -> None:
    found = boxes(content, 1)
    assert len(found) == 4
    assert 4 * chart_width() + 3 * BETWEEN <= sum(COLUMNS)
    for left, top, right, bottom in found:
        assert (left >= 0, right < len(COLUMNS)) == (True, True)
        assert (top, bottom < fold_rows()) == (CHART_ROW, True)
    assert [left for left, *_ in found] == sorted({left for left, *_ in found})


def test_every_chart_of_the_workbook_is_told_to_who_cannot_see_it(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if "/drawings/drawing" in name]
        charts = sum(name.startswith("xl/charts/chart") for name in parts.namelist())
    told = re.findall(r'<xdr:cNvPr id="\d+" name="[^"]*" descr="([^"]*)"', "".join(drawings))
    assert len(told) == charts == 14
    assert all(len(text) > 40 for text in told)
    assert any("As delivered: Forced selling" in text for text in told)


def test_no_formula_is_long_or_nested_deep(book: openpyxl.Workbook) -> None:
    for name in ("Dashboard", "Net_Margin", "Charts"):
        for row in book[name].iter_rows():
            for cell in row:
                text = str(cell.value or "")
                if text.startswith("="):
                    assert len(text) <= 150, f"{name}!{cell.coordinate}: {text}"
                    assert depth(text) <= 2, f"{name}!{cell.coordinate}: {text}"


def depth(formula: str) -> int:
    """How deep IF stands in IF."""
    opened: list[bool] = []
    deepest = 0
    for token in re.findall(r'"[^"]*"|IF\(|\(|\)', formula):
        if token == ")":
            opened.pop()
        elif token[0] != '"':
            opened.append(token == "IF(")
            deepest = max(deepest, sum(opened))
    return deepest


# Words


def test_the_price_is_below_the_average_cost_or_above_it() -> None:
    high = said(changed(Market={"btc_price": 1_000_000}))["headline"]
    low = said(changed(Market={"btc_price": 30_000}))["headline"]
    assert re.search(r"The price, 1,000,000 USD, is [\d,]+ USD above the average net AISC of [\d,]+\.$", high)
    assert re.search(r"The price, 30,000 USD, is [\d,]+ USD below the average net AISC of [\d,]+\.$", low)
    assert low.startswith("Risk score 76 of 100, high. ")


def test_a_price_that_is_the_cost_is_neither_above_nor_below_it() -> None:
    operators = [{**row, "minimum_liquidity": 0} for row in CASE["input"]["Operators"]]  # else the cost moves with it
    cost = solve(changed(Operators=operators)).number("aisc_net_average")
    words = said(changed(Operators=operators, Market={"btc_price": cost}))["headline"]
    assert "USD, is at the average net AISC of " in words


def test_without_machines_there_is_no_cost_and_nothing_to_extrapolate_from() -> None:
    words = said(changed(Fleet=[]))
    assert words["headline"].endswith("No operator mines: there is no cost of a bitcoin to hold the price against.")
    assert words["is_it_big"].startswith("Forced selling cannot be extrapolated: the operators run no machines; ")


def test_without_components_there_is_no_score() -> None:
    assert said(changed(Risk=[]))["headline"].startswith("No risk score: none of its components can be computed. The")


def test_the_next_trigger_is_named_and_where_none_is_left_that_is_said() -> None:
    solution = solve(changed())
    row = int(solution.number("triggers_crossed"))
    price, what, who = (solution.column("triggers", name)[row] for name in ("trigger_price", "trigger", "operator"))
    close = said(changed())["how_close"]
    assert f": {as_fixed(price, 0)} USD, {what} of {who}. Crossed: {row} of " in close
    assert said(changed(Market={"btc_price": 1}))["how_close"].startswith("No trigger lies below the price. Crossed: ")


def test_who_is_forced_is_counted_and_none_is_said_to_be_none() -> None:
    calm, bad = (said(changed(Market={"btc_price": price})) for price in (1_000_000, 20_000))
    assert calm["who_is_forced"].startswith("No operator draws on its treasury; no collateral is called. ")
    assert calm["is_it_big"].startswith("No forced selling; ")
    assert re.match(r"Treasury draw of [\d,.]+ BTC a day by (1 of 2|all 2) operators; ", bad["who_is_forced"])
    assert re.search(r"; lenders may sell [\d,]+ BTC of called collateral of ", bad["who_is_forced"])
    assert re.match(
        r"[\d,.]+ BTC a day of forced selling, extrapolated from [\d.]+ % of the network: ", bad["is_it_big"]
    )


def test_a_single_operator_is_the_only_one() -> None:
    alone = {
        sheet: [
            row for row in CASE["input"].get(sheet, []) if row["operator"] == CASE["input"]["Operators"][0]["operator"]
        ]
        for sheet in ("Operators", "Fleet", "Debt", "AI_HPC")
    }
    words = said(changed(**alone, Market={"btc_price": 15_000}))["who_is_forced"]
    assert "BTC a day by the only operator; " in words


@pytest.mark.parametrize(("flow", "words"), [(-400.0, "bring {} BTC a day to"), (400.0, "take {} BTC a day off")])
def test_etf_flows_say_which_way(flow: float, words: str) -> None:
    inputs = changed(ETF_Flows=[{"date": "2025-12-04", "A": flow}, {"date": "2025-12-05", "A": flow}])
    mean = abs(solve(inputs).number("etf_mean_long_btc"))
    assert f"; ETFs {words.format(as_fixed(mean, 0))} the market, mean of the newest 20" in said(inputs)["is_it_big"]


def test_without_flows_nothing_is_said_of_them() -> None:
    assert said(changed(ETF_Flows=[]))["is_it_big"].endswith("; no ETF flows were given.")


# Since last week


def since(inputs: Inputs, noted: dict[str, dict[str, float | str]]) -> str:
    plan = make_plan(solve(dataclasses.replace(inputs, last_week=noted)))
    return str(since_last_week(plan, Workings(100)).value)


def test_what_changed_since_last_week_is_what_the_input_remembers() -> None:
    inputs = changed(Market={"btc_price": 90_000, "miner_treasury": 50_000})
    treasury: dict[str, float | str] = {"miner_treasury": 50_000.0}
    noted: dict[str, dict[str, float | str]]
    noted = {"Market": {"btc_price": 92_000.0, **treasury}, "Report": {"as_of": serial("2025-11-28")}}
    assert since(inputs, noted) == "Since 2025-11-28: BTC price 92,000.00 → 90,000.00 USD/BTC. "
    assert since(inputs, {"Market": treasury}) == NOTHING
    assert since(inputs, {}) == NOT_NOTED
    assert since(inputs, {"Market": {}, "Report": {}}) == NOT_NOTED


# Lights


@pytest.mark.parametrize("each", KEY_FIGURES, ids=lambda each: each.line)
def test_a_light_is_calm_before_the_first_limit_and_stress_behind_both(solution: Solution, each: KeyFigure) -> None:
    watch, stress = (solution.number(limit) for limit in each.limits)
    assert (stress - watch) * each.sign > 0, "the second limit is the worse one"
    assert light_of(watch, each.sign, watch, stress) == "● calm"
    assert light_of((watch + stress) / 2, each.sign, watch, stress) == "▲ watch"
    assert light_of(stress, each.sign, watch, stress) == "▲ watch"
    assert light_of(stress + each.sign, each.sign, watch, stress) == "■ stress"
    assert light_of(None, each.sign, watch, stress) == light_of(1.0, each.sign, None, stress) == "n/a"


def test_the_lights_of_the_first_sheet_are_those_of_their_figures(
    solution: Solution, values: openpyxl.Workbook
) -> None:
    sheet = values["Dashboard"]
    for row, each in enumerate(KEY_FIGURES, start=FIRST + 1):
        now, watch, stress = (solution.number(name) for name in (each.line, *each.limits))
        known = None if now != now else now
        assert sheet.cell(row, FIGURE + 1).value == light_of(known, each.sign, watch, stress), each.line
        assert sheet.cell(row, FIGURE + 5).value == each.worse


# The file


@pytest.mark.parametrize(
    "inputs",
    [
        changed(Network_History=[], ETF_Flows=[], Risk=[]),
        changed(Fleet=[], Debt=[], Shocks=[]),
        dataclasses.replace(
            changed(Market={"active_shock": "Price -20 %", "btc_price": 30_000}),
            last_week={"Market": {"btc_price": 31_000.0}, "Report": {}},
        ),
    ],
    ids=["no history", "no machines", "a shock and last week"],
)
def test_every_word_is_confirmed_by_the_independent_engine(inputs: Inputs) -> None:
    content = write_workbook(solve(inputs))
    assured(content)
    shown = read(content, values=True)["Dashboard"]
    told = Words(make_plan(solve(inputs)), Workings(100))
    assert shown.cell(HEADLINE + 1, 1).value == told.headline().value
    assert shown.cell(SENTENCES + 3, 2).value == told.is_it_big().value


def test_version_hash_and_days_of_the_data_stand_on_it(solution: Solution) -> None:
    inputs = dataclasses.replace(solution.inputs, sha256="0123456789abcdef" * 4)
    book = read(write_workbook(solve(inputs)), values=True)
    row = [str(cell.value) for cell in book["Dashboard"][1] if cell.value]
    assert re.search(
        r"History to 2025-12-0\d · ETF flows to 2025-12-0\d · reportgen \d.* · input 0123456789ab$", row[1]
    )
    about = {str(row[0].value): row[1].value for row in book["About"].iter_rows(max_col=2)}
    assert about["Input workbook, SHA-256"] == inputs.sha256
