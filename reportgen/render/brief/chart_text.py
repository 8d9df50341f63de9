"""Texts of charts are set line by line: WeasyPrint sets each of their letters by itself, which takes twice the time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from reportgen.render.brief.engine import weasyprint

_MOVES_LETTERS = frozenset({"rotate", "dx", "dy", "letter-spacing", "textLength"})


class _Line(str):
    """A text that is one piece to whoever goes through its letters."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextlib.contextmanager
def lines_set_whole() -> Iterator[None]:
    """Meanwhile a text of an SVG picture is shaped as one line, with kerning, unless it places letters on their own."""
    weasyprint()
    from weasyprint import svg

    letter_by_letter = svg.text

    def line(picture: Any, node: Any, font_size: float) -> None:
        if node.text and not _places_letters(node.attrib):
            node._etree_node.text = _Line(node.text)
        letter_by_letter(picture, node, font_size)

    texts = [tag for tag, draw in svg.TAGS.items() if draw is letter_by_letter]
    svg.text = line  # it is asked which tags are texts, too
    svg.TAGS.update(dict.fromkeys(texts, line))
    try:
        yield
    finally:
        svg.text = letter_by_letter
        svg.TAGS.update(dict.fromkeys(texts, letter_by_letter))


def _places_letters(attributes: dict[str, str]) -> bool:
    """True for a text that says more than where its first letter is."""
    at = (attributes.get(name, "").replace(",", " ").split() for name in ("x", "y"))
    return any(len(places) > 1 for places in at) or not _MOVES_LETTERS.isdisjoint(attributes)
