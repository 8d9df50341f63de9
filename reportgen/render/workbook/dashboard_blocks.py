"""The three blocks of the first sheet: dials with the coins that come to market, key figures, the price ladder."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.address import FormulaPattern
from reportgen.render.workbook.dashboard_grid import DIAL, FIGURE, FIRST, HEADERS, HEADS, LADDER, LAST, LISTED, Looks
from reportgen.render.workbook.key_figures import CALM, KEY_FIGURES, SIDE, STRESS, WATCH, KeyFigure, light, light_of
from reportgen.render.workbook.live_words import clipped, figure
from reportgen.render.workbook.number_formats import TEXT, line_format
from reportgen.render.workbook.verdict import Written

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan
    from reportgen.render.workbook.row_by_row import RowByRow

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
LADDER_SPAN = -0.5, 0.5  # distances at which a rung's bar is empty and full: it is as long as its price is high
AHEAD, CROSSED = "● ahead", "■ crossed"


def write_dials(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """The scores and the dials, 0 calm to 100 stressed, each with its band in words and in the band's colour."""
    _section(sheet, looks, DIAL, DIAL + 2, "Scores and dials")
    for column, text in enumerate(("", "0-100", "Band")):
        sheet.words(HEADERS, DIAL + column, text, looks.get(("head_left", "head", "head_word")[column]))
    found = [(label, figure(plan, name)) for name, label in SCORES]
    cells = plan.range_of("dials", ("dials", "score"))
    names = plan.solution.texts("dials", "dial")
    for member, (name, value) in enumerate(zip(names, plan.solution.numbers("dials", "score"), strict=True)):
        written = Written(f"{cells.sheet}!{cells.cell(member)}", _plain(value))
        found.append((f"Dial: {name}", written))
    width = figure(plan, "risk_band_width")
    for row, (label, written) in enumerate(found, start=FIRST):
        sheet.words(row, DIAL, label, looks.get("name"))
        sheet.formula(row, DIAL + 1, f"={written.formula}", written.value, looks.get("cell", "0.0"))
        at = f"{column_letters(DIAL + 2)}{row + 1}"
        sheet.formula(row, DIAL + 2, band(at, width), _band_of(written, width), looks.get("light", TEXT))
    rows = FIRST, FIRST + len(found) - 1
    sheet.when((rows[0], DIAL + 1, rows[1], DIAL + 1), _bar(looks, 0, 100))
    for name in BANDS:
        _word(sheet, looks, (rows[0], DIAL + 2, rows[1], DIAL + 2), name, f"band_{name}")


def band(at: str, width: Written) -> str:
    """The formula of a band: it takes the score left of its own cell, whose address this is."""
    score = f"{column_letters(DIAL + 2)}{at.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    names = ",".join(f'"{name}"' for name in BANDS)
    return f'=IF(ISNUMBER({score}),CHOOSE(1+MIN(4,INT({score}/{width.formula}*(1+1/10^12))),{names}),"n/a")'


def _band_of(score: Written, width: Written) -> str:
    if isinstance(score.value, str) or isinstance(width.value, str):
        return "n/a"
    return BANDS[min(4, math.floor(score.value / width.value * (1 + 1 / 10**12)))]


