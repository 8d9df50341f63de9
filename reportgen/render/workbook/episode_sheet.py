"""The episodes of the hash ribbon, for reading: a snapshot beside the live ribbon."""

from __future__ import annotations

from reportgen.model.episodes import JOINED_GAP, SHORTEST, episodes
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import Plan

SHEET, TITLE = "Episodes", "Ribbon episodes"
SUMMARY = "Inversions of the hash ribbon as a reader counts them: a snapshot."
HEADERS = (("Start", "date"), ("Cross back up", "date"), ("Days", "days"), ("Lowest ribbon", "share"))
NONE = "No inversion of that length in the history of this workbook."


def write_episodes(page: Page, plan: Plan) -> None:
    """Write an episode a row, oldest first."""
    page.title(
        TITLE,
        f"Inversions of the hash ribbon: gaps of at most {JOINED_GAP} days joined, those under {SHORTEST} days left "
        "out. A snapshot: it does not move with edits.",
    )
    for row, role in ((3, "header"), (4, "header_unit")):
        for column, words in enumerate(HEADERS):
            page.text(row, column, words[row - 3], role)
    first = row = 4
    columns = plan.solution.columns
    known = ("days", "ribbon") in plan.graph.lines
    for episode in episodes(columns["days", "date"], columns["days", "ribbon"]) if known else ():
        row += 1
        page.value(row, 0, episode.start, "snapshot", "yyyy-mm-dd")
        if episode.end is None:
            page.text(row, 1, "lasts", "snapshot")
        else:
            page.value(row, 1, episode.end, "snapshot", "yyyy-mm-dd")
        page.value(row, 2, episode.days, "snapshot", "0")
        page.value(row, 3, episode.depth, "snapshot", "0.0%")
    if row == first:
        page.text(5, 0, NONE, "help")
    page.sheet.set_column(0, len(HEADERS) - 1, 18)
    page.sheet.freeze_panes(5, 0)
