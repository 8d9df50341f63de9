"""The team's own comment: whole, on the first page as far as it has room there, then right after that page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from reportgen.render.brief.limits import cut_at_word, paragraphs

MOST = 4_000
"""Letters that are printed."""
_LINE = 104
"""Letters in a line of the first page, on the safe side; a full-width one counts as two."""
_LEAST = 2
"""Lines: fewer are no beginning, and the whole comment stands after the first page."""
_SENTENCES = re.compile(r"(?<=[.!?…][\"”’')])\s+|(?<=[.!?…])\s+|(?<=[。！？])")


@dataclass(frozen=True)
class Comment:
    """Paragraphs that begin on the first page, and those that follow it; `cut` where the text is longer than `MOST`.

    Nothing between the two is lost: the first of `rest` goes on where the last of `opening` ends.
    """

    opening: tuple[str, ...]
    rest: tuple[str, ...]
    cut: bool


def comment(text: str, room: int) -> Comment:
    """The comment, of which about so many lines stand on the first page: all of it, or its first sentences."""
    whole = paragraphs(text)
    kept, cut = _printed(whole)
    if sum(map(_lines, kept)) <= room:
        return Comment(kept, (), cut)
    opening: list[str] = []
    rest = list(kept)
    while rest and (left := room - sum(map(_lines, opening))) >= _LEAST:
        first, after = _divided(rest.pop(0), left)
        if first:
            opening.append(first)
        if after:
            rest.insert(0, after)
            break
    return Comment(tuple(opening), tuple(rest), cut)


def _printed(whole: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The paragraphs up to the most letters, the last of them cut at a word."""
    kept: list[str] = []
    left = MOST
    for paragraph in whole:
        if len(paragraph) > left:
            if left:
                kept.append(cut_at_word(paragraph, left))
            return tuple(kept), True
        kept.append(paragraph)
        left -= len(paragraph)
    return tuple(kept), False


def _lines(paragraph: str) -> int:
    return math.ceil(sum(2 if ord(letter) > 0x2E80 else 1 for letter in paragraph) / _LINE)


def _divided(paragraph: str, lines: int) -> tuple[str, str]:
    """The sentences of a paragraph that fit so many lines, and the others."""
    if _lines(paragraph) <= lines:
        return paragraph, ""
    end = 0
    for mark in _SENTENCES.finditer(paragraph):
        if _lines(paragraph[: mark.start()]) > lines:
            break
        end = mark.end()
    return paragraph[:end].rstrip(), paragraph[end:]
