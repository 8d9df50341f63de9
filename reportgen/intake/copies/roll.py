"""Next week's input from this week's: everything kept, the as-of date moved, what changes every week marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.excel_dates import day, iso_day, serial
from reportgen.intake.file.cell import RawSheet, address
from reportgen.problems import UsageError
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.reading.layout import Layout

DAYS = 7
"""From one pack to the next, unless the user says another day."""


@dataclass(frozen=True)
class ToChange:
    """A cell that should change this week, and what stands in it now."""

    sheet: str
    cell: str
    label: str
    value: str


@dataclass(frozen=True)
class Rolled:
    """What a roll did in an opened workbook: from which day to which, what is to change now, what ended."""

    before: float
    now: float
    to_change: tuple[ToChange, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class RollReport:
    """What a roll did, and where it wrote; `kept` is where another file that stood there is now."""

    out: Path
    rolled: Rolled
    kept: Path | None


class Week:
    """This week's workbook as it was read, ready to become next week's.

    Raises InputError when its Report and Market sheets have no headers or no as-of date, UsageError when `as_of` is not
    after it. Without `as_of` the next week is seven days later.
    """

    def __init__(self, workbook: Path, raw: dict[str, RawSheet], as_of: dt.date | None) -> None:
        self._raw = raw
        self._forms = {name: _form(workbook, raw, name) for name in ("Report", "Market")}
        self.before = _as_of(workbook, self._forms["Report"][0])
        self.now = self.before + DAYS if as_of is None else serial(as_of)
        if self.now <= self.before:
            raise UsageError(
                f"{workbook}: its as-of date is {iso_day(self.before)}; --as-of {iso_day(self.now)} is not after it."
            )

    def form(self, name: str) -> tuple[RawSheet, Layout]:
        """A form as it was read, and where its items are."""
        return self._forms[name]

    def roll(self, book: Workbook, imported: frozenset[str] = frozenset()) -> Rolled:
        """Moves the as-of date of the opened workbook, notes last week's values and marks what changes every week.

        The sheets that are `imported` besides are not asked for new days.
        """
        from reportgen.intake.copies.copying import cell_at
        from reportgen.intake.copies.weekly_columns import clear_proposals, note_last_week

        changes = []
        for name, (raw, layout) in self._forms.items():
            page = book[raw.name]
            note_last_week(page, BY_NAME[name], raw, layout)
            clear_proposals(page, raw, layout)
            changes.extend(_mark(page, name, layout))
        report, layout = self._forms["Report"]
        date = cell_at(book[report.name], *layout.place("as_of", 0))
        date.value = day(self.now)
        if not date.is_date:
            date.number_format = "yyyy-mm-dd"
        changes = [each for each in changes if each.label != BY_NAME["Report"].field("as_of").label]
        return Rolled(self.before, self.now, tuple(changes), _remarks(self._raw, self.now, imported))


def rolled_path(workbook: Path, now: float, before: float) -> Path:
    """Where next week's workbook goes: beside this week's, the old date in its name replaced or the new one added."""
    old, new = iso_day(before), iso_day(now)
    stem = workbook.stem.replace(old, new) if old in workbook.stem else f"{workbook.stem}-{new}"
    return workbook.with_name(f"{stem}{workbook.suffix}")


def roll(workbook: Path, as_of: dt.date | None = None, out: Path | None = None, *, force: bool = False) -> RollReport:
    """Writes next week's input workbook from this week's, beside it unless `out` says where.

    Without `as_of` it is of seven days later. Raises UsageError when the date is not after the workbook's or the target
    is taken, InputError when the workbook cannot be read or its Report and Market sheets have no headers.
    """
    from reportgen.intake.copies.copying import free_target, open_copy, read_raw, save_copy
    from reportgen.intake.copies.drop_downs import restore_rules

    raw = read_raw(workbook)
    week = Week(workbook, raw, as_of)
    target = free_target(workbook, out or rolled_path(workbook, week.now, week.before), force=force)
    book = open_copy(workbook, raw)
    rolled = week.roll(book)
    restore_rules(book, raw)
    kept = save_copy(workbook, book, raw, target, force=force)
    book.close()
    return RollReport(target, rolled, kept)


def lines(out: Path, rolled: Rolled, done: Collection[str] = ()) -> list[str]:
    """A roll in plain words; the cells of Market in `done` have a new value already."""
    made = [f"{out}: rolled from {iso_day(rolled.before)} to {iso_day(rolled.now)}."]
    left = [each for each in rolled.to_change if each.sheet != "Market" or each.cell not in done]
    if left:
        made.append("To change now (orange while it is last week's value):")
        made.extend(f"  {each.sheet}!{each.cell} {each.label}: {each.value}" for each in left)
    made.extend(rolled.remarks)
    return made


def _form(workbook: Path, raw: dict[str, RawSheet], name: str) -> tuple[RawSheet, Layout]:
    from reportgen.intake.copies.copying import find_sheet
    from reportgen.intake.reading.layout import find_layout
    from reportgen.problem_codes import problem
    from reportgen.problems import InputError, Where

    there = find_sheet(raw, name)
    if there is None:
        raise InputError((problem("sheet_missing", Where(str(workbook), name), f'found no sheet "{name}".'),))
    layout, problems = find_layout(BY_NAME[name], there, str(workbook))
    if layout is None:
        blank = problem("sheet_empty", Where(str(workbook), name), "found a blank sheet.")
        raise InputError(tuple(problems) or (blank,))
    return there, layout


def _as_of(workbook: Path, there: RawSheet) -> float:
    from reportgen.intake.reading.sheet_reader import read_sheet
    from reportgen.problems import InputError

    read, problems = read_sheet(BY_NAME["Report"], there, str(workbook))
    wrong = tuple(each for each in problems if each.where.label == BY_NAME["Report"].field("as_of").label)
    if wrong:
        raise InputError(wrong)
    return float(read.column("as_of")[0])


def _mark(page: Worksheet, name: str, layout: Layout) -> list[ToChange]:
    """Marks the cells that change every week and lists them with what stands in them."""
    from reportgen.intake.form import style

    marked = []
    for field in BY_NAME[name].fields:
        row, column = layout.place(field.name, 0)
        if not field.weekly or not column:
            continue
        cell = page.cell(row, column)
        cell.fill = style.WEEKLY_FILL
        value = cell.value
        shown = (
            value.strftime("%Y-%m-%d") if isinstance(value, dt.date) else str(value if value is not None else "blank")
        )
        marked.append(
            ToChange(name, address(row, column), field.label, shown if len(shown) <= 60 else shown[:57] + "...")
        )
    return marked


def _remarks(raw: dict[str, RawSheet], now: float, imported: frozenset[str]) -> tuple[str, ...]:
    """What else has to be looked at: history that ends, contracts and debts that are over by the new date."""
    from reportgen.intake.copies.copying import find_sheet
    from reportgen.intake.reading.sheet_reader import read_sheet

    remarks = []
    for name, column, words in (
        ("Network_History", "date", "add the days since {}"),
        ("ETF_Flows", "date", "add the trading days since {}"),
    ):
        read, _ = read_sheet(BY_NAME[name], find_sheet(raw, name), "")
        dates = [float(date) for date in read.column(column) if date == date]
        if dates and max(dates) < now and name not in imported:
            remarks.append(f"{name}: {words.format(day(max(dates)).isoformat())}.")
    for name, column, label in (("AI_HPC", "end", "customer"), ("Debt", "maturity", "facility")):
        read, _ = read_sheet(BY_NAME[name], find_sheet(raw, name), "")
        for record, date in enumerate(read.column(column).tolist()):
            if date < now:
                remarks.append(
                    f'{name}: "{read.texts(label)[record]}" ends on {iso_day(date)}, before the new as-of date.'
                )
    return tuple(remarks)
