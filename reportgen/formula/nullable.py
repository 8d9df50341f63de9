"""Which trees can be n/a, and which cells must hold a number for a tree to have a value.

A text is never n/a in this sense: what compares texts finds "n/a" equal to nothing that it looks for.
"""

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
)

MissingRule = Callable[[Ref], bool]


def can_be_missing(tree: Expression, may_be_missing: MissingRule) -> bool:
    """True when the tree can be n/a."""
    match tree:
        case Missing() | Trailing():
            return True
        case Ref():
            return not tree.text and may_be_missing(tree)
        case Previous(ref=ref, opening=opening):
            return can_be_missing(ref, may_be_missing) or can_be_missing(opening, may_be_missing)
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

    In tail position the branches of when(...) and the default of otherwise(...) look after themselves. FormulaError
    where the rule "what is built on n/a is n/a" could not be kept in a formula.
    """
    match tree:
        case Ref():
            if tree.scope not in VECTORS and can_be_missing(tree, may_be_missing):
                yield tree
        case Previous():
            if can_be_missing(tree, may_be_missing):
                yield tree
        case Call(function="known"):
            return
        case Call(function="otherwise", arguments=(_, default)):
            if not tail:
                yield from _sure("the default of otherwise(...)", default, may_be_missing)
        case Call(function="when", arguments=(condition, then, otherwise)):
            yield from strict(condition, may_be_missing)
            if not tail:
                yield from _sure("a branch of when(...)", then, may_be_missing)
                yield from _sure("a branch of when(...)", otherwise, may_be_missing)
        case Call(function="lookup", arguments=(key, _, _, default)):
            yield from strict(key, may_be_missing)
            yield from _sure("the default of lookup(...)", default, may_be_missing)
        case Call(function=name) if FUNCTIONS[name].aggregate:
            for ref in _columns(tree):
                if ref.scope not in VECTORS and can_be_missing(ref, may_be_missing):
                    raise FormulaError(
                        f"{ref.name} can be n/a and stands inside {name}(...): use otherwise({ref.name}, ...)"
                    )
        case _:
            for child in tree.children:
                yield from strict(child, may_be_missing)


def _sure(where: str, tree: Expression, may_be_missing: MissingRule) -> Iterator[Expression]:
    if can_be_missing(tree, may_be_missing):
        raise FormulaError(f"{where} can be n/a here: give it a line of its own")
    yield from strict(tree, may_be_missing)


def _columns(tree: Expression) -> Iterator[Ref]:
    """The references inside an aggregate that are used as numbers, not only asked whether they are known."""
    return (ref for child in tree.children if not isinstance(child, Trailing) for ref in _used(child))


def _used(tree: Expression) -> Iterator[Ref]:
    match tree:
        case Call(function="known"):
            return
        case Call(function="otherwise", arguments=(_, default)):
            yield from _used(default)
        case Ref():
            yield tree
        case _:
            for child in tree.children:
                yield from _used(child)
