"""Columns that are computed when somebody reads them: snapshots of other cases, triggers, and what stands on either.

They take most of the time of a solve, and many who solve (a table of cases, explain, a notebook) read none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.inputs import Column
    from reportgen.model.graph import Graph, Key

Groups = Mapping["Key", frozenset[str]]
"""Columns that are computed when read, each with the blocks that make it one: columns of a group come together."""


class ColumnsWhenRead(Mapping["Key", "Column"]):
    """Columns by (block, name): those at hand, and those of `groups`, which `fill` gives, a group at a time.

    To go through its keys computes nothing.
    """

    def __init__(
        self,
        at_hand: Mapping[Key, Column],
        groups: Groups,
        fill: Callable[[frozenset[str]], Mapping[Key, Column]],
    ) -> None:
        self._known = {key: column for key, column in at_hand.items() if key not in groups}
        self._names = (*self._known, *groups)
        self._groups = groups
        self._fill = fill

    @property
    def at_hand(self) -> Mapping[Key, Column]:
        """The columns that are computed by now."""
        return self._known

    def __getitem__(self, key: Key) -> Column:
        if key not in self._known:
            self._known.update(self._fill(self._groups[key]))
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._known or key in self._groups

    def __iter__(self) -> Iterator[Key]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class RowsWhenRead(Mapping[str, int]):
    """Rows of each block; one with given columns has as many as these turn out to have."""

    def __init__(self, counted: Mapping[str, int], graph: Graph, columns: Mapping[Key, Column]) -> None:
        self._counted = counted
        self._given = {block.name: block.given[0] for block in graph.blocks.values() if block.given}
        self._columns = columns

    def __getitem__(self, block: str) -> int:
        given = self._given.get(block)
        return self._counted[block] if given is None else len(self._columns[block, given])

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)


@cache
def computed_when_read(graph: Graph) -> Groups:
    """The columns of blocks that are computed when read, and all that stands on them, in the order of the graph."""
    blocks = [block for block in graph.blocks.values() if block.given or block.when_read]
    found: dict[Key, set[str]] = {(block.name, name): {block.name} for block in blocks for name in block.told_columns}
    for block in blocks:
        own = {key for key in graph.trees if key[0] == block.name} | {(block.name, each) for each in block.told_columns}
        for key in own.union(*map(graph.downstream, own)):
            found.setdefault(key, set()).add(block.name)
    ordered = [key for step in graph.order for key in step if key in found]
    given = [key for key in found if key not in graph.trees]
    return {key: frozenset(found[key]) for key in (*given, *ordered)}
