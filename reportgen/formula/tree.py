"""The tree that a line becomes when it is called with references instead of numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from reportgen.formula.function_kinds import Function


class FormulaError(Exception):
    """A line says something that the formula language cannot: the message says what to write instead."""


class Scope(Enum):
    """Which rows a reference means, seen from the row that asks."""

    OWN = "the same row"
    OWNER = "the row that owns this one"
    ONE = "the one value of a one-row block"
    ALL = "all rows of a block"
    MEMBERS = "the rows that belong to this one"
    WIDE = "the columns of a wide field in the same row"


VECTORS = frozenset({Scope.ALL, Scope.MEMBERS, Scope.WIDE})


class Expression:
    """A node; Python's operators build larger ones. It has no truth value: a line must not branch in Python."""

    __slots__ = ()
    __hash__ = object.__hash__

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return ()

    def __bool__(self) -> NoReturn:
        raise FormulaError(
            "a formula has no truth value in Python: write when(condition, a, b) instead of if, & and | instead of "
            "and/or, minimum(a, b) and maximum(a, b) instead of min and max, one comparison at a time"
        )

    def __iter__(self) -> NoReturn:
        raise FormulaError("a formula cannot be looped over: write total(...), maximum(...) or minimum(...)")

    def __abs__(self) -> NoReturn:
        raise FormulaError("a formula has no abs() in Python: write absolute(...)")

    def __float__(self) -> NoReturn:
        raise FormulaError(
            "a formula is not a number yet: use the functions of the formula language, not of math or numpy"
        )

    def __floordiv__(self, other: Operand) -> NoReturn:
        raise FormulaError("a formula has no // in Python: write floor(a / b)")

    def __rfloordiv__(self, other: Operand) -> NoReturn:
        self.__floordiv__(other)

    def __mod__(self, other: Operand) -> NoReturn:
        raise FormulaError("a formula has no % in Python: write remainder(a, b)")

    def __rmod__(self, other: Operand) -> NoReturn:
        self.__mod__(other)

    def __add__(self, other: Operand) -> Expression:
        right = node(other)
        if isinstance(right, Negative):  # a credit is subtracted, and reads so
            return Operation("-", self, right.operand)
        return Operation("+", self, right)

    def __radd__(self, other: Operand) -> Expression:
        return Operation("+", node(other), self)

    def __sub__(self, other: Operand) -> Expression:
        return Operation("-", self, node(other))

    def __rsub__(self, other: Operand) -> Expression:
        return Operation("-", node(other), self)

    def __mul__(self, other: Operand) -> Expression:
        return Operation("*", self, node(other))

    def __rmul__(self, other: Operand) -> Expression:
        return Operation("*", node(other), self)

    def __truediv__(self, other: Operand) -> Expression:
        return Operation("/", self, node(other))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Operation("/", node(other), self)

    def __pow__(self, other: Operand) -> Expression:
        return Operation("^", self, node(other))

    def __rpow__(self, other: Operand) -> Expression:
        return Operation("^", node(other), self)

    def __neg__(self) -> Expression:
        return Negative(self)

    def __lt__(self, other: Operand) -> Expression:
        return Operation("<", self, node(other))

    def __le__(self, other: Operand) -> Expression:
        return Operation("<=", self, node(other))

    def __gt__(self, other: Operand) -> Expression:
        return Operation(">", self, node(other))

    def __ge__(self, other: Operand) -> Expression:
        return Operation(">=", self, node(other))

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]  # builds a node, as < and > do
        return Operation("=", self, node(other))

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]  # builds a node, as < and > do
        return Operation("<>", self, node(other))

    def __and__(self, other: Operand) -> Expression:
        return Operation("&", self, node(other))

    def __rand__(self, other: Operand) -> Expression:
        return Operation("&", node(other), self)

    def __or__(self, other: Operand) -> Expression:
        return Operation("|", self, node(other))

    def __ror__(self, other: Operand) -> Expression:
        return Operation("|", node(other), self)


Operand = object  # a number, a text or another expression: node() refuses the rest


@dataclass(frozen=True, eq=False)
class Number(Expression):
    """A literal."""

    value: float


@dataclass(frozen=True, eq=False)
class Text(Expression):
    """A literal text."""

    value: str


@dataclass(frozen=True, eq=False)
class Missing(Expression):
    """The value "n/a"."""


@dataclass(frozen=True, eq=False)
class Ref(Expression):
    """A column of a block, or one row of it."""

    block: str
    name: str
    scope: Scope
    text: bool = False
    blank: bool = False  # an input that may be left blank: its cell can be empty, where a line would say "n/a"

    @property
    def key(self) -> tuple[str, str]:
        """Block and name: the identity of what is referred to."""
        return self.block, self.name


@dataclass(frozen=True, eq=False)
class Operation(Expression):
    """Two operands and a sign."""

    symbol: str
    left: Expression
    right: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return self.left, self.right


@dataclass(frozen=True, eq=False)
class Negative(Expression):
    """Unary minus."""

    operand: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return (self.operand,)


@dataclass(frozen=True, eq=False)
class Call(Expression):
    """A function of the table. `where` and `weight` belong to totals and averages."""

    function: Function
    arguments: tuple[Expression, ...]
    where: Expression | None = None
    weight: Expression | None = None

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return (*self.arguments, *(extra for extra in (self.weight, self.where) if extra is not None))


@dataclass(frozen=True, eq=False)
class Previous(Expression):
    """The value in the row above; in the first row, the opening."""

    ref: Ref
    opening: Expression

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return self.ref, self.opening


@dataclass(frozen=True, eq=False)
class Trailing(Expression):
    """The last `length` rows up to this one; n/a where there are fewer, and where this one is n/a."""

    ref: Ref
    length: Number | Ref  # or the one value that holds it

    @property
    def children(self) -> tuple[Expression, ...]:
        """The nodes right below this one."""
        return self.ref, self.length


def node(value: object) -> Expression:
    """A number, text or expression as a node; FormulaError for anything else."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, int | float):
        number = float(value)
        if not math.isfinite(number):
            raise FormulaError(f"{value} is not a number that a workbook can hold")
        return Number(number)
    raise FormulaError(f"a formula is made of numbers, texts and references, not of {type(value).__name__}")


def walk(tree: Expression) -> Iterator[Expression]:
    """Every node of the tree, parents before children."""
    left = [tree]
    while left:
        item = left.pop()
        yield item
        left.extend(reversed(item.children))


def refs(tree: Expression) -> Iterator[Ref]:
    """Every reference of the tree, in reading order."""
    return (item for item in walk(tree) if isinstance(item, Ref))


def rebuilt(tree: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """The tree with some nodes replaced; `change` gives the new node, or None to keep and look below."""
    new = change(tree)
    if new is not None:
        return new
    match tree:
        case Operation():
            return Operation(tree.symbol, rebuilt(tree.left, change), rebuilt(tree.right, change))
        case Negative():
            return Negative(rebuilt(tree.operand, change))
        case Call():
            where, weight = tree.where, tree.weight
            return Call(
                tree.function,
                tuple(rebuilt(item, change) for item in tree.arguments),
                None if where is None else rebuilt(where, change),
                None if weight is None else rebuilt(weight, change),
            )
    return tree
