"""The parts of a sheet of figures: which section stands where, and what it shows.

Three layouts. Down: rows of the block down the sheet, lines across its columns (machines, days). Across: rows of the
block across the columns, lines down the rows (operators), for as many as a reader can follow; with more of them the
block runs down too, its sections side by side. One-value lines are a block of one row, across, in a column of their
own: label, unit, value of the whole, then the members, each under its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.formula.tree import Ref, Scope, refs
from reportgen.model.block import Block, Line, Section
from reportgen.model.graph import Graph, Key
from reportgen.render.workbook.address import CellRange

WHOLE = 2  # zero-based column of what has one value, such as a total: label, unit, value
FIRST_MEMBER = 3  # of the first member in the across layout: no total stands under a member's name
TITLE_ROWS = 3  # title, help, blank
TABLE_HEADER = 3  # header, unit, note
MOST_ACROSS = 100  # members across the columns of a sheet; beyond, rows are quicker to read, to filter and to compute


@dataclass(frozen=True)
class CallUp:
    """A column that a block shows but does not compute: an input of its own, or a figure of its owner."""

    key: Key
    owned: bool

    @property
    def ref(self) -> Ref:
        """As the lines of the block refer to it."""
        return Ref(*self.key, Scope.OWNER if self.owned else Scope.OWN)


IN_ERROR = "in_error"  # of a block that belongs to another: the cell beside its first row that is 0 without an error

# what a part shows: a line, a call-up, a given column, or one of the two numbers of a row
Item = Line | CallUp | Key | str


@dataclass(frozen=True)
class Part:
    """A section on its sheet.

    `top` and `left`: zero-based first row and column. `members`: rows of the block with the spare ones, at least one,
    so that every range exists; `delivered` of them were given. `counted`: a row is numbered where something is typed.
    `across`: they run across the columns. `call_ups`: what the block calls up before its own lines. `heads`: the part
    numbers and names its members.
    """

    section: Section
    top: int
    left: int
    members: int
    delivered: int
    counted: bool
    across: bool
    call_ups: tuple[CallUp, ...]
    heads: bool

    @property
    def block(self) -> Block:
        """The block that the section shows."""
        return self.section.block

    @property
    def written(self) -> int:
        """Rows of the block that have cells: none where nothing was given and nothing can be."""
        return self.members if self.delivered or self.counted else 0

    @property
    def repeats_names(self) -> bool:
        """True for a later sheet of a block, which names the members again."""
        return self.heads and not self.call_ups and self.section.across and not self.block.given

    @property
    def items(self) -> list[Item]:
        """What the part shows, in order: numbers, call-ups, given columns, lines."""
        numbers: list[str] = []
        if self.heads:
            numbers = ["number", "owner_number"] if self.block.owner is not None else ["number"]
        given = [(self.block.name, name) for name in self.block.given] if self.heads else []
        named: list[Item] = [*self.call_ups, *given]
        return [*named[:1], *numbers, *named[1:], *self.section.lines]

    @property
    def adds_up(self) -> bool:
        """True for the part whose rows another block adds up: a cell beside the first says whether one is in error."""
        return self.heads and self.block.owner is not None and bool(self.call_ups) and not self.across

    @property
    def first_row(self) -> int:
        """First row of the values (down) or of the items (across)."""
        return self.top + (1 + self.repeats_names if self.across else 1 + TABLE_HEADER)

    @property
    def first_column(self) -> int:
        """First column of the values (across) or of the items (down)."""
        if self.across:
            return WHOLE if self.block.one else FIRST_MEMBER
        return self.left + self.repeats_names

    @property
    def end(self) -> tuple[int, int]:
        """The first row below the part and the first column beside it."""
        if self.across:
            return self.first_row + len(self.items), self.first_column + self.members
        return self.first_row + self.members, self.first_column + len(self.items) + self.adds_up

    def ranges(self, first: bool) -> Iterator[tuple[tuple[str, Key], CellRange]]:
        """The cells of each item; the numbers of a block are those of its `first` part."""
        for place, item in enumerate(self.items):
            if isinstance(item, str) and not first:
                continue
            fixed, start = self.first_column + place, self.first_row
            if self.across:
                fixed, start = self.first_row + place, self.first_column
            cells = CellRange(self.section.sheet, fixed, start, self.members, self.across)
            yield (self.block.name, key_of(item, self.block)), cells
        if self.adds_up:
            beside = CellRange(self.section.sheet, self.end[1] - 1, self.first_row, 1, across=False)
            yield (self.block.name, (self.block.name, IN_ERROR)), beside


def key_of(item: Item, block: Block) -> Key:
    """The column that an item of a part shows."""
    if isinstance(item, CallUp):
        return item.key
    if isinstance(item, Line):
        return block.name, item.name
    return (block.name, item) if isinstance(item, str) else item


def parts_by_sheet(
    graph: Graph, rows: Mapping[str, int], spare: Mapping[str, int] | None = None
) -> dict[str, tuple[Part, ...]]:
    """The parts of every sheet of figures, in the order of the model's sections.

    `spare`: spare rows of the blocks whose rows are counted as they are typed.
    """
    spare = spare or {}
    used = {ref.key for tree in graph.trees.values() for ref in refs(tree)}
    seen: set[str] = set()
    sheets: dict[str, tuple[Part, ...]] = {}
    for section in graph.sections:
        if not section.lines:
            continue
        block, placed = section.block, sheets.get(section.sheet, ())
        first = block.name not in seen
        seen.add(block.name)
        delivered = rows[block.name]
        across = block.one or (section.across and delivered <= MOST_ACROSS)
        beside = _beside(section, placed, across)
        top, left = (beside.top, beside.end[1]) if beside else (_below(placed), 0)
        call_ups = tuple(_call_ups(block, graph, used)) if first and not block.one else ()
        heads = not block.one and not any(part.block is block for part in placed)
        members, counted = max(1, delivered + spare.get(block.name, 0)), block.name in spare
        part = Part(section, top, left, members, delivered, counted, across, call_ups, heads)
        sheets[section.sheet] = (*placed, part)
    return sheets


def _beside(section: Section, placed: Sequence[Part], across: bool) -> Part | None:
    """The part that a section stands beside: the one before, where both show one block that usually is across."""
    last = placed[-1] if placed else None
    together = last is not None and not across and section.across and last.section.block is section.block
    return last if together else None


def _below(placed: Sequence[Part]) -> int:
    return max((part.end[0] + 1 for part in placed), default=TITLE_ROWS)


def _call_ups(block: Block, graph: Graph, used: set[Key]) -> Iterator[CallUp]:
    """The key, every input of the block that any line uses, and what its lines take from its owner."""
    for name, field in block.fields.items():
        if not field.wide and (name == block.key or name == block.owner_key or (block.name, name) in used):
            yield CallUp((block.name, name), owned=False)
    taken: dict[Key, None] = {}
    for (name, _), tree in graph.trees.items():
        if name == block.name:
            taken |= {ref.key: None for ref in refs(tree) if ref.scope is Scope.OWNER}
    for key in taken:
        yield CallUp(key, owned=True)
