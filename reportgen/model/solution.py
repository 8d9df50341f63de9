"""The figures of a workbook as columns of numbers, and those of many cases of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.formula.evaluate import Frame, evaluate, evaluate_by_row
from reportgen.formula.tree import Call, Expression, FormulaError, Scope, refs, walk
from reportgen.inputs import Column, Inputs
from reportgen.model.block import ModelError
from reportgen.model.graph import Graph, Key
from reportgen.model.when_read import ColumnsWhenRead

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

CELLS_AT_ONCE = 2**22  # numbers that a chunk of cases holds


@dataclass(frozen=True)
class Solution:
    """Every figure of one workbook: columns by (block, name), inputs among them; NaN is n/a.

    Snapshots, triggers and what stands on them are computed when somebody reads one.

    `rows` counts the rows of each block, `links` gives the owner's row for each row of an owned block.
    """

    graph: Graph
    inputs: Inputs
    columns: Mapping[Key, Column]
    rows: Mapping[str, int]
    links: Mapping[str, Column]

    def column(self, block: str, name: str) -> Column:
        """All values of a line or an input field of a block."""
        return self.columns[block, name]

    def value(self, name: str, block: str = "market") -> Any:
        """The value of a one-value line or field: a float (NaN is n/a) or a str."""
        return self.columns[block, name][0]

    def number(self, name: str, block: str = "market") -> float:
        """The value of a one-value line or field; NaN is n/a."""
        return float(self.columns[block, name][0])

    def text(self, name: str, block: str = "market") -> str:
        """The value of a one-value text line or field."""
        return str(self.columns[block, name][0])

    def numbers(self, block: str, name: str) -> NDArray[np.float64]:
        """All values of a line or an input field of a block, as floats; NaN is n/a."""
        return np.asarray(self.columns[block, name], dtype=float)

    def texts(self, block: str, name: str) -> list[str]:
        """All values of a text line or field of a block."""
        return [str(text) for text in self.columns[block, name]]

    def row(self, block: str, index: int) -> Row:
        """One row of a block, counted from 0: `row.number("aisc")`, `row.text("operator")`."""
        return Row(self, block, int(index))

    def rows_of(self, block: str) -> list[Row]:
        """All rows of a block, in their order."""
        return [Row(self, block, index) for index in range(self.rows[block])]

    def table(self, block: str) -> pd.DataFrame:
        """Inputs and lines of a block as a pandas table, one row a row of the block; dates as timestamps."""
        import pandas as pd

        from reportgen.excel_dates import EPOCH

        declared = self.graph.blocks[block]
        dates = {name for name, field in declared.fields.items() if field.kind.value == "date"}
        dates |= {name for (owner, name), line in self.graph.lines.items() if owner == block and line.unit == "date"}
        found = {name: self.columns[owner, name] for owner, name in self.columns if owner == block}
        columns = {
            name: pd.to_datetime(values, unit="D", origin=pd.Timestamp(EPOCH)) if name in dates else values
            for name, values in found.items()
            if np.ndim(values) == 1
        }
        return pd.DataFrame(columns).set_index(declared.key)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every block as a pandas table, by name."""
        return {name: self.table(name) for name in self.graph.blocks}


@dataclass(frozen=True)
class Row:
    """One row of a block of a solution, counted from 0."""

    solution: Solution
    block: str
    index: int

    def number(self, name: str) -> float:
        """The row's value of a line or field of its block; NaN is n/a."""
        return float(self.solution.columns[self.block, name][self.index])

    def text(self, name: str) -> str:
        """The row's value of a text line or field of its block."""
        return str(self.solution.columns[self.block, name][self.index])


