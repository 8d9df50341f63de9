"""Which figures are the same to the last bit in every engine, and which are not: what may decide, and how.

Two engines add up in different orders, and agree to some 14 digits. So comparisons, ranks and floor(...) take what
agrees to 12 digits for equal (see `comparisons`). Beside zero there is no digit to agree in: a sum that comes to 0
in one engine is 1e-17 in the other. Where 0 decides about what can cancel like this, it is refused; difference(a, b) is
exactly 0 where a and b are equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reportgen.formula.function_kinds import Kind, OnMissing
from reportgen.formula.operators import COMPARISONS, LOGIC, is_condition
from reportgen.formula.tree import (
    VECTORS,
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

Key = tuple[str, str]
UNBOUNDED = (-math.inf, math.inf)


def values_of(tree: Call) -> tuple[Expression, ...]:
    """The arguments that a function's value is made of: not conditions, keys and rows."""
    match tree.function.kind:
        case Kind.BRANCH:
            return tree.arguments[1:]
        case Kind.ENTRY:
            return tuple(item for item in tree.arguments if isinstance(item, Ref) and item.scope in VECTORS)
        case Kind.RANK:
            return tree.arguments[:1]
    return tree.arguments


def _of_members(tree: Expression) -> bool:
    """True for what is reduced over the rows that belong to one, which a workbook finds by adding and subtracting."""
    return any(ref.scope is Scope.MEMBERS for ref in refs(tree))


