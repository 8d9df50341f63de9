"""A tree and the columns that it refers to → numbers.

A line is computed over all its rows at once; only a line that looks at its own previous row goes row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.formula.functions import FUNCTIONS, windows
from reportgen.formula.operators import OPERATORS, Values
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
    refs,
    walk,
)

Column = Any  # one-dimensional float or object array; two-dimensional for a wide field
Reading = Callable[[Any], Values]  # given a row number (or None for all rows), the value (or values)


@dataclass(frozen=True)
class Frame:
    """What a line sees while it is computed: every column so far, and whose rows belong to whom.

    `links` gives, for a block with an owner, the row number of each row's owner.
    """

    block: str
    rows: int
    columns: Mapping[tuple[str, str], Column]
    links: Mapping[str, Column]


def evaluate(tree: Expression, frame: Frame) -> Column:
    """The values of a line for all rows of its block."""
    with np.errstate(invalid="ignore", over="ignore"):
        values = _reading(tree, frame, by_row=False)(None)
    return np.array(np.broadcast_to(np.asarray(values), (frame.rows,)))


def evaluate_by_row(trees: Mapping[tuple[str, str], Expression], frame: Frame) -> dict[tuple[str, str], Column]:
    """The values of lines that look at each other's previous rows, in the order given, row after row."""
    found: dict[tuple[str, str], Column] = {key: np.full(frame.rows, np.nan) for key in trees}
    running = Frame(frame.block, frame.rows, {**frame.columns, **found}, frame.links)
    with np.errstate(invalid="ignore", over="ignore"):
        readings = [(found[key], _reading(tree, running, by_row=True)) for key, tree in trees.items()]
        for row in range(frame.rows):
            for column, reading in readings:
                column[row] = reading(row)
    return found


def _reading(tree: Expression, frame: Frame, by_row: bool) -> Reading:
    match tree:
        case Number(value=number):
            return lambda row: number
        case Text(value=text):
            return lambda row: text
        case Missing():
            return lambda row: float("nan")
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
        case Call(function=name) if FUNCTIONS[name].aggregate:
            return _aggregate(tree, frame, by_row)
        case Call(function="position", arguments=(Ref() as ref,)):
            places = FUNCTIONS["position"].numbers
            column = frame.columns[ref.key]
            return lambda row: places(column)
        case Call(function=name, arguments=arguments):
            call = FUNCTIONS[name].numbers
            readings = [_reading(argument, frame, by_row) for argument in arguments]
            return lambda row: call(*(reading(row) for reading in readings))
    raise FormulaError(f"{type(tree).__name__} cannot stand here")


def _reference(ref: Ref, frame: Frame, by_row: bool) -> Reading:
    column = frame.columns[ref.key]
    if ref.scope is Scope.ONE:
        return lambda row: column[0]
    if ref.scope is Scope.ALL:
        return lambda row: column
    if ref.scope is Scope.OWNER:
        column = column[frame.links[frame.block]]
    if ref.scope in (Scope.OWN, Scope.OWNER, Scope.WIDE):
        return (lambda row: column[row]) if by_row else (lambda row: column)
    raise FormulaError(f"{ref.block}.{ref.name} is a whole column: reduce it with total(...) or average(...)")


def _previous(ref: Ref, opening: Expression, frame: Frame, by_row: bool) -> Reading:
    column = frame.columns[ref.key]
    first = _reading(opening, frame, by_row)
    if by_row:
        return lambda row: column[row - 1] if row else first(row)

    def shifted(row: None) -> Values:
        start = np.broadcast_to(np.asarray(first(row)), (frame.rows,))[:1]
        return np.concatenate([start, column[:-1]])[: frame.rows]

    return shifted


