"""Names as people type them: when two are the same, and which known one a mistyped one is meant to be."""

from __future__ import annotations

import difflib
import functools
import heapq
import itertools
import re
import unicodedata
from collections.abc import Iterable

from reportgen.intake.file.limits import CLOSEST_GUESSES, LONGEST_GUESS, MOST_GUESSED, MOST_GUESSES
from reportgen.sheets import TOTALS, normal

LONGEST_NAME = 100
"""Characters of a name: of an operator, a fund, a header."""
_CLOSE = 0.72
"""Share of letters, in their order, that two names must have in common."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What no font shows: marks of format, and what Unicode lets every program ignore (fillers, variation selectors)."""


@functools.lru_cache(maxsize=4096)
def same_name(text: str) -> str:
    """A name as names are compared: without case, surplus spaces, invisible marks and differences of Unicode form."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        if len(text) <= 2 * LONGEST_NAME:  # a longer one is no name, and takes quadratic time where accents pile up
            text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()).casefold()


def names_total(text: str) -> bool:
    """True for what a row of sums or averages is called: Total, Sub-total, Grand total, Sum, Average, Mean, Median."""
    return "".join(letter for letter in text.casefold() if letter.isalpha()) in TOTALS


class Guesses:
    """Known names, of which the closest one to a mistyped name is told: for the first mistyped names only.

    Each look counts the letters of every known name and compares the nearest ones letter by letter, so looks, names
    and letters are limited.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_normal: dict[str, str] = {}
        for name in itertools.islice(names, MOST_GUESSED):
            self._by_normal.setdefault(normal(name[:LONGEST_GUESS]), name)
        self._left = MOST_GUESSES

    def hint(self, text: str) -> str:
        """The closest name in words for a hint; "" when none is close, or enough was looked for."""
        self._left -= 1
        if self._left < 0:
            return ""
        wanted = normal(text[:LONGEST_GUESS])
        matcher = difflib.SequenceMatcher(None, b=wanted)
        nearest = heapq.nlargest(CLOSEST_GUESSES, self._by_normal, key=functools.partial(_letters_shared, matcher))
        close = difflib.get_close_matches(wanted, nearest, n=1, cutoff=_CLOSE)
        return f'Did you mean "{self._by_normal[close[0]]}"?' if close else ""


def _letters_shared(matcher: difflib.SequenceMatcher[str], name: str) -> float:
    """How many of the letters are the same, whatever their order: the most that a comparison could find."""
    matcher.set_seq1(name)
    return matcher.quick_ratio() if matcher.real_quick_ratio() >= _CLOSE else 0.0
