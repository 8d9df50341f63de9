"""Which trees can be n/a, and which references must hold a number for a tree to have a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.formula.functions import FUNCTIONS
from reportgen.formula.tree import (
    VECTORS,
    Call,
    Expression,
    FormulaError,
    Missing,
    Previous,
    Ref,
    Trailing,
    refs,
)

MissingRule = Callable[[Ref], bool]


def can_be_missing(tree: Expression, may_be_missing: MissingRule) -> bool:
    """True when the tree can be n/a."""
    match tree:
        case Missing() | Trailing():
            return True
        case Ref():
            return may_be_missing(tree)
        case Previous(ref=ref, opening=opening):
            return may_be_missing(ref) or can_be_missing(opening, may_be_missing)
        case Call(function="known"):
            return False
        case Call(function="otherwise", arguments=(_, default)):
            return can_be_missing(default, may_be_missing)
        case Call(function=name) if FUNCTIONS[name].aggregate:
            return FUNCTIONS[name].may_miss or any(isinstance(item, Trailing) for item in tree.arguments)
        case Call(function="lookup", arguments=(key, _, values, default)):
            return any(can_be_missing(item, may_be_missing) for item in (key, values, default))
        case Call(function=name) if FUNCTIONS[name].may_miss:
            return True
    return any(can_be_missing(child, may_be_missing) for child in tree.children)


def strict(tree: Expression, may_be_missing: MissingRule, tail: bool = False) -> Iterator[Expression]:
    """The nodes (references, previous rows) without which the tree is n/a.

    In tail position the branches of when(...) look after themselves. FormulaError where the rule "what is built on
    n/a is n/a" could not be kept.
    """
    match tree:
        case Ref():
            if tree.scope not in VECTORS and may_be_missing(tree):
                yield tree
        case Previous(ref=ref, opening=opening):
            if may_be_missing(ref) or can_be_missing(opening, may_be_missing):
                yield tree
        case Call(function="known" | "otherwise", arguments=(value, *_)):
            if not isinstance(value, Ref):
                raise FormulaError(f"{tree.function}(...) takes a column: give the expression a line of its own")
        case Call(function="when", arguments=(condition, then, otherwise)):
            yield from strict(condition, may_be_missing)
            if not tail:
                if any(can_be_missing(branch, may_be_missing) for branch in (then, otherwise)):
                    raise FormulaError("when(...) with a branch that can be n/a must stand alone in its line")
                yield from strict(then, may_be_missing)
                yield from strict(otherwise, may_be_missing)
        case Call(function=name) if FUNCTIONS[name].aggregate:
            lonely = (ref for ref in _columns(tree) if ref.scope not in VECTORS and may_be_missing(ref))
            for ref in lonely:
                raise FormulaError(f"{ref.name} can be n/a and stands inside {name}(...): use otherwise({ref.name}, ...)")
        case _:
            for child in tree.children:
                yield from strict(child, may_be_missing)


def _columns(tree: Expression) -> Iterator[Ref]:
    return (ref for child in tree.children if not isinstance(child, Trailing) for ref in refs(child))