def write_flows(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """Coins a day to market (below zero) and off it: what the chart of them draws."""
    row = FLOW_ROW - 1
    for column, text in enumerate(("BTC a day, − to market", "", "")):
        sheet.words(row, DIAL + column, text, looks.get("head_left"))
    for at, (name, label) in enumerate(FLOWS, start=FLOW_ROW):
        written, line = figure(plan, name), plan.graph.lines["market", name]
        sheet.words(at, DIAL, label, looks.get("name"))
        sheet.formula(at, DIAL + 1, f"={written.formula}", written.value, looks.get("cell", "+#,##0;-#,##0;0"))
        value = f"{column_letters(DIAL + 2)}{at + 1}"
        words = f'=IF(ISNUMBER({value}),CHOOSE(2+SIGN({value}),"to market","none","off market"),"{line.unit} n/a")'
        said = ("to market", "none", "off market")[1 + _sign(written)] if not isinstance(written.value, str) else ""
        sheet.formula(at, DIAL + 2, words, said or f"{line.unit} n/a", looks.get("light", TEXT))


def write_figures(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """The key figures with their lights and limits."""
    _section(sheet, looks, FIGURE, FIGURE + 5, "Key figures, with lights")
    for column, text in enumerate(("Figure", "Now", "Light", "Worse", "Watch", "Stress")):
        sheet.words(
            HEADERS,
            FIGURE + column,
            text,
            looks.get(("head_left", "head", "head_word", "head", "head", "head")[column]),
        )
    now, _, worse, watch, stress = (column_letters(FIGURE + 1 + place) for place in range(1, 6))
    for row, each in enumerate(KEY_FIGURES[:LISTED], start=FIRST):
        line = plan.graph.lines["market", each.line]
        shown, written = _format(line_format(line)), figure(plan, each.line)
        sheet.words(row, FIGURE, each.label, looks.get("name"))
        sheet.formula(row, FIGURE + 1, f"={written.formula}", written.value, looks.get("cell", shown))
        limits = [_limit(plan, limit) for limit in (each.watch, each.stress)]
        formula = light(row + 1, now, worse, watch, stress)
        sheet.formula(row, FIGURE + 2, formula, _lit(each, written, limits), looks.get("light", TEXT))
        sheet.number(row, FIGURE + 3, each.worse, looks.get("limit", SIDE))
        for column, (limit, given) in enumerate(zip(limits, (each.watch, each.stress), strict=True), start=FIGURE + 4):
            if isinstance(given, str):
                sheet.formula(row, column, f"={limit.formula}", limit.value, looks.get("limit_live", shown))
            else:
                sheet.number(row, column, given, looks.get("limit", shown))
    lights = FIRST, FIGURE + 2, FIRST + LISTED - 1, FIGURE + 2
    for word, role in LIGHTS:
        _word(sheet, looks, lights, word, role)


def _limit(plan: Plan, limit: float | str) -> Written:
    return figure(plan, limit) if isinstance(limit, str) else Written(repr(limit), limit)


def _lit(each: KeyFigure, written: Written, limits: list[Written]) -> str:
    numbers = [None if isinstance(cell.value, str) else float(cell.value) for cell in (written, *limits)]
    return light_of(numbers[0], each.worse, numbers[1], numbers[2])


def write_ladder(sheet: RowByRow, plan: Plan, looks: Looks) -> None:
    """Triggers around the price, dearest first: those that are crossed above it, the next below."""
    _section(sheet, looks, LADDER, LAST, "Price ladder: what breaks below which price")
    for column, text in enumerate(("USD/BTC", "From price", "State", "What", "Who")):
        sheet.words(
            HEADERS, LADDER + column, text, looks.get(("head", "head", "head_word", "head_word", "head_word")[column])
        )
    columns = {
        name: plan.range_of("ladder", ("ladder", name))
        for name in ("trigger_price", "distance", "trigger", "operator_there")
    }
    values = {name: plan.solution.column("ladder", name) for name in columns}
    looked_up = {
        name: FormulaPattern(f"{cells.sheet}!{cells.moving()}", across=False) for name, cells in columns.items()
    }
    distance = column_letters(LADDER + 2)
    for member in range(plan.solution.rows["ladder"]):
        row = FIRST + member
        for name, column, look, shown in (
            ("trigger_price", 0, "cell", "#,##0"), ("distance", 1, "cell", "+0.0%;-0.0%;0.0%"),
            ("trigger", 3, "cell_text", TEXT),
        ):  # fmt: skip
            value = _plain(values[name][member])
            sheet.formula(row, LADDER + column, looked_up[name].at(member), value, looks.get(look, shown))
        state = f'=IF(ISNUMBER({distance}{row + 1}),IF({distance}{row + 1}>0,"{CROSSED}","{AHEAD}"),"n/a")'
        sheet.formula(row, LADDER + 2, state, _state(values["distance"][member]), looks.get("light", TEXT))
        who = clipped(
            Written(looked_up["operator_there"].at(member)[1:], str(values["operator_there"][member])), LONGEST_NAME
        )
        sheet.formula(row, LADDER + 4, f"={who.formula}", who.value, looks.get("cell_text", TEXT))
    _word(sheet, looks, (FIRST, LADDER + 2, FIRST + LISTED - 1, LADDER + 2), CROSSED, "stress_3")
    sheet.when((FIRST, LADDER + 1, FIRST + LISTED - 1, LADDER + 1), _bar(looks, *LADDER_SPAN))


def _state(distance: Any) -> str:
    return "n/a" if math.isnan(float(distance)) else CROSSED if float(distance) > 0 else AHEAD


def _section(sheet: RowByRow, looks: Looks, first: int, last: int, title: str) -> None:
    for column in range(first, last + 1):
        sheet.words(HEADS, column, title if column == first else "", looks.get("section"))


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


def _format(shown: str) -> str:
    """The number format of a line, its colours left to the lights."""
    return shown.replace("[Red]", "")
