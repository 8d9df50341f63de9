"""The episodes of the hash ribbon, for reading: a snapshot on the sheet Record, beside the live ribbon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.model.episodes import JOINED_GAP, SHORTEST, episodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.render.workbook.plan import Plan

Cells = dict[int, tuple[Any, str, str]]
"""By column: value, role, number format."""
TITLE = "Inversions of the hash ribbon"
TOLD = f"Gaps of at most {JOINED_GAP} days are joined, those under {SHORTEST} days left out. Oldest first."
HEADERS = (("Start", "date"), ("Cross back up", "date"), ("Days", "days"), ("Lowest ribbon", "share"))
NONE = "No inversion of that length in the history of this workbook."
DAY = "yyyy-mm-dd"


def episode_rows(plan: Plan) -> Iterator[Cells]:
    """A row an episode, oldest first, below what it is and its headers."""
    yield {0: (TITLE, "section", "General")}
    yield {0: (TOLD, "help", "General")}
    columns = plan.solution.columns
    known = ("days", "ribbon") in plan.graph.lines
    found = list(episodes(columns["days", "date"], columns["days", "ribbon"])) if known else []
    if not found:
        yield {0: (NONE, "help", "General")}
        return
    for words, role in ((0, "header"), (1, "header_unit")):
        yield {column: (header[words], role, "General") for column, header in enumerate(HEADERS)}
    for episode in found:
        end = ("lasts", "snapshot", "General") if episode.end is None else (episode.end, "snapshot", DAY)
        yield {
            0: (episode.start, "snapshot", DAY),
            1: end,
            2: (episode.days, "snapshot", "0"),
            3: (episode.depth, "snapshot", "0.0%"),
        }
