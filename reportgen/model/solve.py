"""Inputs and a graph → every figure, as columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.formula.evaluate import Frame, evaluate, evaluate_by_row
from reportgen.formula.tree import FormulaError
from reportgen.inputs import Column, Inputs
from reportgen.model.block import Block, ModelError
from reportgen.model.graph import Graph, Key
from reportgen.model.sendable import sendable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

NO_SHOCK = "No shock"
SNAPSHOT = "snapshot"  # the block that holds the figures under each shock


@dataclass(frozen=True)
class Solution:
    """Every figure of one workbook: columns by (block, name), inputs among them; NaN is n/a.

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
        columns = {
            name: pd.to_datetime(values, unit="D", origin=pd.Timestamp(EPOCH)) if name in dates else values
            for (owner, name), values in self.columns.items()
            if owner == block and np.ndim(values) == 1
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


def solve(inputs: Inputs, graph: Graph | None = None) -> Solution:
    """Every figure under the active shock, with the snapshot of all shocks beside it.

    Raises ModelError when the lines cannot be computed on these inputs.
    """
    if graph is None:
        from reportgen.model.lines import business

        graph = business()
    inputs = sendable(inputs)
    if SNAPSHOT not in graph.blocks:
        return solve_once(inputs, graph, {})
    row_name, *names = graph.blocks[SNAPSHOT].given
    unknown = {row_name: np.array([NO_SHOCK], dtype=object)} | {name: np.array([np.nan]) for name in names}
    calm = solve_once(inputs.with_shock(""), graph, unknown)
    links = calm.links
    told = _told_by_snapshot(graph)
    steady = _without(calm, told | graph.downstream(("market", "active_shock")))
    wanted = graph.upstream(("market", name) for name in names)
    shocked = {
        str(shock): solve_once(inputs.with_shock(str(shock)), graph, unknown, steady, links, wanted)
        for shock in inputs.tables["Shocks"].columns["shock"]
    }
    rows = [calm, *shocked.values()]
    given = {row_name: np.array([NO_SHOCK, *shocked], dtype=object)}
    given |= {name: np.array([row.value(name) for row in rows], dtype=float) for name in names}
    active = inputs.value("Market", "active_shock")
    solved = _without({"": calm, **shocked}[active], told) if active in ("", *shocked) else steady
    return solve_once(inputs, graph, given, solved, links)


def _told_by_snapshot(graph: Graph) -> frozenset[Key]:
    """The lines of the snapshot, whose rows are the shocks, and what is built on them."""
    lines = {key for key in graph.lines if key[0] == SNAPSHOT}
    columns = lines | {(SNAPSHOT, name) for name in (*graph.blocks[SNAPSHOT].given, "number")}
    return frozenset(lines).union(*(graph.downstream(key) for key in columns))


def _without(solution: Solution, changing: frozenset[Key]) -> dict[Key, Column]:
    """The lines of a solution that hold for another one too."""
    return {key: solution.columns[key] for key in solution.graph.lines.keys() - changing if key in solution.columns}


def solve_once(
    inputs: Inputs,
    graph: Graph,
    given: Mapping[str, Column],
    kept: Mapping[Key, Column] | None = None,
    links: Mapping[str, Column] | None = None,
    wanted: frozenset[Key] | None = None,
) -> Solution:
    """One pass: `given` fills the snapshot, `kept` and `links` are not computed again, `wanted` limits the work."""
    rows = {name: _row_count(block, inputs, given) for name, block in graph.blocks.items()}
    columns: dict[Key, Column] = {}
    if links is None:
        links = {block.name: _link(block, inputs) for block in graph.blocks.values() if block.owner is not None}
    for block in graph.blocks.values():
        columns |= _given_columns(block, inputs, rows[block.name], given)
        if block.owner is not None:
            columns[block.name, "owner_number"] = links[block.name] + 1.0
    kept = kept or {}
    for step in graph.order:
        if wanted is not None and not wanted.intersection(step):
            continue
        if all(key in kept for key in step):
            columns |= {key: kept[key] for key in step}
            continue
        frame = Frame(step[0][0], rows[step[0][0]], columns, links)
        try:
            if step in graph.by_row:
                columns |= evaluate_by_row({key: graph.trees[key] for key in step}, frame)
            else:
                columns[step[0]] = evaluate(graph.trees[step[0]], frame)
        except FormulaError as error:
            raise ModelError(f"line {'.'.join(step[0])}: {error}") from None
    return Solution(graph, inputs, columns, rows, links)


def _row_count(block: Block, inputs: Inputs, given: Mapping[str, Column]) -> int:
    if block.one:
        return 1
    if block.sources:
        return inputs.tables[block.sources[0].name].rows
    if block.rows is not None:
        return block.rows(inputs)
    return len(given[block.given[0]])


def _given_columns(block: Block, inputs: Inputs, rows: int, given: Mapping[str, Column]) -> dict[Key, Column]:
    columns: dict[Key, Column] = {(block.name, "number"): np.arange(1.0, rows + 1)}
    for sheet in block.sources:
        columns |= {(block.name, name): values for name, values in inputs.tables[sheet.name].columns.items()}
    return columns | {(block.name, name): given[name] for name in block.given}


def _link(block: Block, inputs: Inputs) -> Column:
    """The owner's row of every row; ModelError for a name that the owner does not have."""
    assert block.owner is not None
    names = inputs.tables[block.owner.sources[0].name].columns[block.owner.key]
    places = {str(name).casefold(): row for row, name in enumerate(names)}
    wanted = inputs.tables[block.sources[0].name].columns[block.owner_key]
    rows = np.array([places.get(str(name).casefold(), -1) for name in wanted], dtype=int)
    if np.any(rows < 0):
        stray, sheet = wanted[np.argmin(rows)], block.sources[0].name
        raise ModelError(f"{sheet} names {str(stray)!r}, which {block.owner.title} does not have")
    return rows
