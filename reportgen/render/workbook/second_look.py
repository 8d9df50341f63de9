"""A second look at formulas that disagree: each computed alone, from the values that the file carries.

Where large figures cancel, the last digit of one is a whole figure in the next: two engines that agree on every digit
of the first then differ in the second, and neither is wrong.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.excel_addresses import column_letters, column_number
from reportgen.render.workbook.finished_file import Formula, valued

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_DIGIT = 1e-15
"""A number stands in the file with 16 digits: this much of it is not known."""
LARGEST_COUNT = 2**20
"""A whole number up to the rows of a sheet counts or names rows, and is known: a hair more names another row."""
MOST_LOOKED_AT = 2_000
"""Cells that a formula may look at to be looked at again."""


class Disagreement(NamedTuple):
    """A cell that carries another value than was computed from its formula's text."""

    formula: Formula
    text: str
    found: object

    def __str__(self) -> str:
        return f"{self.formula}: carries {self.formula.cached!r}, computed again {self.found!r}"


def wrong_alone(
    content: bytes,
    wrong: Sequence[Disagreement],
    agree: Callable[[float | str | bool, object, float], bool],
    limits: dict[str, int],
) -> list[Disagreement]:
    """The formulas that disagree also when each is computed from the values of the file, to their last digit."""
    import formualizer

    engine = formualizer.Workbook.from_bytes(valued(content), load_limits=limits)
    engine.set_temporal_egress("serial")
    left = []
    for each in wrong:
        cell = each.formula.sheet, each.formula.row, each.formula.column
        if not each.text:
            left.append(each)
            continue
        engine.set_formula(*cell, each.text)
        found = engine.evaluate_cell(*cell)
        if not agree(each.formula.cached, found, each.formula.margin + _unknown(engine, cell, found)):
            left.append(each._replace(found=found))
        engine.set_value(*cell, each.formula.cached)
    return left


def _unknown(engine: Any, cell: tuple[str, int, int], found: object) -> float:
    """How far the last digits of all that a formula looks at can move its value; 0 for a text."""
    if not _number(found):
        return 0.0
    moved = 0.0
    for place in _looked_at(engine, cell):
        value = engine.get_value(*place)
        if not _number(value) or (value == int(value) and abs(value) <= LARGEST_COUNT):
            continue
        engine.set_value(*place, value * (1 + LAST_DIGIT))
        other = engine.evaluate_cell(*cell)
        engine.set_value(*place, value)
        moved += abs(other - found) if _number(other) else 0.0
    return moved


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _looked_at(engine: Any, cell: tuple[str, int, int]) -> Iterator[tuple[str, int, int]]:
    """The cells that a formula looks at, each once; none when they are too many."""
    sheet, row, column = cell
    report = engine.precedents(f"'{sheet}'!{column_letters(column)}{row}").to_dict()
    places: dict[tuple[str, int, int], None] = {}
    for each in report["precedents"]:
        reference = each["reference"]
        reference = reference["resolution"] or reference
        written = reference["address"] or reference["resolved"]
        if written and (reference.get("cell_count") or 1) <= MOST_LOOKED_AT:
            places.update(dict.fromkeys(_cells_of(written)))
    return iter(places if len(places) <= MOST_LOOKED_AT else ())


def _cells_of(written: str) -> Iterator[tuple[str, int, int]]:
    """The cells of an address with its sheet: A!B3, 'A'!B3:C9."""
    sheet, _, cells = written.rpartition("!")
    corners = [(column_number(letters), int(row)) for letters, row in re.findall(r"([A-Z]+)\$?([0-9]+)", cells)]
    (left, top), (right, bottom) = corners[0], corners[-1]
    for row, column in itertools.product(range(top, bottom + 1), range(left, right + 1)):
        yield sheet.strip("'"), row, column
