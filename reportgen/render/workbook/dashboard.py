"""The first sheet: on one screen and one page what the week says, and whether it holds; the contents below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from reportgen.render.workbook.dashboard_blocks import write_dials, write_figures, write_flows, write_ladder
from reportgen.render.workbook.dashboard_grid import (
    BANNER,
    COLUMNS,
    CONTENTS,
    FIGURE,
    HEADLINE,
    HEIGHTS,
    LADDER,
    LAST,
    LEGEND,
    POINT,
    SENTENCES,
    STATUS,
    TITLE_ROW,
    WHO_ROW,
    Looks,
    fold_rows,
)
from reportgen.render.workbook.first_sheet_words import Words
from reportgen.render.workbook.key_figures import CALM, STRESS, WATCH
from reportgen.render.workbook.last_week_words import since_last_week
from reportgen.render.workbook.live_words import day, figure
from reportgen.render.workbook.number_formats import DATE, TEXT
from reportgen.render.workbook.row_by_row import RowByRow
from reportgen.render.workbook.text_width import DIGIT, height_of, lines_of
from reportgen.render.workbook.verdict import Written
from reportgen.render.workbook.workings import LABEL, UNIT, VALUE, Workings

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from reportgen.model.graph import Key
    from reportgen.render.workbook.contents import Entry
    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

LEGEND_WORDS = "No limit is passed; the first is; both are. Why these limits: Chart_Data, Limits of the lights."
HASH_SHOWN = 12
"""Characters of the input's hash: all of it stands on About."""
QUESTIONS = ("How close", "Who is forced", "Is it big", "Last week")
USED = "What the words above are made of"
TOLD = 9
"""Column from which a sheet's help runs in the contents."""
SHOCK, EDITS = 11, 16
"""Columns of the active shock and of what was edited, in the banner."""
AS_IT_WAS = "figures as delivered"


def write_dashboard(
    book: Workbook, page: Page, plan: Plan, entries: Sequence[Entry], instead: Mapping[Key, Written]
) -> None:
    """Write the first sheet but for its charts: the fold, the contents, the limits, and the pieces of its words."""
    sheet, looks = RowByRow(page), Looks(book, page.styles)
    for column, pixels in enumerate(COLUMNS):
        page.sheet.set_column_pixels(column, column, pixels)
    for row, pixels in HEIGHTS.items():
        sheet.height(row, pixels * POINT)
    pieces = Workings(CONTENTS + len(entries) + 3)
    _head(sheet, plan, looks, pieces)
    _banner(sheet, plan, looks, instead)
    _verdict(sheet, plan, looks, pieces)
    write_dials(sheet, plan, looks)
    write_flows(sheet, plan, looks)
    write_figures(sheet, plan, looks)
    write_ladder(sheet, plan, looks, pieces)
    for column, word in enumerate((CALM, WATCH, STRESS), start=FIGURE):
        sheet.words(LEGEND, column, word, looks.get("legend"))
    sheet.words(LEGEND, FIGURE + 3, LEGEND_WORDS, looks.get("legend"))
    sheet.words(SENTENCES + len(QUESTIONS), 0, "", looks.get("sentence"))  # else a row of no cell has no height
    _contents(sheet, entries)
    _pieces(sheet, looks, pieces)
    sheet.write()
    _print(page)


def _head(sheet: RowByRow, plan: Plan, looks: Looks, pieces: Workings) -> None:
    """Title, who and when; what the figures were made of and with."""
    inputs = plan.solution.inputs
    title = _given(plan, "report_title")
    sheet.formula(TITLE_ROW, 0, f"={title.formula}", title.value, looks.get("title", TEXT), watched=False)
    as_of = pieces.text("As-of date", _day(plan, "as_of"), day, "date")
    marked = _given(plan, "confidentiality")
    also = f" · {marked.value}" if marked.value else ""
    last = pieces.add("Confidentiality, said", Written(f'IF({marked.formula}="",""," · "&{marked.formula})', also))
    whose, by = (_given(plan, name) for name in ("organisation", "prepared_by"))
    who = Written(
        f'{whose.formula}&" · "&{by.formula}&" · as of "&{as_of.formula}&{last.formula}',
        f"{whose.value} · {by.value} · as of {as_of.value}{last.value}",
    )
    sheet.formula(WHO_ROW, 0, f"={who.formula}", who.value, looks.get("who", TEXT), watched=False)
    days = [
        pieces.text(label, figure(plan, name), day, "date")
        for label, name in (("Newest day of the history", "last_history_day"), ("Newest ETF day", "etf_last_day"))
    ]
    made = f" · reportgen {version('reportgen')} · input {inputs.sha256[:HASH_SHOWN] or 'without a file'}"
    made_by = pieces.given("Made by, from", made)
    data = Written(
        f'"History to "&{days[0].formula}&" · ETF flows to "&{days[1].formula}&{made_by.formula}',
        f"History to {days[0].value} · ETF flows to {days[1].value}{made}",
    )
    sheet.over(TITLE_ROW, (LADDER - 2, LAST), data, looks.get("data", TEXT), watched=False)


