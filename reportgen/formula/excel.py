"""A tree → the text of an Excel formula.

"n/a" is a text in a cell, and arithmetic on a text is #VALUE!: so a formula first asks whether what it needs is
"n/a", and functions that can give n/a stand alone in their line. Only that text is asked for: an error is not n/a, and
comes through to every figure that is built on it. Addresses come from outside, as late as possible.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.formula.addresses import Addresses
from reportgen.formula.columns import ColumnWriter
from reportgen.formula.comparisons import is_plain, moved, moves_left, with_margin
from reportgen.formula.exactness import Exactness
from reportgen.formula.function_kinds import Kind, OnMissing
from reportgen.formula.literals import spelled
from reportgen.formula.nullable import MissingRule, strict
from reportgen.formula.operators import ATOM, COMPARING, COMPARISONS, LOGIC, NEGATIVE, OPERATORS, is_condition
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
    rebuilt,
    refs,
)

__all__ = ["Addresses", "Writer", "numeral", "opened", "rebuilt"]

_NA = '"n/a"'
_SAME_ROW = (Scope.OWN, Scope.OWNER)  # what is n/a itself where its row holds nothing
_BRANCHING = (OnMissing.CHOSEN, OnMissing.REPLACED)  # what they may give stands in tail position too


@dataclass(frozen=True)
class Writer:
    """Writes trees as formulas, without the leading equals sign."""

    addresses: Addresses
    may_be_missing: MissingRule
    known: Exactness = field(default_factory=Exactness)

    def formula(self, tree: Expression, row: str = "", absent: str = _NA) -> str:
        """The formula of a whole line; FormulaError for a tree that no formula of ours can express.

        `row`: the cell that is n/a where the row holds nothing; the line is `absent` there, as a rule n/a too.
        """
        needed = list(strict(tree, self.may_be_missing, tail=True)) if row else []
        if absent != _NA:
            return f"IF({row}={_NA},{absent},{self._tail(tree, frozenset())})"
        if not row or any(isinstance(item, Ref) and item.scope in _SAME_ROW for item in needed):
            return self._tail(tree, frozenset())
        return self._tail(tree, frozenset(), (row,))

    def _tail(self, tree: Expression, guarded: frozenset[str], asked: tuple[str, ...] = ()) -> str:
        needed = [*asked, *(cell for cell in self._needed(tree) if cell not in guarded)]
        known = guarded | frozenset(needed)
        match tree:
            case Missing():
                body = _NA
            case Call(function=function) if function.stands_alone:
                body = self._alone(tree)
            case Call(function=function, arguments=(first, *rest)) if function.missing in _BRANCHING:
                texts = [self._tail(item, known) for item in rest]
                body = _spelled(function.excel, [self._first(tree, first), *texts])
            case _:
                body = self._text(tree)
        return _guarded(needed, body)

    def _needed(self, tree: Expression) -> list[str]:
        """The cells that must hold numbers for this tree to have a value, each once, in reading order."""
        cells = (self._text(item) for item in strict(tree, self.may_be_missing, tail=True))
        return list(dict.fromkeys(cells))

    def _text(self, tree: Expression) -> str:
        return self._written(tree)[0]

    def _child(self, tree: Expression, binds: int, right: bool = False) -> str:
        text, precedence = self._written(tree)
        return f"({text})" if precedence < binds or (right and precedence == binds) else text

    def _condition(self, tree: Expression) -> str:
        """The tree where Excel wants TRUE or FALSE."""
        match tree:
            case Operation(symbol=symbol) if symbol in LOGIC:
                parts = ",".join(self._condition(item) for item in _flat(tree, symbol))
                return f"{OPERATORS[symbol].excel}({parts})"
            case Operation(symbol=symbol) if symbol in COMPARISONS:
                return self._comparison(tree)
            case Call(function=function) if is_condition(tree):
                return function.excel.format(*(self._text(item) for item in tree.arguments))
        return f"{self._child(tree, COMPARING + 1)}<>0"

    def _comparison(self, tree: Operation) -> str:
        symbol, plain = tree.symbol, is_plain(tree, self.known)
        binds = COMPARING + 1 if plain else OPERATORS["-"].precedence
        left, right = self._child(tree.left, binds), self._child(tree.right, binds, right=symbol in ("=", "<>"))
        if plain:
            return f"{left}{symbol}{right}"
        return with_margin(symbol, left, right, self._size(moved(tree)), moves_left(tree))

    def _size(self, tree: Expression) -> str:
        """The value without its sign."""
        if isinstance(tree, Number):
            return numeral(abs(tree.value))[0]
        sure = self.known.is_not_negative(tree)
        return self._child(tree, OPERATORS["/"].precedence) if sure else f"ABS({self._text(tree)})"

    def _written(self, tree: Expression) -> tuple[str, int]:
        """The tree as a number or text, and how tightly its last operation binds."""
        if is_condition(tree):  # TRUE is no number to Excel: it is larger than any, and MAX and COUNT pass it by
            return f"IF({self._condition(tree)},1,0)", ATOM
        match tree:
            case Number(value=value):
                return numeral(value)
            case Text(value=value):
                return '"' + value.replace('"', '""') + '"', ATOM
            case Ref(scope=scope):
                return (self.addresses.column(tree) if scope in VECTORS else self.addresses.cell(tree)), ATOM
            case Previous(ref=ref):
                return self.addresses.cell(ref, back=1), ATOM
            case Operation(symbol=symbol, left=left, right=right):
                sign = OPERATORS[symbol]
                first, second = self._child(left, sign.precedence), self._child(right, sign.precedence, right=True)
                return f"{first}{sign.excel}{second}", sign.precedence
            case Negative(operand=operand):
                return f"-{self._child(operand, NEGATIVE)}", NEGATIVE
            case Call():
                return self._call(tree)
        raise FormulaError(f"{type(tree).__name__.lower()} cannot stand inside a formula")

    def _call(self, tree: Call) -> tuple[str, int]:
        function, arguments = tree.function, tree.arguments
        if function.stands_alone:
            raise FormulaError(f"{function}(...) can give n/a: give it a line of its own")
        if function.kind.reduces:
            return self._columns.total(tree)
        if function.kind is Kind.RANK:
            return self._rank(tree), OPERATORS["+"].precedence
        if function.sign:
            return self._signed(tree), ATOM
        if function.rounds and self._rounds_alike(arguments[0]):
            return f"INT({self._text(arguments[0])})", ATOM
        texts = [self._first(tree, arguments[0]), *(self._text(item) for item in arguments[1:])]
        return _spelled(function.excel, texts), ATOM

    def _first(self, tree: Call, first: Expression) -> str:
        """The first argument as its function's spelling takes it: a condition, a code to be counted from 1, a value."""
        if tree.function.kind is Kind.BRANCH:
            return self._condition(first)
        return self._child(first, OPERATORS["+"].precedence) if tree.function.kind is Kind.NAMING else self._text(first)

    def _signed(self, tree: Call) -> str:
        """A quotient or a difference: the operation, and what its right side decides about it."""
        left, right = tree.arguments
        beside = self._text(right) if tree.function.missing is OnMissing.ZERO_DIVISOR else self._size(right)
        return tree.function.excel.format(self._text(Operation(tree.function.sign, left, right)), beside)

    def _rounds_alike(self, tree: Expression) -> bool:
        """True for what every engine rounds alike: a whole number, or one divided by another."""
        parts = tree.children if isinstance(tree, Operation) and tree.symbol == "/" else (tree,)
        return all(map(self.known.is_whole, parts))

    def _rank(self, tree: Call) -> str:
        places = self.addresses
        first, *within = refs(tree)
        groups = [text for ref in within for text in (places.column(ref), places.cell(ref), places.so_far(ref))]
        return tree.function.excel.format(places.cell(first), places.column(first), places.so_far(first), *groups)

    @property
    def _columns(self) -> ColumnWriter:
        return ColumnWriter(self.addresses, self.may_be_missing, self.known, self._child)

    def _alone(self, tree: Call) -> str:
        """What can give n/a from known numbers."""
        if tree.function.kind.reduces:
            return self._columns.reduced(tree)
        if tree.function.sign:
            return self._signed(tree)
        key, keys, values, *default = tree.arguments
        wanted = self._text(key)
        if isinstance(key, Ref) and key.text:
            wanted = _literal(wanted)
        place = tree.function.excel.format(wanted, self._text(keys))
        found = f"INDEX({self._text(values)},{place})"
        if isinstance(values, Ref) and not values.text and self.addresses.typed(values):
            found = f"AVERAGE({found})"  # of one cell: its number, and an error where it is blank or a text
        return f"IF(ISNA({place}),{self._text(default[0]) if default else _NA},{found})"


