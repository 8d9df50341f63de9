"""Which rows a line looks up: of `lookup(key, keys, values)` the one row that is found is what it is built on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from reportgen.formula import lookups
from reportgen.formula.evaluate import Frame, evaluate
from reportgen.formula.tree import Call, Expression, Ref, Scope, walk
from reportgen.model.solution import Solution

SEARCHES = {"lookup": lookups.lookup, "lookup_latest": lookups.lookup_latest}
Rows = dict[int, list[int]]  # id of a reference → the rows of its block that count, none or one


def looked_up(solution: Solution, block: str, row: int, tree: Expression) -> Rows:
    """For each column that a line only looks a value up in, the row where it is found, seen from one row.

    The column of keys is told by what is found, and so counts with no row; neither does any column of a lookup that
    finds nothing, or that stands in a branch which this row does not take.
    """
    found: Rows = {}
    for call, taken in _lookups(solution, block, row, tree, True):
        _key, keys, values = call.arguments[:3]
        if isinstance(keys, Ref) and isinstance(values, Ref) and values.scope is Scope.ALL:
            found[id(keys)] = []
            found[id(values)] = _place(solution, block, row, call) if taken else []
    return found


def _lookups(solution: Solution, block: str, row: int, tree: Expression, taken: bool) -> Iterator[tuple[Call, bool]]:
    """Every lookup of the tree, and whether the row takes the branch that it stands in."""
    if isinstance(tree, Call) and tree.function.name == "when" and _has_lookup(tree):
        condition, then, otherwise = tree.arguments
        yield from _lookups(solution, block, row, condition, taken)
        holds = bool(_at(solution, block, row, condition) == 1)
        yield from _lookups(solution, block, row, then, taken and holds)
        yield from _lookups(solution, block, row, otherwise, taken and not holds)
        return
    if isinstance(tree, Call) and tree.function.name in SEARCHES:
        yield tree, taken
    for child in tree.children:
        yield from _lookups(solution, block, row, child, taken)


def _has_lookup(tree: Expression) -> bool:
    return any(isinstance(item, Call) and item.function.name in SEARCHES for item in walk(tree))


def _place(solution: Solution, block: str, row: int, call: Call) -> list[int]:
    key, keys = call.arguments[0], call.arguments[1]
    assert isinstance(keys, Ref)  # asked by the caller
    column = solution.columns[keys.key]
    place = SEARCHES[call.function.name](_at(solution, block, row, key), column, np.arange(len(column), dtype=float))
    return [] if np.isnan(place) else [int(place)]


def _at(solution: Solution, block: str, row: int, tree: Expression) -> Any:
    """The value of a part of a line in one row."""
    return evaluate(tree, Frame(block, solution.rows[block], solution.columns, solution.links))[row]
