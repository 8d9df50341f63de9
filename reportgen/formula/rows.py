"""Rows that are found, read, ranked and looked back at → MATCH, INDEX, COUNTIF and windows.

One formula serves all rows of a column: a window and a previous row ask for the number of the row that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.formula.addresses import Addresses
from reportgen.formula.function_kinds import Kind
from reportgen.formula.nullable import MissingRule
from reportgen.formula.tree import VECTORS, Call, Expression, FormulaError, Number, Previous, Ref, Trailing

_NA = '"n/a"'


@dataclass(frozen=True)
class RowWriter:
    """Writes what depends on rows; `text` writes a tree of one row."""

    addresses: Addresses
    may_be_missing: MissingRule
    text: Callable[[Expression], str]

    def above(self, tree: Previous) -> str:
        """The cell of the row above, whatever it holds."""
        return self.addresses.cell(tree.ref, back=1)

    def previous(self, tree: Previous) -> str:
        """The value of the row above, the opening in the first row: 0 is what N makes of the heading there."""
        if opens_with_zero(tree) and not self.may_be_missing(tree.ref):
            return f"N({self.above(tree)})"
        if isinstance(tree.opening, Ref) and self.may_be_missing(tree.opening):
            raise FormulaError(
                f"{tree.opening.name} can be n/a and opens a series: use otherwise({tree.opening.name}, ...)"
            )
        return f"IF({self.addresses.number()}=1,{self.text(tree.opening)},{self.above(tree)})"

    def window(self, tree: Call) -> str:
        """What is reduced over the last rows: n/a before there are so many, and where the newest is n/a."""
        (window,) = (item for item in tree.arguments if isinstance(item, Trailing))
        length = self.text(window.length)
        short = f"N({self.addresses.number()})<{length}"
        body = tree.function.excel.format(self.addresses.window(window.ref, length))
        if not self.may_be_missing(window.ref):
            return f"IF({short},{_NA},{body})"
        return f"IF(OR({short},{self.addresses.cell(window.ref)}={_NA}),{_NA},{body})"

    def rank(self, tree: Call) -> str:
        """The place of the row's value among all, or the first row of its name."""
        places, first = self.addresses, tree.arguments[0]
        assert isinstance(first, Ref)  # the grammar says so
        if tree.function.name == "first_named":
            return tree.function.excel.format(_literal(places.cell(first)), places.column(first))
        margin, *groups = [item for item in tree.arguments[1:] if isinstance(item, Ref)]
        grouped = [text for ref in groups for text in (places.column(ref), places.cell(ref), places.so_far(ref))]
        asked = places.cell(first), places.cell(margin), places.column(first), places.so_far(first)
        return tree.function.excel.format(*asked, *grouped)

    def found(self, tree: Call) -> str:
        """The row of another block that has a key, n/a without one; or what stands in such a row."""
        if tree.function.kind is Kind.ENTRY:
            return self._entry(tree)
        key, keys = tree.arguments
        wanted = self.text(key)
        if isinstance(key, Ref) and key.text:
            wanted = _literal(wanted)
        place = tree.function.excel.format(wanted, self.text(keys))
        return f"IF(ISNA({place}),{_NA},{place})"

    def _entry(self, tree: Call) -> str:
        columns = [item for item in tree.arguments if isinstance(item, Ref) and item.scope in VECTORS]
        singles = [self.text(item) for item in tree.arguments[: -len(columns)]]
        if tree.function.name == "entry":
            return self.addresses.entry(columns, *singles)
        found = tree.function.excel.format(*singles, self.text(columns[0]))
        if not columns[0].text and self.addresses.typed(columns[0]):
            found = f"AVERAGE({found})"  # of one cell: its number, and an error where it is blank or a text
        return found


def opens_with_zero(tree: Previous) -> bool:
    """True for a series that starts at 0."""
    return isinstance(tree.opening, Number) and tree.opening.value == 0


def windowed(tree: Expression) -> bool:
    """True for what is reduced over the last rows."""
    return isinstance(tree, Call) and any(isinstance(item, Trailing) for item in tree.arguments)


def _literal(cell: str) -> str:
    """A name that MATCH takes letter by letter: ~, * and ? are wildcards to it."""
    for sign in "~*?":
        cell = f'SUBSTITUTE({cell},"{sign}","~{sign}")'
    return cell
