"""The three blocks of the first sheet: dials with the coins that come to market, key figures, the price ladder."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.address import FormulaPattern
from reportgen.render.workbook.dashboard_grid import (
    DIAL,
    FIGURE,
    FIRST,
    HEADERS,
    HEADS,
    LADDER,
    LAST,
    LEGEND,
    LISTED,
    Looks,
)
from reportgen.render.workbook.key_figures import CALM, KEY_FIGURES, STRESS, UNITS, WATCH, KeyFigure, light, light_of
from reportgen.render.workbook.live_words import clipped, figure
from reportgen.render.workbook.number_formats import TEXT, line_format
from reportgen.render.workbook.verdict import Written

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.row_by_row import RowByRow
    from reportgen.render.workbook.workings import Workings

BANDS = ("low", "guarded", "elevated", "high", "severe")
SCORES = (("risk_score", "Risk score"), ("market_score", "Market score"))
FLOWS = (
    ("forced_flow_to_market", "Forced selling"),
    ("issuance_to_market", "Issuance"),
    ("etf_off_market", "ETF flow, mean"),
)  # fmt: skip
FLOW_ROW = FIRST + LISTED - len(FLOWS)
LONGEST_NAME = 22  # of an operator beside the ladder
LIGHTS = ((CALM, "stress_0"), (WATCH, "stress_1"), (STRESS, "stress_3"))
RUNG = ("trigger_price", "distance", "trigger", "operator_there")
AHEAD, CROSSED = "● ahead", "■ crossed"


def write_dials(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """The scores and the dials, 0 calm to 100 stressed, each with its band in words and in the band's colour."""
    _section(sheet, looks, DIAL, DIAL + 3, "Scores and dials")
    _headers(sheet, looks, DIAL, ("Score", "Now", "", "Band"), ("head_left", "head", "head_left", "head_word"))
    found = [(label, figure(plan, name)) for name, label in SCORES]
    cells = plan.range_of("dials", ("dials", "score"))
    names = plan.solution.texts("dials", "dial")
    for member, (name, value) in enumerate(zip(names, plan.solution.numbers("dials", "score"), strict=True)):
        found.append((f"Dial: {name}", Written(f"{cells.sheet}!{cells.cell(member)}", _plain(value))))
    width = figure(plan, "risk_band_width")
    for row, (label, written) in enumerate(found, start=FIRST):
        _figure(sheet, looks, row, label, written, "of 100", "0.0")
        sheet.formula(row, DIAL + 3, band(row, width), _band_of(written, width), looks.get("band", TEXT))
    last = FIRST + len(found) - 1
    sheet.when((FIRST, DIAL + 1, last, DIAL + 1), _bar(looks, 0, 100))
    for name in BANDS:
        _word(sheet, looks, (FIRST, DIAL + 3, last, DIAL + 3), name, f"band_{name}")


def _figure(sheet: RowByRow, looks: Looks, row: int, label: str, written: Written, unit: str, shown: str) -> None:
    """A row of the first block: what it is, the figure, its unit."""
    sheet.words(row, DIAL, label, looks.get("name"))
    sheet.formula(row, DIAL + 1, f"={written.formula}", written.value, looks.get("cell", shown))
    sheet.words(row, DIAL + 2, unit, looks.get("unit"))


def band(row: int, width: Written) -> str:
    """The formula of the band of a row's score."""
    score = f"{column_letters(DIAL + 2)}{row + 1}"
    names = ",".join(f'"{name}"' for name in BANDS)
    return f'=IF(ISNUMBER({score}),CHOOSE(1+MIN(4,INT({score}/{width.formula}*(1+1/10^12))),{names}),"n/a")'


def _band_of(score: Written, width: Written) -> str:
    if isinstance(score.value, str) or isinstance(width.value, str):
        return "n/a"
    return BANDS[min(4, math.floor(score.value / width.value * (1 + 1 / 10**12)))]


