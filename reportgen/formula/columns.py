"""Totals, counts and averages → SUM, SUMIF and SUMPRODUCT.

SUMPRODUCT with commas passes texts by, arithmetic on a text inside it is #VALUE!: so a column that can be n/a stands
alone between commas or beside a comparison sign, and then its texts are left out by a condition of their own.
ISNUMBER of a whole range would need an array formula in some programs: ranges are compared with "n/a" and "" instead.
COUNT passes errors by, SUM does not: it stands beside wherever a count decides something. A text is larger than any
number: beside < and <= it is left out without being asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reportgen.formula.addresses import Addresses
from reportgen.formula.comparisons import is_plain, with_margin
from reportgen.formula.exactness import Exactness
from reportgen.formula.function_kinds import Kind, OnMissing
from reportgen.formula.nullable import MissingRule
from reportgen.formula.operators import ATOM, COMPARING, COMPARISONS, NEGATIVE, OPERATORS, is_condition
from reportgen.formula.products import TIMES, Product
from reportgen.formula.tree import (
    VECTORS,
    Call,
    Expression,
    FormulaError,
    Negative,
    Number,
    Operation,
    Ref,
    Scope,
    refs,
)

_NA = '"n/a"'
LARGEST = "1E+300"  # what is below it is a number: a criterion with a number passes texts and blanks by
NUMBER = "number"  # of a row: its count goes by the cells that hold one
SOME_ROWS = "{}(...) of some rows only: give them a line of its own, n/a for the others"
OWNER_NUMBER = "owner_number"  # of the row that a row belongs to: 0 where a row holds nothing


@dataclass(frozen=True)
class ColumnWriter:
    """Writes what reduces columns; `single` writes a tree without columns for a given binding."""

    addresses: Addresses
    may_be_missing: MissingRule
    known: Exactness
    single: Callable[[Expression, int], str]

    def total(self, tree: Call) -> tuple[str, int]:
        """A total, a count, or what is largest or smallest of a column that has one, and how tightly it binds."""
        values = tree.arguments[0]
        if tree.function.kind in (Kind.LARGEST, Kind.SMALLEST):
            return self._extreme(tree), ATOM
        if isinstance(values, Ref) and values.scope in VECTORS and tree.where is None:
            column = self.addresses.column(values)
            if values.scope is Scope.WIDE:  # input cells as they were typed: a text is an error in their sum
                return f"COUNTA({column})" if tree.function.kind is Kind.COUNT else f"SUMPRODUCT({column}+0)", ATOM
            if values.scope is not Scope.MEMBERS:
                return self._whole(tree, column, values)
            return self._of_members(tree, values, column)
        if (literal := _equals(values)) is not None and tree.where is None:
            return f"COUNTIF({self.addresses.column(_columns(values)[0])},{self.single(literal, ATOM)})", ATOM
        if tree.function.kind is Kind.COUNT:
            if not isinstance(values, Ref):
                raise FormulaError("count(...) takes a column: give the expression inside it a line of its own")
            counted = Product(self._numbers(values))
        else:
            counted = self._factors(values)
        product = self._members(tree) + counted + self._conditions(tree.where)
        return product.written(), product.binds

    def _extreme(self, tree: Call) -> str:
        """The largest or smallest of a whole column."""
        values = tree.arguments[0]
        if not isinstance(values, Ref):
            raise FormulaError(f"{tree.function}(...) takes a column: give the expression inside it a line of its own")
        if values.scope is Scope.MEMBERS:
            raise FormulaError(SOME_ROWS.format(tree.function))
        return tree.function.excel.format(self.addresses.column(values))

    def _whole(self, tree: Call, cells: str, values: Ref) -> tuple[str, int]:
        """The sum or the count of cells; numbers of rows are never in error, a cell that is typed may hold a text."""
        if tree.function.kind is Kind.COUNT and values.name == OWNER_NUMBER:
            return f'COUNTIF({cells},">0")', ATOM
        text = tree.function.excel.format(cells)
        if tree.function.kind is Kind.SUM or values.name == NUMBER:
            return text, ATOM
        if self.addresses.typed(values):
            return f"{text}/({text}=COUNTA({cells}))", TIMES  # by 1, and by 0 where a cell holds a text
        return f"{text}+0*SUM({cells})", OPERATORS["+"].precedence

    def _of_members(self, tree: Call, values: Ref, column: str) -> tuple[str, int]:
        """The sum or the count of the rows that belong to the asking one.

        SUMIF and COUNTIFS pass by what is in error about whom a row belongs to, and in some programs about the amount
        too. They are a thousand times as quick as SUMPRODUCT where thousands of rows ask.
        """
        whose, number = self.addresses.owner_numbers(values.block), self.addresses.number()
        text = (
            f"SUMIF({whose},{number},{column})"
            if tree.function.kind is Kind.SUM
            else f'COUNTIFS({whose},{number},{column},"<{LARGEST}")'
        )
        error = self.addresses.in_error(values.block)
        return (f"{text}+{error}", OPERATORS["+"].precedence) if error else (text, ATOM)

    def reduced(self, tree: Call) -> str:
        """An average, largest or smallest: n/a where there is nothing to reduce."""
        spelling = tree.function.excel
        values = tree.arguments[0]
        if not isinstance(values, Ref):
            raise FormulaError(f"{tree.function}(...) takes a column: give the expression inside it a line of its own")
        column = self.addresses.column(values)
        if tree.where is None and tree.weight is None and values.scope is not Scope.MEMBERS:
            body = spelling.format(column)
            if self.addresses.typed(values):
                body = f"{body}/(COUNT({column})=COUNTA({column}))"  # by 1, and by 0 where a cell holds a text
            return _unless_empty(column, body)
        if tree.function.kind is not Kind.MEAN:
            raise FormulaError(SOME_ROWS.format(tree.function))
        weights = Product() if tree.weight is None else self._factors(tree.weight)
        chosen = self._members(tree) + self._conditions(tree.where)
        below = chosen + Product(self._numbers(values)) + weights
        above = chosen + Product(columns=(column,)) + weights
        divisor = f"({below.written()})" if below.singles else below.written()
        return f"IF({below.written()}=0,{_NA},{above.written()}/{divisor})"

    def _members(self, tree: Call) -> Product:
        """The condition that a row belongs to the row that asks."""
        block = next((ref.block for part in tree.children for ref in refs(part) if ref.scope is Scope.MEMBERS), None)
        return Product((f"--({self.addresses.owner_numbers(block)}={self.addresses.number()})",) if block else ())

    def _conditions(self, tree: Expression | None) -> Product:
        """A condition as factors of 1 and 0."""
        if tree is None:
            return Product()
        if not _columns(tree):
            return Product(singles=(self.single(tree if is_condition(tree) else tree != 0, TIMES),))
        if isinstance(tree, Operation) and tree.symbol == "&":
            return self._conditions(tree.left) + self._conditions(tree.right)
        if isinstance(tree, Call):  # known(column)
            return Product(self._numbers(_columns(tree)[0]))
        return Product((*self._known(tree), f"--({self._truth(tree)})"))

    def _factors(self, tree: Expression) -> Product:
        """A column expression whose product or sum is wanted."""
        if not _columns(tree):
            return Product(singles=(self.single(tree, TIMES),))
        if is_condition(tree):
            return self._conditions(tree)
        match tree:
            case Ref():
                return Product(columns=(self.addresses.column(tree),))
            case Negative(operand=operand):
                return Product(singles=("-1",)) + self._factors(operand)
            case Operation(symbol="*", left=left, right=right):
                return self._factors(left) + self._factors(right)
        return Product(self._known(tree), (self._array(tree)[0],))

    def _known(self, tree: Expression) -> tuple[str, ...]:
        """The conditions that the columns beside comparison signs are numbers."""
        missing = (ref for ref in _asked(tree) if self.may_be_missing(ref) and not ref.text)
        return tuple(text for ref in missing for text in self._numbers(ref, ref.blank))

    def _numbers(self, ref: Ref, may_be_blank: bool = True) -> tuple[str, ...]:
        """The condition that a cell holds a number: what is typed is never n/a, what is ours never blank."""
        column = self.addresses.column(ref)
        filled, known = f'--({column}<>"")', f"--({column}<>{_NA})"
        if self.addresses.typed(ref):
            return (filled,)
        return (known, filled) if may_be_blank else (known,)

    def _truth(self, tree: Expression) -> str:
        """A condition over rows as TRUE and FALSE."""
        match tree:
            case Operation(symbol=symbol) if symbol in COMPARISONS:
                return self._comparison(tree)
            case Operation(symbol="&", left=left, right=right):
                return f"({self._truth(left)})*({self._truth(right)})>0"
            case Operation(symbol="|", left=left, right=right):
                return f"({self._truth(left)})+({self._truth(right)})>0"
            case Call(function=function) if function.missing is OnMissing.NEVER and _columns(tree):
                column = self.addresses.column(_columns(tree)[0])
                return f'({column}<>{_NA})*({column}<>"")>0'
        return f"{self._side(tree)}<>0"

    def _comparison(self, tree: Operation) -> str:
        left, right, symbol = tree.left, tree.right, tree.symbol
        if is_plain(tree, self.known):
            return f"{self._side(left)}{symbol}{self._side(right)}"
        # a column that can be n/a stands alone beside the sign: the other side is moved
        left_moves = bool(_columns(right)) and (not _columns(left) or any(map(self.may_be_missing, _columns(right))))
        size = self._size(left if left_moves else right)
        if symbol in ("=", "<>"):  # twice, as the difference of a column with texts cannot be taken
            inside = [with_margin(sign, self._sum(left, left_moves), self._sum(right, not left_moves), size, left_moves)
                      for sign in (">=", "<=")]  # fmt: skip
            both = f"({inside[0]})*({inside[1]})"
            return f"{both}>0" if symbol == "=" else f"{both}=0"
        return with_margin(symbol, self._sum(left, left_moves), self._sum(right, not left_moves), size, left_moves)

    def _size(self, tree: Expression) -> str:
        """The values without their sign; not by ABS, which not every program takes for a column."""
        text = self._operand(tree, OPERATORS["/"].precedence)
        if self.known.is_not_negative(tree):
            return text
        return f"(({text}>0)-({text}<0))*{text}" if _columns(tree) else f"ABS({text})"

    def _sum(self, tree: Expression, moves: bool) -> str:
        """A side of a comparison, as it stands where something is added to it if it moves."""
        return self._operand(tree, OPERATORS["-"].precedence) if moves else self._side(tree)

    def _side(self, tree: Expression) -> str:
        """One side of a comparison: here alone a column that can be n/a may stand, as its texts are left out."""
        if isinstance(tree, Ref) and tree.scope in VECTORS:
            return self.addresses.column(tree)
        text, _ = self._array(tree)
        return f"--({text})" if is_condition(tree) and _columns(tree) else text  # TRUE is not 1 to Excel's =

    def _array(self, tree: Expression) -> tuple[str, int]:
        """An expression over rows, value by value; arithmetic takes TRUE for 1."""
        if not _columns(tree):
            return self.single(tree, ATOM), ATOM
        if is_condition(tree):
            return self._truth(tree), COMPARING
        match tree:
            case Ref():
                if self.may_be_missing(tree):
                    raise FormulaError(
                        f"{tree.name} can be n/a inside a total: give the expression around it a line of its own"
                    )
                return self.addresses.numbers(tree), ATOM
            case Negative(operand=operand):
                return f"-{self._operand(operand, NEGATIVE)}", NEGATIVE
            case Operation(symbol=symbol, left=left, right=right):
                binds = OPERATORS[symbol].precedence
                first, second = self._operand(left, binds), self._operand(right, binds, right=True)
                return f"{first}{OPERATORS[symbol].excel}{second}", binds
        raise FormulaError("inside a total only arithmetic and comparisons can stand: give the rest a line of its own")

    def _operand(self, tree: Expression, binds: int, right: bool = False) -> str:
        text, precedence = self._array(tree)
        return f"({text})" if precedence < binds or (right and precedence == binds) else text


def _unless_empty(cells: str, body: str) -> str:
    """The body, n/a where no cell holds a number, an error where one holds that."""
    return f"IF(COUNT({cells})+0*SUM({cells})=0,{_NA},{body})"


def _equals(tree: Expression) -> Number | None:
    """The literal that the columns of a row are compared with, where that is all."""
    match tree:
        case Operation(symbol="=", left=Ref(scope=Scope.WIDE), right=Number() as literal):
            return literal
    return None


def _columns(tree: Expression) -> list[Ref]:
    return [ref for ref in refs(tree) if ref.scope in VECTORS]


def _asked(tree: Expression) -> Iterable[Ref]:
    """The columns of a condition that must be numbers: not those that are only asked whether they are known.

    Nor one on the smaller side, which a text never is.
    """
    match tree:
        case Ref():
            return [tree] if tree.scope in VECTORS else []
        case Call():
            return []
        case Operation(symbol="<" | "<=", left=Ref(blank=False), right=right) if not _columns(right):
            return []
        case Operation(symbol=">" | ">=", left=left, right=Ref(blank=False)) if not _columns(left):
            return []
    return [ref for child in tree.children for ref in _asked(child)]