def solve_cases(
    solution: Solution, changes: Mapping[Key, Column], wanted: Iterable[Key] | None = None
) -> dict[Key, Column]:
    """The wanted lines (all of them, unless told) when columns change from case to case: (rows, cases) where they do.

    `changes` holds inputs, or lines that are then given and not computed, as (rows, cases) arrays. What no case touches
    is taken from the solution. Cases are taken in chunks, so that memory does not grow with their number.
    """
    graph = solution.graph
    keys = list(graph.trees.keys() - told_by_snapshot(graph) if wanted is None else wanted)
    moved = frozenset().union(*(graph.downstream(key) for key in changes)) - changes.keys()
    only = frozenset(moved & graph.upstream(keys)) - told_by_snapshot(graph)
    kept = [key for key in keys if key in only or key in changes]
    cases = next(iter(changes.values())).shape[-1]
    chunks = []
    size, standing = _chunk(solution, only), columns_for(solution, only)
    for first in range(0, cases, size):
        some = {key: column[..., first : first + size] for key, column in changes.items()}
        columns = {**standing, **some}
        compute(solution, columns, only, next(iter(some.values())).shape[-1])
        chunks.append({key: columns[key] for key in kept})
    varied = {key: _joined([chunk[key] for chunk in chunks]) for key in kept}
    return {key: varied[key] if key in varied else solution.columns[key] for key in keys}


def _joined(parts: list[Column]) -> Column:
    return parts[0] if len(parts) == 1 or parts[0].ndim == 1 else np.concatenate(parts, axis=-1)


def _chunk(solution: Solution, only: frozenset[Key]) -> int:
    """How many cases are computed at once: as many as keep the columns, and the largest table within, in bounds."""
    graph, rows = solution.graph, solution.rows
    cells = sum(rows[block] for block, _ in only)
    within = [
        _cells_within(key, graph.trees[key], rows)
        for step in graph.order
        if step not in graph.by_row
        for key in only.intersection(step)
    ]
    return max(1, CELLS_AT_ONCE // (cells + 4 * max(within, default=0) + 1))


def _cells_within(key: Key, tree: Expression, rows: Mapping[str, int]) -> int:
    """The numbers of a case in the largest table of a line: all rows of another block beside each row that asks."""
    largest = 0
    for item in walk(tree):
        scopes = {ref.scope: ref for ref in refs(item)} if isinstance(item, Call) and item.function.kind.reduces else {}
        if Scope.ALL in scopes and scopes.keys() & {Scope.OWN, Scope.OWNER}:
            largest = max(largest, rows[key[0]] * rows[scopes[Scope.ALL].block])
    return largest


@cache
def told_by_snapshot(graph: Graph) -> frozenset[Key]:
    """The lines of blocks with given columns (snapshots of other cases), and what is built on them."""
    blocks = [block for block in graph.blocks.values() if block.given]
    lines = {key for key in graph.lines if any(key[0] == block.name for block in blocks)}
    given = {(block.name, name) for block in blocks for name in (*block.given, "number")}
    return frozenset(lines).union(*(graph.downstream(key) for key in lines | given))


def columns_for(solution: Solution, keys: Set[Key]) -> dict[Key, Column]:
    """The columns that are at hand, and those that the lines among these keys use beside each other."""
    columns, trees = solution.columns, solution.graph.trees
    at_hand = columns.at_hand if isinstance(columns, ColumnsWhenRead) else columns
    used = {ref.key for key in keys & trees.keys() for ref in refs(trees[key])} - keys
    return {**at_hand, **{key: columns[key] for key in used}}


def compute(solution: Solution, columns: dict[Key, Column], only: Set[Key], cases: int = 0) -> None:
    """Put these lines into the columns, in the order of the graph; `cases` is 0 where there is no axis of cases."""
    graph = solution.graph
    for step in graph.order:
        if not only & set(step):
            continue
        frame = Frame(step[0][0], solution.rows[step[0][0]], columns, solution.links, cases)
        try:
            if step in graph.by_row:
                columns |= evaluate_by_row({key: graph.trees[key] for key in step}, frame)
            else:
                columns[step[0]] = evaluate(graph.trees[step[0]], frame)
        except FormulaError as error:
            raise ModelError(f"line {'.'.join(step[0])}: {error}") from None