def write_flows(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """Coins a day to market (below zero) and off it: what the chart of them draws."""
    sheet.titled(FLOW_ROW - 1, (DIAL, DIAL + 3), "Coins a day: − to market, + off it", looks.get("head_left"))
    for row, (name, label) in enumerate(FLOWS, start=FLOW_ROW):
        written = figure(plan, name)
        _figure(sheet, looks, row, label, written, plan.graph.lines["market", name].unit, "+#,##0;-#,##0;0")
        value = f"{column_letters(DIAL + 2)}{row + 1}"
        words = f'=IF(ISNUMBER({value}),CHOOSE(2+SIGN({value}),"to market","none","off market"),"n/a")'
        said = "n/a" if isinstance(written.value, str) else ("to market", "none", "off market")[1 + _sign(written)]
        sheet.formula(row, DIAL + 3, words, said, looks.get("light", TEXT))


def write_figures(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """The key figures with their lights and limits."""
    _section(sheet, looks, FIGURE, FIGURE + 6, "Key figures, with lights")
    heads = ("Light", "Figure", "Unit", "Now", "Worse", "Watch", "Stress")
    kinds = ("head_word", "head_word", "head_left", *["head"] * 4)
    _headers(sheet, looks, FIGURE, heads, kinds)
    now, worse, watch, stress = (column_letters(FIGURE + place) for place in range(4, 8))
    words = f"${column_letters(FIGURE + 1)}${LEGEND + 1}:${column_letters(FIGURE + 3)}${LEGEND + 1}"
    for row, each in enumerate(KEY_FIGURES[:LISTED], start=FIRST):
        line = plan.graph.lines["market", each.line]
        shown, written = line_format(line).replace("[Red]", ""), figure(plan, each.line)
        limits = [figure(plan, limit) for limit in each.limits]
        formula = light(row + 1, now, worse, watch, stress, words)
        sheet.formula(row, FIGURE, formula, _lit(each, written, limits), looks.get("light", TEXT))
        sheet.words(row, FIGURE + 1, each.label, looks.get("name_beside"))
        sheet.words(row, FIGURE + 2, UNITS.get(each.line, line.unit), looks.get("unit"))
        sheet.formula(row, FIGURE + 3, f"={written.formula}", written.value, looks.get("cell", shown))
        sheet.words(row, FIGURE + 4, each.worse, looks.get("side"))
        for column, limit in enumerate(limits, start=FIGURE + 5):
            sheet.formula(row, column, f"={limit.formula}", limit.value, looks.get("limit", shown))
    for word, role in LIGHTS:
        _word(sheet, looks, (FIRST, FIGURE, FIRST + LISTED - 1, FIGURE), word, role)


def _lit(each: KeyFigure, written: Written, limits: list[Written]) -> str:
    numbers = [None if isinstance(cell.value, str) else float(cell.value) for cell in (written, *limits)]
    return light_of(numbers[0], each.sign, numbers[1], numbers[2])


def write_ladder(sheet: RowByRow, plan: Plan, looks: Looks, pieces: Workings) -> None:
    """Triggers around the price, dearest first: those that are crossed above it, the next below."""
    _section(sheet, looks, LADDER, LAST, "Price ladder: what breaks below which price")
    heads = ("(USD/BTC)", "Distance (%)", "State", "What", "Who")
    _headers(sheet, looks, LADDER, heads, ("head", "head", *["head_word"] * 3))
    room = pieces.given("Room for a name on the ladder", float(LONGEST_NAME), "characters")
    price, distance, what, who = (_rungs(plan, name) for name in RUNG)
    at = column_letters(LADDER + 2)
    for member in range(plan.solution.rows["ladder"]):
        row = FIRST + member
        for column, cell, look, shown in (
            (0, price(member), "cell", "#,##0"), (1, distance(member), "cell", "+0.0%;-0.0%;0.0%"),
            (3, what(member), "cell_text", TEXT), (4, clipped(who(member), room), "cell_text", TEXT),
        ):  # fmt: skip
            sheet.formula(row, LADDER + column, f"={cell.formula}", cell.value, looks.get(look, shown))
        state = f'=IF(ISNUMBER({at}{row + 1}),IF({at}{row + 1}>0,"{CROSSED}","{AHEAD}"),"n/a")'
        sheet.formula(row, LADDER + 2, state, _state(distance(member).value), looks.get("light", TEXT))
    _word(sheet, looks, (FIRST, LADDER + 2, FIRST + LISTED - 1, LADDER + 2), CROSSED, "stress_3")
    sheet.when(
        (FIRST, LADDER, FIRST + LISTED - 1, LADDER), {"type": "data_bar", "bar_color": looks.styles.tint("accent")}
    )


def _rungs(plan: Plan, name: str) -> Callable[[int], Written]:
    """A column of the ladder: where each rung's figure stands, and what it is."""
    cells, values = plan.range_of("ladder", ("ladder", name)), plan.solution.column("ladder", name)
    pattern = FormulaPattern(f"{cells.sheet}!{cells.moving()}", across=False)
    return lambda member: Written(pattern.at(member)[1:], _plain(values[member]))


def _state(distance: float | str) -> str:
    return "n/a" if isinstance(distance, str) else CROSSED if distance > 0 else AHEAD


def _section(sheet: RowByRow, looks: Looks, first: int, last: int, title: str) -> None:
    sheet.titled(HEADS, (first, last), title, looks.get("section"))


def _headers(sheet: RowByRow, looks: Looks, first: int, heads: Sequence[str], kinds: Sequence[str]) -> None:
    for column, (text, kind) in enumerate(zip(heads, kinds, strict=True), start=first):
        sheet.words(HEADERS, column, text, looks.get(kind))


def _word(sheet: RowByRow, looks: Looks, cells: tuple[int, int, int, int], word: str, role: str) -> None:
    """The colour of a role while a cell is this word: the word says it, the colour helps to find it."""
    sheet.when(cells, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": looks.rule(role)})


def _bar(looks: Looks, least: float, most: float) -> dict[str, object]:
    """Bars in cells, empty at the least value and full at the most; of the kind that all programs keep."""
    ends = {"min_type": "num", "min_value": least, "max_type": "num", "max_value": most}
    return {"type": "data_bar", "bar_color": looks.styles.tint("accent"), **ends}


def _plain(value: Any) -> float | str:
    if isinstance(value, str):
        return str(value)
    return "n/a" if math.isnan(float(value)) else float(value)


def _sign(written: Written) -> int:
    value = float(written.value)
    return (value > 0) - (value < 0)
