"""What is possible but perhaps lost: a sheet under nearly its name, a column that all other workbooks have."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import Where, shortened
from reportgen.sheets import SHEETS, normal

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

ALWAYS_THERE = frozenset(
    {
        *("site_overhead", "hosting", "site_maintenance", "site_labour", "curtailment_credit", "pool_fee"),
        *("corporate_overhead", "cash", "btc_held", "minimum_liquidity"),
    }
)
"""Columns of Operators that every blank workbook has had. One that is declared later is missing from every workbook
made before it, so its absence says nothing."""
LOST = 2
"""Columns that someone may have deleted by accident; a sheet that lacks more was made without them."""


def unread_sheets(listed: Sequence[str], read: Sequence[str], file: str) -> Iterator[Problem]:
    """A warning for each declared sheet that the file lacks while it has one of nearly that name."""
    missing = {normal(sheet.name): sheet.name for sheet in SHEETS if sheet.name not in read}
    for name in listed:
        close = difflib.get_close_matches(normal(name), list(missing), n=1, cutoff=0.75)
        if close and normal(name) not in {normal(each) for each in read}:
            message = f'the sheet "{shortened(name)}" is not read, and there is no sheet {missing[close[0]]}.'
            yield problem("sheet_unread", Where(file, missing[close[0]]), message)


def lost_columns(read: ReadSheet) -> Iterator[Problem]:
    """A warning for each of one or two columns of Operators that the sheet lacks: somebody may have deleted them."""
    if read.layout is None or not read.table.rows:
        return
    absent = [
        (field, field.default)
        for field in read.sheet.fields
        if field.name in ALWAYS_THERE and isinstance(field.default, float) and field.name not in read.layout.columns
    ]
    for field, standard in absent if len(absent) <= LOST else ():
        where = Where(read.file, read.sheet.name, f"row {read.layout.header}", field.label)
        message = f'found no column "{field.header}": {plain_number(standard)} is used for every row.'
        yield problem("column_lost", where, message)
