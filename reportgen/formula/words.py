"""A tree → plain words: "energy × 1,000 × power price"."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.formula.functions import FUNCTIONS
from reportgen.formula.operators import LOGIC, NEGATIVE, OPERATORS
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

ATOM = 9
Naming = Callable[[Ref], str]


def words(tree: Expression, naming: Naming) -> str:
    """The formula as a person would say it; `naming` gives the words (or the number) for a reference."""
    return _said(tree, naming)[0]


def _child(tree: Expression, naming: Naming, binds: int, right: bool = False) -> str:
    text, precedence = _said(tree, naming)
    return f"({text})" if precedence < binds or (right and precedence == binds) else text


def _said(tree: Expression, naming: Naming) -> tuple[str, int]:
    match tree:
        case Number(value=value):
            return number(value), ATOM if value >= 0 else NEGATIVE
        case Text(value=value):
            return f'"{value}"', ATOM
        case Missing():
            return "n/a", ATOM
        case Ref():
            return naming(tree), ATOM
        case Previous(ref=ref, opening=opening):
            return f"the previous {naming(ref)} (at first {_said(opening, naming)[0]})", ATOM
        case Trailing(ref=ref, length=length):
            return f"{naming(ref)} of the last {length} rows", ATOM
        case Operation(symbol=symbol, left=left, right=right):
            sign = OPERATORS[symbol]
            binds = sign.precedence
            return f"{_child(left, naming, binds)} {sign.word} {_child(right, naming, binds, symbol not in LOGIC)}", binds
        case Negative(operand=operand):
            return f"−{_child(operand, naming, NEGATIVE)}", NEGATIVE
        case Call():
            return _call(tree, naming), 3
    return type(tree).__name__, ATOM


def _call(tree: Call, naming: Naming) -> str:
    if tree.function == "when":
        condition, then, otherwise = (_said(item, naming)[0] for item in tree.arguments)
        return f"{then} if {condition}, otherwise {otherwise}"
    texts = [_child(item, naming, 4) for item in tree.arguments]
    listed = ", ".join(texts[:-1]) + " and " + texts[-1] if len(texts) > 1 else texts[0]
    if tree.function == "choose":
        listed = ", ".join(texts[1:])
        text = f"the name of {texts[0]} (0, 1, 2 …: {listed})"
    else:
        text = FUNCTIONS[tree.function].words.replace("{*}", listed).format(*texts)
    if tree.weight is not None:
        text += f" weighted by {_child(tree.weight, naming, 4)}"
    if tree.where is not None:
        text += f" where {_said(tree.where, naming)[0]}"
    return text


def number(value: float) -> str:
    """A literal as it is read: thousands separated, powers of two as such."""
    if value == int(value) and abs(value) < 1e15:
        whole = int(value)
        if whole >= 2**20 and whole & (whole - 1) == 0:
            return f"2^{whole.bit_length() - 1}"
        return f"{whole:,}".replace("-", "−")
    if 0 < abs(value) < 1 and 1 / round(1 / value) == value:
        return f"1/{round(1 / value)}".replace("-", "−")
    return repr(value).replace("-", "−")
