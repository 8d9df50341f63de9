"""A manuscript → PDF/A-3u: tagged, with its fonts, and with the workbook attached. WeasyPrint works here alone."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.problems import CheckError, UsageError
from reportgen.render.brief.chart_text import lines_set_whole
from reportgen.render.brief.engine import weasyprint
from reportgen.render.brief.files import BASE
from reportgen.render.brief.fitting import fitted
from reportgen.render.brief.manuscript import Manuscript, Views
from reportgen.render.brief.pages import html
from reportgen.render.brief.style import style_of
from reportgen.render.brief.written import finish

if TYPE_CHECKING:
    from weasyprint import Document as Layout

    from reportgen.render.brief.limits import Limits

MOST_OF_OWN = 100
"""Pages of a user's own templates."""
_CODE = re.compile(r"\(U\+([0-9A-Fa-f]+)\)")
_VARIANT = "pdf/a-3u"
# fontTools takes over where the optional HarfBuzz-Subset library is not installed: the result is as good
_HARMLESS = ("Using fontTools instead of HarfBuzz-Subset",)


@dataclass(frozen=True)
class Awaited:
    """The workbook as a file that may still be under way: `content` waits for it. WeasyPrint reads it last of all."""

    content: Callable[[], bytes]

    def read(self) -> bytes:
        """The whole workbook."""
        return self.content()


def set_pages(manuscript: Manuscript, views: Views, workbook: Callable[[], bytes]) -> bytes:
    """The PDF. Characters that no font holds are set as question marks.

    `views` gives figures and texts under a limit, `workbook` the bytes of the attachment; it is asked last of all.

    Raises UsageError when a template of the user's does not work, CheckError when WeasyPrint finds fault with ours.
    """
    unprintable: frozenset[str] = frozenset()
    while True:
        try:
            return _written(manuscript, views, workbook, unprintable)
        except _UnprintableError as found:
            if found.characters <= unprintable:
                raise CheckError(f"The brief cannot be printed: {found}") from None
            unprintable |= found.characters


class _UnprintableError(Exception):
    """Users wrote characters that no font of this machine holds."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        super().__init__(f"no font holds {', '.join(sorted(characters))}")


def _written(manuscript: Manuscript, views: Views, workbook: Callable[[], bytes], unprintable: frozenset[str]) -> bytes:
    package, stamp = weasyprint(), manuscript.stamp
    with _silent(manuscript.own), _clock_at(stamp), lines_set_whole(), _unswept(manuscript.own):
        layout = _layout(package, manuscript, views, unprintable)
        # read from memory with a fixed date: neither clock nor folder of this machine gets into the file
        attachment = package.Attachment(
            file_obj=Awaited(workbook),
            name=manuscript.attachment,
            description=manuscript.title,
            created=stamp,
            modified=stamp,
            relationship="Source",
        )
        with warnings.catch_warnings():
            # WeasyPrint leaves closing the file of its colour profile to the garbage collector
            warnings.filterwarnings("ignore", r"unclosed file .*sRGB", ResourceWarning)
            written = layout.write_pdf(
                finisher=finish,
                pdf_variant=_VARIANT,
                pdf_tags=True,
                attachments=[attachment],
                custom_metadata=False,
                dpi=300,
            )
    assert written is not None
    return bytes(written)


def _layout(package: Any, manuscript: Manuscript, views: Views, unprintable: frozenset[str]) -> Layout:
    """The laid-out pages, with as much on them as fits."""
    style = style_of(manuscript.folders, manuscript.theme)
    pictures: dict[str, Any] = {}  # each is read once, however often the pages are laid out

    def page(limits: Limits) -> str:
        return html(views(limits), manuscript.theme, manuscript.folders, unprintable=unprintable)

    def lay(text: str, more: str) -> Layout:
        parsed = package.HTML(string=text, base_url=BASE, url_fetcher=style.opener)
        sheets = [*style.sheets(text), *([style.more(more)] if more else [])]
        laid: Layout = parsed.render(font_config=style.fonts, stylesheets=sheets, cache=pictures)
        return laid

    layout = fitted(page, lay, fixed=manuscript.own is not None)
    if manuscript.own is not None and len(layout.pages) > MOST_OF_OWN:
        raise UsageError(
            f"The templates in {manuscript.own} make {len(layout.pages)} pages; at most {MOST_OF_OWN} are set"
        )
    return layout


@contextlib.contextmanager
def _unswept(own: Path | None) -> Iterator[None]:
    """No looking for garbage meanwhile, which takes an eighth of the time: what a brief leaves is found afterwards.

    Pages of a user's own may be many: they are swept, as they have a limit of memory.
    """
    if own is not None or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


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
def _silent(own: Path | None) -> Iterator[None]:
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
        if own is not None:
            raise UsageError(f"The templates in {own} do not make a sound PDF: {listed}")
        raise CheckError(f"The bundled templates do not make a sound PDF: {listed}")
