"""The page of the brief → its headings, texts, tables and charts in order: what documents other than pages are made of.

It reads the very page that is printed, so that no sentence and no figure is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACES = re.compile(r"[ \t\r\n\f]+")  # what a page shows as one space; one that keeps words together stays
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_NOTES = {"sub", "note", "unit", "source", "disclaimer", "byline", "missing"}
_LEFT_OUT = {"masthead"}
"""Classes of what every page repeats: a document has a header of its own for it."""


@dataclass(frozen=True)
class Run:
    """A piece of text, strong or not."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: "body", "note", "bullet" or "banner" (of a shock case, of old data)."""

    runs: tuple[Run, ...]
    kind: str = "body"

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `across` columns wide, `number` is set right."""

    text: str
    number: bool = False
    strong: bool = False
    across: int = 1


@dataclass(frozen=True)
class Table:
    """A table: rows of its head, and rows."""

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart: its title, what its axis shows, the words that stand for it, its source, and its figures (as JSON)."""

    title: str
    unit: str
    words: str
    note: str
    record: str


Block = Heading | Paragraph | Table | Figure


def outline(page: str) -> tuple[Block, ...]:
    """All blocks of a page of the brief, in the order in which they are read."""
    from lxml import html

    body = html.document_fromstring(page).find("body")
    return tuple(_blocks(body))


def _blocks(element: HtmlElement) -> Iterator[Block]:
    """The blocks of what an element holds; a text that stands beside elements is a paragraph of its own."""
    if text := _plain(element.text):
        yield Paragraph((Run(text),))
    children = list(element)
    while children:
        child = children.pop(0)
        keys = [child] if _has(child, "key") else []
        while keys and children and _has(children[0], "key"):
            keys.append(children.pop(0))
        if keys:
            yield _keys(keys)
        else:
            yield from _block(child)
        if text := _plain((keys or [child])[-1].tail):
            yield Paragraph((Run(text),))


def _block(element: HtmlElement) -> Iterator[Block]:
    tag = element.tag
    if not isinstance(tag, str) or tag in ("style", "script") or _has(element, *_LEFT_OUT):
        return
    if tag in _HEADINGS:
        yield Heading(_HEADINGS[tag], _text(element))
    elif tag in ("p", "li"):
        if runs := tuple(_runs(element)):
            yield Paragraph(runs, _kind(element))
    elif tag == "table":
        yield Table(tuple(_rows(element, "thead")), tuple(_rows(element, "tbody")))
    elif tag == "figure" or tag == "img":
        yield from _figures(element)
    else:
        yield from _blocks(element)


def _figures(element: HtmlElement) -> Iterator[Block]:
    """The charts of a figure: the first has its title, the last its source; tables stay tables."""
    images = list(element.iter("img"))
    title = next((_text(each) for each in element.iter("figcaption", "h3")), "")
    unit = next((_text(each) for each in element.iter("p") if _has(each, "unit")), "")
    note = " ".join(_text(each) for each in element.iter("p") if _has(each, "note", "sub"))
    if not images:
        yield from _blocks(element)
        return
    for place, image in enumerate(images):
        last = place == len(images) - 1
        yield Figure(
            title if place == 0 else "",
            unit,
            _plain(image.get("alt")),
            note if last else "",
            image.get("data-chart", ""),
        )
    for table in element.iter("table"):
        yield from _block(table)


def _keys(elements: Iterable[HtmlElement]) -> Table:
    """The key figures: name, value and note in a row each."""
    rows = tuple(
        tuple(Cell(_text(part), number=_has(part, "value"), strong=_has(part, "value")) for part in element)
        for element in elements
    )
    return Table((), rows)


def _rows(table: HtmlElement, part: str) -> Iterator[tuple[Cell, ...]]:
    for row in table.iterfind(f"{part}/tr"):
        cells = [each for each in row if each.tag in ("td", "th")]
        yield tuple(
            Cell(
                _text(each),
                _has(each, "n"),
                each.tag == "th" or _has(each, "strong", "sum"),
                int(each.get("colspan", "1")),
            )
            for each in cells
        )


def _runs(element: HtmlElement) -> Iterator[Run]:
    """The text of a paragraph with what is strong in it; spaces as a page shows them."""
    runs: list[Run] = []
    for text, strong in _pieces(element, False):
        shown = _SPACES.sub(" ", text)
        if not runs or runs[-1].text.endswith(" "):
            shown = shown.removeprefix(" ")
        if shown:
            runs.append(Run(shown, strong))
    if runs:
        runs[-1] = Run(runs[-1].text.removesuffix(" "), runs[-1].strong)
    return (run for run in runs if run.text)


def _pieces(element: HtmlElement, strong: bool) -> Iterator[tuple[str, bool]]:
    if element.tag == "br":
        yield " ", strong
    yield element.text or "", strong
    for child in element:
        yield from _pieces(child, strong or child.tag in ("strong", "b"))
        yield child.tail or "", strong


def _kind(element: HtmlElement) -> str:
    if _has(element, "shock", "banner"):
        return "banner"
    if element.tag == "li":
        return "bullet"
    return "note" if _has(element, *_NOTES) else "body"


def _text(element: HtmlElement) -> str:
    return _plain(element.text_content())


def _plain(text: Any) -> str:
    return _SPACES.sub(" ", str(text or "")).strip(" ")


def _has(element: HtmlElement, *classes: str) -> bool:
    return not set(classes).isdisjoint(str(element.get("class") or "").split())
