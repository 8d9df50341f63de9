"""A row of units below the headings: taken for what it is, not for a record, and held against the declared units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen import excel_dates
from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.reading.heading_units import unit_of_heading
from reportgen.intake.reading.typed_values import plain_text
from reportgen.intake.reading.units import parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.intake.reading.heading_units import HeadingUnit
    from reportgen.intake.reading.layout import Layout
    from reportgen.problems import Problem
    from reportgen.sheets import Field, Sheet

_DATES = frozenset({"yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy"})
_WORDS = frozenset(
    {"unit", "units", "unit:", "units:", "name", "text", "date", "day", "utc", "machines", "yes/no", "y/n"}
)
_SAYS_NOTHING = _DATES | _WORDS | {"", "-", "\u2013", "n/a", "#"}
"""What stands in a row of units where a column has none."""


def without_unit_row(sheet: type[Sheet], raw: RawSheet, layout: Layout, file: str) -> tuple[Layout, list[Problem]]:
    """The layout without a row of units that stands right below the headings, with the units that it names.

    A unit that is not the declared one counts as if its heading named it; one that differs from that of its heading is
    refused. The warning says that the row is no record.
    """
    if sheet.form or not layout.rows:
        return layout, []
    row = layout.rows[0]
    named = {
        (name, column): cell
        for name, column in (*layout.columns.items(), *layout.wide)
        if (cell := raw.at(row, column)) is not None
    }
    fields = {key: _field_of(sheet, layout, *key) for key in named}
    if not all(_may_be_unit(fields[key], cell) for key, cell in named.items()) or not any(
        _is_unit(fields[key], cell) for key, cell in named.items()
    ):
        return layout, []
    units, wide_units = dict(layout.units), dict(layout.wide_units)
    for (name, column), cell in named.items():
        field = fields[name, column]
        where = Where(file, sheet.name, address(row, column), field.label)
        unit = unit_of_heading(field, plain_text(cell.text).strip("()[]"), where) if _is_unit(field, cell) else None
        if unit is not None and field.wide:
            wide_units[column] = _agreed(wide_units.get(column), unit)
        elif unit is not None:
            units[name] = _agreed(units.get(name), unit)
    first = min(column for _, column in named)
    told = problem(
        "unit_row",
        Where(file, sheet.name, address(row, first)),
        f"found a row of units below the headings ({shortened(_shown(named.values()))}): it is read as units, not as a "
        "record.",
    )
    return replace(layout, rows=layout.rows[1:], units=units, wide_units=wide_units, units_row=row), [told]


def _field_of(sheet: type[Sheet], layout: Layout, name: str, column: int) -> Field:
    if layout.columns.get(name) == column:
        return sheet.field(name)
    return replace(next(field for field in sheet.fields if field.wide), label=name)


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


def _agreed(heading: HeadingUnit | None, below: HeadingUnit) -> HeadingUnit:
    """The unit that the heading and the row below it name; two that differ are refused."""
    if heading is None or heading.written.casefold() == below.written.casefold():
        return below if heading is None else heading
    return replace(heading, refused=f'"{shortened(below.written)}" stands below it')


def _shown(cells: Iterable[Cell]) -> str:
    texts = (plain_text(cell.text) for cell in cells)
    return ", ".join(text for text in texts if text)
