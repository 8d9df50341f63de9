"""The blocks that figures make on a sheet, and whether one formula serves each of their rows or columns.

A block is what hangs together: figures with figures above, below or beside them. It is read along its rows or down its
columns, whichever way it has fewer places at which a formula gives way to another. Where most rows change between the
same two columns, two blocks stand side by side.
"""

from __future__ import annotations

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


def odd_ones(kinds: Mapping[Place, int]) -> Iterator[tuple[bool, list[Place]]]:
    """For each block with places at which the formula changes: whether it is read along its rows, and these places.

    `kinds` numbers the formula of each cell, row after row; cells without a formula that are figures have one, too.
    """
    for block in _blocks(kinds):
        along = len(block.along) <= len(block.down)
        places = _unusual(block, kinds, along)
        if places:
            yield along, places


def _blocks(kinds: Mapping[Place, int]) -> list[Block]:
    """The blocks, by joining runs of a row with those right above them."""
    parent: list[int] = []
    above: list[tuple[int, int, int]] = []
    here: list[tuple[int, int, int]] = []
    blocks: dict[int, Block] = {}
    row_above = row_here = 0
    for row, first, last in _runs(kinds):
        if row != row_here:
            above, row_above, here, row_here = here, row_here, [], row
        number = len(parent)
        parent.append(number)
        blocks[number] = _of_run(kinds, row, first, last)
        if row == row_above + 1:
            for left, right, other in above:
                if left <= last and first <= right:
                    number = _join(parent, blocks, number, other)
        here.append((first, last, number))
    return [block for number, block in blocks.items() if _root(parent, number) == number]


def _runs(kinds: Mapping[Place, int]) -> Iterator[tuple[int, int, int]]:
    """Row, first and last column of cells side by side."""
    start: Place | None = None
    before = (0, 0)
    for place in kinds:
        if start is not None and place != (before[0], before[1] + 1):
            yield start[0], start[1], before[1]
            start = None
        if start is None:
            start = place
        before = place
    if start is not None:
        yield start[0], start[1], before[1]


def _of_run(kinds: Mapping[Place, int], row: int, first: int, last: int) -> Block:
    block = Block(last - first + 1, {row}, set(range(first, last + 1)))
    before = None
    for column in range(first, last + 1):
        kind = kinds[row, column]
        if before is not None and kind != before:
            block.along.append((row, column))
        before = kind
        upper = kinds.get((row - 1, column))
        if upper is not None and upper != kind:
            block.down.append((row, column))
    return block


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
