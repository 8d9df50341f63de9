"""A workbook into checked inputs, or into every problem that it has, in one go."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.inputs import Inputs
from reportgen.intake.checking.accepted import Acceptances, Silenced
from reportgen.intake.checking.alternatives import OF_BLANKS
from reportgen.intake.checking.cross_cell import with_known_names, wrong_together
from reportgen.intake.checking.findings import Findings, place_of
from reportgen.intake.checking.plausibility.rows import odd_together
from reportgen.intake.file.book import Book, opened
from reportgen.intake.file.cell import RawSheet
from reportgen.intake.reading.sheet_reader import ReadSheet, read_sheet
from reportgen.intake.reading.sheet_recognition import meant_sheets, missing_sheet_hint, unread_sheets
from reportgen.intake.reading.written_numbers import Written
from reportgen.problem_codes import codes
from reportgen.problems import InputError, Severity
from reportgen.sheets import SHEETS, normal

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems import Problem


MOST_OTHER_SHEETS = 50
"""Sheets of one's own that are looked at for what they may be, where a declared one is missing."""


@dataclass(frozen=True)
class Examination:
    """What a look at a workbook found: the inputs, unless there are errors, and all problems in sheet order.

    `accepted` are the warnings that the sheet Accepted silences; they are among the problems no more. `absent` are the
    optional sheets that the file does not have.
    """

    inputs: Inputs | None
    problems: tuple[Problem, ...]
    accepted: tuple[Silenced, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are possible but odd."""
        return tuple(each for each in self.problems if each.severity is Severity.WARNING)


def read_workbook(path: Path) -> Inputs:
    """The inputs of the workbook at `path`; its warnings come with them.

    Raises InputError with every problem, warnings included, when there is an error among them.
    """
    found = examine(path)
    if found.inputs is None:
        raise InputError(found.problems)
    return found.inputs


def examine(path: Path) -> Examination:
    """Reads the workbook at `path` and finds all that is wrong or odd. Raises nothing for any content of the file."""
    file = str(path)
    found = Findings(file)
    try:
        with opened(path) as book:
            raw = _raw_sheets(book)
            meant = _meant(book, raw)
    except InputError as refused:
        return Examination(None, refused.problems)
    read = unread_sheets(meant, file)
    written = Written(raw)
    sheets: dict[str, ReadSheet] = {}
    for sheet in SHEETS:
        sheets[sheet.name], problems = read_sheet(sheet, raw.get(sheet.name), file, written)
        hint = missing_sheet_hint(sheet.name, meant)
        read.extend(dataclasses.replace(each, hint=hint) if hint else each for each in problems)
    acceptances = Acceptances(sheets)
    found.add(acceptances.standing(read))
    if not found.told("problems_many"):
        sheets, problems = with_known_names(sheets)
        found.add(problems)
        unread = found.wrong_cells()
        wrong = wrong_together(sheets)
        found.add(each for each in wrong if each.code not in OF_BLANKS or place_of(each) not in unread)
        found.add(acceptances.wrong())
        found.add(acceptances.standing(odd_together(sheets)))
        found.add(acceptances.idle())
    ordered, accepted = found.in_order(), tuple(acceptances.silenced)
    absent = tuple(sheet.name for sheet in SHEETS if not sheet.required and sheet.name not in raw)
    if any(each.severity is Severity.ERROR for each in ordered):
        return Examination(None, ordered, accepted, absent)
    tables = {name: read.table for name, read in sheets.items()}
    sent, kept = _by_privacy(ordered, path.name)
    return Examination(
        Inputs(tables, path.name, book.package.sha256, sent, kept_warnings=kept), ordered, accepted, absent
    )


def _raw_sheets(book: Book) -> dict[str, RawSheet]:
    """The sheets of the file that are declared, by their declared name; an exact name goes before a similar one."""
    raw: dict[str, RawSheet] = {}
    for sheet in SHEETS:
        exact = [listed for listed in book.sheets if listed.name == sheet.name]
        similar = [listed for listed in book.sheets if normal(listed.name) == normal(sheet.name)]
        if exact or similar:
            raw[sheet.name] = book.read((exact or similar)[0])
    return raw


def _meant(book: Book, raw: dict[str, RawSheet]) -> dict[str, str]:
    """The sheets of the file, none of them read, that may be the declared ones that it lacks."""
    if len(raw) == len(SHEETS):
        return {}
    names = {each.name for each in raw.values()}
    others = [listed for listed in book.sheets if listed.name not in names][:MOST_OTHER_SHEETS]
    return meant_sheets({listed.name: book.beginning(listed) for listed in others}, raw.keys())


def _by_privacy(warnings: tuple[Problem, ...], name: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The warnings that are delivered and those that stay in the house, with the file's name and without its folder.

    What stands in columns and sheets that are not sent must not be told by a warning either.
    """
    private = {sheet.name for sheet in SHEETS if sheet.private}
    sent: list[Problem] = []
    kept: list[Problem] = []
    for each in warnings:
        stays = codes()[each.code].private or each.where.sheet in private
        named = dataclasses.replace(each, where=dataclasses.replace(each.where, file=name))
        (kept if stays else sent).append(named)
    return tuple(sent), tuple(kept)
