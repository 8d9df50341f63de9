"""What a form noted of the week before: the column "Last week" beside its values, which a roll fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.intake.reading.headings import header_text
from reportgen.intake.reading.values import read_value
from reportgen.intake.reading.written_numbers import Surroundings
from reportgen.problems import Where
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.intake.file.cell import RawSheet
    from reportgen.intake.reading.layout import Layout
    from reportgen.sheets import Sheet

LAST_WEEK = "Last week"
"""The heading of that column."""


def column_headed(label: str, raw: RawSheet, layout: Layout) -> int:
    """The column of a form with that heading; 0 when there is none."""
    cells = raw.rows.get(layout.header, {})
    return next((column for column, cell in sorted(cells.items()) if normal(header_text(cell)) == normal(label)), 0)


def last_week(sheet: type[Sheet], raw: RawSheet | None, layout: Layout | None) -> dict[str, float | str]:
    """The value of last week by field, for those that change every week; what is blank or unreadable is not told."""
    if raw is None or layout is None or not (column := column_headed(LAST_WEEK, raw, layout)):
        return {}
    noted: dict[str, float | str] = {}
    for field in sheet.fields:
        cell = raw.at(layout.items.get(field.name, 0), column)
        if field.weekly and cell is not None:
            around = Surroundings(raw.shift, layout.units.get(field.name))
            value, wrong = read_value(field, cell, Where(), around)
            if wrong is None:
                noted[field.name] = value
    return noted
