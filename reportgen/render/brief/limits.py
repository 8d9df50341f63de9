"""How much the brief shows, so that it stays within six pages; what is cut is said, and is in the workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_PAGES = 6


@dataclass(frozen=True)
class Limits:
    """Rows of each table and letters of each text that users write."""

    operators: int
    stressed: int
    forced: int
    triggers: int
    scenarios: int
    shocks: int
    episodes: int
    events: int
    warnings: int
    commentary: int
    disclaimer: int


STEPS = (
    Limits(12, 6, 8, 5, 5, 6, 4, 9, 5, 4_000, 1_200),
    Limits(10, 5, 6, 5, 4, 5, 3, 7, 3, 4_000, 700),
    Limits(8, 4, 5, 5, 3, 4, 2, 5, 2, 4_000, 500),
    Limits(6, 3, 4, 4, 3, 3, 1, 4, 1, 500, 350),
)
"""Tried in this order until the brief fits."""


@dataclass(frozen=True)
class Passage:
    """A user's text as paragraphs, and whether it was cut."""

    paragraphs: tuple[str, ...]
    cut: bool


def passage(text: str, letters: int) -> Passage:
    """Plain text as paragraphs (blank lines between), cut at the end of a word when it is too long."""
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(text.splitlines()))]
    kept: list[str] = []
    left = letters
    for paragraph in filter(None, found):
        if len(paragraph) <= left:
            kept.append(paragraph)
            left -= len(paragraph) + 60  # a new paragraph costs about half a line
            continue
        shortened = paragraph[: max(0, left)]
        if " " in shortened[-40:]:
            shortened = shortened[: shortened.rindex(" ")]
        if len(shortened) > 20 or not kept:
            kept.append(shortened.rstrip(" ,;:.") + " …")
        return Passage(tuple(kept), True)
    return Passage(tuple(kept), False)
