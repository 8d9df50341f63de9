"""A formula in words says what it computes: brackets where they matter, none where they do not."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.formula.formula_in_words import words
from reportgen.formula.functions import (
    at,
    average,
    choose,
    clip,
    divide,
    entry,
    maximum,
    not_available,
    otherwise,
    previous,
    row_of,
    row_up_to,
    total,
    trailing,
    when,
)
from reportgen.formula.tree import Number, Ref, Scope


def ref(name: str, scope: Scope = Scope.OWN) -> Ref:
    return Ref("toy", name, scope)


a, b, c = ref("a"), ref("b"), ref("c")
column = ref("x", Scope.ALL)


def said(tree: Any) -> str:
    return words(tree, lambda item: item.name)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (a + b - c, "a + b − c"),
        (a - (b - c), "a − (b − c)"),
        (a - (b + c), "a − (b + c)"),
        (a - b * c, "a − b × c"),
        ((a - b) * c, "(a − b) × c"),
        (a / (b / c), "a / (b / c)"),
        (a / b / c, "a / b / c"),
        (a * (b / c), "a × (b / c)"),
        (-a, "−a"),
        (-(a + b), "−(a + b)"),
        (a - -b, "a − (−b)"),
        (a + Number(-3), "a + (−3)"),
        (-(a**2), "−a ^ 2"),
        ((-a) ** 2, "(−a) ^ 2"),
        ((1 + a) ** (1 / 12), "(1 + a) ^ (1/12)"),
        (a**b**c, "a ^ (b ^ c)"),
        ((a**b) ** c, "(a ^ b) ^ c"),
        ((a * b) ** c, "(a × b) ^ c"),
        (a * 2**32 / 600, "a × 2^32 / 600"),
        (a * 1_000_000 * 0.05, "a × 1,000,000 × 0.05"),
        (a * 365 / 12, "a × 365 / 12"),
        (a * (365 / 12), "a × (365/12)"),
        (a <= b / 10**9, "a ≤ b / 10^9"),
        (divide(a + b, c), "(a + b) / c"),
        (maximum(0, a - b), "the largest of 0 and a − b"),
        (maximum(0, a) / b, "(the largest of 0 and a) / b"),
        (clip(a, 0, 1), "a, at least 0 and at most 1"),
        (when(a > 0, a, -a), "a if a > 0, otherwise −a"),
        (when(a > 0, 1, when(a < 0, 2, 3)), "1 if a > 0, otherwise 2 if a < 0, otherwise 3"),
        (when(a > 0, when(b > 0, 1, 2), 3), "(1 if b > 0, otherwise 2) if a > 0, otherwise 3"),
        (when((a > 0) & (b > 0) | (c == 1), 1, not_available), "1 if a > 0 and b > 0 or c = 1, otherwise n/a"),
        (when((a > 0) & ((b > 0) | (c == 1)), 1, 0), "1 if a > 0 and (b > 0 or c = 1), otherwise 0"),
        (otherwise(a, 0), "a, or 0 where it is n/a"),
        (total(column), "the sum of x"),
        (total(column, where=column > a) / b, "(the sum of x where x > a) / b"),
        (average(column, weight=column * a), "the mean of x weighted by x × a"),
        (average(trailing(a, 30)), "the mean of a of the last 30 rows"),
        (previous(a, 1) + b, "the previous a (at first 1) + b"),
        (row_of(a, column), "the first row where x is a"),
        (row_up_to(a, column), "the row of the newest x up to a"),
        (at(a, column), "x in row a"),
        (entry(b, a, column, column), "in row a, number b of x, x"),
        (choose(a, "low", "high"), 'the name of a (0, 1, 2 …: "low", "high")'),
    ],
)
def test_a_formula_reads_as_a_person_would_write_it(tree: Any, text: str) -> None:
    assert said(tree) == text


def test_braces_in_a_name_are_not_taken_for_places() -> None:
    assert words(maximum(a, b), lambda item: "{0}") == "the largest of {0} and {0}"
    assert words(total(column), lambda item: "{*}") == "the sum of {*}"
