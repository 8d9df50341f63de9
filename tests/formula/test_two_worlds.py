"""A formula is one thing: what Python computes of it is what a spreadsheet computes of its text."""

from __future__ import annotations

from hypothesis import assume, given, settings

from reportgen.formula import grammar
from reportgen.formula.evaluate import Frame, evaluate
from reportgen.formula.tree import Expression, FormulaError
from tests.formula import trees
from tests.formula.spreadsheet import Spreadsheet, agree

TYPED = frozenset({("shops", "funds")})  # input cells: blank where a column of ours says n/a
LARGEST = 1e12  # beyond it the last digits of a sum decide what a comparison finds


@settings(max_examples=250)
@given(trees.whole_lines, trees.worlds())
def test_random_formulas_come_to_the_same_in_python_and_in_a_spreadsheet(tree: Expression, frame: Frame) -> None:
    try:
        grammar.check(tree)
        trees.EXACTNESS.check(tree)
        theirs = Spreadsheet(frame, TYPED).column_of(tree, trees.may_be_missing, trees.EXACTNESS)
    except FormulaError:
        assume(False)
    ours = evaluate(tree, frame).tolist()
    assume(all(abs(value) < LARGEST for value in ours if value == value))
    pairs = list(zip(ours, theirs, strict=True))
    assert all(agree(one, other) for one, other in pairs), pairs
