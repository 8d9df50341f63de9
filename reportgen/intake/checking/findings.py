"""Problems as they are found: the first of each kind on each sheet one by one, the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

from reportgen.intake.file.cell import position
from reportgen.intake.file.limits import MOST_PROBLEMS, MOST_WARNINGS
from reportgen.problem_codes import codes, problem
from reportgen.problems import Problem, Severity, Where
from reportgen.sheets import BY_NAME, SHEETS

_MOST = {Severity.ERROR: MOST_PROBLEMS, Severity.WARNING: MOST_WARNINGS}
_MORE = {Severity.ERROR: "errors_more", Severity.WARNING: "warnings_more"}


class Findings:
    """What is wrong or odd with a workbook, gathered sheet by sheet; what is alike in thousands of rows is counted."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, problems: Iterable[Problem]) -> None:
        """Takes problems in."""
        for each in problems:
            kind = each.code, each.where.sheet
            self._counts[kind] += 1
            if self._counts[kind] <= _MOST[each.severity]:
                self._kept.append(each)

    def beside(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems but those in a row of a list that has an error: what is not read there is not what was typed."""
        wrong = {_row_of(each) for each in self._kept if each.severity is Severity.ERROR}
        return (each for each in problems if _row_of(each) not in wrong or BY_NAME[each.where.sheet].form)

    @property
    def kept(self) -> tuple[Problem, ...]:
        """The problems that are told one by one, in the order in which they were found."""
        return tuple(self._kept)

    def told(self, code: str) -> bool:
        """True when a problem of that code was found on any sheet."""
        return any(found == code for found, _ in self._counts)

    def wrong_cells(self) -> frozenset[tuple[str, str]]:
        """The places of the errors so far: sheet and cell."""
        return frozenset(place_of(each) for each in self._kept if each.severity is Severity.ERROR)

    def in_order(self) -> tuple[Problem, ...]:
        """The problems in the order of sheets, rows and columns; how many more there are stands behind each kind."""
        more = []
        for (code, sheet), count in self._counts.items():
            listed = codes()[code]
            if (extra := count - _MOST[listed.severity]) > 0:
                message = f'and {extra:,} more: "{listed.title}".'
                more.append(problem(_MORE[listed.severity], Where(self._file, sheet), message))
        return tuple(sorted([*self._kept, *more], key=_reading_order))


def _row_of(each: Problem) -> tuple[str, str]:
    """Sheet and row of a problem."""
    return each.where.sheet, each.where.cell.lstrip(ascii_uppercase)


def place_of(each: Problem) -> tuple[str, str]:
    """Sheet and cell of a problem."""
    return each.where.sheet, each.where.cell


def _reading_order(each: Problem) -> tuple[int, bool, int, int, str]:
    names = [sheet.name for sheet in SHEETS]
    sheet = names.index(each.where.sheet) if each.where.sheet in names else -1
    row, column = position(each.where.cell)
    if each.where.cell.startswith("row "):
        row = int(each.where.cell.removeprefix("row "))
    return sheet, each.code in _MORE.values(), row, column, each.code
