"""The brief of a solution, as a PDF with the workbook attached."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.problems import UsageError
from reportgen.render.brief.press import Press, PressLostError, opened

if TYPE_CHECKING:
    from reportgen.documents import Document
    from reportgen.model.solve import Solution
    from reportgen.render.brief.limits import Limits
    from reportgen.render.brief.manuscript import Manuscript
    from reportgen.render.brief.view import Brief


def write_brief(solution: Solution, workbook: Document, formulas: int, templates: Path | None = None) -> bytes:
    """The brief of a solution. `formulas` counts those that an independent engine re-performed without disagreement.

    `templates` is the user's own folder: its files replace the bundled ones of the same name, and a process of its own,
    with limits of time and memory, sets the pages. Raises UsageError when a template does not work or WeasyPrint's
    libraries are missing, CheckError when WeasyPrint finds fault with the bundled templates.
    """
    if templates is not None:
        with brief_under_way(templates) as brief:
            return brief.finished(solution, workbook, formulas)
    from reportgen.render.brief.typesetting import set_pages

    manuscript = manuscript_of(solution, workbook.name, None)
    return set_pages(manuscript, views_of(solution, manuscript, formulas), lambda: workbook.content)


@contextlib.contextmanager
def brief_under_way(templates: Path | None) -> Iterator[BriefUnderWay]:
    """A brief for whose pages a process is started at once; it is ended with this."""
    with opened(bundled=templates is None) as press:
        yield BriefUnderWay(press, templates)


@dataclass
class BriefUnderWay:
    """A brief whose pages are set by a process of its own while the workbook is still drawn and re-performed.

    Where there is no such process, or it is lost, all is done here at the end, with the same result.
    """

    press: Press | None
    templates: Path | None
    loaded: bool = False
    counted: int = -1
    """How many formulas the pages name that are being set; below 0 while there are none."""

    def can_be_made(self) -> bool:
        """True when the process has loaded all that it takes; False where it could not, or there is none."""
        if self.press is not None and not self.loaded:
            self.loaded = self.press.ready()
            self.press = self.press if self.loaded else None
        return self.loaded

    def begin(self, solution: Solution, workbook: str, formulas: int) -> None:
        """Have the pages set: the figures are there, and how many formulas the workbook of that name holds.

        Pages of a user's own templates are not begun: the process that sets them gets everything at once.
        """
        if self.templates is None and self.can_be_made():
            manuscript = manuscript_of(solution, workbook, None)
            self._handed_over(lambda press: press.begin(manuscript, views_of(solution, manuscript, formulas)))
            self.counted = formulas

    def finished(self, solution: Solution, workbook: Document, formulas: int) -> bytes:
        """The PDF, as `write_brief` gives it."""
        if self.templates is not None:
            from reportgen.render.brief.confined import set_pages_apart

            manuscript = manuscript_of(solution, workbook.name, self.templates)
            self.can_be_made()
            return set_pages_apart(self.press, manuscript, views_of(solution, manuscript, formulas), workbook.content)
        if self.counted == formulas:
            pdf = self._handed_over(lambda press: press.pages(workbook.content))
            if pdf is not None:
                return pdf
        return write_brief(solution, workbook, formulas)

    def _handed_over(self, work: Callable[[Press], bytes | None]) -> bytes | None:
        """What the process makes of it; None, for good, when it is lost."""
        try:
            return work(self.press) if self.press is not None else None
        except PressLostError:
            self.press = None
            return None


def views_of(solution: Solution, manuscript: Manuscript, formulas: int) -> Callable[[Limits], Brief]:
    """The figures and texts of the brief under some limits."""
    from reportgen.render.brief.first_page_room import SCREEN
    from reportgen.render.brief.manuscript import Medium
    from reportgen.render.brief.view import brief_view

    paper = manuscript.theme.paper_size if manuscript.medium is Medium.PRINT else SCREEN
    return partial(brief_view, solution, manuscript.attachment, formulas, paper=paper)


def manuscript_of(solution: Solution, workbook: str, templates: Path | None) -> Manuscript:
    """What else the pages are set from."""
    from reportgen.render.brief.figures import calendar
    from reportgen.render.brief.manuscript import Manuscript
    from reportgen.render.theme import load_theme
    from reportgen.resources import templates_folder

    if templates is not None and not templates.is_dir():
        raise UsageError(f"{templates} is not a folder of templates")
    return Manuscript(
        theme=load_theme(templates),
        folders=(templates_folder(),) if templates is None else (templates.absolute(), templates_folder()),
        own=templates,
        attachment=workbook,
        title=str(solution.value("report_title")).strip(),
        stamp=dt.datetime.combine(calendar(float(solution.value("as_of"))), dt.time()),
    )
