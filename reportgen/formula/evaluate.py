"""A tree and the columns that it refers to → numbers.

A line is computed over all its rows at once; only a line that looks at its own previous row goes row by row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from reportgen.formula import array_functions as arithmetic
from reportgen.formula.function_kinds import Kind
from reportgen.formula.operators import OPERATORS, Values
from reportgen.formula.trailing_windows import over_windows
from reportgen.formula.tree import (
    Call,
    Expression,
    FormulaError,
    Missing,
    Negative,
    Number,
    Operation,
    Previous,
    Ref,
    Scope,
    Text,
    Trailing,
    rebuilt,
    refs,
    walk,
)

Column = Any  # one-dimensional float or object array; two-dimensional for a wide field
Key = tuple[str, str]
Reading = Callable[[Any], Values]  # given a row number (or None for all rows), the value (or values)


@dataclass(frozen=True)
class Frame:
    """What a line sees while it is computed: every column so far, and whose rows belong to whom.

    `links` gives, for a block with an owner, the row number of each row's owner. With `cases` a column is (rows,) where
    no case touches it and (rows, cases) where one does; a line is computed once if it refers to no column of cases.
    `running` are the columns that are being computed row by row.
    """

    block: str
    rows: int
    columns: Mapping[Key, Column]
    links: Mapping[str, Column]
    cases: int = 0
    running: frozenset[Key] = frozenset()

    def seeing(self, trees: Iterable[Expression]) -> Frame:
        """The frame for these lines: with cases only if they refer to columns of cases."""
        if not self.cases:
            return self
        asked = {(ref.key, ref.scope is Scope.WIDE) for tree in trees for ref in refs(tree)}
        differs = any(key in self.columns and self.columns[key].ndim == 2 + wide for key, wide in asked)
        return self if differs else replace(self, cases=0)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of a line's values."""
        return (self.rows, self.cases) if self.cases else (self.rows,)

    @property
    def order(self) -> Literal["C", "F"]:
        """How a line's values lie in memory: the longer axis is the fast one."""
        return "F" if self.rows > self.cases else "C"

    def standing(self, column: Column) -> Column:
        """A column beside others: with cases, it has an axis for them."""
        return column[:, np.newaxis] if self.cases and column.ndim == 1 else column


def evaluate(tree: Expression, frame: Frame) -> Column:
    """The values of a line for all rows of its block."""
    frame = frame.seeing([tree])
    with np.errstate(invalid="ignore", over="ignore"):
        values = np.asarray(_reading(tree, frame, by_row=False)(None))
    if values.dtype.kind == "U":
        values = values.astype(object)
    return np.array(np.broadcast_to(values, frame.shape), order=frame.order)


def evaluate_by_row(trees: Mapping[Key, Expression], frame: Frame) -> dict[Key, Column]:
    """The values of lines that look at each other's previous rows, in the order given, row after row."""
    frame = frame.seeing(trees.values())
    found: dict[Key, Column] = {key: np.full(frame.shape, np.nan) for key in trees}
    running = replace(frame, columns={**frame.columns, **found}, running=frozenset(found))
    with np.errstate(invalid="ignore", over="ignore"):
        readings = [(found[key], _reading(tree, running, by_row=True)) for key, tree in trees.items()]
        for row in range(frame.rows):
            for column, reading in readings:
                column[row] = reading(row)
    return found


def _reading(tree: Expression, frame: Frame, by_row: bool) -> Reading:
    if by_row and tree.children and not _runs(tree, frame):  # what no row changes is computed for all of them at once
        return np.broadcast_to(np.asarray(_composed(tree, frame, by_row=False)(None)), frame.shape).__getitem__
    return _composed(tree, frame, by_row)


def _composed(tree: Expression, frame: Frame, by_row: bool) -> Reading:
    match tree:
        case Number(value=value) | Text(value=value):
            return _always(value)
        case Missing():
            return _always(math.nan)
        case Ref():
            return _reference(tree, frame, by_row)
        case Operation(symbol=symbol, left=left, right=right):
            apply = OPERATORS[symbol].numbers
            first, second = _reading(left, frame, by_row), _reading(right, frame, by_row)
            return lambda row: apply(first(row), second(row))
        case Negative(operand=operand):
            inner = _reading(operand, frame, by_row)
            return lambda row: -inner(row)
        case Previous(ref=ref, opening=opening):
            return _previous(ref, opening, frame, by_row)
        case Call(function=function) if function.kind.reduces:
            return _aggregate(tree, frame, by_row)
        case Call(function=function) if function.kind is Kind.RANK:
            places = frame.standing(function.numbers(*(frame.columns[ref.key] for ref in refs(tree))))
            return places.__getitem__ if by_row else _always(places)
        case Call(function=function, arguments=arguments):
            call = function.numbers
            readings = [_reading(argument, frame, by_row) for argument in arguments]
            return lambda row: call(*(reading(row) for reading in readings))
    raise FormulaError(f"{type(tree).__name__.lower()} cannot stand inside a formula")


def _runs(tree: Expression, frame: Frame) -> bool:
    """True for a tree that a row of the running lines changes."""
    return any(
        isinstance(item, Previous) or (isinstance(item, Ref) and item.key in frame.running) for item in walk(tree)
    )


