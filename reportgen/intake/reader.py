"""A workbook into checked inputs, or into every problem that it has, in one go."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.inputs import Inputs
from reportgen.intake.checking.alternatives import OF_BLANKS
from reportgen.intake.checking.cross_cell import with_known_names, wrong_together
from reportgen.intake.checking.plausibility.amounts import unread_sheets
from reportgen.intake.checking.plausibility.rows import odd_together
from reportgen.intake.file.book import Book
from reportgen.intake.file.cell import RawSheet, position
from reportgen.intake.file.package import DamagedError, open_package
from reportgen.intake.reading.sheet_reader import ReadSheet, read_sheet
from reportgen.problem_codes import problem
from reportgen.problems import InputError, Severity, Where
from reportgen.sheets import SHEETS, normal

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems import Problem


@dataclass(frozen=True)
class Examination:
    """What a look at a workbook found: the inputs, unless there are errors, and all problems in sheet order."""

    inputs: Inputs | None
    problems: tuple[Problem, ...]

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
    try:
        package = open_package(path)
        with package.archive:
            book = Book(package)
            raw = _raw_sheets(book)
            unread = unread_sheets([listed.name for listed in book.sheets], list(raw), file)
    except InputError as refused:
        return Examination(None, refused.problems)
    except DamagedError as damage:
        return Examination(None, (problem("file_damaged", Where(file), f"the file is damaged: {damage}."),))
    sheets: dict[str, ReadSheet] = {}
    problems: list[Problem] = list(unread)
    for sheet in SHEETS:
        sheets[sheet.name], found = read_sheet(sheet, raw.get(sheet.name), file)
        problems.extend(found)
    sheets, found = with_known_names(sheets)
    problems.extend(found)
    unread_cells = {(each.where.sheet, each.where.cell) for each in problems if each.severity is Severity.ERROR}
    problems.extend(
        each
        for each in wrong_together(sheets)
        if each.code not in OF_BLANKS or (each.where.sheet, each.where.cell) not in unread_cells
    )
    problems.extend(odd_together(sheets))
    ordered = tuple(sorted(problems, key=_reading_order))
    if any(each.severity is Severity.ERROR for each in ordered):
        return Examination(None, ordered)
    tables = {name: read.table for name, read in sheets.items()}
    warnings = tuple(_without_folder(each, path.name) for each in ordered)
    return Examination(Inputs(tables, path.name, package.sha256, warnings), ordered)


def _raw_sheets(book: Book) -> dict[str, RawSheet]:
    """The sheets of the file that are declared, by their declared name; an exact name goes before a similar one."""
    raw: dict[str, RawSheet] = {}
    for sheet in SHEETS:
        exact = [listed for listed in book.sheets if listed.name == sheet.name]
        similar = [listed for listed in book.sheets if normal(listed.name) == normal(sheet.name)]
        if exact or similar:
            raw[sheet.name] = book.read((exact or similar)[0])
    return raw


def _without_folder(warning: Problem, name: str) -> Problem:
    """The warning as it is delivered: with the file's name, whatever the folder it lies in."""
    return dataclasses.replace(warning, where=dataclasses.replace(warning.where, file=name))


def _reading_order(each: Problem) -> tuple[int, int, int, str]:
    names = [sheet.name for sheet in SHEETS]
    sheet = names.index(each.where.sheet) if each.where.sheet in names else -1
    row, column = position(each.where.cell)
    if each.where.cell.startswith("row "):
        row = int(each.where.cell.removeprefix("row "))
    return sheet, row, column, each.code
