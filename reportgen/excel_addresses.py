"""Columns as Excel letters them, and back."""

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


def column_number(letters: str) -> int:
    """The number of a column by its letters in any case: A is 1, AA is 27."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column
