"""Inputs and a graph → every figure, as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from reportgen.inputs import Column, Inputs
from reportgen.model.block import Block, ModelError
from reportgen.model.graph import Graph, Key
from reportgen.model.sendable import sendable
from reportgen.model.snapshots import NO_SHOCK, snapshots
from reportgen.model.solution import Row, Solution, solve_cases, told_by_snapshot, with_lines

__all__ = ["NO_SHOCK", "Row", "Solution", "solve", "solve_cases", "solve_lines"]


def solve(inputs: Inputs, graph: Graph | None = None) -> Solution:
    """Every figure under the active shock, with the snapshots (shocks, triggers, grid) beside it.

    Raises ModelError when the lines cannot be computed on these inputs.
    """
    if graph is None:
        from reportgen.model.lines import business

        graph = business()
    told = told_by_snapshot(graph)
    solution = with_lines(_unsolved(inputs, graph), graph.trees.keys() - told)
    given = snapshots(solution)
    counted = {block: len(column) for (block, _), column in given.items()}
    numbers = {(block, "number"): np.arange(1.0, rows + 1) for block, rows in counted.items()}
    return with_lines(replace(solution, rows={**solution.rows, **counted}), told, {**given, **numbers})


def solve_lines(inputs: Inputs, wanted: Iterable[Key], graph: Graph) -> Solution:
    """Some lines, under the active shock, and what they are built on; nothing that a snapshot tells."""
    return with_lines(_unsolved(inputs, graph), graph.upstream(wanted))


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
    names = inputs.tables[block.owner.sources[0].name].columns[block.owner.key]
    places = {str(name).casefold(): row for row, name in enumerate(names)}
    wanted = inputs.tables[block.sources[0].name].columns[block.owner_key]
    rows = np.array([places.get(str(name).casefold(), -1) for name in wanted], dtype=int)
    if np.any(rows < 0):
        stray, sheet = wanted[np.argmin(rows)], block.sources[0].name
        raise ModelError(f"{sheet} names {str(stray)!r}, which {block.owner.title} does not have")
    return rows
