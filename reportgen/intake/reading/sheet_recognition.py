"""Sheets under another name: which sheet of the file may be a declared one that the file lacks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from reportgen.intake.reading.headings import header_text, spellings
from reportgen.intake.reading.layout import header_row
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


def meant_sheets(beginnings: Mapping[str, RawSheet], read: Collection[str]) -> dict[str, str]:
    """For each declared sheet that is not read the sheet of the file that may be meant, if there is one.

    `beginnings` are the first rows of the sheets that are not read, by name; `read` the declared sheets that are.
    """
    found: dict[str, tuple[int, str]] = {}
    for name, raw in beginnings.items():
        columns = {sheet.name: len(_fields_of(sheet, raw)) for sheet in SHEETS}
        likely = [sheet for sheet in SHEETS if sheet.name not in read and _may_be(sheet, name, raw)]
        best = max(likely, key=lambda sheet: columns[sheet.name], default=None)
        if best is not None and columns[best.name] >= found.get(best.name, (0, ""))[0]:
            found[best.name] = columns[best.name], name
    return {sheet: name for sheet, (_, name) in found.items()}


def unread_sheets(meant: Mapping[str, str], file: str) -> list[Problem]:
    """A warning for each optional sheet that the file has under another name: it counts as left out."""
    return [
        problem(
            "sheet_unread",
            Where(file, sheet.name),
            f'the sheet "{shortened(meant[sheet.name])}" is not read, and there is no sheet {sheet.name}.',
            f"Did you mean {sheet.name}? {_rename(sheet.name, meant)} otherwise there is nothing to do.",
        )
        for sheet in SHEETS
        if sheet.name in meant and not sheet.required
    ]


def missing_sheet_hint(sheet: str, meant: Mapping[str, str]) -> str:
    """What to do about a required sheet that the file has under another name; "" when it has none like it."""
    return f'Did you mean "{shortened(meant[sheet])}"? {_rename(sheet, meant)}'.rstrip(";") if sheet in meant else ""


def _rename(sheet: str, meant: Mapping[str, str]) -> str:
    return f'Then rename "{shortened(meant[sheet])}" to {sheet};'


def _may_be(sheet: type[Sheet], name: str, raw: RawSheet) -> bool:
    """True when a sheet of the file has nearly the declared name, a word of it with a column, or its columns."""
    if difflib.SequenceMatcher(None, normal(name), normal(sheet.name)).ratio() >= _ALIKE:
        return True
    fields = _fields_of(sheet, raw)
    if fields and _words(name) & _words(sheet.name):
        return True
    needed = {field.name for field in sheet.fields if field.required and not field.wide}
    return len(fields) > 1 and len(needed - fields) <= _MISSING_COLUMNS and bool(needed & fields)


def _fields_of(sheet: type[Sheet], raw: RawSheet) -> set[str]:
    """The declared fields that stand in the best header row of a sheet; in a form, among its items."""
    names = spellings(sheet)
    if sheet.form:
        texts = {normal(header_text(cell)) for cells in raw.rows.values() for cell in cells.values()}
        return {names[text] for text in texts if text in names}
    row = header_row(raw, names)
    texts = {normal(header_text(cell)) for cell in raw.rows[row].values()} if row is not None else set()
    return {names[text] for text in texts if text in names}


def _words(name: str) -> set[str]:
    """The words of a sheet's name, in the singular."""
    return {word.casefold().removesuffix("s") for word in re.findall(r"[^\W\d_]+", name)}
