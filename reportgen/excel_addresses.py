"""Columns as Excel letters them."""

from __future__ import annotations

from functools import cache


@cache
def column_letters(column: int) -> str:
    """The letters of a column, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
