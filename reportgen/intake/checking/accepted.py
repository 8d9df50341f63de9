"""Warnings that were looked at and may stand: the sheet Accepted silences them by code, sheet and row, until a day.

The one error that can be accepted as well is a price that is the same as last week's by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.file.cell import position
from reportgen.intake.reading.names import Guesses, same_name
from reportgen.problem_codes import codes, problem
from reportgen.problems import shortened
from reportgen.sheets import BY_NAME, Kind, normal

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

_FORMULA_SIGNS = tuple("=+-@")
"""A pasted text that begins with one of these would become a formula."""


@dataclass(frozen=True)
class Silenced:
    """A warning that stands by somebody's word: who accepted it, and why."""

    warning: Problem
    accepted_by: str
    reason: str


class Acceptances:
    """The rows of Accepted, and which warnings each of them has silenced."""

    def __init__(self, sheets: Mapping[str, ReadSheet]) -> None:
        self._sheets = sheets
        self._read = sheets["Accepted"]
        as_of = float(sheets["Report"].column("as_of")[0])
        until = self._read.column("until").tolist()
        self._over = [day < as_of for day in until]  # a blank day is never over
        self._used = [False] * len(until)
        self._places: dict[str, dict[int, int]] = {}
        self._by_kind: dict[tuple[str, str], dict[str, int]] = {}
        for record, (code, sheet, row) in enumerate(zip(*map(self._read.texts, ("code", "sheet", "row")), strict=True)):
            if not self._over[record]:  # of several for one row the first one counts
                of_kind = self._by_kind.setdefault((code.casefold(), normal(sheet)), {})
                of_kind.setdefault(same_name(row), record)
        self.silenced: list[Silenced] = []
        self._standing: dict[tuple[str, str], Problem] = {}

    def standing(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that nobody accepted; the others are kept in `silenced`."""
        for each in problems:
            record = self._record_for(each) if codes()[each.code].may_be_accepted else None
            if record is None:
                self._standing.setdefault((each.code, normal(each.where.sheet)), each)
                yield each
                continue
            by, reason = (self._read.texts(name)[record] for name in ("accepted_by", "reason"))
            self.silenced.append(Silenced(each, by, reason))

    def wrong(self) -> Iterator[Problem]:
        """Every row of Accepted whose code is no warning's, or whose sheet is none."""
        warnings = [name for name, code in codes().items() if code.may_be_accepted]
        guesses = Guesses(warnings)
        sheets = {normal(name) for name in self._sheets}
        for record, (code, sheet) in enumerate(zip(self._read.texts("code"), self._read.texts("sheet"), strict=True)):
            if code and code.casefold() not in warnings:
                message = f'found "{shortened(code)}", which is the code of no warning.'
                yield problem("accepted_code", self._read.where("code", record), message, guesses.hint(code))
            if sheet and normal(sheet) not in sheets:
                message = f'found "{shortened(sheet)}", expected the name of an input sheet.'
                yield problem("accepted_sheet", self._read.where("sheet", record), message)

    def idle(self) -> Iterator[Problem]:
        """Every row that silenced nothing, once all warnings were seen: its day is over, or its cause is gone."""
        for record, used in enumerate(self._used):
            if not used:
                yield self._idle(record)

    def _idle(self, record: int) -> Problem:
        code, sheet, row = (self._read.texts(name)[record] for name in ("code", "sheet", "row"))
        elsewhere = self._standing.get((code.casefold(), normal(sheet)))
        hint = ""
        if self._over[record]:
            why = f"it ended on {iso_day(self._read.column('until')[record])}"
        elif elsewhere is None:
            why = "there is no such warning now"
        else:
            name = self._telling_name_of(elsewhere)
            why = f'there is such a warning at {elsewhere.where.cell}, but not in a row of "{shortened(row)}"'
            hint = (
                f'Row takes a name or a date, not the number of a row: "{shortened(name)}", or nothing for every row.'
            )
        where = self._read.where("row" if elsewhere and not self._over[record] else "code", record)
        return problem("accepted_idle", where, f"this row silences nothing: {why}.", hint)

    def row_to_paste(self, each: Problem) -> tuple[str, ...]:
        """The row of Accepted that would silence a problem on the as-of day, in the order of the workbook's columns.

        Reason and name stay blank: they are typed by the person who looks. A row's name that a spreadsheet would take
        for a formula is not given.
        """
        as_of = self._sheets["Report"].column("as_of")[0]
        told = {
            "code": each.code,
            "sheet": each.where.sheet,
            "row": self._telling_name_of(each),
            "until": iso_day(as_of) if as_of == as_of else "",
        }
        layout = self._read.layout
        fields = [field.name for field in BY_NAME["Accepted"].fields]
        columns = layout.columns if layout is not None else {name: place for place, name in enumerate(fields)}
        by_place = {place: told.get(name, "") for name, place in columns.items()}
        return tuple(by_place.get(place, "") for place in range(min(by_place), max(by_place) + 1))

    def _record_for(self, each: Problem) -> int | None:
        by_row = self._by_kind.get((each.code, normal(each.where.sheet)))
        if by_row is None:
            return None
        found = min((by_row[name] for name in ("", *self._names_of(each)) if name in by_row), default=None)
        if found is not None:
            self._used[found] = True
        return found

    def _names_of(self, each: Problem) -> frozenset[str]:
        """Every name and date in the row that a problem is about, and the label of a form's item, as compared."""
        read, record = self._place_of(each)
        if read is not None and read.sheet.form:
            return frozenset({same_name(each.where.label)})
        return frozenset(map(same_name, _names_in(read, record)))

    def _telling_name_of(self, each: Problem) -> str:
        """The name or date that no other row of the sheet has, as it is written; else the first, "" without any."""
        read, record = self._place_of(each)
        if read is not None and read.sheet.form:
            return each.where.label
        names = [name for name in _names_in(read, record) if name[:1] not in _FORMULA_SIGNS]
        others = Counter(name for row in range(read.table.rows if read else 0) for name in set(_names_in(read, row)))
        return next((name for name in names if others[name] == 1), next(iter(names), ""))

    def _place_of(self, each: Problem) -> tuple[ReadSheet | None, int | None]:
        """The sheet and the record that a problem is about, as far as there are any."""
        read = self._sheets.get(each.where.sheet)
        if read is None or read.layout is None:
            return None, None
        row = position(each.where.cell)[0] or int(each.where.cell.removeprefix("row ") or 0)
        return read, None if read.sheet.form else self._rows(read).get(row)

    def _rows(self, read: ReadSheet) -> dict[int, int]:
        """The record of each row of a sheet."""
        assert read.layout is not None  # asked for sheets that have one
        rows = read.layout.rows
        return self._places.setdefault(
            read.sheet.name, {rows[place]: record for record, place in enumerate(read.order)}
        )


def _names_in(read: ReadSheet | None, record: int | None) -> list[str]:
    """Every name and date in a row, as they are written, in the order of the columns."""
    names: list[str] = []
    if read is None or record is None:
        return names
    for field in read.sheet.fields:
        if read.blank_where(field.name, record):
            continue
        if not field.number:
            names.append(read.texts(field.name)[record])
        elif field.kind is Kind.DATE:
            names.append(iso_day(read.column(field.name)[record]))
    return names
