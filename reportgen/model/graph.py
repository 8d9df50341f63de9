"""The declared lines, traced into trees and put in order; what cannot work is refused here, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from reportgen.formula import grammar
from reportgen.formula.addresses import Addresses
from reportgen.formula.exactness import Exactness
from reportgen.formula.excel import Writer
from reportgen.formula.tree import Expression, FormulaError, Number, Ref, Scope, node, refs, walk
from reportgen.model.block import Block, Line, ModelError, Section
from reportgen.model.calculation_order import Step, looks_back, ordered
from reportgen.model.known_of_columns import exactness, nullable
from reportgen.model.name_resolution import Columns, argument, column_names

Key = tuple[str, str]

# what holds in any market: the calendar, Bitcoin's rules, powers of ten (and millionths, as tolerances)
UNIVERSAL = frozenset(
    {0, 1, 2, 3, 4, 12, 1 / 12, 24, 30, 100, 365, 86_400}
    | {50, 600, 2016, 14, 1 / 4, 210_000, 2**32}
    | {10**power for power in range(1, 13)}
    | {1 / 10**power for power in range(6, 13)}
)


@dataclass(frozen=True, eq=False)
class Graph:
    """A model that can be solved: sections, trees by (block, line), and the order to compute them in."""

    sections: tuple[Section, ...]
    blocks: Mapping[str, Block]
    lines: Mapping[Key, Line]
    trees: Mapping[Key, Expression]
    order: tuple[Step, ...]
    nullable: frozenset[Key]
    exactness: Exactness

    def may_be_missing(self, ref: Ref) -> bool:
        """True when a column can hold n/a."""
        return ref.key in self.nullable

    def writer(self, addresses: Addresses) -> Writer:
        """Who writes the formulas of this model, at these addresses."""
        return Writer(addresses, self.may_be_missing, self.exactness)

    @property
    def checks(self) -> tuple[Line, ...]:
        """Every check of the model, in the order in which they are shown."""
        return tuple(line for line in self.lines.values() if line.check)

    @cached_property
    def dependents(self) -> Mapping[Key, frozenset[Key]]:
        """For every column, the lines that use it directly."""
        found: dict[Key, set[Key]] = {}
        for key, tree in self.trees.items():
            for ref in refs(tree):
                found.setdefault(ref.key, set()).add(key)
        return {key: frozenset(users) for key, users in found.items()}

    @cached_property
    def calculated(self) -> frozenset[Key]:
        """The columns that totals calculate with row by row: a row of theirs without a number must hold 0."""
        places = _Noted()
        for tree in self.trees.values():
            self.writer(places).formula(tree)
        return frozenset(places.keys)

    def downstream(self, key: Key) -> frozenset[Key]:
        """Every line that changes when this column changes."""
        reached: set[Key] = set()
        edge = [key]
        while edge:
            for user in self.dependents.get(edge.pop(), frozenset()):
                if user not in reached:
                    reached.add(user)
                    edge.append(user)
        return frozenset(reached)

    @cached_property
    def by_row(self) -> frozenset[Step]:
        """The steps that must be computed row after row, as their lines look at previous rows of their own."""
        return frozenset(step for step in self.order if len(step) > 1 or looks_back(step[0], self.trees))

    def upstream(self, keys: Iterable[Key]) -> frozenset[Key]:
        """These lines and every line that they are built on."""
        reached = {key for key in keys if key in self.trees}
        edge = list(reached)
        while edge:
            for ref in refs(self.trees[edge.pop()]):
                if ref.key in self.trees and ref.key not in reached:
                    reached.add(ref.key)
                    edge.append(ref.key)
        return frozenset(reached)


def build(sections: Iterable[Section], inputs_only: Iterable[Block] = ()) -> Graph:
    """Trace every line; ModelError, naming the line, for what cannot be computed or would not be trusted.

    `inputs_only` are blocks that lines refer to but that have no lines of their own.
    """
    sections = tuple(sections)
    blocks = _blocks(sections) | {block.name: block for block in inputs_only}
    lines: dict[Key, Line] = {}
    for line in (line for section in sections for line in section.lines):
        key = line.block.name, line.name
        if key in lines or line.name in line.block.fields or line.name in (*line.block.given, "number", "owner_number"):
            _refuse(line, "is declared twice")
        if not line.meaning:
            _refuse(line, "has no docstring: its first sentence is the note that readers see")
        if not line.unit and not line.text:
            _refuse(line, "has no unit")
        if line.check and not line.block.one:
            _refuse(line, "is a check of many rows: count those that fail in a line of a one-row block")
        lines[key] = line
    columns = {name: column_names(block, lines.values()) for name, block in blocks.items()}
    trees = {key: _traced(line, blocks, columns, lines) for key, line in lines.items()}
    try:
        order = ordered(trees)
    except FormulaError as error:
        raise ModelError(str(error)) from None
    graph = Graph(sections, blocks, lines, trees, order, nullable(blocks, trees), exactness(blocks, trees, order))
    for step in order:
        for key in step:
            _refuse_unwritable(lines[key], graph, by_row=step in graph.by_row)
    return graph


def _blocks(sections: tuple[Section, ...]) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for section in sections:
        known = blocks.setdefault(section.block.name, section.block)
        if known is not section.block:
            raise ModelError(f"two blocks are called {section.block.name}")
        if section.block.owner is not None:
            blocks.setdefault(section.block.owner.name, section.block.owner)
    return blocks


def _traced(
    line: Line, blocks: Mapping[str, Block], columns: Mapping[str, dict[str, bool]], lines: Mapping[Key, Line]
) -> Expression:
    try:
        tree = node(line.function(*_arguments(line, blocks, columns, lines)))
        for item in walk(tree):
            if isinstance(item, Columns):
                raise FormulaError(f"uses the block {item.block_name} as a value: name one of its columns")
        grammar.check(tree)
    except (ModelError, FormulaError) as error:
        _refuse(line, str(error))
    except Exception as error:  # a line is any Python function: whatever it stumbles over, its name must be told
        _refuse(line, f"cannot be read as a formula ({type(error).__name__}: {error})")
    if grammar.is_text(tree) != line.text:
        _refuse(
            line, "gives a text: declare it with text=True" if not line.text else "is declared as a text and gives none"
        )
    if line.parameters:  # without any, the line itself says what its number is
        for item in walk(tree):
            if isinstance(item, Number) and abs(item.value) not in UNIVERSAL:
                _refuse(
                    line,
                    f"holds the number {item.value:g}: make it an input, or a line of its own that says what it is",
                )
    return tree


def _arguments(
    line: Line, blocks: Mapping[str, Block], columns: Mapping[str, dict[str, bool]], lines: Mapping[Key, Line]
) -> list[object]:
    """What the function of a line is called with."""
    if line.subtotal:
        return [_layer(line, lines)]
    if line.tally:
        return [[Ref(*key, Scope.ONE) for key, item in lines.items() if item.check]]
    return [argument(name, line, blocks, columns) for name in line.parameters]


def _layer(line: Line, lines: Mapping[Key, Line]) -> list[Expression]:
    block = line.block
    fields = [field for field in block.fields.values() if field.layer == line.subtotal]
    costs: list[Expression] = [
        Ref(block.name, name, Scope.OWN)
        for (owner, name), item in lines.items()
        if owner == block.name and item.layer == line.subtotal
    ]
    costs += [Ref(block.name, field.name, Scope.OWN) for field in fields if not field.credit]
    if not costs:
        raise FormulaError(f"sums layer {line.subtotal}, to which nothing belongs")
    return costs + [-Ref(block.name, field.name, Scope.OWN) for field in fields if field.credit]


def _refuse_unwritable(line: Line, graph: Graph, by_row: bool) -> None:
    """Every line must be a formula too: what only Python could compute is refused before anything is computed."""
    tree = graph.trees[line.block.name, line.name]
    if by_row and line.text:
        _refuse(line, "is a text that looks at its previous row: let a number do that, and name it with choose(...)")
    writer = graph.writer(_Anywhere())
    try:
        graph.exactness.check(tree)
        writer.formula(tree)
    except FormulaError as error:
        _refuse(line, str(error))


class _Anywhere:
    """Addresses for a formula that nobody will see."""

    def cell(self, ref: Ref, back: int = 0) -> str:
        return f"{ref.name}!A{1 + back}"

    def window(self, ref: Ref, length: str) -> str:
        return f"INDEX({ref.name}!A:A,{length}):{ref.name}!A1"

    def table(self, columns: Sequence[Ref]) -> str:
        return f"{columns[0].name}!A1:Z1"

    def entry(self, columns: Sequence[Ref], number: str, row: str) -> str:
        return f"INDEX({columns[0].name}!A:Z,{number},{row})"

    def column(self, ref: Ref) -> str:
        return f"{ref.name}!A:A"

    def numbers(self, ref: Ref) -> str:
        return self.column(ref)

    def so_far(self, ref: Ref) -> str:
        return f"{ref.name}!A1:A1"

    def typed(self, ref: Ref) -> bool:  # noqa: ARG002  # nothing is typed anywhere
        return False

    def in_error(self, block: str) -> str:  # noqa: ARG002  # no row is in error anywhere
        return ""

    def owner_numbers(self, block: str) -> str:
        return f"{block}!A:A"

    def number(self) -> str:
        return "A1"


class _Noted(_Anywhere):
    """They note the columns that are calculated with row by row."""

    def __init__(self) -> None:
        self.keys: set[Key] = set()

    def numbers(self, ref: Ref) -> str:
        self.keys.add(ref.key)
        return super().numbers(ref)


def _refuse(line: Line, reason: str) -> NoReturn:
    raise ModelError(f"line {line.block.name}.{line.name} {reason}")