def _always(value: Values) -> Reading:
    return lambda _: value


def _reference(ref: Ref, frame: Frame, by_row: bool) -> Reading:
    column = frame.columns[ref.key]
    if ref.scope is Scope.ONE:
        return _always(column[0])
    column = frame.standing(column)
    if ref.scope is Scope.ALL:
        return _always(column)
    if ref.scope is Scope.OWNER:
        column = column[frame.links[frame.block]]
    return column.__getitem__ if by_row else _always(column)


def _previous(ref: Ref, opening: Expression, frame: Frame, by_row: bool) -> Reading:
    column = frame.standing(frame.columns[ref.key])
    first = _reading(opening, frame, by_row)
    if by_row:
        return lambda row: column[row - 1] if row else first(row)

    def shifted(row: None) -> Values:
        start = np.broadcast_to(np.asarray(first(row)), frame.shape)[:1]
        above = np.broadcast_to(column[:-1], (max(0, frame.rows - 1), *frame.shape[1:]))
        return np.concatenate([start, above])[: frame.rows]

    return shifted


def _aggregate(tree: Call, frame: Frame, by_row: bool) -> Reading:
    """What reduces columns: these stand upright, the asking rows run across, and the first axis is reduced."""
    reduce = tree.function.numbers
    values = tree.arguments[0]
    if isinstance(values, Trailing):
        length = int(np.asarray(_reading(values.length, replace(frame, cases=0), by_row=False)(None)).flat[0])
        windowed = frame.standing(over_windows(tree.function.kind, frame.columns[values.ref.key], length))
        return windowed.__getitem__ if by_row else _always(windowed)
    given = (("values", values), ("where", tree.where), ("weight", tree.weight))
    parts = {name: part for name, part in given if part is not None}
    inside = [ref for part in parts.values() for ref in refs(part)]
    members = next((ref.block for ref in inside if ref.scope is Scope.MEMBERS), None)
    if members is not None:
        if tree.function.kind in (Kind.LARGEST, Kind.SMALLEST):
            raise FormulaError(
                f"{tree.function}(...) of some rows only: give them a line of its own, n/a for the others"
            )
        return _over_members(tree.function.kind, parts, frame, members)
    if not by_row:
        frame = _upright(frame, inside)
    readings = {name: _reading(part, frame, by_row) for name, part in parts.items()}
    return lambda row: reduce(**{name: reading(row) for name, reading in readings.items()})


def _upright(frame: Frame, inside: Iterable[Ref]) -> Frame:
    """The frame with what is reduced on the first axis and the asking rows, if they are asked for, on the second."""
    inside = list(inside)
    across = any(ref.scope in (Scope.OWN, Scope.OWNER) for ref in inside)
    columns = dict(frame.columns)
    for ref in inside:
        column = frame.columns[ref.key]
        if ref.scope is Scope.WIDE:
            upright = np.swapaxes(column, 0, 1)
            columns[ref.key] = upright[..., np.newaxis] if frame.cases and column.ndim == 2 else upright
        elif ref.scope is Scope.ALL and across:
            columns[ref.key] = frame.standing(column)[:, np.newaxis]
    return replace(frame, columns=columns)


def _over_members(kind: Kind, parts: Mapping[str, Expression], frame: Frame, members: str) -> Reading:
    """Grouped: computed once over all member rows, then gathered by owner."""
    link = frame.links[members]
    columns = dict(frame.columns)
    seen = {
        name: rebuilt(part, lambda item: _seen_by_members(item, frame, link, columns)) for name, part in parts.items()
    }
    inner = Frame(members, len(link), columns, frame.links, frame.cases)
    found = {name: frame.standing(evaluate(part, inner)) for name, part in seen.items()}
    chosen = ~np.isnan(found["values"])
    if "where" in found:
        chosen = chosen & (np.nan_to_num(found["where"]) != 0)
    weights = np.where(chosen, np.nan_to_num(found["weight"]) if "weight" in found else 1.0, 0.0)
    amounts = np.where(chosen, found["values"], 0.0) * weights

    def gathered(values: Column) -> Column:
        if values.ndim == 1:
            return np.bincount(link, weights=values, minlength=frame.rows)
        cases = values.shape[1]
        places = link[:, np.newaxis] * cases + np.arange(cases)
        return np.bincount(places.ravel(), values.ravel(), frame.rows * cases).reshape(frame.rows, cases)

    if kind is Kind.MEAN:
        return _always(arithmetic.safe_divide(gathered(amounts), gathered(weights)))
    return _always(gathered(weights if kind is Kind.COUNT else amounts))


def _seen_by_members(item: Expression, frame: Frame, link: Column, columns: dict[Key, Column]) -> Expression | None:
    """A reference as the member rows see it: a value of their own, or of the row that asks for them."""
    if not isinstance(item, Ref) or item.scope is Scope.ONE:
        return None
    if item.scope is Scope.OWN:
        columns[item.key] = frame.columns[item.key][link]
    elif item.scope is Scope.OWNER:
        columns[item.key] = frame.columns[item.key][frame.links[frame.block]][link]
    return replace(item, scope=Scope.OWN)
