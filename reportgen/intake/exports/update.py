"""Next week's workbook in one step: rolled, with the days of both exports, and the values that these propose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.intake.exports.export_table import read_export
from reportgen.intake.exports.history_export import Figures, etf_figures, network_figures
from reportgen.intake.exports.history_import import (
    ETF_MEANINGS,
    NETWORK_MEANINGS,
    Imported,
    Told,
    implied_hash_rate,
    merge_export,
    refuse_meanings,
    told_of,
)
from reportgen.intake.exports.proposals import Proposals, proposals
from reportgen.intake.reading.typed_values import shown_number
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.intake.copies.roll import Rolled
    from reportgen.intake.file.cell import RawSheet


@dataclass(frozen=True)
class Exports:
    """The files that a week brings, as far as there are any, and what the user says of them."""

    network: Path | None = None
    etf: Path | None = None
    told: Told = field(default_factory=Told)


@dataclass(frozen=True)
class UpdateReport:
    """What an update did, and where it wrote; `kept` is where another file that stood there is now.

    `proposed_cells` are the addresses on Market of the fields that have a proposed value.
    """

    out: Path
    rolled: Rolled
    imported: tuple[Imported, ...]
    proposed: Proposals
    proposed_cells: Mapping[str, str]
    kept: Path | None


def update(
    workbook: Path,
    exports: Exports,
    as_of: dt.date | None = None,
    out: Path | None = None,
    *,
    replace: bool = False,
    force: bool = False,
) -> UpdateReport:
    """Writes next week's input workbook: rolled, the exports' days up to the new as-of day merged, Market proposed.

    One file, whole or not there. Days that are there keep their figures unless `replace`; without `as_of` the new day
    is seven days later. Raises UsageError and InputError, each with what to do.
    """
    from reportgen.intake.copies.copying import free_target, open_copy, read_raw, save_copy
    from reportgen.intake.copies.drop_downs import restore_rules
    from reportgen.intake.copies.roll import Week, rolled_path
    from reportgen.intake.copies.weekly_columns import propose

    raw = read_raw(workbook)
    week = Week(workbook, raw, as_of)
    target = free_target(workbook, out or rolled_path(workbook, week.now, week.before), force=force)
    figures, proposed = _read(exports, raw, week.before, week.now)
    book = open_copy(workbook, raw)
    rolled = week.roll(book, frozenset(figures))
    imported, still_there = [], raw
    for name, each in figures.items():
        done, still_there = merge_export(
            book, still_there, name, workbook, each, as_of=week.now, until=week.now, replace=replace
        )
        imported.append(done)
    market, layout = week.form("Market")
    values = [(each.field, each.value, each.source) for each in proposed.values]
    cells = propose(book[market.name], market, layout, values)
    restore_rules(book, raw)
    kept = save_copy(workbook, book, still_there, target, force=force)
    book.close()
    return UpdateReport(target, rolled, tuple(imported), proposed, cells, kept)


def lines(report: UpdateReport) -> list[str]:
    """The report in plain words."""
    from reportgen.intake.copies.roll import lines as roll_lines

    made = roll_lines(report.out, report.rolled, tuple(report.proposed_cells.values()))
    if report.proposed_cells:
        made.append("Proposed for Market, to be compared with your own source (then delete (proposed) beside it):")
    for each in report.proposed.values:
        cell, declared = report.proposed_cells.get(each.field), BY_NAME["Market"].field(each.field)
        if cell is None:
            made.append(f"  {declared.label} is not proposed: Market has it in another unit, or not at all")
        else:
            made.append(f"  Market!{cell} {declared.label}: {shown_number(each.value)} {declared.unit} ({each.source})")
    made.extend(report.proposed.remarks)
    for done in report.imported:
        made.extend(told_of(done))
    return made


def _read(
    exports: Exports, raw: dict[str, RawSheet], before: float, now: float
) -> tuple[dict[str, Figures], Proposals]:
    """The figures of the exports by sheet, and what the network's proposes for the new as-of day."""
    told = exports.told
    refuse_meanings(told, (*NETWORK_MEANINGS, *ETF_MEANINGS))
    figures: dict[str, Figures] = {}
    proposed = Proposals((), ())
    if exports.network is not None:
        table = read_export(exports.network, told.decimal)
        network = network_figures(table, implied_hash_rate(raw), told.of(NETWORK_MEANINGS).columns)
        figures["Network_History"] = network
        proposed = proposals(table, network, before, now)
    if exports.etf is not None:
        figures["ETF_Flows"] = etf_figures(read_export(exports.etf, told.decimal), told.of(ETF_MEANINGS).columns)
    return figures, proposed
