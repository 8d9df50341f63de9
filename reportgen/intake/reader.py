"""A workbook into checked inputs, or into every problem that it has, in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.inputs import Inputs
from reportgen.intake.checking.accepted import Acceptances, Silenced
from reportgen.intake.checking.alternatives import OF_BLANKS
from reportgen.intake.checking.as_of_day import later_rows, up_to_as_of, with_sound_day, wrong_year
from reportgen.intake.checking.cross_cell import with_known_names, wrong_together
from reportgen.intake.checking.findings import Findings, place_of
from reportgen.intake.checking.fund_totals import without_total
from reportgen.intake.checking.plausibility.rows import odd_together
from reportgen.intake.checking.staleness import Stale, stale_problems, stale_sheets
from reportgen.intake.checking.weekly_cells import weekly_cells
from reportgen.intake.file.book import Book, opened
from reportgen.intake.file.cell import RawSheet
from reportgen.intake.reading.last_week import last_week
from reportgen.intake.reading.sheet_reader import ReadSheet, read_sheet
from reportgen.intake.reading.sheet_recognition import has_rows, meant_sheets, missing_sheet_hint, unread_sheets
from reportgen.intake.reading.spaces import spaces_alone
from reportgen.intake.reading.written_numbers import Written
from reportgen.problem_codes import codes
from reportgen.problems import InputError, Severity
from reportgen.sheets import FIGURE_SHEETS, MARKS, SHEETS, normal

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems import Problem


HISTORIES = ("Network_History", "ETF_Flows")
"""Optional sheets that stay empty in few workbooks: one without a row was emptied, or is not filled in yet."""
OF_FORMULAS = frozenset({"cell_space", "yes_no_word"})
"""Told of a delivered workbook alone: what is read here, and is not what its formulas take."""
MOST_OTHER_SHEETS = 50
"""Sheets of one's own that are looked at for what they may be, where a declared one is missing."""


