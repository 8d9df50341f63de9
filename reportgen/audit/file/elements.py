"""A part of the workbook as a tree of its tags, by expat: small parts, and what stands around the cells of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from reportgen.intake.file.limits import MOST_DEPTH, DamagedError, Work


class Element:
    """One tag: its name and attributes without prefixes, the tags in it, and the text before the first of these."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes, self.text = tag, attributes, ""
        self.children: list[Element] = []

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: float = 0.0) -> float:
        """An attribute as a number; the default where it is missing or none."""
        return number_in(self.attributes.get(name), default)

    def truth(self, name: str, default: bool = False) -> bool:
        """An attribute that is yes or no."""
        found = self.attributes.get(name)
        return default if found is None else found in ("1", "true", "on")

    def first(self, tag: str) -> Element | None:
        """The first tag of that name right inside this one."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> list[Element]:
        """The tags of that name right inside this one."""
        return [child for child in self.children if child.tag == tag]

    def within(self, tag: str) -> Iterator[Element]:
        """All tags of that name inside this one, however deep."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            if here.tag == tag:
                yield here
            waiting.extend(reversed(here.children))


def number_in(text: str | None, default: float = 0.0) -> float:
    """A number of an attribute; the default where it is missing or none."""
    try:
        return default if text is None else float(text)
    except ValueError:
        return default


class TreeReader:
    """A parser that builds the tree of what it is fed; `silent` pieces are held against XML's rules and not kept."""

    def __init__(self, name: str, work: Work) -> None:
        self._name, self._work = name, work
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refused
        self._root = Element("", {})
        self._open = [self._root]
        self._local: dict[str, str] = {}

    def feed(self, piece: bytes, *, silent: bool = False) -> None:
        """Parse a piece of the part. DamagedError when it is not sound XML."""
        self._work.count_tags(piece.count(b"<"))
        loud = not silent
        self._parser.StartElementHandler = self._opened if loud else None
        self._parser.EndElementHandler = self._closed if loud else None
        self._parser.CharacterDataHandler = self._said if loud else None
        self._parse(piece, False)

    def finished(self) -> Element:
        """The outermost tag. DamagedError when the part ends too early."""
        self._parse(b"", True)
        return self._root.children[0] if self._root.children else self._root

    def _parse(self, piece: bytes, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError) as error:
            line = getattr(error, "lineno", 0)
            raise DamagedError(f"its part {self._name} is not sound XML (line {line})") from error

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        for name in attributes:
            if ":" in name:
                attributes = {each.rpartition(":")[2]: value for each, value in attributes.items()}
                break
        local = self._local.get(tag) or self._local.setdefault(tag, tag.rpartition(":")[2])
        element = Element(local, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)
        if len(self._open) > MOST_DEPTH:
            raise DamagedError(f"its part {self._name} nests more than {MOST_DEPTH} tags")

    def _closed(self, _: str) -> None:
        self._open.pop()

    def _said(self, text: str) -> None:
        here = self._open[-1]
        if not here.children:
            here.text += text

    def _refused(self, *_: object) -> None:
        raise DamagedError(f"its part {self._name} declares a document type, which no workbook needs")


def tree_of(content: bytes, name: str, work: Work) -> Element:
    """The tree of a whole part. DamagedError when it is not sound XML, TooLargeError beyond the limits of `work`."""
    reader = TreeReader(name, work)
    reader.feed(content)
    return reader.finished()
