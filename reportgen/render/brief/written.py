"""The last touches before a PDF is written."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any

from reportgen.render.brief.accessible import make_accessible

_MINUS, _TYPED = b"> <2212>", b"> <002d>"


def finish(_layout: Any, pdf: Any) -> None:
    """WeasyPrint hands the objects of a PDF over here, before it writes them."""
    _list_once(pdf)
    make_accessible(pdf)
    for item in pdf.objects:
        _say_minus(item)
        if getattr(item, "extra", {}).get("Type") == "/EmbeddedFile":
            _store_as_it_is(item)
        # each is asked for its bytes twice: for the identifier of the file, and to be written
        item.__class__ = _asked_once(item.__class__)


def _list_once(pdf: Any) -> None:
    """WeasyPrint lists an attachment among the associated files twice, by its name and by its object."""
    listed = pdf.catalog["AF"]
    listed[:] = list(dict.fromkeys(listed))


def _say_minus(item: Any) -> None:
    """Have the glyph of the minus sign read, in the map of a font from glyphs to text, as the sign that people type.

    A number that is copied from the page is a number in a spreadsheet then; with the minus of typesetters it is a text.
    """
    lines: list[Any] = getattr(item, "stream", [])
    if b"begincmap" in lines[:3]:
        lines[:] = [line.replace(_MINUS, _TYPED) if isinstance(line, bytes) else line for line in lines]


def _store_as_it_is(stream: Any) -> None:
    """A workbook is a compressed file: to compress it again takes as long as to lay out a page, and saves nothing."""
    stream.compress = False


@cache
def _asked_once(kind: Any) -> Any:
    """The same kind of object, which makes its bytes once."""
    made: cached_property[bytes] = cached_property(lambda item: kind.data.fget(item))
    made.__set_name__(kind, "data")
    return type(kind.__name__, (kind,), {"data": made})
