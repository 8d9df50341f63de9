"""How much the brief shows, so that it stays within seven pages; what is cut is said, and is in the workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_PAGES = 7
_FRAGMENT = 22
"""Letters: of a paragraph that is cut, fewer are not shown."""


@dataclass(frozen=True)
class Limits:
    """Rows of each table, letters of each text that users write, lines of the comment on the first page."""

    operators: int
    stressed: int
    triggers: int
    scenarios: int
    shocks: int
    episodes: int
    events: int
    warnings: int
    disclaimer: int
    pressed: int
    comment_lines: int


STEPS = (
    Limits(16, 8, 5, 6, 8, 3, 6, 5, 1_200, 6, 12),
    Limits(12, 6, 5, 5, 6, 3, 6, 4, 1_000, 6, 12),
    Limits(8, 4, 5, 3, 4, 2, 4, 2, 500, 6, 12),
    Limits(6, 3, 4, 3, 3, 1, 3, 1, 350, 3, 0),
)
"""Tried in this order until the brief fits; the last ones where the answers of the first page do not fit on it."""


@dataclass(frozen=True)
class Passage:
    """A user's text as paragraphs, and whether it was cut."""

    paragraphs: tuple[str, ...]
    cut: bool


def paragraphs(text: str) -> tuple[str, ...]:
    """Plain text as paragraphs (blank lines between), each on one line."""
    found = (" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(text.splitlines())))
    return tuple(filter(None, found))


def cut_at_word(text: str, letters: int) -> str:
    """The beginning of a text, up to so many letters, with the sign that it goes on."""
    shortened = text[: max(0, letters)]
    if " " in shortened[-40:]:
        shortened = shortened[: shortened.rindex(" ")]
    return shortened.rstrip(" ,;:.") + " …"


def passage(text: str, letters: int) -> Passage:
    """Plain text as paragraphs, cut at the end of a word when it is too long."""
    kept: list[str] = []
    left = letters
    for paragraph in paragraphs(text):
        if len(paragraph) <= left:
            kept.append(paragraph)
            left -= len(paragraph) + 60  # a new paragraph costs about half a line
            continue
        shortened = cut_at_word(paragraph, left)
        if len(shortened) > _FRAGMENT or not kept:
            kept.append(shortened)
        return Passage(tuple(kept), True)
    return Passage(tuple(kept), False)
