"""A formula is one thing: what Python computes of it is what a spreadsheet computes of its text."""

from __future__ import annotations

import math

from hypothesis import assume, given, settings

from reportgen.formula import grammar
from reportgen.formula.numbers import Frame, evaluate
from reportgen.formula.tree import Expression, FormulaError
from tests.formula import trees
from tests.formula.spreadsheet import Spreadsheet, agree


def check(tree: Expression, frame: Frame) -> None:
    ours = evaluate(tree, frame)
    assume(all(not math.isinf(value) and abs(value) < 1e12 for value in ours if value == value))
    theirs = Spreadsheet(frame).column_of(tree, trees.may_be_missing)
    pairs = list(zip(ours.tolist(), theirs, strict=True))
    assert all(agree(one, other) for one, other in pairs), pairs


@settings(max_examples=400)
@given(trees.whole_lines, trees.worlds())
def test_random_formulas_come_to_the_same_in_python_and_in_a_spreadsheet(tree: Expression, frame: Frame) -> None:
    try:
        grammar.check(tree)
        Spreadsheet(frame).column_of(tree, trees.may_be_missing)
    except FormulaError:
        assume(False)
    check(tree, frame)
