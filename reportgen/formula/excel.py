"""A tree → the text of an Excel formula.

"n/a" is a text in a cell, and arithmetic on a text is #VALUE!: so a formula first asks whether what it needs is
"n/a", and functions that can give n/a stand alone in their line. Only that text is asked for: an error is not n/a, and
comes through to every figure that is built on it. Addresses come from outside, as late as possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportgen.formula.addresses import Addresses
from reportgen.formula.columns import ColumnWriter
from reportgen.formula.comparisons import is_plain, moved, moves_left, with_margin
from reportgen.formula.exactness import Exactness
from reportgen.formula.function_kinds import Kind, OnMissing
from reportgen.formula.literals import spelled
from reportgen.formula.nullable import MissingRule, known_by, strict
from reportgen.formula.operators import ATOM, COMPARING, COMPARISONS, LOGIC, NEGATIVE, OPERATORS, is_condition
from reportgen.formula.rows import RowWriter, opens_with_zero, windowed
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
    refs,
)

__all__ = ["Addresses", "Writer", "numeral"]

_NA = '"n/a"'
_SAME_ROW = (Scope.OWN, Scope.OWNER)  # what is n/a itself where its row holds nothing
_FEW = 3  # figures that are listed one by one; more of them are a range, where they stand side by side
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
        if absent != _NA:
            return f"IF({row}={_NA},{absent},{self._tail(tree, frozenset())})"
        if not row or self._asks_its_row(tree):
            return self._tail(tree, frozenset())
        return self._tail(tree, frozenset(), (row,))

    def _asks_its_row(self, tree: Expression) -> bool:
        """True for a tree that is n/a by itself in a row that holds nothing."""
        if windowed(tree):
            return True
        needed: list[Expression] = list(strict(tree, self.may_be_missing, tail=True))
        if isinstance(tree, Call) and tree.function.kind is Kind.BRANCH and isinstance(tree.arguments[2], Missing):
            needed += known_by(tree.arguments[0])
        return any(isinstance(item, Ref) and item.scope in _SAME_ROW for item in needed)

    def _tail(self, tree: Expression, guarded: frozenset[str], asked: tuple[str, ...] = ()) -> str:
        if isinstance(tree, Ref):  # n/a there is n/a here
            return _guarded(asked, self._text(tree))
        needed = [*asked, *(cell for cell in self._needed(tree) if cell not in guarded)]
        return _guarded(needed, self._body(tree, guarded | frozenset(needed)))

    def _body(self, tree: Expression, guarded: frozenset[str]) -> str:
        """The tree where what it needs is known."""
        if is_condition(tree):
            return f"IF({self._condition(tree)},1,0)"
        match tree:
            case Missing():
                return _NA
            case Call() if windowed(tree):
                return self._rows.window(tree)
            case Call(function=function) if function.stands_alone or function.kind is Kind.ENTRY:
                return self._alone(tree)
            case Call(function=function, arguments=(first, *rest)) if function.missing in _BRANCHING:
                if _is_zero_for_missing(tree):
                    return self._text(tree)
                known = guarded | {self._text(ref) for ref in known_by(first)}
                texts = [self._tail(item, guarded if place else known) for place, item in enumerate(rest)]
                return _spelled(function.excel, [self._first(tree, first), *texts])
        return self._text(tree)

    def _needed(self, tree: Expression) -> list[str]:
        """The cells that must hold numbers for this tree to have a value, each once, in reading order."""
        cells = (self._rows.above(item) if isinstance(item, Previous) else self._text(item)
                 for item in strict(tree, self.may_be_missing, tail=True))  # fmt: skip
        return list(dict.fromkeys(cells))

    def _text(self, tree: Expression) -> str:
        return self._written(tree)[0]

    def _child(self, tree: Expression, binds: int, right: bool = False) -> str:
        text, precedence = self._written(tree)
        return f"({text})" if precedence < binds or (right and precedence == binds) else text

    def _operand(self, tree: Expression, binds: int, right: bool = False) -> str:
        """A side of an arithmetic sign, which takes TRUE for 1."""
        return f"({self._condition(tree)})" if is_condition(tree) else self._child(tree, binds, right)

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
        if isinstance(tree, Negative):
            return self._size(tree.operand)
        sure = self.known.is_not_negative(tree)
        return self._child(tree, OPERATORS["/"].precedence) if sure else f"ABS({self._text(tree)})"

    def _written(self, tree: Expression) -> tuple[str, int]:
        """The tree as a number or text, and how tightly its last operation binds."""
        if is_condition(tree):  # TRUE is no number to Excel: it is larger than any, and MAX and COUNT pass it by
            return f"({self._condition(tree)})*1", OPERATORS["*"].precedence
        match tree:
            case Number(value=value):
                return numeral(value)
            case Text(value=value):
                return '"' + value.replace('"', '""') + '"', ATOM
            case Ref(scope=scope):
                return (self.addresses.column(tree) if scope in VECTORS else self.addresses.cell(tree)), ATOM
            case Previous():
                return self._rows.previous(tree), ATOM
            case Operation(symbol=symbol, left=left, right=right):
                sign = OPERATORS[symbol]
                first, second = self._operand(left, sign.precedence), self._operand(right, sign.precedence, right=True)
                return f"{first}{sign.excel}{second}", sign.precedence
            case Negative(operand=operand):
                return f"-{self._operand(operand, NEGATIVE)}", NEGATIVE
            case Call():
                return self._call(tree)
        raise FormulaError(f"{type(tree).__name__.lower()} cannot stand inside a formula")

    def _call(self, tree: Call) -> tuple[str, int]:
        function, arguments = tree.function, tree.arguments
        if function.stands_alone or windowed(tree):
            raise FormulaError(f"{function}(...) can give n/a: give it a line of its own")
        if function.kind.reduces:
            return self._columns.total(tree)
        if function.kind is Kind.ENTRY:
            if any(self.may_be_missing(ref) for ref in refs(tree) if ref.scope in VECTORS):
                raise FormulaError(f"{function}(...) can give n/a: give it a line of its own")
            return self._rows.found(tree), ATOM
        if function.kind is Kind.RANK:
            return self._rows.rank(tree), OPERATORS["+"].precedence
        if function.sign:
            return self._signed(tree), ATOM
        if _is_zero_for_missing(tree):
            return f"N({self._zeroed(arguments[0])})", ATOM
        if function.rounds:
            return self._rounded(arguments[0]), ATOM
        if len(arguments) > _FEW and "{*}" in function.excel and (table := self._table(arguments)):
            return _spelled(function.excel, [table]), ATOM
        texts = [self._first(tree, arguments[0]), *(self._text(item) for item in arguments[1:])]
        return _spelled(function.excel, texts), ATOM

    def _table(self, arguments: tuple[Expression, ...]) -> str:
        """The cells of figures as one range, where they stand side by side; "" where they do not."""
        single = [item for item in arguments if isinstance(item, Ref) and item.scope is Scope.ONE]
        return self.addresses.table(single) if len(single) == len(arguments) else ""

    def _zeroed(self, tree: Expression) -> str:
        """A cell of which N makes 0 where it is n/a, and where it is the heading above the first row."""
        return self._rows.above(tree) if isinstance(tree, Previous) else self._text(tree)

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

    def _rounded(self, tree: Expression) -> str:
        """Rounded down, as every engine does: a whole number, or one divided by another, needs no margin."""
        parts = tree.children if isinstance(tree, Operation) and tree.symbol == "/" else (tree,)
        if all(map(self.known.is_whole, parts)):
            return f"INT({self._text(tree)})"
        if self.known.is_not_negative(tree):
            return f"INT({self._child(tree, OPERATORS['*'].precedence)}*(1+1/10^12))"
        return f"INT({self._text(tree)}+ABS({self._text(tree)})/10^12)"

    @property
    def _columns(self) -> ColumnWriter:
        return ColumnWriter(self.addresses, self.may_be_missing, self.known, self._child)

    @property
    def _rows(self) -> RowWriter:
        return RowWriter(self.addresses, self.may_be_missing, self._text)

    def _alone(self, tree: Call) -> str:
        """What can give n/a from known numbers, or what stands in a cell as it is."""
        if tree.function.kind.reduces:
            return self._columns.reduced(tree)
        return self._signed(tree) if tree.function.sign else self._rows.found(tree)


def _is_zero_for_missing(tree: Call) -> bool:
    """True for otherwise(a cell, 0)."""
    if tree.function.missing is not OnMissing.REPLACED or not isinstance(tree.arguments[0], Ref | Previous):
        return False
    value, default = tree.arguments
    starts = not isinstance(value, Previous) or opens_with_zero(value)
    return isinstance(default, Number) and default.value == 0 and starts


def _spelled(spelling: str, texts: list[str]) -> str:
    """The spelling of a function with its arguments put in; {*} are all of them, or those after {0}."""
    listed = texts[1:] if "{0}" in spelling else texts
    return spelling.replace("{*}", "{all}").format(*texts, all=",".join(listed))


def _guarded(cells: Iterable[str], body: str) -> str:
    missing = [f"{cell}={_NA}" for cell in cells]
    return f"IF({_any(missing)},{_NA},{body})" if missing else body


def _any(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


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
