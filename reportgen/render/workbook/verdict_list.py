"""The list of verdicts on its sheet, written last: how many formulas each sheet holds is known only then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.render.workbook.figure_checks import CHECKS
from reportgen.render.workbook.fingerprints import as_delivered
from reportgen.render.workbook.formula_counts import count_of
from reportgen.render.workbook.number_formats import TEXT
from reportgen.render.workbook.verdict import Verdict, Written, small_sum_of, sum_of
from reportgen.render.workbook.verdicts import HEAD_ROWS, HELD, LABEL, NOW, THEN, VERDICT, Verdicts

if TYPE_CHECKING:
    from reportgen.render.workbook.page import Page

TITLE = "Verdicts on this file"
HELP = "1 holds, 0 does not. The words at the top of every sheet come from here; the first that does not hold is named."
HEADERS = ("What must hold", "", "Holds", "Why", "At delivery", "Found", "At delivery")
NUMBER = "General"


def write_verdicts(pages: Mapping[str, Page], verdicts: Verdicts) -> None:
    """Write the line of every sheet and the list below what the model shows on Checks."""
    page, top = pages[CHECKS], verdicts.top
    page.text(top, LABEL, TITLE, "section")
    page.text(top, VERDICT, HELP, "help")
    page.text(top + 1, LABEL, "Line of every sheet", "label")
    line = verdicts.line
    page.formula(top + 1, VERDICT, f"={line.formula}", line.value, page.styles.get("text", TEXT), watched=False)
    area, number = verdicts.formulas
    page.text(top + 2, LABEL, "Verdicts, and the line, are formulas", "label")
    page.formula(top + 2, NOW, f"={count_of(area)}", number, page.styles.get("line", NUMBER), watched=False)
    page.value(top + 2, THEN, number, "snapshot", NUMBER, watched=False)
    page.text(top + 3, LABEL, "Inputs are as delivered, the active shock apart", "label")
    inputs = as_delivered(verdicts.plan)
    page.formula(top + 3, VERDICT, f"={inputs}", 1.0, page.styles.get("line", "0"), watched=False)
    for column, header in enumerate(HEADERS):
        page.text(top + HEAD_ROWS - 1, column, header, "header_left")
    for row, verdict in enumerate(verdicts.rows, start=verdicts.first):
        _write(page, row, verdict, pages, verdicts.inputs)
    page.sheet.set_column(HELD, THEN, 17)


def _write(page: Page, row: int, verdict: Verdict, pages: Mapping[str, Page], inputs: str) -> None:
    now, then, area = verdict.now, verdict.then, ""
    if verdict.sheet:
        written = pages[verdict.sheet].watched
        area = f"{verdict.sheet}!{written.area}"
        if verdict.counted:
            then = float(written.formulas)
            now = Written(count_of(area), then)
        elif verdict.summed:
            then = written.total
            now = Written(sum_of(area), then)
    cells = {"now": f"$F{row + 1}", "then": f"$G{row + 1}", "area": area, "inputs": inputs}
    if verdict.sheet:
        cells |= {"small": small_sum_of(area), "small_then": repr(pages[verdict.sheet].watched.small)}
    page.text(row, LABEL, verdict.label, "label")
    test = f"=IFERROR(IF({verdict.test.format(**cells)},1,0),0)"
    page.formula(row, VERDICT, test, float(verdict.holds), page.styles.get("line", "0"), watched=False)
    page.light(row, VERDICT)
    page.text(row, VERDICT + 1, verdict.note, "note")
    page.value(row, HELD, float(verdict.holds), "snapshot", "0", watched=False)
    if now is not None:
        page.formula(row, NOW, f"={now.formula}", now.value, page.styles.get("line", NUMBER), watched=False)
    if then is not None:
        page.value(row, THEN, then, "snapshot", NUMBER, watched=False)
