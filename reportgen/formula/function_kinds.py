"""What the rest of the language must know of a function: its kind, and what n/a does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Kind(Enum):
    """What a function works on."""

    ELEMENTWISE = "values of the row"
    BRANCH = "one of two values, chosen by a condition"
    QUESTION = "a column, asked whether it has a value"
    NAMING = "a code 0, 1, 2 ... that becomes a text"
    SUM = "a column, reduced to its sum"
    COUNT = "a column, reduced to the number of its values"
    MEAN = "a column, reduced to its mean"
    LARGEST = "a column, reduced to its largest value"
    SMALLEST = "a column, reduced to its smallest value"
    SEARCH = "the row of another block that has a key"
    ENTRY = "the value in a row of another block"
    RANK = "the row's place among all rows of its block"

    @property
    def reduces(self) -> bool:
        """True for what makes one value of a column."""
        return self in (Kind.SUM, Kind.COUNT, Kind.MEAN, Kind.LARGEST, Kind.SMALLEST)


class OnMissing(Enum):
    """When a function gives n/a."""

    CARRIED = "where an argument is n/a"
    ZERO_DIVISOR = "where an argument is n/a, or the divisor 0"
    CHOSEN = "where the condition (or number) is n/a, or the branch (or value) that it chooses"
    NEVER = "never: n/a is what it asks for"
    REPLACED = "where the value is n/a and its default too"
    LEFT_OUT = "never: n/a is left out"
    NOTHING_LEFT = "where nothing is left when n/a is left out"
    NOT_FOUND = "where the key is n/a, or nothing is found"


Holds = Callable[[Iterable[bool]], bool]  # from what holds of each value to what holds of the result


def always(_: Iterable[bool]) -> bool:
    """It holds whatever the values are."""
    return True


def never(_: Iterable[bool]) -> bool:
    """It cannot be known from the values."""
    return False


@dataclass(frozen=True)
class Function:
    """One function: its numbers, its Excel spelling ({0}, {1}, or {*} for all arguments) and its words.

    `stands_alone`: it can give n/a from known numbers, so that nothing can be written around it in its line. `sign`:
    the operator that it reads as. `picks`: its value is one of those that it is given, bit by bit. `whole`,
    `not_negative`: when the result is a whole number, or not below 0. `takes_whole`: other numbers are refused.
    `rounds`: to whole numbers.
    """

    name: str
    numbers: Callable[..., Any]
    excel: str
    words: str
    kind: Kind = Kind.ELEMENTWISE
    missing: OnMissing = OnMissing.CARRIED
    stands_alone: bool = False
    sign: str = ""
    picks: bool = False
    whole: Holds = all
    not_negative: Holds = all
    takes_whole: bool = False
    rounds: bool = False

    def __repr__(self) -> str:
        return self.name
