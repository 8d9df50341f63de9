"""Which rows a line looks up: of `at(row, column)` the one row that is read is what the line is built on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from reportgen.formula.evaluate import Frame, evaluate
from reportgen.formula.function_kinds import Kind
from reportgen.formula.tree import VECTORS, Call, Expression, Ref, walk
from reportgen.model.solution import Solution

READS = (Kind.SEARCH, Kind.ENTRY)
Rows = dict[int, list[int]]  # id of a reference → the rows of its block that count, none or one


def looked_up(solution: Solution, block: str, row: int, tree: Expression) -> Rows:
    """For each column that a line only searches or reads one value of, the row that counts, seen from one row.

    The column of keys is told by what is found, and so counts with no row; neither does any column that is read in no
    row, or that stands in a branch which this row does not take.
    """
    found: Rows = {}
    for call, taken in _reads(solution, block, row, tree, True):
        columns = [item for item in call.arguments if isinstance(item, Ref) and item.scope in VECTORS]
        found |= {id(column): [] for column in columns}
        if call.function.kind is Kind.ENTRY and taken:
            *numbers, at = (_at(solution, block, row, item) for item in call.arguments[: -len(columns)])
            number = numbers[0] if numbers else 1.0
            if not np.isnan(at) and not np.isnan(number):
                found[id(columns[int(number) - 1])] = [int(at) - 1]
    return found


def _reads(solution: Solution, block: str, row: int, tree: Expression, taken: bool) -> Iterator[tuple[Call, bool]]:
    """Every search and reading of the tree, and whether the row takes the branch that it stands in."""
    if isinstance(tree, Call) and tree.function.name == "when" and _has_read(tree):
        condition, then, otherwise = tree.arguments
        yield from _reads(solution, block, row, condition, taken)
        holds = bool(_at(solution, block, row, condition) == 1)
        yield from _reads(solution, block, row, then, taken and holds)
        yield from _reads(solution, block, row, otherwise, taken and not holds)
        return
    if isinstance(tree, Call) and tree.function.kind in READS:
        yield tree, taken
    for child in tree.children:
        yield from _reads(solution, block, row, child, taken)


def _has_read(tree: Expression) -> bool:
    return any(isinstance(item, Call) and item.function.kind in READS for item in walk(tree))


def _at(solution: Solution, block: str, row: int, tree: Expression) -> Any:
    """The value of a part of a line in one row."""
    return evaluate(tree, Frame(block, solution.rows[block], solution.columns, solution.links))[row]
