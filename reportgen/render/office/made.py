"""The Word document and the slides of a solution: the page of the brief, read as an outline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.render.office.document import Properties, word_document
from reportgen.render.office.outline import outline
from reportgen.render.office.slides import slides
from reportgen.render.theme import load_theme

if TYPE_CHECKING:
    from reportgen.model.solve import Solution


def write_document(page: str, solution: Solution, templates: Path | None = None) -> bytes:
    """The brief as a Word document, made of its page with the figures of each chart.

    Raises UsageError when the team's template cannot be used, CheckError when a text is not in the finished file.
    """
    return word_document(outline(page), properties_of(solution), load_theme(templates), templates)


def write_slides(page: str, solution: Solution, templates: Path | None = None) -> bytes:
    """The charts of the brief as slides, made of its page with the figures of each chart.

    Raises UsageError when the team's template cannot be used, CheckError when a figure is not in the finished file.
    """
    return slides(outline(page), properties_of(solution), load_theme(templates), templates)


def properties_of(solution: Solution) -> Properties:
    """What the documents say of themselves."""
    report = {name: str(solution.value(name)).strip() for name in ("report_title", "prepared_by", "organisation")}
    day = iso_day(float(solution.value("as_of")))
    footer = " · ".join(filter(None, (str(solution.value("confidentiality")).strip(), report["organisation"], day)))
    made = dt.datetime.fromisoformat(day)
    return Properties(report["report_title"], report["prepared_by"], report["organisation"], footer, made)
