"""The functions that lines import: with numbers they compute, with references they build the tree."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.formula import array_functions as arithmetic
from reportgen.formula.function_table import FUNCTIONS
from reportgen.formula.tree import (
    Call,
    Expression,
    FormulaError,
    Missing,
    Number,
    Previous,
    Ref,
    Scope,
    Trailing,
    node,
)

not_available = Missing()


def _apply(name: str, *arguments: Any, where: Any = None, weight: Any = None) -> Any:
    extras = {key: value for key, value in (("where", where), ("weight", weight)) if value is not None}
    if any(isinstance(item, Expression) and item is not not_available for item in (*arguments, *extras.values())):
        nodes = tuple(node(item) for item in arguments)
        return Call(FUNCTIONS[name], nodes, **{key: node(value) for key, value in extras.items()})
    values = (np.nan if item is not_available else item for item in arguments)
    return FUNCTIONS[name].numbers(*values, **extras)


def when(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` where the condition holds, `otherwise` elsewhere; n/a where the condition is n/a."""
    return _apply("when", condition, then, otherwise)


def minimum(*values: Any) -> Any:
    """The smallest of the values, row by row."""
    return _apply("minimum", *values)


def maximum(*values: Any) -> Any:
    """The largest of the values, row by row."""
    return _apply("maximum", *values)


def clip(value: Any, low: Any, high: Any) -> Any:
    """The value, held between low and high."""
    return _apply("clip", value, low, high)


def floor(value: Any) -> Any:
    """The value rounded down; what agrees with a whole number to 12 digits is that number."""
    return _apply("floor", value)


def remainder(value: Any, divisor: Any) -> Any:
    """What is left of a whole number after whole divisors."""
    return _apply("remainder", value, divisor)


def absolute(value: Any) -> Any:
    """The value without its sign."""
    return _apply("absolute", value)


def difference(value: Any, subtracted: Any) -> Any:
    """The value less what is subtracted; exactly 0 where they are equal to 12 digits, so that 0 can decide."""
    return _apply("difference", value, subtracted)


def divide(numerator: Any, denominator: Any) -> Any:
    """The quotient, n/a where the denominator is zero; it must stand alone in its line."""
    return _apply("divide", numerator, denominator)


def known(value: Any) -> Any:
    """1 where the value is known, 0 where it is n/a."""
    return _apply("known", value)


def otherwise(value: Any, default: Any) -> Any:
    """The value, or the default where it is n/a."""
    return _apply("otherwise", value, default)


def choose(code: Any, *texts: str) -> Any:
    """The text of a code 0, 1, 2 ..."""
    return _apply("choose", code, *texts)


def pick(number: Any, *values: Any) -> Any:
    """The value of that number, 1 for the first; n/a where the number is n/a or what it picks."""
    return _apply("pick", number, *values)


def total(values: Any, where: Any = None) -> Any:
    """The sum of a column (of the rows where the condition holds), n/a left out."""
    return _apply("total", values, where=where)


def count(values: Any, where: Any = None) -> Any:
    """The number of known values of a column (of the rows where the condition holds)."""
    return _apply("count", values, where=where)


def average(values: Any, weight: Any = None, where: Any = None) -> Any:
    """The mean of a column, weighted, n/a left out; n/a when nothing is left."""
    return _apply("average", values, where=where, weight=weight)


def largest(values: Any) -> Any:
    """The largest known value of a column; n/a when there is none."""
    return _apply("largest", values)


def smallest(values: Any) -> Any:
    """The smallest known value of a column; n/a when there is none."""
    return _apply("smallest", values)


def highest(values: Any) -> Any:
    """The largest known value of a column, 0 when there is none: for what is never below 0, or has one."""
    return _apply("highest", values)


def lowest(values: Any) -> Any:
    """The smallest known value of a column, 0 when there is none: for columns that have one."""
    return _apply("lowest", values)


def row_of(key: Any, keys: Any) -> Any:
    """The first row whose key is equal, from 1; n/a when there is none. It must stand alone in its line."""
    return _apply("row_of", key, keys)


def row_up_to(key: Any, keys: Any) -> Any:
    """The last row whose key is not larger, from 1; keys ascend. n/a before the first. It must stand alone."""
    return _apply("row_up_to", key, keys)


def at(row: Any, values: Any) -> Any:
    """The value of a column in a row, 1 for the first; the row must be one of the block, or n/a."""
    return _apply("at", row, values)


def entry(number: Any, row: Any, *columns: Any) -> Any:
    """The value, in a row, of one of several columns that stand side by side, 1 for the first."""
    return _apply("entry", number, row, *columns)


def first_named(names: Any) -> Any:
    """The first row whose text is that of this row."""
    return _apply("first_named", names)


def position(values: Any, margin: Any) -> Any:
    """The rank of the row's value, lowest first, equal ones (within the margin of the row) in row order; n/a stays n/a.

    The margin is a line that holds what the 12th digit of the value can be: `margin(values)`.
    """
    return _apply("position", values, margin)


def higher_within(values: Any, margin: Any, groups: Any) -> Any:
    """How many rows with the same whole number in `groups` are higher by more than the margin."""
    return _apply("higher_within", values, margin, groups)


def level_within(values: Any, margin: Any, groups: Any) -> Any:
    """How many rows with the same whole number in `groups`, up to and with this one, are equal to within the margin."""
    return _apply("level_within", values, margin, groups)


def previous(value: Any, opening: Any) -> Any:
    """The value of the row above; the opening in the first row."""
    if isinstance(value, Ref):
        if value.scope is not Scope.OWN:
            raise FormulaError(f"previous() takes a column of the same block, and {value.name} is not one")
        # a fresh reference: the way through the row above must be told from a direct one
        return Previous(Ref(value.block, value.name, value.scope, value.text), node(opening))
    if isinstance(value, Expression):
        raise FormulaError("previous() takes a column: give the expression inside it a line of its own")
    return np.concatenate([[opening], np.asarray(value)[:-1]])


def trailing(value: Any, length: Any) -> Any:
    """The last `length` rows up to this one, to be averaged, summed or searched; n/a where there are fewer.

    `length` is written in the line, or a line without parameters: a convention.
    """
    single = isinstance(length, Ref) and length.scope is Scope.ONE
    if not single and (not isinstance(length, int) or length < 1):
        raise FormulaError(
            "trailing() takes a length that is written in the line, 1 or more, or the name of a convention"
        )
    if isinstance(value, Ref):
        if value.scope is not Scope.OWN:
            raise FormulaError(f"trailing() takes a column of the same block, and {value.name} is not one")
        return Trailing(value, length if single else Number(float(length)))
    if isinstance(value, Expression):
        raise FormulaError("trailing() takes a column: give the expression inside it a line of its own")
    return arithmetic.windows(np.asarray(value, dtype=float), length)
