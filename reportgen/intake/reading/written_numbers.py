"""What a number typed as text may mean: decimal point or comma, a unit behind it; and what the workbook says of it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.file.limits import LONGEST_GUESS
from reportgen.intake.reading.heading_units import HeadingUnit, unit_of_heading
from reportgen.intake.reading.headings import header_text
from reportgen.intake.reading.typed_values import meant_number, plain_text
from reportgen.intake.reading.units import parse
from reportgen.intake.reading.written_dates import told_order
from reportgen.problems import Where
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.intake.file.cell import RawSheet
    from reportgen.sheets import Field

POINT, COMMA = "decimal point", "decimal comma"
NEARER = 10.0
"""How many times nearer to the size of the other figures the reading that is meant must be than the other one:
those of 90.000 are a thousand times apart."""
_COUNTED = frozenset({"machines", "blocks"})
"""Units of which there is no part."""
_MOST_TEXTS = 2_000
"""Texts of a workbook that are asked how it writes numbers."""
_HEADS = 30
"""Rows in which a label is looked for."""
_SWAPPED = str.maketrans(",.", ".,")
_WITH_UNIT = re.compile(r"([^\d\s.,()'+-]*)\s*([-+]?\d[\d.,' ]*)([^\d\s.,()'].*)?")


@dataclass(frozen=True)
class Meant:
    """A number that a text may stand for: in the declared unit, and as it is typed under the present heading.

    `way` says how it was read, where that can be told; `refused` why it is no figure of the field.
    """

    number: float
    typed: float
    way: str = ""
    refused: str = ""


class Written:
    """How numbers are written in the workbook, told from all its sheets; looked up only where a text asks for it."""

    def __init__(self, sheets: Mapping[str, RawSheet]) -> None:
        self._sheets = sheets
        self._sizes: dict[str, list[float]] = {}

    @cached_property
    def way(self) -> str:
        """The one way in which the texts of the workbook that are numbers are written; "" when nothing tells."""
        texts = (
            cell.text
            for raw in self._sheets.values()
            for cells in raw.rows.values()
            for cell in cells.values()
            if cell.content is Content.TEXT and _may_tell(cell.text)
        )
        told: set[str] = set()
        for text in itertools.islice(texts, _MOST_TEXTS):
            told |= {way for number, way in readings(text)} if len(readings(text)) == 1 else set()
            if len(told - {""}) > 1:
                return ""
        return next(iter(told - {""}), "")

    def sizes(self, label: str) -> list[float]:
        """The sizes of the numbers that stand under a label on any sheet, sorted."""
        if label not in self._sizes:
            numbers = (number for raw in self._sheets.values() for number in _numbers_under(raw, label))
            self._sizes[label] = sorted(abs(number) for number in numbers if number)
        return self._sizes[label]


@dataclass(frozen=True)
class Surroundings:
    """What stands around a cell: the cells of its column, the unit of its heading, how the workbook writes numbers.

    `shift` is added to a number that is a date (the 1904 system).
    """

    shift: int = 0
    unit: HeadingUnit | None = None
    cells: Sequence[Cell | None] = ()
    written: Written | None = None

    @cached_property
    def day_order(self) -> tuple[str, str]:
        """Whether day or month stands first in the text dates of the column, and a text that tells; else two blanks."""
        return told_order(
            plain_text(cell.text) for cell in self.cells if cell is not None and cell.content is Content.TEXT
        )

    @cached_property
    def _own_sizes(self) -> list[float]:
        found = [cell.number for cell in self.cells if cell is not None and _counts(cell)]
        if self.unit is not None:
            found = [self.unit.of(number) for number in found]
        return sorted(abs(number) for number in found if number)

    def size(self, field: Field) -> float:
        """The middle size of the other figures in the declared unit: the column's, else one label's; 0 without any."""
        found = self._own_sizes
        if not found and self.written is not None:
            found = self.written.sizes(field.label)
        return found[len(found) // 2] if found else 0.0


def readings(text: str) -> list[tuple[float, str]]:
    """Every number that a text may stand for, and how: one, two when point and comma can be read either way, or none.

    The way is "" when there is neither a point nor a comma that could be read otherwise.
    """
    point, comma = meant_number(text), meant_number(text.translate(_SWAPPED))
    if point is not None and point == comma:  # 0,022 has no group of thousands: there is one way to read it
        return [(point, COMMA if "," in text else POINT if "." in text else "")]
    if point is not None and comma is not None:
        return [(point, POINT), (comma, COMMA)]
    return [(number, way) for number, way in ((point, POINT), (comma, COMMA)) if number is not None]


def meant_numbers(field: Field, text: str, heading: HeadingUnit | None) -> list[Meant]:
    """What a text may stand for in a field: a unit beside the number counts, else that of the heading."""
    if heading is not None and heading.percent and "%" in text:
        heading = None
    digits, written = _apart(text)
    named = parse(written) if written else None
    if named is None or named.percent:
        return [
            Meant(heading.of(number) if heading is not None else number, number, way) for number, way in readings(text)
        ]
    unit = unit_of_heading(field, written, Where())
    found = []
    for typed, way in readings(digits):
        number = unit.of(typed) if unit is not None else typed
        under_heading = number if heading is None else number / float(heading.factor)
        found.append(Meant(number, float(f"{under_heading:.15g}"), way, unit.refused if unit is not None else ""))
    return found


def likely(field: Field, found: Sequence[Meant], around: Surroundings) -> list[Meant]:
    """The numbers that a text may well stand for: those within bounds, and of the size and way of the others."""
    inside = [each for each in found if field.bounds.admit(each.number)]
    if field.unit in _COUNTED:
        inside = [each for each in inside if each.number == int(each.number)] or inside
    if len(inside) < 2:
        return inside
    if middle := around.size(field):
        near, far = sorted(inside, key=lambda each: _times_apart(each.number, middle))
        if _times_apart(far.number, middle) >= NEARER * _times_apart(near.number, middle):
            return [near]
    way = around.written.way if around.written is not None else ""
    return [each for each in inside if each.way == way] or inside


def _times_apart(number: float, other: float) -> float:
    """How many times larger or smaller one number is than another; endless for zero."""
    times = abs(number) / other
    return max(times, 1 / times) if times else math.inf


def _apart(text: str) -> tuple[str, str]:
    """The digits of a text and the unit around them ($60m: 60 and $ m); two empty texts when it has none."""
    match = _WITH_UNIT.fullmatch(text) if len(text) <= LONGEST_GUESS else None
    unit = f"{match[1]} {match[3] or ''}".strip() if match else ""
    return (match[2].strip(), unit) if match and unit else ("", "")


def _may_tell(text: str) -> bool:
    """True for a text that may be a number with a sign for decimals or thousands."""
    return len(text) <= LONGEST_GUESS and ("." in text or "," in text) and any(sign.isdecimal() for sign in text)


def _numbers_under(raw: RawSheet, label: str) -> list[float]:
    """The numbers below a heading, or beside an item, of that label."""
    wanted = normal(label)
    found: list[float] = []
    for row, cells in list(raw.rows.items())[:_HEADS]:
        for column, cell in cells.items():
            if cell.content is Content.TEXT and normal(header_text(cell)) == wanted:
                below = [line[column] for at, line in raw.rows.items() if at > row and column in line]
                beside = [cells[column + 1]] if column + 1 in cells else []
                found.extend(each.number for each in (*below, *beside) if _counts(each))
    return found


def _counts(cell: Cell) -> bool:
    return cell.content is Content.NUMBER and not cell.dated
