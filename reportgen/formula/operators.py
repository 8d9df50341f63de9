"""The one table of operators: what each does to numbers, how tightly it binds in Excel, how it reads.

n/a is NaN here: arithmetic carries it along by itself, comparisons and logic carry it along explicitly.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.formula.function_kinds import OnMissing
from reportgen.formula.tree import Call, Expression, Operation

Values = Any  # a float, or a float array: every function here takes both


TOLERANCE = 10.0**12  # what differs by less than a part in this many is equal


def _compare(ufunc: Callable[[Any, Any], Any], outward: int) -> Callable[[Values, Values], Values]:
    """A comparison with the right side moved outward (1) or inward (-1) by what is too little to tell apart."""

    def compare(left: Values, right: Values) -> Values:
        limit = right + outward * abs(right) / TOLERANCE
        if isinstance(left, float) and isinstance(right, float):
            if left != left or right != right:
                return float("nan")
            return 1.0 if ufunc(left, limit) else 0.0
        return np.where(np.isnan(left) | np.isnan(right), np.nan, ufunc(left, limit))

    return compare


def textual(value: Values) -> bool:
    """True for a text and for an array of texts."""
    return isinstance(value, str) or getattr(value, "dtype", None) == np.dtype(object)


def fold(value: Values) -> Values:
    """Texts as Excel compares them: without regard to case."""
    if isinstance(value, str):
        return value.casefold()
    return np.array([str(item).casefold() for item in value.ravel()], dtype=object).reshape(value.shape)


def _equal(left: Values, right: Values) -> Values:
    if textual(left) and textual(right):
        return np.asarray(fold(left) == fold(right), dtype=float)
    return _compare(operator.le, 0)(abs(left - right), abs(right) / TOLERANCE)


def _unequal(left: Values, right: Values) -> Values:
    return 1.0 - _equal(left, right)


def _both(left: Values, right: Values) -> Values:
    return (left != 0) * (right != 0) + (left * 0.0 + right * 0.0)


def _either(left: Values, right: Values) -> Values:
    return 1.0 - (left == 0) * (right == 0) + (left * 0.0 + right * 0.0)


def _divide(left: Values, right: Values) -> Values:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.true_divide(left, right)


def _power(left: Values, right: Values) -> Values:
    with np.errstate(all="ignore"):
        raised = np.float64(left) ** right if isinstance(left, float) else left**right
    return raised + (left * 0.0 + right * 0.0)  # to numpy NaN ** 0 and 1 ** NaN are 1


@dataclass(frozen=True)
class Operator:
    """One sign: its function on numbers, its Excel spelling, its precedence there and its word."""

    numbers: Callable[[Values, Values], Values]
    excel: str
    precedence: int
    word: str
    comparison: bool = False


ATOM = 9  # what needs no brackets
COMPARING = 2
NEGATIVE = 7  # in Excel unary minus binds tighter than ^

OPERATORS: dict[str, Operator] = {
    "^": Operator(_power, "^", 6, "^"),
    "*": Operator(operator.mul, "*", 5, "×"),
    "/": Operator(_divide, "/", 5, "/"),
    "+": Operator(operator.add, "+", 4, "+"),
    "-": Operator(operator.sub, "-", 4, "−"),
    "=": Operator(_equal, "=", COMPARING, "=", comparison=True),
    "<>": Operator(_unequal, "<>", COMPARING, "≠", comparison=True),
    "<": Operator(_compare(operator.lt, -1), "<", COMPARING, "<", comparison=True),
    "<=": Operator(_compare(operator.le, 1), "<=", COMPARING, "≤", comparison=True),
    ">": Operator(_compare(operator.gt, 1), ">", COMPARING, ">", comparison=True),
    ">=": Operator(_compare(operator.ge, -1), ">=", COMPARING, "≥", comparison=True),
    "&": Operator(_both, "AND", 1, "and"),
    "|": Operator(_either, "OR", 0, "or"),
}
LOGIC = frozenset({"&", "|"})
COMPARISONS = frozenset(sign for sign, item in OPERATORS.items() if item.comparison)


def is_condition(tree: Expression) -> bool:
    """True for what Excel finds TRUE or FALSE: comparisons, "and", "or" and known(...)."""
    match tree:
        case Operation(symbol=symbol):
            return OPERATORS[symbol].comparison or symbol in LOGIC
        case Call(function=function):
            return function.missing is OnMissing.NEVER
    return False
