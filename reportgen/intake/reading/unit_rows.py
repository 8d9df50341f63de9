"""A row of units below the headings: taken for what it is, not for a record, and held against the declared units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen import excel_dates
from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.reading.heading_units import unit_of_heading
from reportgen.intake.reading.typed_values import plain_text
from reportgen.intake.reading.units import parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.heading_units import HeadingUnit
    from reportgen.problems import Problem
    from reportgen.sheets import Field, Sheet

_DATES = frozenset({"yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy"})
_WORDS = frozenset(
    {"unit", "units", "unit:", "units:", "name", "text", "date", "day", "utc", "machines", "yes/no", "y/n"}
)
_SAYS_NOTHING = _DATES | _WORDS | {"", "-", "\u2013", "n/a", "#"}
"""What stands in a row of units where a column has none."""


class UnitRow(NamedTuple):
    """The units that a row names in place of the declared ones: by field, and by column of a wide field."""

    units: dict[str, HeadingUnit]
    wide_units: dict[int, HeadingUnit]
    problem: Problem


Columns = Sequence[tuple[str, int]]
"""Name and column of each field, and of each column of a wide field."""


def unit_row(sheet: type[Sheet], raw: RawSheet, columns: Columns, wide: Columns, row: int, file: str) -> UnitRow | None:
    """What a row right below the headings says about units; None for a record. The problem says that it is none."""
    named = [
        (_field_of(sheet, name, place >= len(columns)), column, cell)
        for place, (name, column) in enumerate((*columns, *wide))
        if (cell := raw.at(row, column)) is not None
    ]
    if not all(_may_be_unit(field, cell) for field, _, cell in named):
        return None
    telling = [each for each in named if _is_unit(each[0], each[2])]
    if not telling:
        return None
    found = UnitRow(
        {},
        {},
        problem(
            "unit_row",
            Where(file, sheet.name, address(row, min(column for _, column, _ in named))),
            f"found a row of units below the headings ({shortened(_shown(cell for _, _, cell in named))}): it is read "
            "as units, not as a record.",
        ),
    )
    for field, column, cell in telling:
        where = Where(file, sheet.name, address(row, column), field.label)
        unit = unit_of_heading(field, plain_text(cell.text).strip("()[]"), where)
        if unit is not None and field.wide:
            found.wide_units[column] = unit
        elif unit is not None:
            found.units[field.name] = unit
    return found


def agreed(heading: HeadingUnit | None, below: HeadingUnit) -> HeadingUnit:
    """The unit that a heading and the row below it name; two that differ are refused."""
    if heading is None or heading.written.casefold() == below.written.casefold():
        return below
    return replace(heading, refused=f'"{shortened(below.written)}" stands below it')


def _field_of(sheet: type[Sheet], name: str, wide: bool) -> Field:
    return replace(next(field for field in sheet.fields if field.wide), label=name) if wide else sheet.field(name)


def _may_be_unit(field: Field, cell: Cell) -> bool:
    """True for a cell of a row of units: a unit, or a word that says that there is none."""
    return cell.content is Content.TEXT and (_word(cell) in _SAYS_NOTHING or _is_unit(field, cell))


def _is_unit(field: Field, cell: Cell) -> bool:
    word = _word(cell)
    if field.kind is not Kind.NUMBER or excel_dates.from_text(word) is not None:
        return False
    if word == field.unit.casefold() and word:
        return True
    return any(letter.isalpha() or letter in "%$\u20ac\u00a3" for letter in word) and parse(word) is not None


def _word(cell: Cell) -> str:
    return plain_text(cell.text).strip("()[] ").casefold()


def _shown(cells: Iterable[Cell]) -> str:
    texts = (plain_text(cell.text) for cell in cells)
    return ", ".join(text for text in texts if text)
