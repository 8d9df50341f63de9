"""The brief as one page for a browser, and as the page from which other documents are made. Nothing is set on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.render.brief.confined import set_pages_apart
from reportgen.render.brief.manuscript import Medium
from reportgen.render.brief.pages import page_of
from reportgen.render.brief.pdf import manuscript_of, views_of
from reportgen.render.brief.press import opened

if TYPE_CHECKING:
    from reportgen.model.solve import Solution


def screen_page(
    solution: Solution, workbook: str, formulas: int, templates: Path | None = None, medium: Medium = Medium.SCREEN
) -> str:
    """The page as HTML; with `Medium.DATA` it carries the figures of each chart in place of its drawing.

    `workbook` is the name of the workbook that it speaks of. A user's own `templates` are worked off in a process of
    their own, with limits of time and memory. Raises UsageError when a template does not work.
    """
    manuscript = replace(manuscript_of(solution, workbook, templates), medium=medium)
    views = views_of(solution, manuscript, formulas)
    if templates is None:
        return page_of(manuscript, views)
    with opened(bundled=False) as press:
        if press is not None and not press.ready():
            press = None
        return set_pages_apart(press, manuscript, views, b"").decode()
