"""A tree → plain words: "energy × 1,000 × power price"."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.formula.function_kinds import Kind
from reportgen.formula.literals import spelled
from reportgen.formula.operators import ATOM, LOGIC, OPERATORS
from reportgen.formula.tree import (
    Call,
    Expression,
    Missing,
    Negative,
    Number,
    Operation,
    Previous,
    Ref,
    Text,
    Trailing,
)

PHRASE = 3  # "the sum of x" binds weaker than arithmetic, stronger than a comparison
MINUS = OPERATORS["*"].precedence  # on paper, unlike in Excel, the minus of −x ^ 2 comes last
CASES = -1  # "a if b, otherwise c" binds weakest
Naming = Callable[[Ref], str]


def words(tree: Expression, naming: Naming) -> str:
    """The formula as a person would say it; `naming` gives the words (or the number) for a reference."""
    return _said(tree, naming)[0]


def _child(tree: Expression, naming: Naming, binds: int, right: bool = False) -> str:
    text, precedence = _said(tree, naming)
    return f"({text})" if precedence < binds or (right and precedence == binds) else text


def _said(tree: Expression, naming: Naming) -> tuple[str, int]:
    """The words and how tightly they bind."""
    match tree:
        case Number(value=value):
            return _number(value)
        case Text(value=value):
            return f'"{value}"', ATOM
        case Missing():
            return "n/a", ATOM
        case Ref() | Previous() | Trailing():
            return _reference(tree, naming), ATOM
        case Operation(symbol=symbol, left=left, right=right):
            return _operation(symbol, left, right, naming)
        case Negative(operand=operand):
            return f"−{_child(operand, naming, MINUS)}", MINUS
        case Call(function=function, arguments=(left, right)) if function.sign:
            return _operation(function.sign, left, right, naming)
        case Call(function=function):
            return _call(tree, naming), CASES if function.kind is Kind.BRANCH else PHRASE
    return type(tree).__name__, ATOM


def _reference(tree: Ref | Previous | Trailing, naming: Naming) -> str:
    match tree:
        case Previous(ref=ref, opening=opening):
            return f"the previous {naming(ref)} (at first {_said(opening, naming)[0]})"
        case Trailing(ref=ref, length=length):
            return f"{naming(ref)} of the last {_said(length, naming)[0]} rows"
        case Ref():
            return naming(tree)


def _operation(symbol: str, left: Expression, right: Expression, naming: Naming) -> tuple[str, int]:
    sign = OPERATORS[symbol]
    binds = sign.precedence
    second = _child(right, naming, binds, right=symbol not in LOGIC)
    second = f"({second})" if second.startswith("−") else second
    first = _child(left, naming, binds + 1 if symbol == "^" else binds)  # on paper a ^ b ^ c is a ^ (b ^ c)
    return f"{first} {sign.word} {second}", binds


def _call(tree: Call, naming: Naming) -> str:
    function = tree.function
    if function.kind is Kind.BRANCH:
        condition, then, otherwise = tree.arguments
        texts = [_said(condition, naming)[0], _child(then, naming, PHRASE), _said(otherwise, naming)[0]]
        return function.words.format(*texts)
    texts = [_child(item, naming, PHRASE + 1) for item in tree.arguments]
    listed = ", ".join(texts[:-1]) + " and " + texts[-1] if len(texts) > 1 else texts[0]
    placed = sum(f"{{{number}}}" in function.words for number in range(len(texts)))
    if placed:
        listed = ", ".join(texts[placed:])
    text = function.words.replace("{*}", "{all}").format(*texts, all=listed)
    if tree.weight is not None:
        text += f" weighted by {_child(tree.weight, naming, PHRASE + 1)}"
    if tree.where is not None:
        text += f" where {_said(tree.where, naming)[0]}"
    return text


def _number(value: float) -> tuple[str, int]:
    first, sign, second = spelled(abs(value))
    whole = "" if "." in first or "E" in first else ","
    text = f"{int(first):{whole}}" if whole else first
    binds = OPERATORS[sign].precedence if sign else ATOM
    if sign:
        text = f"{text}{sign}{int(second):,}"
    return (text, binds) if value >= 0 else (f"−({text})" if sign else f"−{text}", MINUS)
