"""Fingerprints of the inputs: whether a field's cells are those that were delivered.

Of numbers and dates, their sum with weights 1, 2, 3 ... down the list, so that two rows that are swapped show; of names
and choices, how many cells differ from a copy. Both stand on Input_Checks, with the count of filled cells beside. Texts
that steer no figure (titles, machines, notes) have none. Input cells alone are looked at, never a formula about them: a
formula that was changed cannot pass for an edited input.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.plan import INPUT_CHECKS, INPUT_HEADER, Plan, checked_fields, input_sheets
from reportgen.render.workbook.verdict import Written
from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from reportgen.render.workbook.address import CellRange
    from reportgen.sheets import Sheet

HEADERS = (
    "Fingerprint (sum by rows)",
    "At delivery (sum by rows)",
    "Filled at delivery (cells)",
    "As delivered (0/1)",
    "Smallest at delivery",
    "Largest at delivery",
    "Heading holds (0/1)",
    "Not whole (cells)",
    "Used as typed (0/1)",
)
FIRST_COLUMN = 15  # zero-based, on the row of the field
NOW, THEN, FILLED_THEN, SAME = (column_letters(FIRST_COLUMN + place) for place in (1, 2, 3, 4))
BOUNDS, BOUNDS_THEN = "FG", [column_letters(FIRST_COLUMN + place) for place in (5, 6)]
"""Columns of the smallest and the largest number of a field, and of their copies."""
HEADING, PARTS, AS_TYPED = (column_letters(FIRST_COLUMN + place) for place in (7, 8, 9))
"""Columns: whether the heading is as declared, how many numbers are not whole, whether the value used is the typed."""
FILLED = "I"  # the count of filled cells, among the other counts of the row
WEIGHTS_COLUMN = FIRST_COLUMN + len(HEADERS) + 1
"""Beside the fields, a blank column between: the weights, and to their right the copies."""
WEIGHTS = "Weight (1)"
DIGITS = 11  # of the sum that must agree: engines may add in another order
APART = ("Market", "active_shock")
"""Chosen by readers: figures under a shock were delivered too, and are held against those."""


class Fingerprint(NamedTuple):
    """What stands on the row of a field: the fingerprint, what it was, how many cells were filled, is it the same."""

    now: Written
    then: float | str
    filled: float
    same: Written | None


def fingerprint(plan: Plan, sheet: type[Sheet], field: Field, filled: float, row: int) -> Fingerprint | None:
    """The fingerprint of a field, whose row on Input_Checks this is; None for a text that steers no figure."""
    found = _of_form(plan, sheet, field) if sheet.form else _of_list(plan, sheet, field)
    if found is None:
        return None
    then = found.value
    alike = f"{NOW}{row}={THEN}{row}"
    if not isinstance(then, str):
        alike = f"ABS({NOW}{row}-{THEN}{row})<=(1+ABS({THEN}{row}))/10^{DIGITS}"
    test = f"IFERROR(IF(AND({FILLED}{row}={FILLED_THEN}{row},{alike}),1,0),0)"
    same = None if (sheet.name, field.name) == APART else Written(test, 1.0)
    return Fingerprint(found, then, filled, same)


def as_delivered(plan: Plan) -> str:
    """The formula that is 1 while every input but the active shock is as delivered."""
    last = max(plan.field_rows(sheet.name)[1] for sheet in input_sheets(plan.solution) if not sheet.private)
    return f"IF(MIN({INPUT_CHECKS}!${SAME}${INPUT_HEADER + 2}:${SAME}${last})=1,1,0)"


def shock_as_delivered(plan: Plan) -> str:
    """The condition that the active shock is the one that was delivered."""
    row = plan.checked_row(*APART)
    return f"{INPUT_CHECKS}!${NOW}${row}={INPUT_CHECKS}!${THEN}${row}"


def longest(plan: Plan) -> int:
    """Rows of the longest list or snapshot, spare ones among them: as many weights there are."""
    snapshots = (rows for name, rows in plan.solution.rows.items() if plan.graph.blocks[name].given)
    lists = (cells.members for cells in plan.input_ranges.values())
    return max([*lists, *snapshots, sum(1 for _ in checked_fields(plan.solution))])


def weighted(cells: CellRange) -> str:
    """The formula, without the equals sign, of a column's sum with weights down its rows."""
    return f"SUMPRODUCT({cells.sheet}!{cells.whole()},{INPUT_CHECKS}!{weights(cells.members)})"


def copies(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """Header and texts of each copied column, in the order of the columns."""
    for sheet, field in _copied(plan):
        values = plan.solution.inputs.tables[sheet.name].columns[field.name]
        yield f"{sheet.name}: {field.header}", [_text(field, value) for value in values]


def weights(members: int) -> str:
    """The range of the first so many weights."""
    return _beside(0, members)


def _beside(column: int, members: int) -> str:
    letters = column_letters(WEIGHTS_COLUMN + column + 1)
    return f"${letters}${INPUT_HEADER + 2}:${letters}${INPUT_HEADER + 1 + members}"


def _copied(plan: Plan) -> list[tuple[type[Sheet], Field]]:
    sheets = (sheet for sheet in input_sheets(plan.solution) if not sheet.form and not sheet.private)
    return [(sheet, field) for sheet in sheets for field in sheet.fields if _by_copy(field)]


def _by_copy(field: Field) -> bool:
    named = field.key or field.of or field.choices
    return not field.private and not field.wide and (field.kind is Kind.YES_NO or bool(named and not field.number))


def _of_form(plan: Plan, sheet: type[Sheet], field: Field) -> Written | None:
    value = plan.solution.inputs.value(sheet.name, field.name)
    cell = f"{sheet.name}!{plan.input_ranges[sheet.name, field.name].cell()}"
    if _by_copy(field):
        return Written(f'{cell}&""', _text(field, value))
    return Written(f"SUM({cell})", float(np.nan_to_num(value))) if field.number else None


def _of_list(plan: Plan, sheet: type[Sheet], field: Field) -> Written | None:
    place = plan.input_ranges[sheet.name, field.name]
    cells = f"{sheet.name}!{place.whole()}"
    if _by_copy(field):
        column = 1 + [(each.name, item.name) for each, item in _copied(plan)].index((sheet.name, field.name))
        return Written(f'IFERROR(SUMPRODUCT(--({cells}<>{_beside(column, place.members)})),"edited")', 0.0)
    if not field.number:
        return None
    values = np.nan_to_num(plan.solution.inputs.tables[sheet.name].columns[field.name])
    total = float(np.sum(values.T @ np.arange(1.0, len(values) + 1)))
    joined = "*" if field.wide else ","
    return Written(f'IFERROR(SUMPRODUCT({cells}{joined}{weights(place.members)}),"edited")', total)


def _text(field: Field, value: Any) -> str:
    if field.kind is Kind.YES_NO:
        return "" if np.isnan(value) else "yes" if value else "no"
    return str(value)
