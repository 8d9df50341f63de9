"""History from exports: a new workbook with the days of a CSV file merged into Network_History or ETF_Flows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.exports.export_columns import Asked
from reportgen.intake.exports.export_table import read_export
from reportgen.intake.exports.history_export import Figures, etf_figures, network_figures
from reportgen.intake.exports.number_convention import Convention
from reportgen.problems import Problem, UsageError
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from openpyxl import Workbook

    from reportgen.intake.exports.merging import Conflict
    from reportgen.intake.file.cell import RawSheet
    from reportgen.intake.reading.layout import Layout
    from reportgen.sheets import Sheet

SUFFIX = "-updated"
LISTED = 10
NETWORK_MEANINGS, ETF_MEANINGS = ("hash_rate", "price"), ("fund",)
"""What a column of an export can be said to be (--column)."""
HASHES_PER_DIFFICULTY, SECONDS_PER_BLOCK = 2.0**32, 600.0


@dataclass(frozen=True)
class Imported:
    """What was merged into a sheet: what was recognised, added, found the same, in conflict, and left out.

    `untaken` days of the export are after the last day that was asked for; `later` ones after the workbook's as-of day
    `as_of` (serial), up to `last`. `beside` are the funds of the sheet that count together with `new_columns`.
    """

    sheet: str
    recognised: tuple[str, ...]
    days: int
    added: int
    filled: int
    same: int
    conflicts: tuple[Conflict, ...]
    replaced: bool
    new_columns: tuple[str, ...]
    beside: tuple[str, ...]
    left_out: tuple[str, ...]
    untaken: int = 0
    later: int = 0
    as_of: float = math.nan
    last: float = math.nan


@dataclass(frozen=True)
class ImportReport:
    """What an import did, and where it wrote; `kept` is where another file that stood there is now."""

    out: Path
    imported: Imported
    kept: Path | None


@dataclass(frozen=True)
class Told:
    """What the user says of an export: columns by their meaning (hash_rate, price, fund), and the decimal sign.

    `until` is the last day (serial) that is taken from it.
    """

    columns: Asked = ()
    decimal: Convention | None = None
    until: float = math.inf

    def of(self, meanings: tuple[str, ...]) -> Told:
        """The same with the columns of these meanings alone."""
        return replace(self, columns=tuple(pair for pair in self.columns if pair[0] in meanings))


def import_network(
    export: Path,
    workbook: Path,
    out: Path | None = None,
    *,
    replace: bool = False,
    force: bool = False,
    told: Told = Told(),
) -> ImportReport:
    """Writes a copy of `workbook` to `out` with the days of the export merged into Network_History.

    Days that are there keep their figures unless `replace`. Raises UsageError and InputError, each with what to do.
    """

    def figures(raw: dict[str, RawSheet]) -> Figures:
        refuse_meanings(told, NETWORK_MEANINGS)
        return network_figures(read_export(export, told.decimal), implied_hash_rate(raw), told.columns)

    return _import(figures, "Network_History", workbook, out, told, replace=replace, force=force)


def import_etf(
    export: Path,
    workbook: Path,
    out: Path | None = None,
    *,
    replace: bool = False,
    force: bool = False,
    told: Told = Told(),
) -> ImportReport:
    """Writes a copy of `workbook` to `out` with the days of the export merged into ETF_Flows; new funds as new columns.

    Days that are there keep their figures unless `replace`. Raises UsageError and InputError, each with what to do.
    """

    def figures(_: dict[str, RawSheet]) -> Figures:
        refuse_meanings(told, ETF_MEANINGS)
        return etf_figures(read_export(export, told.decimal), told.columns)

    return _import(figures, "ETF_Flows", workbook, out, told, replace=replace, force=force)


def lines(report: ImportReport) -> list[str]:
    """The report in plain words."""
    return [f"{report.out}: {words}" if not row else words for row, words in enumerate(told_of(report.imported))]


def told_of(done: Imported) -> list[str]:
    """What was merged into a sheet, in plain words."""
    made = [f"{done.added} of {done.days} days added to {done.sheet}, {done.same} were there already."]
    made.extend(f"  recognised: {words}" for words in done.recognised)
    if done.untaken:
        made.append(f"  {done.untaken} later days of the export not taken")
    if done.later:
        made.append(
            f"  {done.later} days are after the as-of date {iso_day(done.as_of)}, up to {iso_day(done.last)}: they "
            f"enter nothing until it is moved (--until {iso_day(done.as_of)} leaves them out)"
        )
    if done.filled:
        made.append(f"  filled in: {done.filled} blank figures of days that were there")
    if done.new_columns:
        made.append(f"  new columns: {', '.join(done.new_columns)}")
    if done.beside:
        made.append(
            f"  they count together with {', '.join(done.beside)}, which the export does not have and the same days "
            "hold: delete the columns that are no fund of yours"
        )
    made.extend(_conflicts(done))
    if done.left_out:
        made.append(f"  {len(done.left_out)} rows or cells left out or odd:")
        made.extend(_some(list(done.left_out)))
    return made


def _conflicts(done: Imported) -> list[str]:
    if not done.conflicts:
        return []
    kept = "the workbook's figure was kept (--replace takes the export's)"
    winner = "the export's figure was taken" if done.replaced else kept
    each = [f"{iso_day(c.day)} {c.column}: workbook {c.kept:,.6g}, export {c.other:,.6g}" for c in done.conflicts]
    return [f"  {len(done.conflicts)} figures differ; {winner}:", *_some(each)]


def _some(texts: list[str]) -> list[str]:
    more = len(texts) - LISTED
    return [f"    {text}" for text in texts[:LISTED]] + ([f"    and {more} more"] if more > 0 else [])


def refuse_meanings(told: Told, meanings: tuple[str, ...]) -> None:
    """Raises UsageError when the user names a column for a meaning that the export cannot have."""
    for meaning, _ in told.columns:
        if meaning not in meanings:
            known = " or ".join(f"--column {each}=NAME" for each in meanings)
            raise UsageError(f'no column is called "{meaning}" here: say {known}.')


def merge_export(
    book: Workbook,
    raw: dict[str, RawSheet],
    name: str,
    workbook: Path,
    figures: Figures,
    *,
    as_of: float,
    until: float,
    replace: bool,
) -> tuple[Imported, dict[str, RawSheet]]:
    """Merges the days of an export up to `until` (serial) into a sheet of the opened workbook, whose day is `as_of`.

    What was done, and the sheets whose cells were not moved. UsageError when the sheet has no headers.
    """
    from reportgen.intake.exports.merging import merge

    taken = figures.up_to(until)
    merged = merge(book, raw, BY_NAME[name], _layout(raw, name, workbook), taken, replace=replace)
    done = Imported(
        name, taken.recognised, len(taken.days), merged.added, merged.filled, merged.same, tuple(merged.conflicts),
        replace, merged.new_columns, merged.beside, taken.left_out, len(figures.days) - len(taken.days),
        sum(day > as_of for day in taken.days), as_of, max(taken.days, default=math.nan),
    )  # fmt: skip
    return done, merged.still_there


def _import(
    figures_of: Callable[[dict[str, RawSheet]], Figures],
    name: str,
    workbook: Path,
    out: Path | None,
    told: Told,
    *,
    replace: bool,
    force: bool,
) -> ImportReport:
    from reportgen.intake.copies.copying import free_target, open_copy, read_raw, save_copy
    from reportgen.intake.copies.drop_downs import restore_rules

    target = out or workbook.with_name(f"{workbook.stem}{SUFFIX}{workbook.suffix}")
    go_on = f"If it is of an earlier import, go on from it: give {target.name} in place of {workbook.name}."
    free_target(workbook, target, force=force, go_on=go_on)
    raw = read_raw(workbook)
    figures = figures_of(raw)
    book = open_copy(workbook, raw)
    as_of = _form_value(raw, "Report", "as_of")
    imported, still_there = merge_export(
        book, raw, name, workbook, figures, as_of=as_of, until=told.until, replace=replace
    )
    restore_rules(book, raw)
    kept = save_copy(workbook, book, still_there, target, force=force)
    book.close()
    return ImportReport(target, imported, kept)


def _layout(raw: dict[str, RawSheet], name: str, workbook: Path) -> Layout | None:
    """Where the sheet's columns stand; None when the workbook has no such sheet yet."""
    from reportgen.intake.copies.copying import find_sheet

    sheet = find_sheet(raw, name)
    if sheet is None or not sheet.rows:
        return None
    layout, problems = _found(BY_NAME[name], sheet, str(workbook))
    broken = [each for each in problems if each.code in ("header_missing", "column_twice", "column_missing")]
    if layout is None or broken:
        raise UsageError(f"{broken[0]}" if broken else f"{workbook}: found no headers on {name}.")
    for unit in (*layout.units.values(), *layout.wide_units.values()):
        if unit.converts or unit.refused:
            raise UsageError(
                f"{unit.where}: the figures there are in {unit.written}, those of the export in {unit.field.unit}. "
                f'Give them in {unit.field.unit} and head them "{unit.field.header}".'
            )
    return layout


def _found(sheet: type[Sheet], raw: RawSheet, file: str) -> tuple[Layout | None, list[Problem]]:
    from reportgen.intake.reading.layout import find_layout

    return find_layout(sheet, raw, file)


def implied_hash_rate(raw: dict[str, RawSheet]) -> float:
    """EH/s that the workbook's difficulty stands for; NaN when it has none yet."""
    return _form_value(raw, "Market", "network_difficulty") * HASHES_PER_DIFFICULTY / SECONDS_PER_BLOCK / 1e6


def _form_value(raw: dict[str, RawSheet], name: str, field: str) -> float:
    """A number or day of a form; NaN when the workbook has none yet."""
    from reportgen.intake.copies.copying import find_sheet
    from reportgen.intake.reading.sheet_reader import read_sheet

    read, _ = read_sheet(BY_NAME[name], find_sheet(raw, name), "")
    return float(read.column(field)[0])
