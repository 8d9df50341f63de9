"""Where everything sits: which cell holds which figure, before anything is written.

Two layouts. Down: rows of the block down the sheet, lines across its columns (machines, days). Across: rows of the
block across the columns, lines down the rows (operators). One-value lines are a block of one row, across.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportgen.formula.tree import Ref, Scope, refs
from reportgen.model.block import Block, Line, Section
from reportgen.model.graph import Graph, Key
from reportgen.model.solve import Solution
from reportgen.render.workbook.address import CellRange
from reportgen.sheets import SHEETS, Sheet

INPUT_HEADER = 3  # zero-based row of the headers of an input sheet: title, help, a blank row, headers
FIRST_MEMBER = 2  # zero-based column of the first value in the across layout: label, unit, values
TITLE_ROWS = 3  # title, help, blank
TABLE_HEADER = 3  # header, unit, note


@dataclass(frozen=True)
class CallUp:
    """A column that a block shows but does not compute: an input of its own, or a figure of its owner."""

    key: Key
    owned: bool

    @property
    def ref(self) -> Ref:
        """As the lines of the block refer to it."""
        return Ref(*self.key, Scope.OWNER if self.owned else Scope.OWN)


# what a part shows: a line, a call-up, a given column, or one of the two numbers of a row
Item = Line | CallUp | Key | str


@dataclass(frozen=True)
class Part:
    """A section on its sheet: the rows that it takes, and what it calls up before its own lines."""

    section: Section
    top: int
    call_ups: tuple[CallUp, ...]
    heads: bool

    @property
    def block(self) -> Block:
        """The block that the section shows."""
        return self.section.block


@dataclass(frozen=True)
class Plan:
    """The places of all figures of a solution.

    `ranges`: (asking block, column) → place; a column asked for by its own block is under that block's name.
    """

    graph: Graph
    solution: Solution
    sheets: Mapping[str, tuple[Part, ...]]
    ranges: Mapping[tuple[str, Key], CellRange]
    input_ranges: Mapping[tuple[str, str], CellRange]

    def members(self, block: str) -> int:
        """Rows that a block takes on a sheet: at least one, so that every range exists."""
        return max(1, self.solution.rows[block])

    def range_of(self, asking: str, key: Key) -> CellRange:
        """The place of a column as a block sees it: its own call-up first, then where the figure lives."""
        found = self.ranges.get((asking, key)) or self.ranges.get((key[0], key))
        if found is not None:
            return found
        block = self.graph.blocks[key[0]]
        return self.input_ranges[block.source_of(key[1]).name, key[1]]

    @cached_property
    def note_columns(self) -> Mapping[str, int]:
        """For each sheet, the column of the notes in its across parts: right of the last value."""
        return {
            sheet: FIRST_MEMBER
            + max((self.members(part.block.name) for part in parts if is_across(part.section)), default=1)
            for sheet, parts in self.sheets.items()
        }


def is_across(section: Section) -> bool:
    """True for a section whose lines run down the rows."""
    return section.across or section.block.one


def make_plan(solution: Solution) -> Plan:
    """Places for every section of the model and every input sheet."""
    graph = solution.graph
    used = {ref.key for tree in graph.trees.values() for ref in refs(tree)}
    sheets: dict[str, list[Section]] = {}
    for section in graph.sections:
        if section.lines:
            sheets.setdefault(section.sheet, []).append(section)
    seen: set[str] = set()
    ranges: dict[tuple[str, Key], CellRange] = {}
    parts: dict[str, tuple[Part, ...]] = {}
    for sheet, sections in sheets.items():
        top = TITLE_ROWS
        placed: list[Part] = []
        for section in sections:
            block = section.block
            first = block.name not in seen
            seen.add(block.name)
            heads = not block.one and not any(part.block is block for part in placed)
            call_ups = tuple(_call_ups(block, graph, used)) if first and not block.one else ()
            part = Part(section, top, call_ups, heads)
            placed.append(part)
            members = max(1, solution.rows[block.name])
            ranges |= dict(_ranges(part, members, first))
            top += _height(part, members) + 1
        parts[sheet] = tuple(placed)
    return Plan(graph, solution, parts, ranges, dict(_input_ranges(solution)))


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


def heads_of(part: Part) -> list[str]:
    """The columns (or rows) that number and link the members: `number`, and the owner's number."""
    if not part.heads:
        return []
    return ["number", "owner_number"] if part.block.owner is not None else ["number"]


def shown(part: Part) -> list[Item]:
    """What a part shows, in order: numbers, call-ups, given columns, lines."""
    given = [(part.block.name, name) for name in part.block.given] if part.heads else []
    named: list[Item] = [*part.call_ups, *given]
    return [*named[:1], *heads_of(part), *named[1:], *part.section.lines]


def key_of(item: Item, block: Block) -> Key:
    """The column that an item of a part shows."""
    if isinstance(item, CallUp):
        return item.key
    if isinstance(item, Line):
        return block.name, item.name
    return (block.name, item) if isinstance(item, str) else item


def repeats_names(part: Part) -> bool:
    """True for a later across sheet of a block, which repeats the names of the members over its columns."""
    return part.heads and not part.call_ups and part.section.across and not part.block.one


def first_row(part: Part) -> int:
    """First row of the values (down) or of the items (across)."""
    return part.top + (1 if is_across(part.section) else 1 + TABLE_HEADER) + repeats_names(part)


def _ranges(part: Part, members: int, first: bool) -> Iterator[tuple[tuple[str, Key], CellRange]]:
    block, sheet = part.block, part.section.sheet
    start = first_row(part)
    for place, item in enumerate(shown(part)):
        if isinstance(item, str) and not first:
            continue
        key = key_of(item, block)
        if is_across(part.section):
            cells = CellRange(sheet, start + place, FIRST_MEMBER, members, across=True)
        else:
            cells = CellRange(sheet, place, start, members, across=False)
        yield (block.name, key), cells


def _height(part: Part, members: int) -> int:
    if is_across(part.section):
        return 1 + repeats_names(part) + len(shown(part))
    return 1 + TABLE_HEADER + members


def input_row(sheet: type[Sheet], field: str) -> int:
    """Zero-based row of a form's field."""
    return INPUT_HEADER + 1 + [item.name for item in sheet.fields].index(field)


def _input_ranges(solution: Solution) -> Iterator[tuple[tuple[str, str], CellRange]]:
    for sheet in input_sheets(solution):
        table = solution.inputs.tables[sheet.name]
        column = 0
        for field in sheet.fields:
            if sheet.form:
                yield (sheet.name, field.name), CellRange(sheet.name, input_row(sheet, field.name), 1, 1, across=True)
                continue
            width = max(1, len(table.wide[field.name])) if field.wide else 1
            yield (
                (sheet.name, field.name),
                CellRange(sheet.name, column, INPUT_HEADER + 1, max(1, table.rows), False, width),
            )
            column += width


def input_sheets(solution: Solution) -> tuple[type[Sheet], ...]:
    """The input sheets in their order: those of the declaration, as the blocks of the model know them."""
    known = {sheet.name: sheet for sheet in SHEETS if sheet.name in solution.inputs.tables}
    known |= {sheet.name: sheet for block in solution.graph.blocks.values() for sheet in block.sources}
    return tuple(known.values())
