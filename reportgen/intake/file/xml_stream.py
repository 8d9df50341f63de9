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

from reportgen.intake.file.limits import LONGEST_TAG, MOST_DEPTH, DamagedError, Work
from reportgen.intake.file.package import DAMAGE

CHUNK = 1 << 18
_BLANK_CELLS = re.compile(rb'<c (?=[^<>]*?\br="[A-Z]{1,3}[0-9]{1,7}")[^<>]*+(?:(?<=/)>|></c>)')
_BLANK_ROWS = re.compile(rb'<row (?=[^<>]*?\br="[0-9]{1,7}")[^<>]*+(?:(?<=/)>|>\s*+</row>)')
"""Only cells and rows that tell their own place: where they do not, a blank one still counts.

Each step forward is final (possessive), so that no tag, however it is made, is gone through more than twice.
"""
_COUNTED = 10_000
"""Tags between two looks at the limit."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


def parse(
    stream: IO[bytes], name: str, work: Work, start: Start, end: End | None = None, *, cells: bool = False
) -> None:
    """Calls `start` with the name and attributes of each tag and `end` with its name and the text right before it.

    Prefixes are cut from names, so that every dialect of namespaces reads alike. `cells` cuts blank cells and rows
    out. Raises DamagedError when the part is not sound XML or declares a document type, TooLargeError when its tags
    are beyond the limits of `work`.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    tags = _Tags(name, work, start, end)
    parser.StartElementHandler = tags.opened
    parser.EndElementHandler = tags.closed
    parser.CharacterDataHandler = tags.text.append if end is not None else None
    parser.StartDoctypeDeclHandler = tags.refused
    fed = 0
    try:
        for chunk in _whole_tags(stream, name):
            piece = _without_blanks(chunk) if cells else chunk
            fed += len(piece)
            parser.Parse(piece, False)
            if fed - parser.CurrentByteIndex > 2 * LONGEST_TAG + CHUNK:
                raise DamagedError(f"its part {name} holds a tag or comment of more than a megabyte")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedError(f"its part {name} is not sound XML (line {error.lineno})") from error
    except (*DAMAGE, zlib.error) as error:
        raise DamagedError(f"its part {name} cannot be unpacked") from error
    work.count_tags(tags.count % _COUNTED)


class _Tags:
    """Hands tags on under their local names, counts them, and keeps the text before each end."""

    def __init__(self, name: str, work: Work, start: Start, end: End | None) -> None:
        self._name, self._work, self._start, self._end = name, work, start, end
        self._local: dict[str, str] = {}
        self._depth = 0
        self.count = 0
        self.text: list[str] = []

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        self.text.clear()
        self.count += 1
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise DamagedError(f"its part {self._name} nests more than {MOST_DEPTH} tags")
        if self.count % _COUNTED == 0:
            self._work.count_tags(_COUNTED)
        local = self._local.get(tag) or self._local.setdefault(tag, tag.rpartition(":")[2])
        self._start(local, attributes)

    def closed(self, tag: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(self._local[tag], "".join(self.text))
        self.text.clear()

    def refused(self, *_: object) -> None:
        raise DamagedError(f"its part {self._name} declares a document type, which no workbook needs")


def _whole_tags(stream: IO[bytes], name: str) -> Iterator[bytes]:
    """The bytes of the stream in chunks that end behind a tag, so that no tag is cut in two."""
    rest = b""
    while chunk := stream.read(CHUNK):
        head, bracket, tail = chunk.rpartition(b">")
        if bracket:
            yield rest + head + bracket
            rest = tail
            continue
        text, opened, tag = (rest + tail).rpartition(b"<")
        if len(tag) > LONGEST_TAG and opened:
            raise DamagedError(f"its part {name} holds a tag of more than a megabyte")
        yield text if opened else tag
        rest = opened + tag if opened else b""
    yield rest


def _without_blanks(chunk: bytes) -> bytes:
    """The chunk without blank cells and rows; one with a quoted section stays whole, as its text may look like tags."""
    return chunk if b"<![CDATA[" in chunk else _BLANK_ROWS.sub(b"", _BLANK_CELLS.sub(b"", chunk))
