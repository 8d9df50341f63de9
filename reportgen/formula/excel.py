"""A tree → the text of an Excel formula.

"n/a" is a text in a cell, and arithmetic on a text is #VALUE!: so a formula first asks whether what it needs is a
number, and functions that can give n/a stand alone in their line. Addresses come from outside, as late as possible.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from reportgen.formula.functions import FUNCTIONS
from reportgen.formula.nullable import MissingRule, strict
from reportgen.formula.operators import LOGIC, NEGATIVE, OPERATORS
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
    Trailing,
    refs,
)

ATOM = 9


class Addresses(Protocol):
    """Where things are, seen from the line that is written. Ranges are absolute, cells move with the row."""

    def cell(self, ref: Ref, back: int = 0) -> str:
        """The cell of one row's value, or of the row `back` rows above."""

    def window(self, ref: Ref, length: int) -> str:
        """The last `length` cells of a column up to this row."""

    def column(self, ref: Ref) -> str:
        """All cells of a column of a block, or of a wide field in this row."""

    def so_far(self, ref: Ref) -> str:
        """The cells of a column from the first row to this one."""

    def owner_numbers(self, block: str) -> str:
        """The column that says to which row of its owner each row of this block belongs."""

    def number(self) -> str:
        """The cell with this row's number, which `owner_numbers` refers to."""


@dataclass(frozen=True)
class Writer:
    """Writes trees as formulas, without the leading equals sign."""

    addresses: Addresses
    may_be_missing: MissingRule

    def formula(self, tree: Expression) -> str:
        """The formula of a whole line."""
        return self._tail(tree, frozenset())

    def _tail(self, tree: Expression, guarded: frozenset[str]) -> str:
        needed = [cell for cell in self._needed(tree) if cell not in guarded]
        known = guarded | frozenset(needed)
        match tree:
            case Missing():
                body = '"n/a"'
            case Call(function="when", arguments=(condition, then, otherwise)):
                body = f"IF({self._text(condition)},{self._tail(then, known)},{self._tail(otherwise, known)})"
            case Call(function="divide", arguments=(above, below)):
                lower = self._text(below)
                ratio = self._text(Operation("/", above, below))
                body = f'IF({lower}=0,"n/a",{ratio})'
            case Call(function=name) if FUNCTIONS[name].may_miss:
                body = self._may_miss(tree)
            case Operation(symbol=symbol) if OPERATORS[symbol].comparison or symbol in LOGIC:
                body = f"IF({self._text(tree)},1,0)"
            case Call(function="known"):
                body = f"IF({self._text(tree)},1,0)"
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

    def _written(self, tree: Expression) -> tuple[str, int]:
        match tree:
            case Number(value=value):
                return _number(value)
            case Text(value=value):
                return '"' + value.replace('"', '""') + '"', ATOM
            case Ref(scope=scope):
                return (self.addresses.column(tree) if scope in VECTORS else self.addresses.cell(tree)), ATOM
            case Previous(ref=ref):
                return self.addresses.cell(ref, back=1), ATOM
            case Operation(symbol=symbol) if symbol in LOGIC:
                parts = ",".join(self._text(item) for item in _flat(tree, symbol))
                return f"{OPERATORS[symbol].excel}({parts})", ATOM
            case Operation(symbol=symbol, left=left, right=right):
                sign = OPERATORS[symbol]
                first, second = self._child(left, sign.precedence), self._child(right, sign.precedence, right=True)
                return f"{first}{sign.excel}{second}", sign.precedence
            case Negative(operand=operand):
                return f"-{self._child(operand, NEGATIVE)}", NEGATIVE
            case Call(function="position", arguments=(Ref() as ref,)):
                cell = self.addresses.cell(ref)
                whole = self.addresses.column(ref)
                return f"RANK({cell},{whole},1)+COUNTIF({self.addresses.so_far(ref)},{cell})-1", 4
            case Call(function=name) if FUNCTIONS[name].may_miss:
                raise FormulaError(f"{name}(...) can give n/a: give it a line of its own")
            case Call(function=name) if FUNCTIONS[name].aggregate:
                return self._sum(tree)
            case Call(function="choose", arguments=(code, *texts)):
                return f"CHOOSE({self._text(code)}+1,{','.join(self._text(item) for item in texts)})", ATOM
            case Call(function=name, arguments=arguments):
                texts = [self._text(item) for item in arguments]
                return FUNCTIONS[name].excel.replace("{*}", ",".join(texts)).format(*texts), ATOM
        raise FormulaError(f"{type(tree).__name__} cannot stand here")

    def _may_miss(self, tree: Call) -> str:
        if tree.function in ("lookup", "lookup_latest"):
            key, keys, values, *default = tree.arguments
            found = FUNCTIONS[tree.function].excel.format(self._text(key), self._text(keys), self._text(values))
            return f'IFERROR({found},{self._text(default[0]) if default else _NA})'
        spelling = FUNCTIONS[tree.function].excel
        values = tree.arguments[0]
        if isinstance(values, Trailing):
            window = self.addresses.window(values.ref, values.length)
            body = spelling.format(window)
            return f"IF(COUNT({window})=0,{_NA},{body})" if self.may_be_missing(values.ref) else body
        if not isinstance(values, Ref):
            raise FormulaError(f"{tree.function}(...) takes a column: give the expression inside it a line of its own")
        column = self._text(values)
        if tree.where is None and tree.weight is None and values.scope is not Scope.MEMBERS:
            return f"IF(COUNT({column})=0,{_NA},{spelling.format(column)})"
        if tree.function != "average":
            raise FormulaError(f"{tree.function}(...) of some rows only is beyond Excel 2010: use a line with when(...)")
        conditions = self._members(tree) + (self._factors(tree.where)[0] if tree.where is not None else [])
        weights = [self._text(tree.weight)] if tree.weight is not None else []
        below = f"SUMPRODUCT({','.join([*conditions, *self._known(values), *weights])})"
        above = f"SUMPRODUCT({','.join([*conditions, column, *weights])})"
        return f"IF({below}=0,{_NA},{above}/{below})"

    def _members(self, tree: Call) -> list[str]:
        block = next((ref.block for part in tree.children for ref in refs(part) if ref.scope is Scope.MEMBERS), None)
        return [f"--({self.addresses.owner_numbers(block)}={self.addresses.number()})"] if block else []

    def _sum(self, tree: Call) -> tuple[str, int]:
        values = tree.arguments[0]
        if isinstance(values, Trailing):
            return FUNCTIONS[tree.function].excel.format(self.addresses.window(values.ref, values.length)), ATOM
        members = self._members(tree)
        if isinstance(values, Ref) and tree.where is None:
            if not members:
                return FUNCTIONS[tree.function].excel.format(self._text(values)), ATOM
            if tree.function == "total":
                keys = self.addresses.owner_numbers(values.block)
                return f"SUMIF({keys},{self.addresses.number()},{self._text(values)})", ATOM
        if tree.function == "count":
            if not isinstance(values, Ref):
                raise FormulaError("count(...) takes a column: give the expression inside it a line of its own")
            vector, scalar = self._known(values), list[str]()
        else:
            vector, scalar = self._factors(values)
        if tree.where is not None:
            more, outside = self._factors(tree.where)
            vector, scalar = vector + more, scalar + outside
        text = f"SUMPRODUCT({','.join(members + vector)})"
        return ("*".join([*scalar, text]), 5) if scalar else (text, ATOM)

    def _known(self, column: Ref) -> list[str]:
        """Factors that are 1 where a column holds a number: not every engine takes ISNUMBER row by row."""
        text = self._text(column)
        return [f'--({text}<>"")', *([f"--({text}<>{_NA})"] if self.may_be_missing(column) else [])]

    def _factors(self, tree: Expression) -> tuple[list[str], list[str]]:
        """A column expression as arguments of SUMPRODUCT, which skips texts, and single factors to stand outside."""
        inside = [ref for ref in refs(tree) if ref.scope in VECTORS]
        if not inside:
            return [], [self._child(tree, OPERATORS["*"].precedence)]
        match tree:
            case Ref():
                return [self._text(tree)], []
            case Operation(symbol="*" | "&", left=left, right=right):
                (first, outer), (second, outer_too) = self._factors(left), self._factors(right)
                return first + second, outer + outer_too
            case Operation(symbol=symbol) if OPERATORS[symbol].comparison:
                # a text is larger than any number in Excel: ask for numbers first
                texts = [self._text(ref) for ref in inside if self.may_be_missing(ref)]
                known = [f"--({text}<>{_NA})" for text in dict.fromkeys(texts)]
                return [*known, f"--({self._text(tree)})"], []
        if any(self.may_be_missing(ref) for ref in inside):
            names = ", ".join(ref.name for ref in inside if self.may_be_missing(ref))
            raise FormulaError(f"{names} can be n/a inside a total: give the expression inside it a line of its own")
        match tree:
            case Operation(symbol="|", left=left, right=right):
                return [f"--(({self._text(left)})+({self._text(right)})>0)"], []
            case Operation() | Negative():
                return [self._text(tree)], []
        raise FormulaError("inside a total only arithmetic and comparisons can stand: give the rest a line of its own")


