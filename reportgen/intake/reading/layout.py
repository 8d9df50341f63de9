"""Where a declared sheet's fields stand on a sheet of the file: its header row, columns and rows, found by label."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.file.limits import LONGEST_HEADING, MOST_FUNDS
from reportgen.intake.reading.names import LONGEST_NAME, Guesses, same_name
from reportgen.intake.reading.typed_values import plain_number, plain_text, unshowable
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.problems import Problem
    from reportgen.sheets import Field, Sheet

ROWS_SEARCHED = 30
ITEM, VALUE = "item", "value"
REMARKS = ("source", "notes")
QUIET = frozenset(
    normal(label)
    for label in (
        "Unit",
        "Source",
        "Sources",
        "Notes",
        "Note",
        "Comment",
        "Comments",
        "Remark",
        "Remarks",
        "Help",
        "Last week",
        "Default",
        "Status",
        "Link",
    )
)
"""Columns that people keep for themselves: ignored without a word."""


@dataclass(frozen=True)
class Layout:
    """Where things stand: `columns` by field name, `wide` the named columns of a wide field, `rows` the records.

    In a form every field has a row of its own in `items`, and one column for all values is in `columns` under "value",
    beside those of the user's remarks.
    """

    header: int
    columns: dict[str, int] = field(default_factory=dict)
    wide: tuple[tuple[str, int], ...] = ()
    rows: tuple[int, ...] = ()
    items: dict[str, int] = field(default_factory=dict)

    def place(self, name: str, record: int) -> tuple[int, int]:
        """Row and column of a field of a record; (0, 0) when the sheet has no such column or item."""
        if self.items:
            return (self.items[name], self.columns[VALUE]) if name in self.items else (0, 0)
        return (self.rows[record], self.columns[name]) if name in self.columns else (0, 0)


def find_layout(sheet: type[Sheet], raw: RawSheet, file: str) -> tuple[Layout | None, list[Problem]]:
    """The layout of a sheet and what is wrong with it; None when no header row is found or the sheet is blank."""
    names = {ITEM: ITEM, VALUE: VALUE} if sheet.form else _names(sheet)
    header = _header_row(raw, names, sheet.form)
    if header is None:
        if not raw.rows:
            return None, []
        expected = (
            "Item and Value"
            if sheet.form
            else ", ".join(f'"{each.header}"' for each in sheet.fields if each.required and not each.wide)
        )
        return None, [
            problem("header_missing", Where(file, sheet.name), f"found no header row, expected the headers {expected}.")
        ]
    return _form(sheet, raw, header, file) if sheet.form else _list(sheet, raw, header, names, file)


def header_text(cell: Cell | None) -> str:
    """A header as text on one line; "" for a blank cell."""
    if cell is None:
        return ""
    return plain_number(cell.number) if cell.content is Content.NUMBER else plain_text(cell.text[:LONGEST_HEADING])


def _names(sheet: type[Sheet]) -> dict[str, str]:
    """Field names by the spellings that stand for them."""
    spellings: dict[str, str] = {}
    for each in sheet.fields:
        if not each.wide:
            spellings.update({normal(each.label): each.name, normal(each.name): each.name})
    return spellings


def _header_row(raw: RawSheet, names: dict[str, str], form: bool) -> int | None:
    best, most = None, 0
    for row in sorted(raw.rows)[:ROWS_SEARCHED]:
        found = {names[label] for cell in raw.rows[row].values() if (label := normal(header_text(cell))) in names}
        if len(found) > most and (not form or len(found) == 2):
            best, most = row, len(found)
    return best


def _list(
    sheet: type[Sheet], raw: RawSheet, header: int, names: dict[str, str], file: str
) -> tuple[Layout, list[Problem]]:
    problems: list[Problem] = []
    columns: dict[str, int] = {}
    wide: dict[str, tuple[str, int]] = {}
    problems.extend(_bad_headers(sheet, raw.rows[header], header, file))
    wide_field = next((each for each in sheet.fields if each.wide), None)
    unknown: list[tuple[int, str]] = []
    for column, cell in sorted(raw.rows[header].items()):
        text = header_text(cell)
        where = Where(file, sheet.name, address(header, column), shortened(text))
        name = names.get(normal(text))
        if name is None and wide_field is not None:
            if normal(text) == "total":
                continue
            if same_name(text) in wide:
                problems.append(problem("column_twice", where, f'found a second column "{shortened(text)}".'))
            else:
                wide[same_name(text)] = (text, column)
        elif name is None:
            unknown.append((column, text))
        elif name in columns:
            problems.append(problem("column_twice", where, f'found a second column for "{sheet.field(name).label}".'))
        else:
            columns[name] = column
            problems.extend(_unit_problem(sheet.field(name), text, where))
    missing = tuple(each for each in sheet.fields if not each.wide and each.name not in columns)
    problems.extend(_unknown_columns(sheet, unknown, missing, header, file))
    if len(wide) > MOST_FUNDS:
        message = f"found {len(wide):,} columns besides the date, expected at most {MOST_FUNDS}."
        problems.append(problem("columns_many", Where(file, sheet.name, f"row {header}"), message))
        wide = {}
    known = frozenset(columns.values()) | {column for _, column in wide.values()}
    rows = tuple(row for row in sorted(raw.rows) if row > header and not known.isdisjoint(raw.rows[row]))
    if rows or sheet.required:
        problems.extend(_missing_columns(sheet, missing, header, file))
    problems.extend(_unnamed(sheet, raw, header, rows, file))
    return Layout(header, columns, tuple(wide.values()), rows), problems


def _form(sheet: type[Sheet], raw: RawSheet, header: int, file: str) -> tuple[Layout, list[Problem]]:
    columns: dict[str, int] = {}
    for column, cell in sorted(raw.rows[header].items()):
        columns.setdefault(normal(header_text(cell)), column)
    names = _names(sheet)
    guesses = Guesses(each.label for each in sheet.fields)
    items: dict[str, int] = {}
    problems: list[Problem] = []
    for row in sorted(row for row in raw.rows if row > header):
        text = header_text(raw.at(row, columns[ITEM]))
        if not text:
            continue
        where = Where(file, sheet.name, address(row, columns[ITEM]), shortened(text))
        name = names.get(normal(text))
        if name is None:
            if raw.at(row, columns[VALUE]) is not None:
                hint = guesses.hint(text)
                problems.append(
                    problem(
                        "item_unknown", where, f'"{shortened(text)}" is no item of this sheet and is not read.', hint
                    )
                )
        elif name in items:
            problems.append(problem("item_twice", where, f"found the item again, first in row {items[name]}."))
        else:
            items[name] = row
            problems.extend(_unit_problem(sheet.field(name), text, where))
    kept = {name: columns[name] for name in (VALUE, *REMARKS) if name in columns}
    return Layout(header, kept, rows=(header,), items=items or {"": header}), problems


def _unit_problem(declared: Field, text: str, where: Where) -> list[Problem]:
    bracket = re.search(r"\(([^()]*)\)\s*$", text)
    if not bracket or not declared.unit or normal(bracket[1]) == normal(declared.unit):
        return []
    if not any(normal(bracket[1]) == normal(unit) for unit in OTHER_UNITS):
        return []
    return [
        problem(
            "unit_differs",
            where,
            f"found the unit {shortened(bracket[1])}, but the values are read as {declared.unit}.",
        )
    ]


OTHER_UNITS = (
    *("TH/s", "PH/s", "EH/s", "GH/s", "W", "kW", "MW", "T", "months", "years", "days", "per year", "per month"),
    *("USD", "USD/month", "USD/year", "USD million", "USD m", "USD/kWh", "cents/kWh", "ct/kWh", "USD/MWh", "USD/TH"),
    *("USD/PH", "BTC", "sat", "sats", "EUR", "EUR/kWh", "EUR/month"),
)
"""Units that a header can name by mistake; any other word in brackets is a remark."""


def _unknown_columns(
    sheet: type[Sheet], unknown: list[tuple[int, str]], missing: tuple[Field, ...], header: int, file: str
) -> list[Problem]:
    guesses = Guesses(each.label for each in missing)
    return [
        problem(
            "column_unknown",
            Where(file, sheet.name, address(header, column), shortened(text)),
            f'"{shortened(text)}" is no column of this sheet and is not read.',
            guesses.hint(text),
        )
        for column, text in unknown
        if text and normal(text) not in QUIET
    ]


def _missing_columns(sheet: type[Sheet], missing: tuple[Field, ...], header: int, file: str) -> list[Problem]:
    return [
        problem(
            "column_missing",
            Where(file, sheet.name, f"row {header}", each.label),
            f'found no column "{each.header}".',
            f'Add a column with the header "{each.header}". {each.help}',
        )
        for each in missing
        if each.required
    ]


def _unnamed(sheet: type[Sheet], raw: RawSheet, header: int, rows: tuple[int, ...], file: str) -> list[Problem]:
    """One warning for each column that is filled in below a blank header, inside the table."""
    named = raw.rows[header]
    first, last = min(named), max(named)
    seen: dict[int, int] = {}
    for row in rows:
        for column in raw.rows[row]:
            if column not in named and first <= column <= last:
                seen.setdefault(column, row)
    return [
        problem(
            "column_unnamed",
            Where(file, sheet.name, address(row, column)),
            "found a value below a blank header; it is not read.",
        )
        for column, row in sorted(seen.items())
    ]


def _bad_headers(sheet: type[Sheet], cells: dict[int, Cell], header: int, file: str) -> list[Problem]:
    """The headers that are longer than a name may be, or hold what no page can show."""
    problems = []
    for column, cell in sorted(cells.items()):
        where = Where(file, sheet.name, address(header, column))
        text = header_text(cell)
        if cell.content is Content.OVERLONG or len(text) > LONGEST_NAME:
            problems.append(problem("text_long", where, f"found a header of more than {LONGEST_NAME} characters."))
        elif unshowable(text):
            problems.append(problem("text_error", where, "found control characters in the header."))
    return problems
