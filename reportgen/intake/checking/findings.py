"""Problems as they are found: the first of each kind on each sheet one by one, the rest counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportgen.intake.checking.joined import joined
from reportgen.intake.checking.one_cause import row_of, without_consequences
from reportgen.intake.file.cell import position
from reportgen.intake.file.limits import MOST_KEPT, MOST_PROBLEMS, MOST_WARNINGS
from reportgen.problem_codes import codes, problem
from reportgen.problems import Problem, Severity, Where
from reportgen.sheets import BY_NAME, SHEETS

_MOST = {Severity.ERROR: MOST_PROBLEMS, Severity.WARNING: MOST_WARNINGS}
"""Lines of one kind on one sheet."""
_OF_COLUMNS = frozenset(
    {"history_gap", "etf_gap", "etf_zeros", "flows_small", "flows_unsigned", "flows_level", "flows_total"}
)
"""What is told of all rows of a sheet: a row that could not be read would be missing there."""
_MORE = {Severity.ERROR: "errors_more", Severity.WARNING: "warnings_more"}


class Findings:
    """What is wrong or odd with a workbook, gathered sheet by sheet; what is alike in thousands of rows is counted."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, problems: Iterable[Problem]) -> None:
        """Takes problems in."""
        for each in problems:
            kind = _kind(each)
            self._counts[kind] += 1
            if self._counts[kind] <= MOST_KEPT:
                self._kept.append(each)

    def beside(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems but those of a list that an error explains: what is not read there is not what was typed.

        An error of a row hides what is said of that row; an error of a sheet what is said of all its rows together.
        """
        wrong = {row_of(each) for each in self._kept if each.severity is Severity.ERROR}
        sheets = {sheet for sheet, _ in wrong}
        return (
            each
            for each in problems
            if BY_NAME[each.where.sheet].form
            or (row_of(each) not in wrong and not (each.code in _OF_COLUMNS and each.where.sheet in sheets))
        )

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
        """The problems in the order of sheets, rows and columns, those of one cause as one.

        How many more of a kind there are than are listed stands behind that kind.
        """
        causes = without_consequences(self._kept)
        told = set(map(_kind, causes))
        left = self._counts - (Counter(map(_kind, self._kept)) - Counter(map(_kind, causes)))
        left = Counter({kind: count for kind, count in left.items() if kind in told})
        lines: Counter[tuple[str, str]] = Counter()
        listed = []
        for each in joined(sorted(causes, key=_reading_order)):
            kind = _kind(each)
            lines[kind] += 1
            if lines[kind] <= _MOST[each.severity]:
                listed.append(each)
                left[kind] -= each.count
        more = [self._more(code, sheet, extra) for (code, sheet), extra in left.items() if extra]
        return tuple(sorted([*listed, *more], key=_reading_order))

    def _more(self, code: str, sheet: str, extra: int) -> Problem:
        kind = codes()[code]
        message = f'and {extra:,} more: "{kind.title}".'
        return problem(_MORE[kind.severity], Where(self.file, sheet), message)


def _kind(each: Problem) -> tuple[str, str]:
    """Code and sheet of a problem."""
    return each.code, each.where.sheet


def place_of(each: Problem) -> tuple[str, str]:
    """Sheet and cell of a problem."""
    return each.where.sheet, each.where.cell


def _reading_order(each: Problem) -> tuple[int, bool, int, int, str]:
    names = [sheet.name for sheet in SHEETS]
    sheet = names.index(each.where.sheet) if each.where.sheet in names else -1
    row, column = position(each.cells[0] if each.cells else each.where.cell)
    if each.where.cell.startswith("row "):
        row = int(each.where.cell.removeprefix("row "))
    return sheet, each.code in _MORE.values(), row, column, each.code
