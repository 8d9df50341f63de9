"""Counts and lists in words, for messages."""

from __future__ import annotations

from collections.abc import Sequence

LISTED = 5


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def times(ratio: float) -> str:
    """How many times a figure another one is, in three digits without an exponent."""
    return f"{ratio:,.0f} times" if ratio >= 100 else f"{ratio:.3g} times"


def part_of(ratio: float) -> str:
    """A figure as a share of another one, or as a multiple where a per cent figure would be hard to read."""
    return f"{ratio:.0%} of" if ratio < 10 else times(ratio)


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown} and {len(names) - LISTED} more"
