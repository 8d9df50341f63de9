"""Sheets under another name: which sheet of the file may be a declared one that the file lacks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.reading.headings import header_text, spellings
from reportgen.intake.reading.layout import ROWS_SEARCHED, find_layout
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import SHEETS, normal

if TYPE_CHECKING:
    from reportgen.intake.file.cell import RawSheet
    from reportgen.problems import Problem
    from reportgen.sheets import Sheet

_ALIKE = 0.75
"""How much of two names must be the same for one to be a misspelling of the other."""
_MISSING_COLUMNS = 1
"""Required columns that a sheet may lack and still be known by its columns."""


def meant_sheets(
    beginnings: Mapping[str, RawSheet], read: Collection[str], empty: Collection[str] = ()
) -> dict[str, str]:
    """For each declared sheet that is not read the sheet of the file that may be meant, if there is one.

    `beginnings` are the first rows of the sheets that are not read, by name; `read` the declared sheets that are. For
    one that is there and `empty` another is meant only if it holds a row of it, typed by hand. Of several sheets the
    one with most of the columns is meant, and of those the first.
    """
    found: dict[str, tuple[int, str]] = {}
    for name, raw in beginnings.items():
        rows = [_labels(cells.values()) for cells in raw.rows.values()]
        fields = {sheet.name: _fields_of(sheet, rows) for sheet in SHEETS}
        likely = [
            sheet
            for sheet in SHEETS
            if sheet.name not in read
            and (_holds_row(sheet, raw) if sheet.name in empty else _may_be(sheet, name, raw, fields[sheet.name]))
        ]
        best = max(likely, key=lambda sheet: len(fields[sheet.name]), default=None)
        if best is not None and len(fields[best.name]) > found.get(best.name, (-1, ""))[0]:
            found[best.name] = len(fields[best.name]), name
    return {sheet: name for sheet, (_, name) in found.items()}


def unread_sheets(meant: Mapping[str, str], file: str) -> list[Problem]:
    """A warning for each optional sheet that the file has under another name: it counts as left out."""
    return [
        problem(
            "sheet_unread",
            Where(file, sheet.name),
            f'the sheet "{shortened(meant[sheet.name])}" is not read, and there is no sheet {sheet.name} with rows.',
            f"Did you mean {sheet.name}? {_rename(sheet.name, meant)} otherwise there is nothing to do.",
        )
        for sheet in SHEETS
        if sheet.name in meant and not sheet.required
    ]


def missing_sheet_hint(sheet: str, meant: Mapping[str, str]) -> str:
    """What to do about a required sheet that the file has under another name; "" when it has none like it."""
    return (
        f'Did you mean "{shortened(meant[sheet])}"? {_rename(sheet, meant).removesuffix(";")}.'
        if sheet in meant
        else ""
    )


def _rename(sheet: str, meant: Mapping[str, str]) -> str:
    return f'Then rename "{shortened(meant[sheet])}" to {sheet};'


def has_rows(sheet: type[Sheet], raw: RawSheet) -> bool:
    """True when a sheet has more than headings; one with many filled rows is taken to."""
    if len(raw.rows) > ROWS_SEARCHED:
        return True
    layout, _ = find_layout(sheet, raw, "")
    return layout is not None and bool(layout.rows)


def _may_be(sheet: type[Sheet], name: str, raw: RawSheet, fields: set[str]) -> bool:
    """True when a sheet of the file has nearly the declared name, a word of it with a column, or its columns.

    A sheet whose numbers are all computed shows what follows from the inputs: only its name makes it one of them.
    """
    if difflib.SequenceMatcher(None, normal(name), normal(sheet.name)).ratio() >= _ALIKE:
        return True
    if _computed(raw):
        return False
    if fields and _words(name) & _words(sheet.name):
        return True
    needed = {field.name for field in sheet.fields if field.required and not field.wide}
    return len(fields) > 1 and len(needed - fields) <= _MISSING_COLUMNS and bool(needed & fields)


def _holds_row(sheet: type[Sheet], raw: RawSheet) -> bool:
    """True when all required columns are there, more than one, and some row has a typed value of its kind in each."""
    layout = None if sheet.form else find_layout(sheet, raw, "")[0]
    needed = [field for field in sheet.fields if field.required and not field.wide]
    if layout is None or len(needed) < 2 or any(field.name not in layout.columns for field in needed):
        return False
    places = [(layout.columns[field.name], Content.NUMBER if field.number else Content.TEXT) for field in needed]
    rows = ([(raw.at(row, column), content) for column, content in places] for row in layout.rows)
    return any(
        all(cell is not None and not cell.formula and cell.content is content for cell, content in row) for row in rows
    )


def _computed(raw: RawSheet) -> bool:
    """True when a sheet has numbers and every one of them is that of a formula."""
    numbers = [cell for cells in raw.rows.values() for cell in cells.values() if cell.content is Content.NUMBER]
    return bool(numbers) and all(cell.formula for cell in numbers)


def _labels(cells: Iterable[Cell]) -> set[str]:
    """What may be headings among the cells of a row, as headings are compared."""
    return {normal(header_text(cell)) for cell in cells if cell.content is Content.TEXT}


def _fields_of(sheet: type[Sheet], rows: Sequence[set[str]]) -> set[str]:
    """The declared fields that stand in the row with most of them; in a form, in any row."""
    names = spellings(sheet)
    found = [{names[label] for label in labels & names.keys()} for labels in rows]
    return set().union(*found) if sheet.form else max(found, key=len, default=set())


def _words(name: str) -> set[str]:
    """The words of a sheet's name, in the singular."""
    return {word.casefold().removesuffix("s") for word in re.findall(r"[^\W\d_]+", name)}
