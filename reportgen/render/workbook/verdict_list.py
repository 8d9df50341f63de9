"""The list of verdicts on its sheet, written last: how many formulas each sheet holds is known only then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.dashboard_grid import SHEET as FIRST
from reportgen.render.workbook.figure_checks import CHECKS
from reportgen.render.workbook.fingerprints import weights
from reportgen.render.workbook.formula_counts import count_of
from reportgen.render.workbook.number_formats import TEXT
from reportgen.render.workbook.page import ABOUT, STATUS_ROW
from reportgen.render.workbook.plan import INPUT_CHECKS
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import height_of, lines_of
from reportgen.render.workbook.verdict import Verdict, Written, changed, on_its_sheet, small_sum_of, sum_of
from reportgen.render.workbook.verdicts import (
    ABOUT_LINE,
    ABOUT_WORDS,
    ALL_INPUTS,
    EVERY,
    FIRST_LINE,
    FIRST_WORDS,
    FORMULAS,
    HEAD_ROWS,
    HELD,
    INPUTS,
    LABEL,
    LINE,
    MASTER,
    NOW,
    STEPS,
    THEN,
    TOP_LINES,
    VERDICT,
    Verdicts,
)

if TYPE_CHECKING:
    from reportgen.render.workbook.page import Page

TITLE = "Verdicts on this file"
HELP = "1 holds, 0 does not. The words at the top of every sheet come from here; the first that does not hold is named."
HEADERS = ("What must hold", "", "Holds (0/1)", "Why", "At delivery (0/1)", "Found (see why)", "At delivery (see why)")
STEP = "Step {} (see why)"
LABEL_WIDTH, WHY_WIDTH, WORDS_WIDTH = 26, 58, 15
NUMBER = "General"


def write_verdicts(pages: Mapping[str, Page], verdicts: Verdicts) -> None:
    """Write the line of every sheet and the list below what the model shows on Checks."""
    page, top = pages[CHECKS], verdicts.top
    page.text(top, LABEL, TITLE, "section")
    page.text(top, VERDICT, HELP, "help")
    counts = dict(_counts(pages, verdicts))
    for row in range(LINE, EVERY + 1):
        if row in verdicts.head:
            label, written = verdicts.head[row]
            worded = isinstance(written.value, str)
            unit = "text" if worded else "0/1" if row in (INPUTS, ALL_INPUTS) else "checks"
            _label(page, top + row, label, unit, str(written.value) if worded else "")
            _formula(page, top + row, VERDICT, written, TEXT if worded else "0")
        else:
            label, written = counts[row]
            _label(page, top + row, label, "formulas")
            _formula(page, top + row, NOW, written, NUMBER)
            page.value(top + row, THEN, written.value, "snapshot", NUMBER, watched=False)
    most = max(len(verdict.steps) for verdict in (_completed(each, pages) for each in verdicts.rows))
    for column, header in enumerate((*HEADERS, *(STEP.format(place + 1) for place in range(most)))):
        page.text(top + HEAD_ROWS - 1, column, header, "header_left")
    for row, verdict in enumerate(verdicts.rows, start=verdicts.first):
        _write(page, row, verdict, pages, verdicts)
    page.sheet.set_column(HELD, THEN + most, 17)


def _counts(pages: Mapping[str, Page], verdicts: Verdicts) -> Iterator[tuple[int, tuple[str, Written]]]:
    """What is counted of the formulas that carry the words, by row: those here, on the first sheet, and all of them.

    Words that are looked up never look at a count of their own cell: what is typed over one is told by the others.
    """
    areas = {
        FORMULAS: ("Verdicts, and the words above, are formulas", *verdicts.formulas),
        MASTER: ("The master check is a formula", *verdicts.master),
    }
    for name, line, words in ((FIRST, FIRST_LINE, FIRST_WORDS), (ABOUT, ABOUT_LINE, ABOUT_WORDS)):
        noted, last = pages[name].formulas, pages[name].watched.first_row
        column = noted.area.split(":")[1].split("$")[1]
        areas[line] = (
            f"Title and line of {name} are formulas",
            f"{name}!$A$1:${column}${STATUS_ROW + 1}",
            float(noted.count(0, STATUS_ROW)),
        )
        areas[words] = (
            f"Words of {name} are formulas",
            f"{name}!$A${STATUS_ROW + 2}:${column}${last}",
            float(noted.count(STATUS_ROW + 1, last - 1)),
        )
    for row, (label, area, number) in areas.items():
        yield row, (label, Written(count_of(area), number))
    lines = areas[FIRST_LINE][2] + areas[ABOUT_LINE][2]
    both = f"{verdicts.cell(FIRST_LINE, NOW)}+{verdicts.cell(ABOUT_LINE, NOW)}"
    yield TOP_LINES, ("Lines of both sheets", Written(both, lines))
    every = "+".join(verdicts.cell(row, NOW) for row in areas)
    yield EVERY, ("All of these", Written(every, sum(number for _, _, number in areas.values())))


def _write(page: Page, row: int, verdict: Verdict, pages: Mapping[str, Page], verdicts: Verdicts) -> None:
    verdict = _completed(verdict, pages)
    now, then = verdict.now, verdict.then
    cells = {"now": f"$F{row + 1}", "then": f"$G{row + 1}", "area": ""}
    cells |= {"inputs": verdicts.cell(INPUTS), "all_inputs": verdicts.cell(ALL_INPUTS)}
    cells |= {f"s{place + 1}": f"${column_letters(STEPS + place + 1)}{row + 1}" for place in range(len(verdict.steps))}
    if verdict.sheet:
        cells["area"] = _area(verdict, pages)
    lines = max(lines_of(verdict.label, LABEL_WIDTH), lines_of(verdict.note, WHY_WIDTH, NOTE_SIZE))
    if lines > 1:
        page.sheet.set_row(row, height_of(lines) + 1)
    page.text(row, LABEL, verdict.label, "wrapped")
    page.text(row, LABEL + 1, "0/1", "unit")
    test = f"IFERROR(IF({verdict.test.format(**cells)},1,0),0)"
    _formula(page, row, VERDICT, Written(test, float(verdict.holds)), "0")
    page.light(row, VERDICT)
    page.text(row, VERDICT + 1, verdict.note, "note_wrapped")
    page.value(row, HELD, float(verdict.holds), "snapshot", "0", watched=False)
    steps = [] if now is None else [(NOW, now)]
    for column, step in (*steps, *enumerate(verdict.steps, start=STEPS)):
        if isinstance(step, Written):
            _formula(page, row, column, step._replace(formula=step.formula.format(**cells)), NUMBER)
        else:
            page.value(row, column, step, "snapshot", NUMBER, watched=False)
    if now is None:
        page.text(row, NOW, "", "line")
    if then is None:
        page.text(row, THEN, "", "line")
    else:
        page.value(row, THEN, then, "snapshot", NUMBER, watched=False)


def _label(page: Page, row: int, label: str, unit: str, words: str = "") -> None:
    """Label and unit of a row, as high as the label and the words of its figure take."""
    page.sheet.set_row(row, height_of(max(lines_of(label, LABEL_WIDTH), lines_of(words, WORDS_WIDTH))) + 1)
    page.text(row, LABEL, label, "wrapped")
    page.text(row, LABEL + 1, unit, "unit")


def _formula(page: Page, row: int, column: int, written: Written, number_format: str) -> None:
    """A formula that the verdicts do not watch, in the colour of what it looks at."""
    formula, role = on_its_sheet(written.formula, CHECKS)
    style = page.styles.get("wrapped" if number_format == TEXT else role, number_format)
    page.formula(row, column, f"={formula}", written.value, style, watched=False)


def _area(verdict: Verdict, pages: Mapping[str, Page]) -> str:
    return f"{verdict.sheet}!{pages[verdict.sheet].watched.area}"


def _completed(verdict: Verdict, pages: Mapping[str, Page]) -> Verdict:
    """A verdict about a whole sheet, with what is known of it once it is written."""
    if not verdict.sheet:
        return verdict
    written, area = pages[verdict.sheet].watched, _area(verdict, pages)
    if verdict.counted:
        then = float(written.formulas)
        return replace(verdict, then=then, now=Written(count_of(area), then))
    if verdict.summed:
        small = (Written(small_sum_of(area), written.small), written.small)
        return replace(verdict, then=written.total, now=Written(sum_of(area), written.total), steps=small)
    if verdict.by_rows:
        totals = [
            (f"SUMPRODUCT({verdict.sheet}!{cells},{INPUT_CHECKS}!{weights(rows)})", total)
            for cells, rows, total in written.by_rows()
        ]
        now, steps = changed(totals)
        return replace(verdict, now=now, steps=steps)
    return verdict
