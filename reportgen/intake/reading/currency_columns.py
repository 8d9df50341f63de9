"""A column of its own for the currency: dollars in every row say nothing new, another currency is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Content, RawSheet, address
from reportgen.intake.reading.typed_values import plain_text
from reportgen.intake.reading.units import DOLLAR, Side, parse
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import normal

if TYPE_CHECKING:
    from reportgen.problems import Problem
    from reportgen.sheets import Sheet

HEADINGS = frozenset({"currency", "currencies", "ccy", "curr", "cur"})
_DOLLARS = Side(counts=(DOLLAR,))


def is_of_currencies(heading: str, raw: RawSheet, column: int, rows: Iterable[int]) -> bool:
    """True for a column that is headed Currency and holds nothing but currencies."""
    cells = (raw.at(row, column) for row in rows)
    return normal(heading) in HEADINGS and all(
        cell.content is Content.TEXT and _money(cell.text) for cell in cells if cell is not None
    )


def other_currencies(sheet: type[Sheet], raw: RawSheet, column: int, rows: Iterable[int], file: str) -> list[Problem]:
    """One error for a column of currencies in which another one than the dollar stands, or thousands of dollars."""
    texts = {row: plain_text(cell.text) for row in rows if (cell := raw.at(row, column)) is not None}
    others = {row: text for row, text in texts.items() if not _dollars(text)}
    if not others:
        return []
    row, text = next(iter(others.items()))
    more = f" (and in {len(others) - 1:,} more rows)" if len(others) > 1 else ""
    where = Where(file, sheet.name, address(row, column), shortened(text))
    message = f'found "{shortened(text)}"{more} in a column of currencies, expected USD.'
    hint = "Give the amounts of the row in USD, at the rate of the as-of day, and type USD or leave the column out."
    return [problem("unit_refused", where, message, hint)]


def _money(text: str) -> bool:
    unit = parse(text)
    return not plain_text(text) or (unit is not None and len(unit.over.counts) == 1 and not unit.under.counts)


def _dollars(text: str) -> bool:
    unit = parse(text)
    return not text or (unit is not None and unit.over == _DOLLARS)
