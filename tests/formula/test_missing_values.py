"""What n/a does is what the truth table says, in numbers and in a spreadsheet alike."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from reportgen.formula import functions, grammar, nullable
from reportgen.formula.evaluate import Frame, evaluate
from reportgen.formula.function_table import FUNCTIONS
from reportgen.formula.nullable import can_be_missing
from reportgen.formula.operators import OPERATORS
from reportgen.formula.tree import Call, Negative, Operation, Previous, Ref, Scope, Trailing, node, walk
from tests.formula.spreadsheet import Spreadsheet, agree

NAN = float("nan")
WORLDS = {"both known": (1.0, 0.0), "a n/a": (NAN, 0.0), "b n/a": (1.0, NAN), "both n/a": (NAN, NAN)}
MAY_BE_MISSING = {"a", "b", "x"}


def table() -> dict[str, dict[str, str]]:
    """The truth table of the docstring: formula → world → value."""
    rows = [line.strip() for line in str(nullable.__doc__).splitlines() if line.startswith("    ")]
    heads, *lines = [re.split(r"\s{2,}|(?<=\)) (?=\d)", row) for row in rows]
    return {formula: dict(zip(heads[1:], cells, strict=True)) for formula, *cells in lines}


TABLE = table()


def tree_of(formula: str) -> Any:
    names = {name: Ref("toy", name, Scope.OWN) for name in "ab"}
    names["name"] = Ref("toy", "name", Scope.OWN, text=True)
    names |= {name: Ref("shelf", name, Scope.ALL) for name in ("x", "y", "keys")}
    return node(eval(formula, {**vars(functions), **names}))


def frame(a: float, b: float) -> Frame:
    """Two rows, both values known in the second; the shelf shows those of the first as a column."""
    columns = {
        ("toy", "a"): np.array([a, 1.0]), ("toy", "b"): np.array([b, 0.0]), ("toy", "number"): np.array([1.0, 2.0]),
        ("toy", "name"): np.array(["A", "a"], dtype=object),
        ("shelf", "x"): np.array([a, b]), ("shelf", "y"): np.array([5.0, 6.0]), ("shelf", "keys"): np.array([1.0, 0.0]),
    }  # fmt: skip
    return Frame("toy", 2, columns, {})


def value(cell: str) -> Any:
    try:
        return NAN if cell == "n/a" else float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("formula", TABLE)
def test_n_a_does_what_the_truth_table_says(formula: str, world: str) -> None:
    tree, seen, expected = tree_of(formula), frame(*WORLDS[world]), value(TABLE[formula][world])
    grammar.check(tree)
    ours = evaluate(tree, seen)[0]
    theirs = Spreadsheet(seen).column_of(tree, lambda ref: ref.name in MAY_BE_MISSING)[0]
    if expected != expected and isinstance(ours, str):
        assert ours == "n/a"
    else:
        np.testing.assert_equal(ours, expected)
    assert agree(ours, theirs), theirs


@pytest.mark.parametrize("formula", TABLE)
def test_a_formula_that_can_be_n_a_is_known_to(formula: str) -> None:
    tree = tree_of(formula)
    known = [formula in CAUTIOUS, "n/a" in TABLE[formula].values()]
    assert can_be_missing(tree, lambda ref: ref.name in MAY_BE_MISSING) == any(known)


CAUTIOUS = {"previous(a, 7)"}  # could be n/a in the second row


def test_the_truth_table_holds_every_operator_and_every_function() -> None:
    nodes = [item for formula in TABLE for item in walk(tree_of(formula))]
    assert {item.symbol for item in nodes if isinstance(item, Operation)} == set(OPERATORS)
    assert {item.function.name for item in nodes if isinstance(item, Call)} == set(FUNCTIONS)
    assert {Negative, Previous, Trailing} <= {type(item) for item in nodes}


def test_texts_are_neither_n_a_nor_a_reason_for_it() -> None:
    text = Ref("toy", "t", Scope.OWN, text=True)
    assert not can_be_missing(text == "x", lambda ref: True)
    seen = Frame("toy", 1, {("toy", "t"): np.array(["n/a"], dtype=object)}, {})
    assert evaluate(text == "x", seen).tolist() == [0]
    assert Spreadsheet(seen).column_of(text == "x", lambda ref: True) == [0]