def _spelled(spelling: str, texts: list[str]) -> str:
    """The spelling of a function with its arguments put in; {*} are all of them, or those after {0}."""
    listed = texts[1:] if "{0}" in spelling else texts
    return spelling.replace("{*}", "{all}").format(*texts, all=",".join(listed))


def _guarded(cells: list[str], body: str) -> str:
    if not cells:
        return body
    missing = ",".join(f"{cell}={_NA}" for cell in cells)
    return f"IF({missing if len(cells) == 1 else f'OR({missing})'},{_NA},{body})"


def _literal(cell: str) -> str:
    """A name that MATCH takes letter by letter: ~, * and ? are wildcards to it."""
    for sign in "~*?":
        cell = f'SUBSTITUTE({cell},"{sign}","~{sign}")'
    return cell


def _flat(tree: Expression, symbol: str) -> list[Expression]:
    if isinstance(tree, Operation) and tree.symbol == symbol:
        return _flat(tree.left, symbol) + _flat(tree.right, symbol)
    return [tree]


def numeral(value: float) -> tuple[str, int]:
    """A literal and how tightly it binds."""
    first, sign, second = spelled(abs(value))
    text, precedence = first + sign + second, OPERATORS[sign].precedence if sign else ATOM
    if value >= 0:
        return text, precedence
    return (f"-({text})" if sign else f"-{text}"), NEGATIVE


def opened(tree: Expression) -> Expression:
    """The tree as it stands in the first row: what looks at the previous row sees the opening."""
    return rebuilt(tree, lambda item: item.opening if isinstance(item, Previous) else None)