def _banner(sheet: RowByRow, plan: Plan, looks: Looks, instead: Mapping[Key, Written]) -> None:
    """The line of every sheet, and in full: the master check, the active shock, what was edited."""
    page = sheet.page
    sheet.link(STATUS, 0, page.sheet.get_name(), "To the contents", f"A{CONTENTS + 1}")
    if page.status is not None:
        formula, value = page.status
        sheet.formula(STATUS, 1, f"={formula}", value, looks.get("status", TEXT), watched=False)
        page.alarm(STATUS, 1, "not hold", "alarm")
        page.alarm(STATUS, 1, "Shock active", "banner")
    shock = plan.input_ranges["Market", "active_shock"]
    cell, name = f"{shock.sheet}!{shock.cell()}", str(plan.solution.value("active_shock"))
    for label, first, last, told, written in (
        (0, 1, 9, "Master check", _now(plan, instead, "master_check")),
        (10, SHOCK, 14, "Shock", Written(f'IF({cell}="","none",{cell}&"")', name or "none")),
        (15, EDITS, LAST, "Edits", _now(plan, instead, "edits")),
    ):
        sheet.words(BANNER, label, told, looks.get("banner_label"))
        sheet.over(BANNER, (first, last), written, looks.get("banner", TEXT), watched=False)
    page.alarm(BANNER, 1, "not hold")
    for column, last, usual in ((SHOCK, 14, "none"), (EDITS, LAST, AS_IT_WAS)):
        condition = {"type": "cell", "criteria": "!=", "value": f'"{usual}"', "format": looks.rule("warn")}
        sheet.when((BANNER, column, BANNER, last), condition)


def _verdict(sheet: RowByRow, plan: Plan, looks: Looks, pieces: Workings) -> None:
    """The verdict, the answers to three questions, and what changed since last week."""
    words = Words(plan, pieces)
    said = words.headline()
    sheet.over(HEADLINE, (0, LAST), said, looks.get("headline", TEXT))
    answers = (words.how_close(), words.who_is_forced(), words.is_it_big(), since_last_week(plan, pieces))
    for row, (question, answer) in enumerate(zip(QUESTIONS, answers, strict=True), start=SENTENCES):
        sheet.words(row, 0, question, looks.get("question"))
        sheet.over(row, (1, LAST), answer, looks.get("sentence", TEXT))


def _contents(sheet: RowByRow, entries: Sequence[Entry]) -> None:
    """A link to every other sheet, with what it shows."""
    _line(sheet, CONTENTS, "Contents")
    width = sum(COLUMNS[TOLD:]) / DIGIT
    for row, entry in enumerate(entries, start=CONTENTS + 1):
        sheet.link(row, 0, entry.name, entry.name)
        sheet.text(row, 2, entry.title)
        lines = lines_of(entry.help, width)
        if lines > 1:
            sheet.height(row, height_of(lines) + 2)
        sheet.across(row, (TOLD, LAST), entry.help, "note_wrapped")


def _pieces(sheet: RowByRow, looks: Looks, pieces: Workings) -> None:
    _line(sheet, pieces.first - 1, USED)
    for row, (label, piece, unit) in enumerate(pieces.rows, start=pieces.first):
        sheet.words(row, LABEL, label, looks.get("sentence"))
        if piece.formula:
            cross = "!" in piece.formula
            shown = DATE if unit == "date" else "General"
            sheet.formula(row, VALUE, f"={piece.formula}", piece.value, looks.get("piece" if cross else "made", shown))
        else:
            sheet.given(row, VALUE, piece.value, looks.get("given"))
        if unit:
            sheet.words(row, UNIT, unit, looks.get("unit_beside"))


def _line(sheet: RowByRow, row: int, title: str) -> None:
    sheet.across(row, (0, LAST), title, "section")


def _given(plan: Plan, name: str) -> Written:
    """A text of Report as it stands there."""
    cells = plan.input_ranges["Report", name]
    return Written(f'{cells.sheet}!{cells.cell()}&""', str(plan.solution.inputs.value("Report", name)))


def _day(plan: Plan, name: str) -> Written:
    return Written(plan.used_cell("Report", name), float(plan.solution.inputs.value("Report", name)))


def _now(plan: Plan, instead: Mapping[Key, Written], name: str) -> Written:
    """A line of the model as the file has it: what the sheet Checks says of the whole file, where it does."""
    own, there = instead.get(("market", name)), figure(plan, name)
    return there if own is None else Written(there.formula, own.value)


def _print(page: Page) -> None:
    """One landscape page: the fold; the contents are for the screen."""
    page.sheet.freeze_panes(STATUS + 1, 0)
    page.sheet.print_area(0, 0, fold_rows() - 1, LAST)
    page.sheet.fit_to_pages(1, 1)
