"""What n/a does: which trees can be n/a, and which cells must hold a number for a tree to have a value.

The truth table, for a = 1 and b = 0, where x is a column of the two values a and b, y one of 5 and 6, keys one of
1 and 0. n/a is never "perhaps": even 0 & n/a is n/a, and a row is left out of a total when its condition is n/a.

    formula                           both known  a n/a   b n/a   both n/a
    a + b                             1           n/a     n/a     n/a
    a - b                             1           n/a     n/a     n/a
    a * b                             0           n/a     n/a     n/a
    b / a                             0           n/a     n/a     n/a
    a ** b                            1           n/a     n/a     n/a
    -a                                -1          n/a     -1      n/a
    a == b                            0           n/a     n/a     n/a
    a != b                            1           n/a     n/a     n/a
    a < b                             0           n/a     n/a     n/a
    a <= b                            0           n/a     n/a     n/a
    a > b                             1           n/a     n/a     n/a
    a >= b                            1           n/a     n/a     n/a
    a < 1                             0           n/a     0       n/a
    a <= 1                            1           n/a     1       n/a
    a > 1                             0           n/a     0       n/a
    a >= 1                            1           n/a     1       n/a
    (a > 0) & (b > 0)                 0           n/a     n/a     n/a
    (a > 0) | (b > 0)                 1           n/a     n/a     n/a
    a & b                             0           n/a     n/a     n/a
    a | b                             1           n/a     n/a     n/a
    minimum(a, b)                     0           n/a     n/a     n/a
    maximum(a, b)                     1           n/a     n/a     n/a
    clip(a, b, 9)                     1           n/a     n/a     n/a
    floor(a)                          1           n/a     1       n/a
    remainder(a, 2)                   1           n/a     1       n/a
    absolute(a)                       1           n/a     1       n/a
    difference(a, b)                  1           n/a     n/a     n/a
    divide(b, a)                      0           n/a     n/a     n/a
    divide(a, b)                      n/a         n/a     n/a     n/a
    when(a, b, 7)                     0           n/a     n/a     n/a
    when(b, a, 7)                     7           7       n/a     n/a
    when(a > b, 7, not_available)     7           n/a     n/a     n/a
    known(a)                          1           0       1       0
    otherwise(a, b)                   1           0       1       n/a
    choose(a, "low", "high")          high        n/a     high    n/a
    pick(a, b, 7)                     0           n/a     n/a     n/a
    pick(a, 7, b)                     7           n/a     7       n/a
    total(x)                          1           0       1       0
    total(y, where=x >= 0)            11          6       5       0
    total(y, where=x)                 5           0       5       0
    total(y, where=(x > 0) & (y > 0)) 5           0       5       0
    total(y, where=(x > 0) | (y > 0)) 11          6       5       0
    total(y, where=known(x))          11          6       5       0
    total(x * y)                      5           0       5       0
    count(x)                          2           1       1       0
    count(y, where=x >= 0)            2           1       1       0
    average(x)                        0.5         0       1       n/a
    average(y, weight=x)              5           n/a     5       n/a
    average(y, where=x >= 0)          5.5         6       5       n/a
    largest(x)                        1           0       1       n/a
    smallest(x)                       0           0       1       n/a
    highest(x)                        1           0       1       0
    lowest(x)                         0           0       1       0
    row_of(a, keys)                   1           n/a     1       n/a
    row_of(9, keys)                   n/a         n/a     n/a     n/a
    row_up_to(a + 4, y)               1           n/a     1       n/a
    row_up_to(a, y)                   n/a         n/a     n/a     n/a
    at(a, y)                          5           n/a     5       n/a
    at(a, x)                          1           n/a     1       n/a
    at(b + 2, x)                      0           0       n/a     n/a
    entry(b + 2, a, x, y)             5           n/a     n/a     n/a
    position(a, a)                    1           n/a     1       n/a
    higher_within(a, a, b)            0           n/a     0       n/a
    level_within(a, a, b)             1           n/a     1       n/a
    first_named(name)                 1           1       1       1
    previous(a, 7)                    7           7       7       7
    total(trailing(a, 1))             1           n/a     1       n/a
    average(trailing(a, 1))           1           n/a     1       n/a

A text is never n/a in this sense: what compares texts finds "n/a" equal to nothing that it looks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.formula.function_kinds import Kind, OnMissing
from reportgen.formula.tree import (
    VECTORS,
    Call,
    Expression,
    FormulaError,
    Missing,
    Operation,
    Previous,
    Ref,
    Trailing,
)

MissingRule = Callable[[Ref], bool]


def can_be_missing(tree: Expression, may_be_missing: MissingRule) -> bool:
    """True when the tree can be n/a."""
    match tree:
        case Missing() | Trailing():
            return True
        case Ref():
            return not tree.text and may_be_missing(tree)
        case Call(function=function, arguments=(condition, then, other)) if function.kind is Kind.BRANCH:
            sure = {ref.key for ref in known_by(condition)}
            return (
                can_be_missing(condition, may_be_missing)
                or can_be_missing(then, lambda ref: may_be_missing(ref) and not (_single(ref) and ref.key in sure))
                or can_be_missing(other, may_be_missing)
            )
        case Call():
            asked = _decisive(tree)
            return asked is None or any(can_be_missing(item, may_be_missing) for item in asked)
    return any(can_be_missing(child, may_be_missing) for child in tree.children)


def known_by(condition: Expression) -> list[Ref]:
    """The values of one row that are there where a condition holds, as it asks for them."""
    if isinstance(condition, Operation) and condition.symbol == "&":
        return [ref for part in condition.children for ref in known_by(part)]
    asks = isinstance(condition, Call) and condition.function.missing is OnMissing.NEVER
    return [item for item in condition.children if isinstance(item, Ref) and _single(item)] if asks else []


def _single(ref: Ref) -> bool:
    return ref.scope not in VECTORS


def _decisive(tree: Call) -> tuple[Expression, ...] | None:
    """What makes a function n/a when it is n/a; None when known numbers can give n/a too."""
    match tree.function.missing:
        case OnMissing.NEVER:
            return ()
        case OnMissing.REPLACED:
            return tree.arguments[1:]
        case OnMissing.LEFT_OUT:
            return tuple(item for item in tree.arguments if isinstance(item, Trailing))
        case OnMissing.NOTHING_LEFT | OnMissing.ZERO_DIVISOR | OnMissing.NOT_FOUND:
            return None
    return tree.children


def strict(tree: Expression, may_be_missing: MissingRule, tail: bool = False) -> Iterator[Expression]:
    """The nodes (references, previous rows) without which the tree is n/a.

    In tail position the branches of when(...) and the default of otherwise(...) look after themselves. FormulaError
    where the rule "what is built on n/a is n/a" could not be kept in a formula.
    """
    if isinstance(tree, Ref | Previous):
        column = isinstance(tree, Ref) and tree.scope in VECTORS
        if not column and can_be_missing(tree, may_be_missing):
            yield tree
        return
    if isinstance(tree, Call) and tree.function.kind.reduces:
        _refuse_unsure_singles(tree, may_be_missing)
        return
    always, sure, where = _needs(tree, tail) if isinstance(tree, Call) else (tree.children, (), "")
    for item in sure:
        if can_be_missing(item, may_be_missing):
            raise FormulaError(f"{where} can be n/a here: give it a line of its own")
    for item in (*always, *sure):
        yield from strict(item, may_be_missing)


def _needs(tree: Call, tail: bool) -> tuple[tuple[Expression, ...], tuple[Expression, ...], str]:
    """What a function needs to have a value, what must be sure beside it, and how that is called."""
    name = tree.function.name
    match tree.function.missing:
        case OnMissing.NEVER:
            return (), (), ""
        case OnMissing.REPLACED:
            return (), () if tail else tree.arguments[1:], f"the default of {name}(...)"
        case OnMissing.CHOSEN:
            return tree.arguments[:1], () if tail else tree.arguments[1:], f"a branch of {name}(...)"
    if tree.function.kind is Kind.RANK:  # its margin is n/a where the value is
        return tree.arguments[:2][-1:], (), ""
    return tree.children, (), ""


def _refuse_unsure_singles(tree: Call, may_be_missing: MissingRule) -> None:
    """A value of one row inside a total cannot be left out row by row."""
    for child in tree.children:
        for ref in () if isinstance(child, Trailing) else _used(child):
            if ref.scope not in VECTORS and can_be_missing(ref, may_be_missing):
                raise FormulaError(
                    f"{ref.name} can be n/a and stands inside {tree.function}(...): use otherwise({ref.name}, ...)"
                )


def _used(tree: Expression) -> Iterator[Ref]:
    """The references that are used as numbers, not only asked whether they are known."""
    match tree:
        case Ref():
            yield tree
        case Call(function=function) if function.kind is Kind.QUESTION:
            for default in tree.arguments[1:]:
                yield from _used(default)
        case _:
            for child in tree.children:
                yield from _used(child)
