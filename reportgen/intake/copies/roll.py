"""Next week's input from this week's: everything kept, the as-of date moved, what changes every week marked."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import day, iso_day, serial
from reportgen.intake.file.cell import RawSheet, address
from reportgen.problems import UsageError
from reportgen.sheets import BY_NAME, normal

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.reading.layout import Layout


@dataclass(frozen=True)
class ToChange:
    """A cell that should change this week, and what stands in it now."""

    sheet: str
    cell: str
    label: str
    value: str


@dataclass(frozen=True)
class RollReport:
    """What a roll did: where it wrote, from which day to which, what is to change now, what ended.

    `kept` is where another file that stood there is now.
    """

    out: Path
    before: float
    now: float
    to_change: tuple[ToChange, ...]
    remarks: tuple[str, ...]
    kept: Path | None


def rolled_path(workbook: Path, as_of: dt.date, before: float) -> Path:
    """Where next week's workbook goes: beside this week's, the old date in its name replaced or the new one added."""
    old = iso_day(before)
    stem = (
        workbook.stem.replace(old, as_of.isoformat())
        if old in workbook.stem
        else f"{workbook.stem}-{as_of.isoformat()}"
    )
    return workbook.with_name(f"{stem}{workbook.suffix}")


def roll(workbook: Path, as_of: dt.date, out: Path | None = None, *, force: bool = False) -> RollReport:
    """Writes next week's input workbook from this week's, beside it unless `out` says where.

    Raises UsageError when the date is not after the workbook's or the target is taken, InputError when the workbook
    cannot be read or its Report and Market sheets have no headers.
    """
    from reportgen.intake.copies.copying import cell_at, find_sheet, free_target, open_copy, read_raw, save_copy
    from reportgen.intake.copies.drop_downs import restore_rules

    raw = read_raw(workbook)
    report, market = (_form(workbook, find_sheet(raw, name), name) for name in ("Report", "Market"))
    before = _as_of(workbook, find_sheet(raw, "Report"))
    if serial(as_of) <= before:
        raise UsageError(
            f"{workbook}: its as-of date is {iso_day(before)}; --as-of {as_of.isoformat()} is not after it."
        )
    target = free_target(workbook, out or rolled_path(workbook, as_of, before), force=force)
    book = open_copy(workbook, raw)
    changes = []
    for name, layout in (("Report", report), ("Market", market)):
        sheet = find_sheet(raw, name)
        assert sheet is not None  # it has a layout
        page = book[sheet.name]
        if name == "Market":
            _write_last_week(page, layout)
        changes.extend(_mark(page, name, layout))
    row, column = report.place("as_of", 0)
    date = cell_at(book[_name(raw, "Report")], row, column)
    date.value = as_of
    if not date.is_date:
        date.number_format = "yyyy-mm-dd"
    restore_rules(book, raw)
    kept = save_copy(workbook, book, raw, target, force=force)
    book.close()
    changes = [each for each in changes if each.label != BY_NAME["Report"].field("as_of").label]
    return RollReport(target, before, serial(as_of), tuple(changes), _remarks(raw, serial(as_of)), kept)


def lines(report: RollReport) -> list[str]:
    """The report in plain words."""
    made = [
        f"{report.out}: rolled from {iso_day(report.before)} to {iso_day(report.now)}.",
        "To change now (on Market, orange while it is last week's value):",
    ]
    made.extend(f"  {each.sheet}!{each.cell} {each.label}: {each.value}" for each in report.to_change)
    made.extend(report.remarks)
    return made


def _name(raw: dict[str, RawSheet], name: str) -> str:
    from reportgen.intake.copies.copying import find_sheet

    sheet = find_sheet(raw, name)
    assert sheet is not None  # asked for sheets that have a layout only
    return sheet.name


def _form(workbook: Path, there: RawSheet | None, name: str) -> Layout:
    from reportgen.intake.reading.layout import find_layout
    from reportgen.problem_codes import problem
    from reportgen.problems import InputError, Where

    if there is None:
        raise InputError((problem("sheet_missing", Where(str(workbook), name), f'found no sheet "{name}".'),))
    layout, problems = find_layout(BY_NAME[name], there, str(workbook))
    if layout is None:
        blank = problem("sheet_empty", Where(str(workbook), name), "found a blank sheet.")
        raise InputError(tuple(problems) or (blank,))
    return layout


def _as_of(workbook: Path, there: RawSheet | None) -> float:
    from reportgen.intake.reading.sheet_reader import read_sheet
    from reportgen.problems import InputError

    read, problems = read_sheet(BY_NAME["Report"], there, str(workbook))
    wrong = tuple(each for each in problems if each.where.label == BY_NAME["Report"].field("as_of").label)
    if wrong:
        raise InputError(wrong)
    return float(read.column("as_of")[0])


def _write_last_week(page: Worksheet, layout: Layout) -> None:
    """Puts this week's values into a column of their own; a cell that still equals its old value is marked."""
    from reportgen.intake.copies.copying import cell_at
    from reportgen.intake.form import style as form_style
    from reportgen.intake.form.form_sheet import LAST_WEEK

    value_column = layout.columns["value"]
    labels = {cell.column: cell.value for cell in page[layout.header] if cell.value is not None and cell.column}
    there = [column for column, label in labels.items() if normal(str(label)) == normal(LAST_WEEK)]
    column = there[0] if there else max(labels) + 1
    head = cell_at(page, layout.header, column)
    head.value, head._style = LAST_WEEK, copy.copy(cell_at(page, layout.header, value_column)._style)
    widths = page.column_dimensions
    if not there:
        widths[column_letters(column)].width = widths[column_letters(value_column)].width
    for name, row in layout.items.items():
        if name and BY_NAME["Market"].field(name).weekly:
            kept, model = cell_at(page, row, column), cell_at(page, row, value_column)
            kept.value, kept.number_format, kept.font = model.value, model.number_format, form_style.HELP
            kept.alignment = copy.copy(model.alignment)
            same = f'AND({model.coordinate}<>"",{model.coordinate}={kept.coordinate})'
            known = {rule.formula[0] for cells in page.conditional_formatting for rule in cells.rules if rule.formula}
            if same not in known:
                unchanged = form_style.rule(same, fill=form_style.UNCHANGED_FILL)
                page.conditional_formatting.add(model.coordinate, unchanged)


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


def _remarks(raw: dict[str, RawSheet], now: float) -> tuple[str, ...]:
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
        if dates and max(dates) < now:
            remarks.append(f"{name}: {words.format(day(max(dates)).isoformat())}.")
    for name, column, label in (("AI_HPC", "end", "customer"), ("Debt", "maturity", "facility")):
        read, _ = read_sheet(BY_NAME[name], find_sheet(raw, name), "")
        for record, date in enumerate(read.column(column).tolist()):
            if date < now:
                remarks.append(
                    f'{name}: "{read.texts(label)[record]}" ends on {iso_day(date)}, before the new as-of date.'
                )
    return tuple(remarks)
