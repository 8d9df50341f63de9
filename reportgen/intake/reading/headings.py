"""Headings: the fields that they stand for, the units behind them, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.file.limits import LONGEST_HEADING
from reportgen.intake.reading.names import LONGEST_NAME, Guesses
from reportgen.intake.reading.typed_values import plain_number, plain_text, unshowable
from reportgen.intake.reading.units import parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.problems import Problem
    from reportgen.sheets import Field, Sheet

_MANY = 1_000
"""A scale from which one for a whole sheet is asked about."""
_MOST_WORDS = 8
_BRACKETS = "[](){}<> ,:;/-\u2013\u2014"
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


def header_text(cell: Cell | None) -> str:
    """A header as text on one line, or its beginning; "" for a blank cell."""
    if cell is None:
        return ""
    return plain_number(cell.number) if cell.content is Content.NUMBER else plain_text(cell.text[:LONGEST_HEADING])


def spellings(sheet: type[Sheet]) -> dict[str, str]:
    """Field names by the spellings that stand for them."""
    found: dict[str, str] = {}
    for each in sheet.fields:
        if not each.wide:
            found.update({normal(each.label): each.name, normal(each.name): each.name})
    return found


def unit_in_brackets(text: str) -> str:
    """What stands in brackets at the end of a heading; "" without any."""
    bracket = re.search(r"\(([^()]*)\)\s*$", text) if text.endswith(")") else None
    return bracket[1].strip() if bracket else ""


def name_and_unit(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The field and the unit of a heading that gives the unit without round brackets: Cash USD k, Cash [$000].

    `names` are the fields by spelling. None unless all of the heading is a name and a unit.
    """
    if len(text) > LONGEST_NAME:
        return None
    words = re.sub(r"([\[(,])", r" \1", text).split()
    for count in range(min(len(words) - 1, _MOST_WORDS), 0, -1):
        name = names.get(normal(" ".join(words[:count]).rstrip(_BRACKETS)))
        if name is not None:
            unit = " ".join(words[count:]).strip(_BRACKETS)
            return (name, unit) if parse(unit) is not None else None
    return None


def unit_above(sheet: type[Sheet], raw: RawSheet, header: int, file: str) -> list[Problem]:
    """A warning when a scale or a currency for the whole sheet stands above its headings: "USD in thousands"."""
    for row in sorted(raw.rows):
        for column, cell in sorted(raw.rows[row].items()) if row < header else ():
            text = header_text(cell).strip("()") if cell.content is Content.TEXT else ""
            unit = parse(text)
            if unit is not None and (unit.bare or unit.currency or (unit.over.counts and unit.over.factor >= _MANY)):
                where = Where(file, sheet.name, address(row, column), shortened(text))
                message = (
                    f'found "{shortened(text)}" above the headings: it is not read, each figure counts as it stands.'
                )
                return [problem("unit_unknown", where, message, "Write the unit into the headings of its columns.")]
    return []


def unknown_columns(
    sheet: type[Sheet], unknown: list[tuple[int, str]], missing: tuple[Field, ...], header: int, file: str
) -> list[Problem]:
    """One warning for each column that no field takes, with the missing field that may be meant."""
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


def missing_columns(sheet: type[Sheet], missing: tuple[Field, ...], header: int, file: str) -> list[Problem]:
    """One error for each required field that has no column."""
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


def unnamed_columns(sheet: type[Sheet], raw: RawSheet, header: int, rows: tuple[int, ...], file: str) -> list[Problem]:
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


def bad_headers(sheet: type[Sheet], cells: dict[int, Cell], header: int, file: str) -> list[Problem]:
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
