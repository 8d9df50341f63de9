"""The brief of a solution, as a PDF with the workbook attached."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from reportgen.documents import Document
from reportgen.model.solve import Solution
from reportgen.problems import UsageError
from reportgen.render.brief.figures import calendar
from reportgen.render.brief.limits import STEPS
from reportgen.render.brief.typesetting import Manuscript, set_pages
from reportgen.render.brief.view import brief_view
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder


def write_brief(solution: Solution, workbook: Document, formulas: int, templates: Path | None = None) -> bytes:
    """The brief of a solution. `formulas` counts those that an independent engine re-performed without disagreement.

    `templates` is the user's own folder: its files replace the bundled ones of the same name, and a process of its own,
    with limits of time and memory, sets the pages. Raises UsageError when a template does not work or WeasyPrint's
    libraries are missing, CheckError when WeasyPrint finds fault with the bundled templates.
    """
    view = partial(brief_view, solution, workbook.name, formulas)
    stamp = dt.datetime.combine(calendar(float(solution.value("as_of"))), dt.time())
    title = str(solution.value("report_title")).strip()
    if templates is None:
        return set_pages(Manuscript(view, load_theme(), (templates_folder(),), None, workbook, title, stamp))
    if not templates.is_dir():
        raise UsageError(f"{templates} is not a folder of templates")
    from reportgen.render.brief.confined import set_pages_apart

    views = {limits: view(limits) for limits in STEPS}
    folders = (templates.absolute(), templates_folder())
    return set_pages_apart(
        Manuscript(views.__getitem__, load_theme(templates), folders, templates, workbook, title, stamp)
    )