def _aggregate(tree: Call, frame: Frame, by_row: bool) -> Reading:
    inside = [item for part in tree.children for item in refs(part)]
    scopes = {ref.scope for ref in inside}
    reduce = FUNCTIONS[tree.function].numbers
    trail = next((item for item in walk(tree) if isinstance(item, Trailing)), None)
    if trail is not None:
        if by_row:
            raise FormulaError("trailing() cannot stand in a line that looks at its own previous row")
        return lambda row: _over_windows(reduce, frame.columns[trail.ref.key], trail.length)
    if Scope.MEMBERS in scopes:
        if by_row:
            raise FormulaError("a total over members cannot stand in a line that looks at its own previous row")
        return _over_members(tree, frame, next(ref.block for ref in inside if ref.scope is Scope.MEMBERS))
    # a foreign column against one's own: foreign rows down, own rows across
    crossed = Scope.ALL in scopes and Scope.OWN in scopes and not by_row
    view = _Crossed(frame, crossed)
    parts = {
        name: view.reading(part, by_row)
        for name, part in (("values", tree.arguments[0]), ("where", tree.where), ("weight", tree.weight))
        if part is not None
    }
    turned = Scope.WIDE in scopes and not by_row

    def reduced(row: Any) -> Values:
        values = {name: reading(row) for name, reading in parts.items()}
        return reduce(**{name: np.transpose(value) if turned else value for name, value in values.items()})

    return reduced


def _over_windows(reduce: Callable[..., Values], column: Column, length: int) -> Column:
    result = np.array(reduce(windows(column, length)), dtype=float)
    result[: length - 1] = np.nan
    return result


@dataclass(frozen=True)
class _Crossed:
    """A frame whose whole columns stand upright when the asking row's own columns run across."""

    frame: Frame
    crossed: bool

    def reading(self, tree: Expression, by_row: bool) -> Reading:
        if not self.crossed:
            return _reading(tree, self.frame, by_row)
        upright = {
            ref.key: self.frame.columns[ref.key][:, np.newaxis] for ref in refs(tree) if ref.scope is Scope.ALL
        }
        own = {ref.key for ref in refs(tree) if ref.scope is Scope.OWN}
        if own & set(upright):
            raise FormulaError("a column cannot be compared with itself row by row: use position(...)")
        return _reading(tree, Frame(
            self.frame.block, self.frame.rows, {**self.frame.columns, **upright}, self.frame.links
        ), by_row)


def _over_members(tree: Call, frame: Frame, members: str) -> Reading:
    """Grouped: computed once over all member rows, then gathered by owner."""
    link = frame.links[members]
    columns = dict(frame.columns)
    for part in tree.children:
        for ref in refs(part):
            if ref.scope is Scope.OWN:  # the asking row's own value, seen from each of its members
                columns[ref.key] = frame.columns[ref.key][link]
    inner = Frame(members, len(link), columns, frame.links)
    readings = {
        name: _reading(_as_own(part), inner, by_row=False)
        for name, part in (("values", tree.arguments[0]), ("where", tree.where), ("weight", tree.weight))
        if part is not None
    }

    def grouped(row: None) -> Column:
        found = {name: np.broadcast_to(reading(row), (len(link),)) for name, reading in readings.items()}
        values = np.asarray(found["values"], dtype=float)
        if "where" in found:
            values = np.where(np.nan_to_num(found["where"]) != 0, values, np.nan)
        known = ~np.isnan(values)
        weights = np.where(known, found.get("weight", 1.0), 0.0)

        def gather(amounts: Column) -> Column:
            return np.bincount(link, weights=amounts, minlength=frame.rows)

        if tree.function == "count":
            return gather(known.astype(float))
        if tree.function == "total":
            return gather(np.where(known, values, 0.0))
        if tree.function == "average":
            over = FUNCTIONS["divide"].numbers
            return over(gather(np.where(known, values, 0.0) * weights), gather(weights))
        extreme, empty = (np.maximum, -np.inf) if tree.function == "largest" else (np.minimum, np.inf)
        result = np.full(frame.rows, empty)
        extreme.at(result, link[known], values[known])
        return np.where(np.isinf(result), np.nan, result)

    return grouped


def _as_own(tree: Expression) -> Expression:
    """The same tree seen from the member rows: their columns are one's own there."""
    match tree:
        case Ref(scope=Scope.MEMBERS):
            return Ref(tree.block, tree.name, Scope.OWN, tree.text)
        case Operation():
            return Operation(tree.symbol, _as_own(tree.left), _as_own(tree.right))
        case Negative():
            return Negative(_as_own(tree.operand))
        case Call():
            return Call(tree.function, tuple(_as_own(item) for item in tree.arguments))
    return tree
