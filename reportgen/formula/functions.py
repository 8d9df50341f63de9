"""The one table of functions: what each does to numbers, how Excel spells it, how it reads, what n/a does to it.

A line imports the functions at the end of this file. With numbers they compute, with references they build the tree.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.formula import array_functions as arithmetic
from reportgen.formula import group_counts, searches
from reportgen.formula.function_kinds import Function, Kind, OnMissing, always, never
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

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function(
            "when", arithmetic.when, "IF({0},{1},{2})", "{1} if {0}, otherwise {2}",
            Kind.BRANCH, OnMissing.CHOSEN, picks=True,
        ),
        Function("minimum", arithmetic.least, "MIN({*})", "the smallest of {*}", picks=True),
        Function("maximum", arithmetic.most, "MAX({*})", "the largest of {*}", picks=True, not_negative=any),
        Function(
            "clip", arithmetic.clip, "MAX({1},MIN({2},{0}))", "{0}, at least {1} and at most {2}",
            picks=True, not_negative=lambda values: list(values)[1],
        ),
        Function("floor", arithmetic.floor, "INT({0}+ABS({0})/10^12)", "{0} rounded down", whole=always, rounds=True),
        Function("remainder", np.mod, "MOD({0},{1})", "the remainder of {0} by {1}", takes_whole=True),
        Function("absolute", np.abs, "ABS({0})", "{0} without its sign", not_negative=always),
        Function(
            "difference", arithmetic.difference, "IF(ABS({0})<={1}/10^12,0,{0})", "{0} − {1}",
            sign="-", not_negative=never,
        ),
        Function(
            "divide", arithmetic.safe_divide, 'IF({1}=0,"n/a",{0})', "{0} / {1}",
            missing=OnMissing.ZERO_DIVISOR, stands_alone=True, sign="/", whole=never,
        ),
        Function(
            "known", arithmetic.known, '{0}<>"n/a"', "{0} is known",
            Kind.QUESTION, OnMissing.NEVER, whole=always, not_negative=always,
        ),
        Function(
            "otherwise", arithmetic.otherwise, 'IF({0}="n/a",{1},{0})', "{0}, or {1} where it is n/a",
            Kind.QUESTION, OnMissing.REPLACED, picks=True,
        ),
        Function(
            "choose", arithmetic.choose, "CHOOSE({0}+1,{*})", "the name of {0} (0, 1, 2 …: {*})", Kind.NAMING
        ),
        Function(
            "pick", arithmetic.pick, "CHOOSE({0},{*})", "number {0} of {*}", missing=OnMissing.CHOSEN
        ),
        Function("total", arithmetic.total, "SUM({0})", "the sum of {0}", Kind.SUM, OnMissing.LEFT_OUT),
        Function(
            "count", arithmetic.count, "COUNT({0})", "the number of {0}",
            Kind.COUNT, OnMissing.LEFT_OUT, whole=always, not_negative=always,
        ),
        Function(
            "average", arithmetic.average, "AVERAGE({0})", "the mean of {0}",
            Kind.MEAN, OnMissing.NOTHING_LEFT, stands_alone=True, whole=never,
        ),
        Function(
            "largest", arithmetic.extreme(np.max, -np.inf), "MAX({0})", "the largest {0}",
            Kind.LARGEST, OnMissing.NOTHING_LEFT, stands_alone=True, picks=True,
        ),
        Function(
            "smallest", arithmetic.extreme(np.min, np.inf), "MIN({0})", "the smallest {0}",
            Kind.SMALLEST, OnMissing.NOTHING_LEFT, stands_alone=True, picks=True,
        ),
        Function(
            "highest", arithmetic.extreme(np.max, -np.inf, 0.0), "MAX({0})", "the largest {0}, or 0",
            Kind.LARGEST, OnMissing.LEFT_OUT, picks=True,
        ),
        Function(
            "lowest", arithmetic.extreme(np.min, np.inf, 0.0), "MIN({0})", "the smallest {0}, or 0",
            Kind.SMALLEST, OnMissing.LEFT_OUT, picks=True,
        ),
        Function(
            "row_of", searches.row_of, "MATCH({0},{1},0)", "the first row where {1} is {0}",
            Kind.SEARCH, OnMissing.NOT_FOUND, stands_alone=True, whole=always, not_negative=always,
        ),
        Function(
            "row_up_to", searches.row_up_to, "MATCH({0},{1},1)", "the row of the newest {1} up to {0}",
            Kind.SEARCH, OnMissing.NOT_FOUND, stands_alone=True, whole=always, not_negative=always,
        ),
        Function("at", searches.at, "INDEX({1},{0})", "{1} in row {0}", Kind.ENTRY, picks=True),
        Function(
            "entry", searches.entry, "INDEX({1},{0})", "in row {1}, number {0} of {*}", Kind.ENTRY, picks=True
        ),
        Function(
            "first_named", arithmetic.first_named, "MATCH({0},{1},0)", "the first row with the same {0}",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "position", arithmetic.position,
            'COUNTIF({2},"<"&{0}-{1})+COUNTIFS({3},">="&{0}-{1},{3},"<="&{0}+{1})',
            "the rank of {0}, lowest first, where less than {1} makes no difference",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "higher_within", group_counts.higher_within, 'COUNTIFS({4},{5},{2},">"&{0}+{1})',
            "the rows with the same {2} that are above {0} by more than {1}",
            Kind.RANK, whole=always, not_negative=always,
        ),
        Function(
            "level_within", group_counts.level_within, 'COUNTIFS({6},{5},{3},">="&{0}-{1},{3},"<="&{0}+{1})',
            "the rows with the same {2}, up to this one, that are {0} to within {1}",
            Kind.RANK, whole=always, not_negative=always,
        ),
    )
}  # fmt: skip

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
