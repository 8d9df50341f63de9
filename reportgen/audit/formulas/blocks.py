"""The blocks that figures make on a sheet, and whether one formula serves each of their rows or columns.

A block is what hangs together: figures with figures above, below or beside them. It is read along its rows or down its
columns, whichever way it has fewer places at which a formula gives way to another. Where most rows change between the
same two columns, two blocks stand side by side.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Place = tuple[int, int]
USUAL = 0.5
"""The share of a block's rows that change between the same two columns, above which it is two blocks side by side."""


@dataclass
class Block:
    """Figures that hang together; `along` and `down` are the places where the one before them holds another formula."""

    cells: int = 0
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    along: list[Place] = field(default_factory=list)
    down: list[Place] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row of a block (or a column), the places at which its formula changes, and all its figures."""

    along: bool
    places: tuple[Place, ...]
    figures: tuple[Place, ...]


def odd_ones(kinds: Mapping[Place, int]) -> Iterator[Line]:
    """Each row (or column) of a block in which the formula changes at places that are no seam between two blocks.

    `kinds` numbers the formula of each cell, row after row; cells without a formula that are figures have one, too.
    """
    for block in _blocks(kinds):
        along = len(block.along) <= len(block.down)
        lines: dict[int, list[Place]] = {}
        for place in _unusual(block, kinds, along):
            lines.setdefault(place[0] if along else place[1], []).append(place)
        for number, places in lines.items():
            cells = [(number, column) for column in block.columns] if along else [(row, number) for row in block.rows]
            yield Line(along, tuple(places), tuple(sorted(place for place in cells if place in kinds)))


def _blocks(kinds: Mapping[Place, int]) -> list[Block]:
    """The blocks, by joining runs of a row with those right above them."""
    parent: list[int] = []
    blocks: dict[int, Block] = {}
    above: list[tuple[int, int, int]] = []
    upper: dict[int, int] = {}
    row_above = 0
    for row, runs in itertools.groupby(_runs(kinds), key=lambda run: run[0]):
        if row != row_above + 1:
            above, upper = [], {}
        here: list[tuple[int, int, int]] = []
        lower: dict[int, int] = {}
        for _, first, held in runs:
            number, last = len(parent), first + len(held) - 1
            parent.append(number)
            blocks[number] = _of_run(row, first, held, upper)
            for left, right, other in above:
                if left <= last and first <= right:
                    number = _join(parent, blocks, number, other)
            here.append((first, last, number))
            lower.update(enumerate(held, first))
        above, upper, row_above = here, lower, row
    return [block for number, block in blocks.items() if _root(parent, number) == number]


def _runs(kinds: Mapping[Place, int]) -> Iterator[tuple[int, int, list[int]]]:
    """Row, first column and formulas of cells side by side."""
    at, first, held = 0, 0, list[int]()
    following = 0
    for (row, column), kind in kinds.items():
        if row == at and column == following:
            held.append(kind)
        else:
            if held:
                yield at, first, held
            at, first, held = row, column, [kind]
        following = column + 1
    if held:
        yield at, first, held


def _of_run(row: int, first: int, held: list[int], upper: Mapping[int, int]) -> Block:
    along = [(row, first + place) for place in range(1, len(held)) if held[place] != held[place - 1]]
    down = [(row, column) for column, kind in enumerate(held, first) if upper.get(column, kind) != kind]
    return Block(len(held), {row}, set(range(first, first + len(held))), along, down)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], blocks: Mapping[int, Block], one: int, other: int) -> int:
    into, taken = _root(parent, other), _root(parent, one)
    if into == taken:
        return into
    parent[taken] = into
    block, more = blocks[into], blocks[taken]
    block.cells += more.cells
    block.rows |= more.rows
    block.columns |= more.columns
    block.along += more.along
    block.down += more.down
    return into


def _unusual(block: Block, kinds: Mapping[Place, int], along: bool) -> list[Place]:
    """Changes that are no seam between two blocks side by side: most rows (or columns) do not change there."""
    changes = block.along if along else block.down
    axis = 1 if along else 0
    at = Counter(place[axis] for place in changes)
    lines: Sequence[int] = sorted(block.rows if along else block.columns)
    seams = {seam for seam, count in at.items() if count > USUAL * _crossing(kinds, lines, seam, along)}
    return [place for place in changes if place[axis] not in seams or _is_alone(kinds, place, along)]


def _crossing(kinds: Mapping[Place, int], lines: Sequence[int], seam: int, along: bool) -> int:
    """How many rows (or columns) of a block go on over a seam."""
    if along:
        return sum((line, seam) in kinds and (line, seam - 1) in kinds for line in lines)
    return sum((seam, line) in kinds and (seam - 1, line) in kinds for line in lines)


def _is_alone(kinds: Mapping[Place, int], place: Place, along: bool) -> bool:
    """True for a cell between two that hold the same formula, which is not its own."""
    row, column = place
    before, after = ((row, column - 1), (row, column + 1)) if along else ((row - 1, column), (row + 1, column))
    return kinds.get(before) is not None and kinds.get(before) == kinds.get(after) != kinds[place]
