"""Names as people type them: when two are the same, and which known one a mistyped one is meant to be."""

from __future__ import annotations

import difflib
import itertools
import unicodedata
from collections.abc import Iterable

from reportgen.intake.file.limits import LONGEST_GUESS, MOST_GUESSED, MOST_GUESSES
from reportgen.sheets import normal

TOTALS = frozenset({"total", "totals", "grandtotal", "subtotal", "sum", "average", "avg", "mean", "median"})
LONGEST_NAME = 100
"""Characters of a name: of an operator, a fund, a header."""


def same_name(text: str) -> str:
    """A name as names are compared: without case, surplus spaces, invisible marks and differences of Unicode form."""
    if not text.isascii():
        shown = "".join(each for each in text if unicodedata.category(each) != "Cf")
        text = unicodedata.normalize("NFKC", shown)
    return " ".join(text.split()).casefold()


def names_total(text: str) -> bool:
    """True for what a row of sums or averages is called: Total, Sub-total, Grand total, Sum, Average, Mean, Median."""
    return "".join(letter for letter in text.casefold() if letter.isalpha()) in TOTALS


class Guesses:
    """Known names, of which the closest one to a mistyped name is told: for the first mistyped names only.

    Each look compares letter by letter with every known name, so looks, names and letters are limited.
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
        close = difflib.get_close_matches(normal(text[:LONGEST_GUESS]), list(self._by_normal), n=1, cutoff=0.72)
        return f'Did you mean "{self._by_normal[close[0]]}"?' if close else ""
