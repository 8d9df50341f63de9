"""Counts and lists in words, for messages."""

from __future__ import annotations

from collections.abc import Sequence

LISTED = 5


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:LISTED])
    return shown if len(names) <= LISTED else f"{shown} and {len(names) - LISTED} more"
