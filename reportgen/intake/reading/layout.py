"""Where a declared sheet's fields stand on a sheet of the file: its header row, columns and rows, found by label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from reportgen.intake.file.cell import RawSheet, address
from reportgen.intake.file.limits import MOST_FUNDS
from reportgen.intake.reading.currency_columns import HEADINGS, is_of_currencies, other_currencies
from reportgen.intake.reading.heading_units import HeadingUnit, unit_of_heading
from reportgen.intake.reading.headings import (
    bad_headers,
    header_text,
    missing_columns,
    name_and_unit,
    spellings,
    unit_above,
    unit_in_brackets,
    unknown_columns,
    unnamed_columns,
)
from reportgen.intake.reading.names import Guesses, same_name
from reportgen.intake.reading.unit_rows import UnitRow, agreed, unit_row
from reportgen.intake.reading.units import parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.problems import Problem
    from reportgen.sheets import Field, Sheet

ROWS_SEARCHED = 30
ITEM, VALUE, UNIT = "item", "value", "unit"
REMARKS = ("source", "notes")


@dataclass(frozen=True)
class Layout:
    """Where things stand: `columns` by field name, `wide` the named columns of a wide field, `rows` the records.

    In a form every field has a row of its own in `items`, and one column for all values is in `columns` under "value",
    beside those of the user's remarks. `units` are the units that headings name in place of the declared ones, by
    field; `wide_units` those of the columns of a wide field, by column. `units_row` is a row of units below the
    headings, 0 without one.
    """

    header: int
    columns: dict[str, int] = field(default_factory=dict)
    wide: tuple[tuple[str, int], ...] = ()
    rows: tuple[int, ...] = ()
    items: dict[str, int] = field(default_factory=dict)
    units: dict[str, HeadingUnit] = field(default_factory=dict)
    wide_units: dict[int, HeadingUnit] = field(default_factory=dict)
    units_row: int = 0

    @property
    def head_end(self) -> int:
        """The last row above the records."""
        return max(self.header, self.units_row)

    def has(self, name: str) -> bool:
        """True when the sheet has a column or an item for a field."""
        return name in (self.items or self.columns)

    def place(self, name: str, record: int) -> tuple[int, int]:
        """Row and column of a field of a record; (0, 0) when the sheet has no such column or item."""
        if self.items:
            return (self.items[name], self.columns[VALUE]) if name in self.items else (0, 0)
        return (self.rows[record], self.columns[name]) if name in self.columns else (0, 0)


def find_layout(sheet: type[Sheet], raw: RawSheet, file: str) -> tuple[Layout | None, list[Problem]]:
    """The layout of a sheet and what is wrong with it; None when no header row is found or the sheet is blank."""
    names = {ITEM: ITEM, VALUE: VALUE} if sheet.form else spellings(sheet)
    header = header_row(raw, names, form=sheet.form)
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
    if sheet.form:
        return _form(sheet, raw, header, file)
    layout, problems = _list(sheet, raw, header, names, file)
    below = (
        unit_row(sheet, raw, tuple(layout.columns.items()), layout.wide, layout.rows[0], file) if layout.rows else None
    )
    return (layout, problems) if below is None else (_headed_twice(layout, below), [*problems, below.problem])


def _headed_twice(layout: Layout, below: UnitRow) -> Layout:
    """The layout of a list with a row of units below its headings, which is no record."""
    units = {name: agreed(layout.units.get(name), unit) for name, unit in below.units.items()}
    wide = {column: agreed(layout.wide_units.get(column), unit) for column, unit in below.wide_units.items()}
    return replace(
        layout,
        rows=layout.rows[1:],
        units=layout.units | units,
        wide_units=layout.wide_units | wide,
        units_row=layout.rows[0],
    )


def header_row(raw: RawSheet, names: Mapping[str, str], *, form: bool = False) -> int | None:
    """The row, among the first ones, in which most of the names stand; None when none stands in any."""
    best, most = None, 0
    for row in sorted(raw.rows)[:ROWS_SEARCHED]:
        found = {names[label] for cell in raw.rows[row].values() if (label := normal(header_text(cell))) in names}
        if len(found) > most and (not form or len(found) == 2):
            best, most = row, len(found)
    return best


def _list(
    sheet: type[Sheet], raw: RawSheet, header: int, names: dict[str, str], file: str
) -> tuple[Layout, list[Problem]]:
    problems = bad_headers(sheet, raw.rows[header], header, file)
    problems.extend(unit_above(sheet, raw, header, file))
    layout = Layout(header)
    wide_field = next((each for each in sheet.fields if each.wide), None)
    wide: dict[str, tuple[str, int]] = {}
    unknown: list[tuple[int, str]] = []
    below = [row for row in raw.rows if row > header]
    for column, cell in sorted(raw.rows[header].items()):
        text = header_text(cell)
        where = Where(file, sheet.name, address(header, column), shortened(text))
        name = names.get(normal(text))
        if name is None and wide_field is not None and not is_of_currencies(text, raw, column, below):
            if normal(text) == "total":
                continue
            if same_name(text) in wide:
                problems.append(problem("column_twice", where, f'found a second column "{shortened(text)}".'))
            else:
                wide[same_name(text)] = (text, column)
                _keep_unit(layout.wide_units, column, _unit_of_fund(wide_field, text, where))
        elif name is None:
            unknown.append((column, text))
        elif name in layout.columns:
            problems.append(problem("column_twice", where, f'found a second column for "{sheet.field(name).label}".'))
        else:
            layout.columns[name] = column
            _keep_unit(layout.units, name, unit_of_heading(sheet.field(name), unit_in_brackets(text), where))
    unknown = [each for each in unknown if not _takes_unit_heading(sheet, layout, names, each, file)]
    currencies = [each for each in unknown if is_of_currencies(each[1], raw, each[0], below)]
    for column, _ in currencies:
        problems.extend(other_currencies(sheet, raw, column, below, file))
    unknown = [each for each in unknown if each not in currencies]
    missing = tuple(each for each in sheet.fields if not each.wide and each.name not in layout.columns)
    problems.extend(unknown_columns(sheet, unknown, missing, header, file))
    if len(wide) > MOST_FUNDS:
        message = f"found {len(wide):,} columns besides the date, expected at most {MOST_FUNDS}."
        problems.append(problem("columns_many", Where(file, sheet.name, f"row {header}"), message))
        wide = {}
    known = frozenset(layout.columns.values()) | {column for _, column in wide.values()}
    rows = tuple(row for row in sorted(raw.rows) if row > header and not known.isdisjoint(raw.rows[row]))
    if rows or sheet.required:
        problems.extend(missing_columns(sheet, missing, header, file))
    problems.extend(unnamed_columns(sheet, raw, header, rows, file))
    return replace(layout, wide=tuple(wide.values()), rows=rows), problems


def _takes_unit_heading(
    sheet: type[Sheet], layout: Layout, names: Mapping[str, str], heading: tuple[int, str], file: str
) -> bool:
    """Takes in a column whose heading gives the unit without brackets, if no other column is for that field."""
    column, text = heading
    found = name_and_unit(text, names)
    if found is None or found[0] in layout.columns or not sheet.field(found[0]).unit:
        return False
    where = Where(file, sheet.name, address(layout.header, column), shortened(text))
    layout.columns[found[0]] = column
    _keep_unit(layout.units, found[0], unit_of_heading(sheet.field(found[0]), found[1], where))
    return True


def _keep_unit(units: dict[Any, HeadingUnit], key: str | int, unit: HeadingUnit | None) -> None:
    if unit is not None:
        units[key] = unit


def _unit_of_fund(field: Field, ticker: str, where: Where) -> HeadingUnit | None:
    """The unit behind the name of a fund, if it names a currency or bitcoin; any other word belongs to the name."""
    written = unit_in_brackets(ticker)
    unit = parse(written) if written else None
    if unit is None or not unit.over.counts:
        return None
    return unit_of_heading(replace(field, label=ticker.rpartition("(")[0].strip()), written, where)


def _form(sheet: type[Sheet], raw: RawSheet, header: int, file: str) -> tuple[Layout, list[Problem]]:
    columns: dict[str, int] = {}
    for column, cell in sorted(raw.rows[header].items()):
        columns.setdefault(normal(header_text(cell)), column)
    names = spellings(sheet)
    guesses = Guesses(each.label for each in sheet.fields)
    texts = {
        row: text for row in sorted(raw.rows) if row > header and (text := header_text(raw.at(row, columns[ITEM])))
    }
    exact = {names.get(normal(text)) for text in texts.values()}
    items: dict[str, int] = {}
    units: dict[str, HeadingUnit] = {}
    problems: list[Problem] = []
    for row, text in texts.items():
        where = Where(file, sheet.name, address(row, columns[ITEM]), shortened(text))
        name, written = names.get(normal(text)), unit_in_brackets(text)
        if name is None and (apart := name_and_unit(text, names)) is not None and apart[0] not in exact:
            name, written = apart
        if name is None:
            if raw.at(row, columns[VALUE]) is not None:
                message = f'"{shortened(text)}" is no item of this sheet and is not read.'
                problems.append(problem("item_unknown", where, message, guesses.hint(text)))
        elif name in items:
            problems.append(problem("item_twice", where, f"found the item again, first in row {items[name]}."))
        else:
            items[name] = row
            _keep_unit(units, name, _unit_of_item(sheet.field(name), written, where, raw, (row, columns.get(UNIT, 0))))
    for column in (columns[name] for name in HEADINGS & columns.keys()):
        if is_of_currencies(header_text(raw.at(header, column)), raw, column, texts):
            problems.extend(other_currencies(sheet, raw, column, texts, file))
    kept = {name: columns[name] for name in (VALUE, *REMARKS) if name in columns}
    return Layout(header, kept, rows=(header,), items=items or {"": header}, units=units), problems


def _unit_of_item(
    field: Field, written: str, where: Where, raw: RawSheet, place: tuple[int, int]
) -> HeadingUnit | None:
    """The unit of an item of a form, behind its name or in the column Unit; two that differ are refused."""
    beside = header_text(raw.at(*place)) if place[1] else ""
    named = unit_of_heading(field, written, where)
    other = unit_of_heading(field, beside, replace(where, cell=address(*place))) if beside else None
    if named is None or other is None or named.written == other.written:
        return named or other
    refused = f'"{shortened(beside)}" stands in the column Unit'
    return replace(named, refused=refused)