@dataclass(frozen=True)
class Examination:
    """What a look at a workbook found: the inputs, unless there are errors, and all problems in sheet order.

    `accepted` are the warnings that the sheet Accepted silences; they are among the problems no more. `absent` are the
    optional sheets that the file does not have, and history and flows without a row. `acceptances` writes rows of
    Accepted.
    """

    inputs: Inputs | None
    problems: tuple[Problem, ...]
    accepted: tuple[Silenced, ...] = ()
    absent: tuple[str, ...] = ()
    acceptances: Acceptances | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are possible but odd."""
        return tuple(each for each in self.problems if each.severity is Severity.WARNING)


Further = Callable[[Inputs, Sequence["Problem"]], Iterable["Problem"]]
"""Warnings about inputs without an error, for who computes with them; given are the warnings found until then."""


def nothing_further(_: Inputs, __: Sequence[Problem]) -> Iterable[Problem]:
    """No warnings beside those that the sheets alone show."""
    return ()


def read_workbook(path: Path, further: Further = nothing_further, *, stale_ok: bool = False) -> Inputs:
    """The inputs of the workbook at `path`; its warnings come with them. `stale_ok` lets data pass that ends early.

    Raises InputError with every problem, warnings included, when there is an error among them.
    """
    found = examine(path, further, stale_ok=stale_ok)
    if found.inputs is None:
        raise InputError(found.problems)
    return found.inputs


def examine(path: Path, further: Further = nothing_further, *, stale_ok: bool = False) -> Examination:
    """Reads the workbook at `path` and finds all that is wrong or odd. Raises nothing for any content of the file.

    `further` is asked when every value could be read, and what it finds can be accepted like the rest. With `stale_ok`
    history and flows that end too long before the as-of day are a warning, not an error.
    """
    file = str(path)
    found = Findings(file)
    try:
        with opened(path) as book:
            raw = _raw_sheets(book)
            meant, delivered = _meant(book, raw), _delivered(book)
    except InputError as refused:
        return Examination(None, refused.problems)
    sheets, read = _read_sheets(raw, meant, file)
    if delivered:
        read += spaces_alone(raw, sheets, file)
    read = [each for each in read if delivered or each.code not in OF_FORMULAS]
    noted = _last_week(raw, sheets)
    acceptances = Acceptances(sheets)
    stale: tuple[Stale, ...] = ()
    found.add(acceptances.standing(read))
    if not found.told("problems_many"):
        sheets = _checked(sheets, found, acceptances)
        computed = not found.wrong_cells()
        tables = {name: read.placed() for name, read in sheets.items()}
        inputs = Inputs(tables, path.name, book.package.sha256, last_week=noted)
        if computed:
            found.add(_further(further, inputs, found, acceptances))
        stale = stale_sheets(up_to_as_of(with_sound_day(sheets)))
        found.add(acceptances.standing(stale_problems(sheets, stale, stale_ok=stale_ok)))
        found.add(acceptances.standing(weekly_cells(sheets, noted)))
        if computed:  # otherwise what further looks would have found is not known, and no accepted warning is idle
            found.add(acceptances.idle())
    emptied = {name for name in HISTORIES if not sheets[name].table.rows}
    absent = tuple(each.name for each in SHEETS if not each.required and (each.name not in raw or each.name in emptied))
    examined = Examination(None, found.in_order(), tuple(acceptances.silenced), absent, acceptances)
    if examined.errors:
        return examined
    sent, kept = _by_privacy(examined.problems, path.name)
    accepted, _ = _by_privacy(tuple(each.warning for each in acceptances.silenced), path.name)
    old = tuple(each.data for each in stale)
    inputs = replace(inputs, warnings=sent, kept_warnings=kept, accepted=accepted, old_data=old)
    return replace(examined, inputs=inputs)


def _read_sheets(
    raw: dict[str, RawSheet], meant: dict[str, str], file: str
) -> tuple[dict[str, ReadSheet], list[Problem]]:
    """Every declared sheet, and what is wrong with single cells and headings."""
    sheets: dict[str, ReadSheet] = {}
    problems = unread_sheets(meant, file)
    written = Written(raw)
    for sheet in SHEETS:
        sheets[sheet.name], found = read_sheet(sheet, raw.get(sheet.name), file, written)
        hint = missing_sheet_hint(sheet.name, meant)
        problems.extend(replace(each, hint=hint) if hint else each for each in found)
    return sheets, problems


def _checked(sheets: dict[str, ReadSheet], found: Findings, acceptances: Acceptances) -> dict[str, ReadSheet]:
    """The sheets with names spelled alike and funds alone; what several cells together show is found."""
    sheets, problems = with_known_names(sheets)
    sheets["ETF_Flows"], totals = without_total(sheets["ETF_Flows"])
    found.add(acceptances.standing([*problems, *totals]))
    unread = found.wrong_cells()
    found.add(wrong_year(sheets))
    sound = with_sound_day(sheets)
    wrong = wrong_together(sound)
    found.add(each for each in wrong if each.code not in OF_BLANKS or place_of(each) not in unread)
    found.add(acceptances.wrong())
    found.add(acceptances.standing(found.beside(_odd(sound))))
    return sheets


def _further(further: Further, inputs: Inputs, found: Findings, acceptances: Acceptances) -> list[Problem]:
    """What further looks find and nobody accepted. They look again when something was: it hides no more behind it."""
    told = [*found.kept, *(each.warning for each in acceptances.silenced)]
    while True:
        before = len(acceptances.silenced)
        named = (replace(each, where=replace(each.where, file=found.file)) for each in further(inputs, told))
        standing = list(acceptances.standing(named))
        if len(acceptances.silenced) == before:
            return standing
        told.extend(each.warning for each in acceptances.silenced[before:])


def _last_week(raw: dict[str, RawSheet], sheets: dict[str, ReadSheet]) -> dict[str, dict[str, float | str]]:
    """What the forms noted of the week before."""
    return {
        sheet.name: last_week(sheet, raw.get(sheet.name), sheets[sheet.name].layout) for sheet in SHEETS if sheet.form
    }


def _odd(sheets: Mapping[str, ReadSheet]) -> Iterator[Problem]:
    """What is odd up to the as-of day, and that there are rows behind it."""
    yield from odd_together(up_to_as_of(sheets))
    yield from later_rows(sheets)


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
    """The sheets of the file, none of them read, that may be the declared ones that it lacks or leaves empty."""
    names = {each.name for each in raw.values()}
    if _delivered(book):  # what it computes is no input
        names |= FIGURE_SHEETS
    others = [listed for listed in book.sheets if listed.name not in names][:MOST_OTHER_SHEETS]
    if not others:
        return {}
    empty = {sheet.name for sheet in SHEETS if sheet.name in raw and not has_rows(sheet, raw[sheet.name])}
    return meant_sheets({listed.name: book.beginning(listed) for listed in others}, raw.keys() - empty, empty)


def _delivered(book: Book) -> bool:
    """True for a file that was delivered: it has formulas that take its cells as they stand."""
    return {listed.name for listed in book.sheets} >= MARKS


def _by_privacy(warnings: tuple[Problem, ...], name: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The warnings that are delivered and those that stay in the house, with the file's name and without its folder.

    What stands in columns and sheets that are not sent must not be told by a warning either.
    """
    private = {sheet.name for sheet in SHEETS if sheet.private}
    sent: list[Problem] = []
    kept: list[Problem] = []
    for each in warnings:
        stays = codes()[each.code].private or each.where.sheet in private
        named = replace(each, where=replace(each.where, file=name))
        (kept if stays else sent).append(named)
    return tuple(sent), tuple(kept)
