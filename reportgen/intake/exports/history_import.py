"""History from exports: a new workbook with the days of a CSV file merged into Network_History or ETF_Flows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
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
    from reportgen.intake.exports.merging import Conflict
    from reportgen.intake.file.cell import RawSheet
    from reportgen.intake.reading.layout import Layout
    from reportgen.sheets import Sheet

SUFFIX = "-updated"
LISTED = 10
HASHES_PER_DIFFICULTY, SECONDS_PER_BLOCK = 2.0**32, 600.0


@dataclass(frozen=True)
class ImportReport:
    """What an import did: where it wrote, what it recognised, added, found the same, in conflict, and left out.

    `kept` is where another file that stood there is now.
    """

    sheet: str
    out: Path
    recognised: tuple[str, ...]
    days: int
    added: int
    filled: int
    same: int
    conflicts: tuple[Conflict, ...]
    replaced: bool
    new_columns: tuple[str, ...]
    left_out: tuple[str, ...]
    kept: Path | None


@dataclass(frozen=True)
class Told:
    """What the user says of an export: columns by their meaning (hash_rate, price, fund), and the decimal sign."""

    columns: Asked = ()
    decimal: Convention | None = None


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
        _refuse_meanings(told, ("hash_rate", "price"))
        return network_figures(read_export(export, told.decimal), _implied_hash_rate(raw), told.columns)

    return _import(figures, "Network_History", workbook, out, replace=replace, force=force)


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
        _refuse_meanings(told, ("fund",))
        return etf_figures(read_export(export, told.decimal), told.columns)

    return _import(figures, "ETF_Flows", workbook, out, replace=replace, force=force)


def lines(report: ImportReport) -> list[str]:
    """The report in plain words."""
    made = [
        f"{report.out}: {report.added} of {report.days} days added to {report.sheet}, {report.same} were there already."
    ]
    made.extend(f"  recognised: {words}" for words in report.recognised)
    if report.filled:
        made.append(f"  filled in: {report.filled} blank figures of days that were there")
    if report.new_columns:
        made.append(f"  new columns: {', '.join(report.new_columns)}")
    if report.conflicts:
        winner = (
            "the export's figure was taken"
            if report.replaced
            else "the workbook's figure was kept (--replace takes the export's)"
        )
        made.append(f"  {len(report.conflicts)} figures differ; {winner}:")
        made.extend(
            _some(
                [
                    f"{iso_day(c.day)} {c.column}: workbook {c.kept:,.6g}, export {c.other:,.6g}"
                    for c in report.conflicts
                ]
            )
        )
    if report.left_out:
        made.append(f"  {len(report.left_out)} rows or cells left out or odd:")
        made.extend(_some(list(report.left_out)))
    return made


def _some(texts: list[str]) -> list[str]:
    more = len(texts) - LISTED
    return [f"    {text}" for text in texts[:LISTED]] + ([f"    and {more} more"] if more > 0 else [])


def _refuse_meanings(told: Told, meanings: tuple[str, ...]) -> None:
    for meaning, _ in told.columns:
        if meaning not in meanings:
            known = " or ".join(f"--column {each}=NAME" for each in meanings)
            raise UsageError(f'no column is called "{meaning}" here: say {known}.')


def _import(
    figures_of: Callable[[dict[str, RawSheet]], Figures],
    name: str,
    workbook: Path,
    out: Path | None,
    *,
    replace: bool,
    force: bool,
) -> ImportReport:
    from reportgen.intake.copies.copying import free_target, open_copy, read_raw, save_copy
    from reportgen.intake.copies.drop_downs import restore_rules
    from reportgen.intake.exports.merging import merge

    target = free_target(workbook, out or workbook.with_name(f"{workbook.stem}{SUFFIX}{workbook.suffix}"), force=force)
    raw = read_raw(workbook)
    figures = figures_of(raw)
    layout = _layout(raw, name, workbook)
    book = open_copy(workbook, raw)
    merged = merge(book, raw, BY_NAME[name], layout, figures, replace=replace)
    restore_rules(book, raw)
    kept = save_copy(workbook, book, merged.still_there, target, force=force)
    book.close()
    return ImportReport(
        name, target, figures.recognised, len(figures.days), merged.added, merged.filled, merged.same,
        tuple(merged.conflicts), replace, merged.new_columns, figures.left_out, kept,
    )  # fmt: skip


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


def _implied_hash_rate(raw: dict[str, RawSheet]) -> float:
    """EH/s that the workbook's difficulty stands for; NaN when it has none yet."""
    from reportgen.intake.copies.copying import find_sheet
    from reportgen.intake.reading.sheet_reader import read_sheet

    market, _ = read_sheet(BY_NAME["Market"], find_sheet(raw, "Market"), "")
    difficulty = float(market.column("network_difficulty")[0])
    return math.nan if math.isnan(difficulty) else difficulty * HASHES_PER_DIFFICULTY / SECONDS_PER_BLOCK / 1e6
