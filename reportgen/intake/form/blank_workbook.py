"""The declaration as a workbook to fill in: blank, or with records in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.intake.form.records import Record
from reportgen.sheets import BY_NAME, SHEETS

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.file.cell import Cell

BLANK_NOTE = (
    "Fill in the blue cells; the orange ones are required. Every heading carries a comment that says what belongs "
    "there and where such a figure is usually found."
)


@dataclass(frozen=True)
class Filling:
    """What stands in a workbook that is made: records by sheet, fund names, notes and sources of form items.

    `note` is for Start, `titles` overwrite those of sheets; `ready` is the number of rows that a list has at least.
    """

    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    funds: Sequence[str] = ("Fund 1", "Fund 2", "Fund 3")
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    note: str = BLANK_NOTE
    ready: Mapping[str, int] = field(default_factory=dict)


def write_template(target: Path, operators: int = 8) -> None:
    """Writes a blank input workbook with rows ready for that many operators.

    Scenarios, Shocks and Risk begin with the rows that nearly everyone uses.
    """
    from reportgen.intake.form.sample_data import standard

    ready = {
        "Operators": operators,
        "Fleet": operators * 3,
        "Debt": operators * 2,
        "AI_HPC": operators,
        "Network_History": 60,
        "ETF_Flows": 20,
        "Scenarios": 5,
        "Shocks": 6,
        "Risk": len(BY_NAME["Risk"].field("component").choices),
        "Stress_Windows": 6,
        "Accepted": 5,
        "Events": 8,
        "Clients": 5,
    }
    write_filled(target, Filling(records=standard(), ready=ready))


def write_filled(target: Path, filling: Filling) -> None:
    """Writes an input workbook with the records of `filling`; the same filling gives the same bytes."""
    from openpyxl import Workbook

    from reportgen.intake.file.reproducible_save import MADE, save_reproducibly
    from reportgen.intake.form.form_sheet import write_form
    from reportgen.intake.form.list_sheet import write_list
    from reportgen.intake.form.start_sheet import NAME, write_start

    workbook = Workbook()
    start = workbook.active
    assert start is not None  # a new workbook has one sheet
    start.title = NAME
    shown: dict[str, Mapping[str, Cell]] = {}
    for sheet in SHEETS:
        page = workbook.create_sheet(sheet.name)
        records = filling.records.get(sheet.name, ())
        if sheet.form:
            shown[sheet.name] = write_form(
                page,
                sheet,
                records[0] if records else {},
                filling.sources.get(sheet.name, {}),
                filling.notes.get(sheet.name, {}),
            )
        else:
            shown[sheet.name] = write_list(page, sheet, records, filling.ready.get(sheet.name, 0), filling.funds)
        if sheet.name in filling.titles:
            page["A1"] = filling.titles[sheet.name]
    shown[NAME] = write_start(start, filling.note, shown)
    workbook.properties.creator = "reportgen"
    workbook.properties.created = workbook.properties.modified = MADE
    workbook.properties.title = "Input workbook"
    save_reproducibly(workbook, target, shown)
