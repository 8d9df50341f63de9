"""Inputs and a graph → every figure, as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

import numpy as np

from reportgen.inputs import Column, Inputs
from reportgen.model.block import Block, ModelError
from reportgen.model.graph import Graph, Key
from reportgen.model.sendable import sendable
from reportgen.model.snapshots import NO_SHOCK, snapshot
from reportgen.model.solution import Row, Solution, columns_for, compute, solve_cases
from reportgen.model.when_read import ColumnsWhenRead, Groups, RowsWhenRead, computed_when_read

__all__ = ["NO_SHOCK", "Row", "Solution", "solve", "solve_cases", "solve_lines"]


def solve(inputs: Inputs, graph: Graph | None = None) -> Solution:
    """Every figure under the active shock, with the snapshots (shocks, triggers, grid) beside it.

    Snapshots and triggers are computed when somebody reads one. Raises ModelError when the lines cannot be computed on
    these inputs.
    """
    if graph is None:
        from reportgen.model.lines import business

        graph = business()
    later = computed_when_read(graph)
    solution = _with_lines(_unsolved(inputs, graph), graph.trees.keys() - later.keys())
    return _with_the_rest_when_read(solution, later) if later else solution


def _with_the_rest_when_read(solution: Solution, later: Groups) -> Solution:
    graph = solution.graph

    def fill(group: frozenset[str]) -> dict[Key, Column]:
        keys = {key for key, blocks in later.items() if blocks == group}
        columns = columns_for(whole, keys)
        for block in (graph.blocks[name] for name in group):
            columns |= snapshot(whole, block) if len(group) == 1 else _named_rows(whole, block)
        compute(replace(whole, rows=RowsWhenRead(solution.rows, graph, columns)), columns, keys)
        return {key: columns[key] for key in keys}

    columns = ColumnsWhenRead(solution.columns, later, fill)
    whole = replace(solution, columns=columns, rows=RowsWhenRead(solution.rows, graph, columns))
    return whole


def _named_rows(solution: Solution, block: Block) -> dict[Key, Column]:
    """The column that names the rows of a snapshot, which counts them."""
    return {(block.name, name): solution.columns[block.name, name] for name in block.given[:1]}


def solve_lines(inputs: Inputs, wanted: Iterable[Key], graph: Graph) -> Solution:
    """Some lines, under the active shock, and what they are built on; nothing that a snapshot tells."""
    return _with_lines(_unsolved(inputs, graph), graph.upstream(wanted))


def _with_lines(solution: Solution, only: Set[Key]) -> Solution:
    columns = dict(solution.columns)
    compute(solution, columns, only)
    return replace(solution, columns=columns)


def _unsolved(inputs: Inputs, graph: Graph) -> Solution:
    """The inputs as columns, rows counted and members linked to their owners; nothing is computed yet."""
    inputs = sendable(inputs)
    rows = {name: _row_count(block, inputs) for name, block in graph.blocks.items()}
    links = {block.name: _link(block, inputs) for block in graph.blocks.values() if block.owner is not None}
    columns: dict[Key, Column] = {}
    for block in graph.blocks.values():
        columns[block.name, "number"] = np.arange(1.0, rows[block.name] + 1)
        for sheet in block.sources:
            columns |= {(block.name, name): values for name, values in inputs.tables[sheet.name].columns.items()}
        if block.owner is not None:
            columns[block.name, "owner_number"] = links[block.name] + 1.0
    return Solution(graph, inputs, columns, rows, links)


def _row_count(block: Block, inputs: Inputs) -> int:
    if block.one:
        return 1
    if block.sources:
        return inputs.tables[block.sources[0].name].rows
    return block.rows(inputs) if block.rows is not None else 0  # a snapshot has as many rows as it will be given


def _link(block: Block, inputs: Inputs) -> Column:
    """The owner's row of every row; ModelError for a name that the owner does not have."""
    assert block.owner is not None
    names = inputs.tables[block.owner.sources[0].name].columns[block.owner.key].tolist()
    wanted = inputs.tables[block.sources[0].name].columns[block.owner_key].tolist()
    rows = _places(wanted, {name: row for row, name in enumerate(names)})
    if -1 in rows:  # written in other letters
        rows = _places(map(_folded, wanted), {_folded(name): row for row, name in enumerate(names)})
    if -1 in rows:
        stray, sheet = wanted[rows.index(-1)], block.sources[0].name
        raise ModelError(f"{sheet} names {str(stray)!r}, which {block.owner.title} does not have")
    return np.array(rows, dtype=int)


def _places(names: Iterable[str], places: Mapping[str, int]) -> list[int]:
    return [places.get(name, -1) for name in names]


def _folded(name: object) -> str:
    return str(name).casefold()