_NA = '"n/a"'


def _guarded(cells: list[str], body: str) -> str:
    if not cells:
        return body
    if len(cells) == 1:
        return f"IF(ISNUMBER({cells[0]}),{body},{_NA})"
    return f"IF(COUNT({','.join(cells)})<{len(cells)},{_NA},{body})"


def _flat(tree: Expression, symbol: str) -> list[Expression]:
    if isinstance(tree, Operation) and tree.symbol == symbol:
        return _flat(tree.left, symbol) + _flat(tree.right, symbol)
    return [tree]


def _number(value: float) -> tuple[str, int]:
    if value < 0:
        return f"-{_number(-value)[0]}", NEGATIVE
    if value == int(value) and value < 1e15:
        whole = int(value)
        if whole >= 2**20 and whole & (whole - 1) == 0:
            return f"2^{whole.bit_length() - 1}", OPERATORS["^"].precedence
        return str(whole), ATOM
    if 0 < abs(value) < 1 and 1 / round(1 / value) == value:
        return f"1/{round(1 / value)}", OPERATORS["/"].precedence
    return repr(value).upper(), ATOM


def opened(tree: Expression) -> Expression:
    """The tree as it stands in the first row: what looks at the previous row sees the opening."""
    return rebuilt(tree, lambda item: item.opening if isinstance(item, Previous) else None)


def rebuilt(tree: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """The tree with some nodes replaced; `change` gives the new node, or None to keep and look below."""
    new = change(tree)
    if new is not None:
        return new
    match tree:
        case Operation():
            return Operation(tree.symbol, rebuilt(tree.left, change), rebuilt(tree.right, change))
        case Negative():
            return Negative(rebuilt(tree.operand, change))
        case Call():
            where, weight = tree.where, tree.weight
            return Call(
                tree.function,
                tuple(rebuilt(item, change) for item in tree.arguments),
                None if where is None else rebuilt(where, change),
                None if weight is None else rebuilt(weight, change),
            )
    return tree
