"""Where a figure comes from: its value, its formula in words and in numbers, and what it is built on, as a tree."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reportgen.formula.formula_in_words import words
from reportgen.formula.tree import VECTORS, Expression, Number, Previous, Ref, Scope, Trailing, refs, walk
from reportgen.model.block import Line
from reportgen.model.given_columns import given_as, given_keys, given_meaning
from reportgen.model.graph import Graph, Key
from reportgen.model.looked_up import looked_up
from reportgen.model.row_names import SPELLED_OUT, row_name, shown
from reportgen.model.solve import Solution
from reportgen.problems import UsageError
from reportgen.sheets import Field


@dataclass(frozen=True)
class Figure:
    """One value with its name, unit and meaning; `of` names its row, `formula` is "" for an input."""

    key: Key
    label: str
    of: str
    shown: str
    unit: str
    meaning: str
    source: str
    formula: str = ""
    numbers: str = ""

    @property
    def text(self) -> str:
        """The value with its unit; per cent speaks for itself."""
        plain = self.unit == "share" and self.shown.endswith("%")
        return self.shown if plain or not self.unit else f"{self.shown} {self.unit}"


@dataclass(frozen=True)
class Node:
    """A figure in the tree of precedents; `repeated` when it was opened further up, `cut` when the depth ends here."""

    figure: Figure
    children: tuple[Node, ...] = ()
    repeated: bool = False
    cut: bool = False


def find_line(graph: Graph, wanted: str, blocks: frozenset[str] | None = None) -> Key:
    """The line or input of that name ("aisc_net", "operators.aisc_net") or label; UsageError with what is near."""
    names = _names(graph)
    block, _, name = wanted.rpartition(".")
    found = [key for key in names if key[1] == name and block in ("", key[0])]
    found = found or [key for key, label in names.items() if label.casefold() == wanted.casefold()]
    found = found or [key for key in given_keys(graph) if key[1] == name and block in ("", key[0])]
    if not found:
        known = sorted({text for key, label in names.items() for text in (key[1], ".".join(key), label)})
        close = difflib.get_close_matches(wanted, known, n=3)
        hint = f" Did you mean {' or '.join(close)}?" if close else ""
        raise UsageError(f"there is no line called {wanted}.{hint} `reportgen lines` lists them all.")
    fitting = [key for key in found if blocks is None or key[0] in blocks] or found
    single = [key for key in fitting if graph.blocks[key[0]].one] or _original(graph, fitting)
    if len(fitting) > 1 and not single:
        listed = ", ".join(".".join(key) for key in fitting)
        raise UsageError(f"{wanted} is the name of several lines: {listed}. Write one of these.")
    return (single or fitting)[0]


def _original(graph: Graph, keys: list[Key]) -> list[Key]:
    """The one that all others of the name are taken from, if there is one: operators by cost repeat the operators."""
    first = [key for key in keys if not any(ref.key in keys for ref in _references(graph, key))]
    return first if len(first) == 1 else []


def _references(graph: Graph, key: Key) -> list[Ref]:
    return list(refs(graph.trees[key])) if key in graph.trees else []


def figure(solution: Solution, key: Key, row: int) -> Figure:
    """One value, with its formula in words and with the numbers put in."""
    graph, (block, name) = solution.graph, key
    line, field = graph.lines.get(key), graph.blocks[block].fields.get(name)
    tree, snapshot = graph.trees.get(key), given_as(graph, key)
    source = "" if line is not None else "given" if snapshot is None else "snapshot"
    if field is not None:
        source = f"input, sheet {graph.blocks[block].source_of(name).name}"
    return Figure(
        key,
        label(graph, key),
        row_name(solution, block, row),
        shown(solution, key, row),
        snapshot.unit if snapshot else unit(line, field),
        line.meaning if line else field.help if field else given_meaning(graph, key) if snapshot else "",
        source,
        formula_in_words(graph, key) if tree is not None else "",
        _in_numbers(solution, key, row, tree) if tree is not None else "",
    )


def precedents(solution: Solution, key: Key, row: int, depth: int) -> Node:
    """The figure and what it is built on, `depth` levels down; what was opened once is not opened again."""
    return _node(solution, key, row, depth, set())


def formula_in_words(graph: Graph, key: Key) -> str:
    """The formula of a line as a person would say it."""
    return words(graph.trees[key], lambda ref: _named(graph, ref, key[0]))


def label(graph: Graph, key: Key) -> str:
    """What people call a line or an input."""
    line, field = graph.lines.get(key), graph.blocks[key[0]].fields.get(key[1])
    named = line or field or given_as(graph, key)
    return named.label if named else key[1].replace("_", " ").capitalize()


def unit(line: Line | None, field: Field | None) -> str:
    """The unit as it is read behind a value: none for dates, texts and percentages."""
    if line is not None:
        return "" if line.unit == "date" or line.text else line.unit
    return field.unit if field is not None else ""


def _names(graph: Graph) -> dict[Key, str]:
    lines = {key: line.label for key, line in graph.lines.items()}
    fields = {
        (block.name, field.name): field.label for block in graph.blocks.values() for field in block.fields.values()
    }
    return {**fields, **lines}


def _named(graph: Graph, ref: Ref, seen_from: str) -> str:
    text = label(graph, ref.key)
    text = text[0].lower() + text[1:] if text[1:2].islower() else text
    if ref.scope in (Scope.ALL, Scope.MEMBERS):
        belonging = "its" if ref.scope is Scope.MEMBERS else "all"
        return f"{text} of {belonging} rows of {graph.blocks[ref.block].title}"
    return (
        f"{text} of the market"
        if ref.scope is Scope.ONE and (seen_from, ref.name) in graph.lines and seen_from != ref.block
        else text
    )


def _in_numbers(solution: Solution, key: Key, row: int, tree: Expression) -> str:
    back = {id(item.ref) for item in walk(tree) if isinstance(item, Previous)}
    trails = {id(item.ref) for item in walk(tree) if isinstance(item, Trailing)}

    def naming(ref: Ref) -> str:
        if id(ref) in trails or ref.scope is Scope.WIDE:
            return _named(solution.graph, ref, key[0])
        at = row - 1 if id(ref) in back else row
        rows = _rows(solution, ref, key[0], at)
        if ref.scope in VECTORS and len(rows) > SPELLED_OUT - 1:
            return f"{_named(solution.graph, ref, key[0])} ({len(rows)})"
        texts = [_quoted(solution, ref.key, each) for each in rows]
        return texts[0] if ref.scope not in VECTORS and texts else f"({', '.join(texts)})" if texts else "nothing"

    return words(tree, naming)


def _quoted(solution: Solution, key: Key, row: int) -> str:
    if row < 0:
        return "(none)"
    text = shown(solution, key, row)
    if isinstance(solution.columns[key][row], str):
        return f'"{text}"'
    return f"({text})" if text.startswith("-") else text


def _rows(solution: Solution, ref: Ref, block: str, row: int) -> list[int]:
    """The rows that a reference means, seen from one row of a block."""
    match ref.scope:
        case Scope.ONE:
            return [0]
        case Scope.OWNER:
            return [int(solution.links[block][row])]
        case Scope.ALL:
            return list(range(solution.rows[ref.block]))
        case Scope.MEMBERS:
            return [int(each) for each in np.flatnonzero(solution.links[ref.block] == row)]
    return [row]


def _node(solution: Solution, key: Key, row: int, depth: int, opened: set[tuple[Key, int]]) -> Node:
    this = figure(solution, key, row)
    tree = solution.graph.trees.get(key)
    if tree is None or not any(True for _ in refs(tree)):
        return Node(this)
    if (key, row) in opened:
        return Node(this, repeated=True)
    if depth <= 0:
        return Node(this, cut=True)
    opened.add((key, row))
    return Node(this, tuple(_below(solution, key, row, tree, depth - 1, opened)))


def _below(
    solution: Solution, key: Key, row: int, tree: Expression, depth: int, opened: set[tuple[Key, int]]
) -> Iterator[Node]:
    back = {id(item.ref) for item in walk(tree) if isinstance(item, Previous)}
    trails = {id(item.ref): _length(solution, item) for item in walk(tree) if isinstance(item, Trailing)}
    found = looked_up(solution, key[0], row, tree)
    told: set[tuple[Key, tuple[int, ...]]] = set()
    for ref in refs(tree):
        rows = found.get(id(ref)) or _rows(solution, ref, key[0], row - 1 if id(ref) in back else row)
        if id(ref) in trails:
            rows = list(range(max(0, row - trails[id(ref)] + 1), row + 1))
        if found.get(id(ref)) == [] or (ref.key, tuple(rows)) in told:
            continue
        told.add((ref.key, tuple(rows)))
        if len(rows) > SPELLED_OUT:
            yield Node(_counted(solution, ref.key, rows), cut=ref.key in solution.graph.trees)
            continue
        for each in rows:
            if each >= 0:
                yield _node(solution, ref.key, each, depth, opened)


def _length(solution: Solution, window: Trailing) -> int:
    """Rows of a window."""
    length = window.length
    return int(length.value if isinstance(length, Number) else solution.value(*reversed(length.key)))


def _counted(solution: Solution, key: Key, rows: list[int]) -> Figure:
    """Many rows as one entry: from which to which."""
    first, last = (shown(solution, key, row) for row in (rows[0], rows[-1]))
    one = figure(solution, key, rows[0])
    title = solution.graph.blocks[key[0]].title
    return Figure(
        key, one.label, f"{len(rows)} rows of {title}", f"{first} ... {last}", one.unit, one.meaning, one.source
    )
