"""How a comparison is written: so that the last digits of a sum, in which engines differ, decide nothing.

What agrees to 12 digits is equal: one side is moved by a part in 10^12 of itself. Whole numbers need none of this, nor
does a comparison with 0, beside which there is no digit to agree in: `exactness` refuses what could be a last digit.
"""

from __future__ import annotations

from reportgen.formula.exactness import Exactness
from reportgen.formula.tree import Expression, Number, Operation, Previous, Ref, Text

_OUTWARD = {"<": "-", "<=": "+", ">": "+", ">=": "-"}  # where the right side moves
_OTHER_SIDE = {"-": "+", "+": "-"}
_SHORT = 6  # characters of a side that is written twice rather than multiplied


def is_plain(tree: Operation, known: Exactness) -> bool:
    """True for a comparison that needs no margin: of texts, of whole numbers, or with 0."""
    sides = (tree.left, tree.right)
    plain = any(isinstance(side, Number) and side.value == 0 for side in sides)
    texts = any(isinstance(side, Text) or (isinstance(side, Ref | Previous) and _is_text(side)) for side in sides)
    return plain or texts or all(map(known.is_whole, sides))


def _is_text(side: Ref | Previous) -> bool:
    return side.text if isinstance(side, Ref) else side.ref.text


def moves_left(tree: Operation) -> bool:
    """True when the margin is written beside the left side, as that is the shorter one."""
    return isinstance(tree.left, Ref) and not isinstance(tree.right, Ref | Number)


def with_margin(symbol: str, left: str, right: str, size: str, left_moves: bool) -> str:
    """A comparison of two texts, one of which is moved by a part in 10^12 of `size`, its value without the sign."""
    if symbol not in _OUTWARD:
        return f"ABS({left}-{right}){'<=' if symbol == '=' else '>'}{size}/10^12"
    outward = _OUTWARD[symbol]
    if left_moves:
        return f"{_shifted(left, size, _OTHER_SIDE[outward])}{symbol}{right}"
    return f"{left}{symbol}{_shifted(right, size, outward)}"


def _shifted(side: str, size: str, sign: str) -> str:
    """A side moved by a part of its size; written once where it is long and its own size."""
    if size in (side, f"({side})") and len(side) > _SHORT:
        return f"{size}*(1{sign}1/10^12)"
    return f"{side}{sign}{size}/10^12"


def moved(tree: Operation) -> Expression:
    """The side that is moved."""
    return tree.left if moves_left(tree) else tree.right
