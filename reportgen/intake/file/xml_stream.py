"""XML parts as a stream of tags, by expat itself: fast, and nothing that a stranger's file can blow up.

No part of a workbook has a document type, so one that does is refused: that closes entity expansion and external
entities. Cells that hold only a format are cut out before parsing: a sheet that was formatted down to its last row
has millions of them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

from reportgen.intake.file.package import DAMAGE, DamagedError

CHUNK = 1 << 18
_BLANK_CELLS = re.compile(rb'<c [^<>]*?\br="[A-Z]+[0-9]+"[^<>]*(?:/>|></c>)')
_BLANK_ROWS = re.compile(rb'<row [^<>]*?\br="[0-9]+"[^<>]*(?:/>|>\s*</row>)')
"""Only cells and rows that tell their own place: where they do not, a blank one still counts."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


def parse(stream: IO[bytes], name: str, start: Start, end: End | None = None, *, cells: bool = False) -> None:
    """Calls `start` with the name and attributes of each tag and `end` with its name and the text right before it.

    Prefixes are cut from names, so that every dialect of namespaces reads alike. `cells` cuts blank cells and rows
    out. Raises DamagedError when the part is not sound XML or declares a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}
    text: list[str] = []

    def opened(tag: str, attributes: dict[str, str]) -> None:
        text.clear()
        start(local.get(tag) or local.setdefault(tag, tag.rpartition(":")[2]), attributes)

    def closed(tag: str) -> None:
        if end is not None:
            end(local[tag], "".join(text))
        text.clear()

    def refused(*_: object) -> None:
        raise DamagedError(f"its part {name} declares a document type, which no workbook needs")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text.append if end is not None else None
    parser.StartDoctypeDeclHandler = refused
    try:
        for chunk in _whole_tags(stream):
            parser.Parse(_without_blanks(chunk) if cells else chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedError(f"its part {name} is not sound XML (line {error.lineno})") from error
    except (*DAMAGE, zlib.error) as error:
        raise DamagedError(f"its part {name} cannot be unpacked") from error


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of the stream in chunks that end behind a tag, so that no tag is cut in two."""
    rest = b""
    while chunk := stream.read(CHUNK):
        head, bracket, tail = (rest + chunk).rpartition(b">")
        if not bracket and len(tail) > 64 * CHUNK:
            head, tail = tail, b""
        rest = tail
        yield head + bracket
    yield rest


def _without_blanks(chunk: bytes) -> bytes:
    return _BLANK_ROWS.sub(b"", _BLANK_CELLS.sub(b"", chunk))