@dataclass(frozen=True)
class Exactness:
    """What is known of the columns.

    `whole`: whole numbers. `typed`: the bits that were typed. `bounds`: the least and the most of typed ones.
    `not_negative`: never below 0. `cancelling`: 0 in one engine, a last digit in another.
    """

    whole: set[Key] = field(default_factory=set)
    typed: set[Key] = field(default_factory=set)
    not_negative: set[Key] = field(default_factory=set)
    bounds: dict[Key, tuple[float, float]] = field(default_factory=dict)
    cancelling: set[Key] = field(default_factory=set)

    def is_whole(self, tree: Expression) -> bool:
        """True when the value is a whole number in every engine."""
        match tree:
            case Number(value=value):
                return value == int(value)
            case Ref():
                return tree.key in self.whole
            case Negative() | Previous() | Trailing() | Operation(symbol="+" | "-" | "*"):
                return all(map(self.is_whole, tree.children))
            case Call(function=function):
                return function.whole(map(self.is_whole, values_of(tree)))
        return isinstance(tree, Missing) or is_condition(tree)

    def is_typed(self, tree: Expression) -> bool:
        """True when the value is a literal, an input, or picked from such: the same bits in every engine."""
        match tree:
            case Ref():
                return tree.key in self.typed or tree.key in self.whole
            case Number() | Missing() | Text():
                return True
            case Previous() | Trailing():
                return all(map(self.is_typed, tree.children))
            case Call(function=function) if function.picks and not _of_members(tree):
                return all(map(self.is_typed, values_of(tree)))
        return self.is_whole(tree)

    def is_not_negative(self, tree: Expression) -> bool:
        """True when the value cannot be below 0."""
        match tree:
            case Number() | Ref():
                return self.bounds_of(tree)[0] >= 0 or (isinstance(tree, Ref) and tree.key in self.not_negative)
            case Operation(symbol="-", left=left, right=right):
                return self.bounds_of(left)[0] >= self.bounds_of(right)[1]
            case Operation(symbol="+", left=left, right=right) if self.bounds_of(left)[0] >= -self.bounds_of(right)[0]:
                return True
            case Operation(symbol="^", left=left):
                return self.is_not_negative(left)
            case Negative():
                return False
            case Call(function=function):
                return function.not_negative(map(self.is_not_negative, values_of(tree)))
        return is_condition(tree) or all(map(self.is_not_negative, tree.children))

    def bounds_of(self, tree: Expression) -> tuple[float, float]:
        """The least and the most that a typed value can be."""
        match tree:
            case Number(value=value):
                return value, value
            case Ref():
                return self.bounds.get(tree.key, UNBOUNDED)
            case Call(function=function) if function.picks:
                parts = [self.bounds_of(item) for item in values_of(tree)]
                return min(low for low, _ in parts), max(high for _, high in parts)
        return UNBOUNDED

    def can_cancel(self, tree: Expression) -> bool:
        """True when the value can be 0 in one engine and a last digit beside it in another."""
        if self.is_typed(tree) or is_condition(tree):
            return False
        match tree:
            case Ref():
                return tree.key in self.cancelling
            case Operation(symbol="+" | "-"):
                return self._sum_can_cancel(tree)
            case Call(function=function) if function.sign == "-":
                return False
            case Call(function=function) if function.kind in (Kind.SUM, Kind.MEAN):
                summed = tree.arguments[0]
                return not self.is_not_negative(summed) or self.can_cancel(summed)
        return any(map(self.can_cancel, values_of(tree) if isinstance(tree, Call) else tree.children))

    def _sum_can_cancel(self, tree: Operation) -> bool:
        if self.is_typed(tree.left) and self.is_typed(tree.right):
            return False
        adds = tree.symbol == "+" and all(map(self.is_not_negative, tree.children))
        return not adds or any(map(self.can_cancel, tree.children))

    def check(self, tree: Expression) -> None:
        """FormulaError where a last digit could decide."""
        for item in walk(tree):
            match item:
                case Operation(symbol=symbol, left=left, right=Number(value=0.0)) if symbol in COMPARISONS:
                    always = symbol in ("<", ">=") and self.is_not_negative(left)
                    self._refuse_last_digits(() if always else (left,))
                case Operation(symbol=symbol, left=Number(value=0.0), right=right) if symbol in COMPARISONS:
                    self._refuse_last_digits((right,))
                case Operation(symbol=symbol) if symbol in LOGIC:
                    self._refuse_last_digits(item.children)
                case Call():
                    self._check_call(item)

    def _check_call(self, tree: Call) -> None:
        function = tree.function
        if tree.where is not None:
            self._refuse_last_digits((tree.where,))
        if function.missing is OnMissing.ZERO_DIVISOR:
            self._refuse_last_digits(tree.arguments[1:])
        elif function.kind is Kind.BRANCH:
            self._refuse_last_digits(tree.arguments[:1])
        elif function.kind is Kind.SEARCH:
            keys = [item for item in tree.arguments if not isinstance(item, Text)]
            if not all(self.is_whole(item) for item in keys if not (isinstance(item, Ref) and item.text)):
                raise FormulaError(
                    f"{function}(...) finds texts, dates and whole numbers: a computed key can differ in its last "
                    "digit; mark the row in a line of its own, by a comparison"
                )
        elif function.kind is Kind.ENTRY and not all(map(self.is_whole, tree.arguments[: -len(values_of(tree))])):
            raise FormulaError(
                f"{function}(...) takes the whole number of a row: others can differ in their last digit"
            )
        elif function.takes_whole and not all(map(self.is_whole, tree.arguments)):
            raise FormulaError(f"{function}(...) takes whole numbers: others can differ in their last digit")

    def _refuse_last_digits(self, trees: Iterable[Expression]) -> None:
        for tree in trees:
            if self.can_cancel(tree):
                name = tree.name if isinstance(tree, Ref) else "a sum"
                raise FormulaError(
                    f"lets 0 decide about {name}, which can be a last digit instead of 0: take off what is subtracted "
                    "with difference(a, b), which is 0 where a and b are equal to 12 digits, or compare a and b"
                )


def examined(trees: Mapping[Key, Expression], inputs: Exactness) -> Exactness:
    """What is known of the lines too, given what is known of the inputs; the trees come in the order of calculation."""
    lines = set(trees)
    known = Exactness(inputs.whole | lines, inputs.typed | lines, inputs.not_negative | lines, dict(inputs.bounds))
    changed = True
    while changed:  # what a line says of itself through previous(...) holds as long as nothing speaks against it
        changed = sum(_examine(key, tree, known) for key, tree in trees.items()) > 0
    return known


def _examine(key: Key, tree: Expression, known: Exactness) -> bool:
    """Correct what is known of one line; True when that changed anything."""
    facts = (known.whole, known.is_whole), (known.typed, known.is_typed), (known.not_negative, known.is_not_negative)
    wrong = [column for column, holds in facts if key in column and not holds(tree)]
    for column in wrong:
        column.remove(key)
    if key in known.typed:
        known.bounds[key] = known.bounds_of(tree)
    cancels = key not in known.cancelling and known.can_cancel(tree)
    if cancels:
        known.cancelling.add(key)
    return bool(wrong) or cancels
