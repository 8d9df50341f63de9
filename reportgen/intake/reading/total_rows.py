"""Rows of totals below a list: left out and told at their name, instead of an error for each of their cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Content, RawSheet, address
from reportgen.intake.reading.names import names_total
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened

if TYPE_CHECKING:
    from reportgen.intake.reading.layout import Layout
    from reportgen.problems import Problem
    from reportgen.sheets import Sheet


def without_totals(sheet: type[Sheet], raw: RawSheet, layout: Layout, file: str) -> tuple[Layout, list[Problem]]:
    """The layout without rows that are called Total, Sum or the like in their first column, and an error for each.

    Sheets whose rows have names of their own keep theirs: a scenario may be called Median.
    """
    if sheet.form or not layout.columns or any(field.key for field in sheet.fields):
        return layout, []
    name, column = min(layout.columns.items(), key=lambda each: each[1])
    totals = dict.fromkeys(row for row in layout.rows if _is_total(raw, row, column))
    problems = [
        problem(
            "operator_total",
            Where(file, sheet.name, address(row, column), sheet.field(name).label),
            f'found "{shortened(raw.rows[row][column].text)}": the row would count as one row more.',
        )
        for row in totals
    ]
    return (
        replace(layout, rows=tuple(row for row in layout.rows if row not in totals)) if totals else layout
    ), problems


def _is_total(raw: RawSheet, row: int, column: int) -> bool:
    cell = raw.at(row, column)
    return cell is not None and cell.content is Content.TEXT and names_total(cell.text)
