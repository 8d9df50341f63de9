"""The brief as PDF/A-3u: tagged, with its fonts, and with the workbook attached."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.documents import Document
from reportgen.model.solve import Solution
from reportgen.problems import CheckError, UsageError
from reportgen.render.brief.engine import weasyprint
from reportgen.render.brief.figures import calendar
from reportgen.render.brief.files import BASE, fetcher
from reportgen.render.brief.limits import MOST_PAGES, STEPS
from reportgen.render.brief.pages import html
from reportgen.render.brief.view import brief_view
from reportgen.render.theme import Theme, load_theme
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from weasyprint import Document as Layout

STYLE = "brief.css"
_CODE = re.compile(r"\(U\+([0-9A-Fa-f]+)\)")
_VARIANT = "pdf/a-3u"
# fontTools takes over where the optional HarfBuzz-Subset library is not installed: the result is as good
_HARMLESS = ("Using fontTools instead of HarfBuzz-Subset",)


def write_brief(solution: Solution, workbook: Document, formulas: int, templates: Path | None = None) -> bytes:
    """The brief of a solution. `formulas` counts those that an independent engine re-performed without disagreement.

    `templates` is the user's own folder: its files replace the bundled ones of the same name. Raises UsageError when
    a template does not work or WeasyPrint's libraries are missing, CheckError when WeasyPrint finds fault.
    """
    if templates is not None and not templates.is_dir():
        raise UsageError(f"{templates} is not a folder of templates")
    folders = (templates_folder(),) if templates is None else (templates, templates_folder())
    theme = load_theme(templates)
    package = weasyprint()
    unprintable: frozenset[str] = frozenset()
    while True:
        drawing = _Drawing(package, solution, workbook, formulas, theme, folders, unprintable)
        try:
            return _written(drawing, own_templates=templates is not None)
        except _UnprintableError as found:
            if found.characters <= unprintable:
                raise CheckError(f"The brief cannot be printed: {found}") from None
            unprintable |= found.characters


class _UnprintableError(Exception):
    """Users wrote characters that no font of this machine holds."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        super().__init__(f"no font holds {', '.join(sorted(characters))}")


@dataclass(frozen=True)
class _Drawing:
    """All that a brief is drawn from; `unprintable` characters are drawn as a question mark."""

    package: Any
    solution: Solution
    workbook: Document
    formulas: int
    theme: Theme
    folders: tuple[Path, ...]
    unprintable: frozenset[str]


def _written(drawing: _Drawing, own_templates: bool) -> bytes:
    solution, workbook = drawing.solution, drawing.workbook
    stamp = dt.datetime.combine(calendar(float(solution.value("as_of"))), dt.time())
    with _silent(own_templates), _clock_at(stamp):
        layout = _layout(drawing)
        # read from memory with a fixed date: neither clock nor folder of this machine gets into the file
        attachment = drawing.package.Attachment(
            string=workbook.content,
            name=workbook.name,
            description=str(solution.value("report_title")).strip(),
            created=stamp,
            modified=stamp,
            relationship="Source",
        )
        with warnings.catch_warnings():
            # WeasyPrint leaves closing the file of its colour profile to the garbage collector
            warnings.filterwarnings("ignore", r"unclosed file .*sRGB", ResourceWarning)
            written = layout.write_pdf(
                finisher=_list_once,
                pdf_variant=_VARIANT,
                pdf_tags=True,
                attachments=[attachment],
                custom_metadata=False,
                dpi=300,
            )
    assert written is not None
    return bytes(written)


def _list_once(_layout: Any, pdf: Any) -> None:
    """WeasyPrint lists an attachment among the associated files twice, by its name and by its object."""
    listed = pdf.catalog["AF"]
    listed[:] = list(dict.fromkeys(listed))


def _layout(drawing: _Drawing) -> Layout:
    """The laid-out pages under the first limits that keep them within the four allowed (the last ones, if none do)."""
    from weasyprint.text.fonts import FontConfiguration

    opener, package = fetcher(drawing.folders), drawing.package
    marks = dict.fromkeys(map(ord, drawing.unprintable), "?")
    fonts = FontConfiguration()
    styles = [
        package.CSS(string=text, base_url=BASE, url_fetcher=opener, font_config=fonts)
        for text in (_variables(drawing.theme), opener.fetch(BASE + STYLE).read().decode("utf-8"))
    ]
    for limits in STEPS:
        view = brief_view(drawing.solution, drawing.workbook.name, drawing.formulas, limits)
        text = html(view, drawing.theme, drawing.folders, unprintable=bool(marks))
        page = package.HTML(string=text.translate(marks), base_url=BASE, url_fetcher=opener)
        layout: Layout = page.render(font_config=fonts, stylesheets=styles)
        if len(layout.pages) <= MOST_PAGES:
            break
    return layout


def _variables(theme: Theme) -> str:
    """The theme as CSS variables; names and values were checked when it was read."""
    colours = "".join(f"--{role.replace('_', '-')}: {colour};" for role, colour in theme.colours.items())
    return f':root {{ {colours} --font: "{theme.fonts["brief"]}"; }}'


@contextlib.contextmanager
def _clock_at(stamp: dt.datetime) -> Iterator[None]:
    """Has fontTools date the embedded fonts with a fixed day: it reads the clock unless this variable is set."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = str(int((stamp - dt.datetime(1970, 1, 1)).total_seconds()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


class _Heard(logging.Handler):
    """Keeps what WeasyPrint complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(_HARMLESS) and message not in self.messages:
            self.messages.append(message)


@contextlib.contextmanager
def _silent(own_templates: bool) -> Iterator[None]:
    """Fails when WeasyPrint had to say anything: a font not found, a style not understood, a file not allowed."""
    logger = logging.getLogger("weasyprint")
    heard = _Heard()
    before = logger.propagate
    logger.addHandler(heard)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(heard)
        logger.propagate = before
    missing = [message for message in heard.messages if message.startswith(".notdef glyph")]
    if missing and len(missing) == len(heard.messages):
        codes = (code for message in missing for code in _CODE.findall(message))
        raise _UnprintableError(frozenset(chr(int(code, 16)) for code in codes))
    if heard.messages:
        listed = "; ".join(heard.messages[:5])
        whose = "Your templates" if own_templates else "The bundled templates"
        raise CheckError(f"{whose} do not make a sound PDF: {listed}")
