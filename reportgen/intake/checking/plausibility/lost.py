"""What is possible but perhaps lost: a sheet under nearly its name, a column that all other workbooks have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import Where

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
