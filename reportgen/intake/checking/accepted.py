"""Warnings that were looked at and may stand: the sheet Accepted silences them by code, sheet and row, until a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.file.cell import position
from reportgen.intake.reading.names import Guesses, same_name
from reportgen.problem_codes import codes, problem
from reportgen.problems import Severity, shortened
from reportgen.sheets import Kind, normal

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem


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

    def standing(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that nobody accepted; the others are kept in `silenced`."""
        for each in problems:
            record = self._record_for(each) if each.severity is Severity.WARNING else None
            if record is None:
                yield each
                continue
            by, reason = (self._read.texts(name)[record] for name in ("accepted_by", "reason"))
            self.silenced.append(Silenced(each, by, reason))

    def wrong(self) -> Iterator[Problem]:
        """Every row of Accepted whose code is no warning's, or whose sheet is none."""
        warnings = [name for name, code in codes().items() if code.severity is Severity.WARNING]
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
                day = self._read.column("until")[record]
                why = f"it ended on {iso_day(day)}" if self._over[record] else "there is no such warning now"
                yield problem("accepted_idle", self._read.where("code", record), f"this row silences nothing: {why}.")

    def _record_for(self, each: Problem) -> int | None:
        by_row = self._by_kind.get((each.code, normal(each.where.sheet)))
        if by_row is None:
            return None
        found = min((by_row[name] for name in ("", *self._names_of(each)) if name in by_row), default=None)
        if found is not None:
            self._used[found] = True
        return found

    def _names_of(self, each: Problem) -> frozenset[str]:
        """Every name and date in the row that a problem is about, and the label of a form's item."""
        read = self._sheets.get(each.where.sheet)
        if read is None or read.layout is None:
            return frozenset()
        if read.sheet.form:
            return frozenset({same_name(each.where.label)})
        row = position(each.where.cell)[0] or int(each.where.cell.removeprefix("row ") or 0)
        record = self._rows(read).get(row)
        if record is None:
            return frozenset()
        names = set()
        for field in read.sheet.fields:
            if not field.number:
                names.add(same_name(read.texts(field.name)[record]))
            elif field.kind is Kind.DATE and not read.blank_where(field.name, record):
                names.add(iso_day(read.column(field.name)[record]))
        return frozenset(names)

    def _rows(self, read: ReadSheet) -> dict[int, int]:
        """The record of each row of a sheet."""
        assert read.layout is not None  # asked for sheets that have one
        rows = read.layout.rows
        return self._places.setdefault(
            read.sheet.name, {rows[place]: record for record, place in enumerate(read.order)}
        )
