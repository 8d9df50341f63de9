"""The declared lines, traced into trees and put in order; what cannot work is refused here, with a reason."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from reportgen.formula.nullable import can_be_missing
from reportgen.formula.tree import Expression, FormulaError, Number, Previous, Ref, Scope, node, refs, walk
from reportgen.model.block import Block, Line, ModelError, Section
from reportgen.model.order import Step, ordered

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

    def may_be_missing(self, ref: Ref) -> bool:
        """True when a column can hold n/a."""
        return ref.key in self.nullable

    @cached_property
    def dependents(self) -> Mapping[Key, frozenset[Key]]:
        """For every column, the lines that use it directly."""
        found: dict[Key, set[Key]] = {}
        for key, tree in self.trees.items():
            for ref in refs(tree):
                found.setdefault(ref.key, set()).add(key)
        return {key: frozenset(users) for key, users in found.items()}

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

    def section_of(self, key: Key) -> Section:
        """The section that shows a line."""
        line = self.lines[key]
        return next(section for section in self.sections if line in section.lines)


class _Columns:
    """A whole block as a line sees it: its attributes are the block's columns."""

    def __init__(self, block: Block, names: Iterable[str], scope: Scope, line: Line, texts: frozenset[str]) -> None:
        self._block, self._names, self._scope, self._line, self._texts = block, tuple(names), scope, line, texts

    def __getattr__(self, name: str) -> Ref:
        if name not in self._names:
            _refuse(self._line, f"asks for {self._block.name}.{name}, which is not there{_did_you_mean(name, self._names)}")
        return Ref(self._block.name, name, self._scope, name in self._texts)


def build(sections: Iterable[Section], inputs_only: Iterable[Block] = ()) -> Graph:
    """Trace every line; ModelError, naming the line, for what cannot be computed or would not be trusted.

    `inputs_only` are blocks that lines refer to but that have no lines of their own.
    """
    sections = tuple(sections)
    blocks = _blocks(sections) | {block.name: block for block in inputs_only}
    lines: dict[Key, Line] = {}
    for line in (line for section in sections for line in section.lines):
        key = line.block.name, line.name
        if key in lines or line.name in line.block.fields or line.name in (*line.block.given, "number"):
            _refuse(line, "is declared twice")
        if not line.meaning:
            _refuse(line, "has no docstring: its first sentence is the note that readers see")
        if not line.unit and not line.text:
            _refuse(line, "has no unit")
        lines[key] = line
    columns = {name: _column_names(block, lines) for name, block in blocks.items()}
    trees = {key: _traced(line, blocks, columns, lines) for key, line in lines.items()}
    try:
        order = ordered(trees)
        nullable = _nullable(blocks, trees)
    except FormulaError as error:
        raise ModelError(str(error)) from None
    return Graph(sections, blocks, lines, trees, order, nullable)


def _blocks(sections: tuple[Section, ...]) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for section in sections:
        known = blocks.setdefault(section.block.name, section.block)
        if known is not section.block:
            raise ModelError(f"two blocks are called {section.block.name}")
        if section.block.owner is not None:
            blocks.setdefault(section.block.owner.name, section.block.owner)
    return blocks


def _column_names(block: Block, lines: Mapping[Key, Line]) -> dict[str, bool]:
    """Every column of a block: name → whether it holds text."""
    names = {name: not field.number for name, field in block.fields.items()}
    names |= {name: name == block.key for name in block.given}
    names |= {"number": False, "owner_number": False} if block.owner is not None else {"number": False}
    return names | {name: line.text for (owner, name), line in lines.items() if owner == block.name}


def _traced(
    line: Line, blocks: Mapping[str, Block], columns: Mapping[str, dict[str, bool]], lines: Mapping[Key, Line]
) -> Expression:
    try:
        if line.subtotal:
            value = line.function(_layer(line, lines))
        else:
            value = line.function(*(_argument(name, line, blocks, columns) for name in line.parameters))
        tree = node(value)
    except FormulaError as error:
        _refuse(line, str(error))
    hidden = {id(item.ref) for item in walk(tree) if isinstance(item, Previous)}
    for ref in refs(tree):
        if ref.key == (line.block.name, line.name) and ref.scope in (Scope.OWN, Scope.ONE) and id(ref) not in hidden:
            _refuse(line, "depends on itself: only previous(...) of itself can be used")
    if not isinstance(tree, Number) or line.parameters:
        for item in walk(tree):
            if isinstance(item, Number) and abs(item.value) not in UNIVERSAL:
                _refuse(line, f"holds the number {item.value:g}: make it an input, or a line of its own that says what it is")
    return tree


def _layer(line: Line, lines: Mapping[Key, Line]) -> list[Expression]:
    block = line.block
    fields = [field for field in block.fields.values() if field.layer == line.subtotal]
    costs: list[Expression] = [
        Ref(block.name, name, Scope.OWN) for (owner, name), item in lines.items()
        if owner == block.name and item.layer == line.subtotal
    ]
    costs += [Ref(block.name, field.name, Scope.OWN) for field in fields if not field.credit]
    credits = [-Ref(block.name, field.name, Scope.OWN) for field in fields if field.credit]
    if not costs:
        _refuse(line, f"sums layer {line.subtotal}, to which nothing belongs")
    return costs + credits


def _argument(name: str, line: Line, blocks: Mapping[str, Block], columns: Mapping[str, dict[str, bool]]) -> Any:
    block = line.block
    if name in columns[block.name]:
        field = block.fields.get(name)
        scope = Scope.ONE if block.one else Scope.WIDE if field is not None and field.wide else Scope.OWN
        return Ref(block.name, name, scope, columns[block.name][name])
    if block.owner is not None and name in columns[block.owner.name]:
        return Ref(block.owner.name, name, Scope.OWNER, columns[block.owner.name][name])
    for other in blocks.values():
        if other.one and name in columns[other.name]:
            return Ref(other.name, name, Scope.ONE, columns[other.name][name])
    if name in blocks:
        asked = blocks[name]
        scope = Scope.ONE if asked.one else Scope.MEMBERS if asked.owner is block else Scope.ALL
        names = columns[name]
        return _Columns(asked, names, scope, line, frozenset(key for key, text in names.items() if text))
    ones = [column for other in blocks.values() if other.one for column in columns[other.name]]
    owners = list(columns[block.owner.name]) if block.owner is not None else []
    known = [*columns[block.name], *owners, *ones, *blocks]
    return _refuse(line, f"asks for {name}, which is no input, line or block{_did_you_mean(name, known)}")


def _nullable(blocks: Mapping[str, Block], trees: Mapping[Key, Expression]) -> frozenset[Key]:
    found = {
        (block.name, field.name)
        for block in blocks.values()
        for field in block.fields.values()
        if field.wide or (field.number and not field.required and field.default is None)
    }
    found |= {(block.name, name) for block in blocks.values() for name in block.given if name != block.key}
    while True:
        more = {
            key for key, tree in trees.items()
            if key not in found and can_be_missing(tree, lambda ref: ref.key in found)
        }
        if not more:
            return frozenset(found)
        found |= more


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _refuse(line: Line, reason: str) -> NoReturn:
    raise ModelError(f"line {line.block.name}.{line.name} {reason}")
