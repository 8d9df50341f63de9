"""Room in the lists: how many rows below the last one are ready to be typed into, and what follows them.

A spare row holds nothing, and n/a in every formula about it: its number is n/a until something is typed into the list.
Blocks that are made of a list (operators by cost, triggers, days) have as many spare rows as the list can add to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportgen.model.lines.blocks import TRIGGERS_PER_OPERATOR

if TYPE_CHECKING:
    from reportgen.model.block import Block
    from reportgen.model.solve import Solution
    from reportgen.sheets import Sheet

ROOM = 25
ROOM_OF = {"Operators": 10}
"""Rows for lists whose rows fill a column each."""

MADE_OF: Mapping[str, tuple[Mapping[str, int], str]] = {
    "ranked": ({"Operators": 1}, "operators_listed"),
    "trigger_rows": ({"Operators": TRIGGERS_PER_OPERATOR, "Debt": 1}, "triggers_listed"),
    "triggers": ({"Operators": TRIGGERS_PER_OPERATOR, "Debt": 1}, "triggers_listed"),
    "days": ({"Network_History": 1}, "history_days"),
}
"""For blocks made of lists: rows for each row of a list, and the line of the market that counts them."""


def spare_rows_of(sheet: type[Sheet], rows: int) -> int:
    """Spare rows of an input sheet of so many rows; a list of what there are names for has one for each of the rest."""
    if sheet.form or sheet.private:
        return 0
    key = sheet.key_field()
    if key is not None and key.choices:
        return max(0, len(key.choices) - rows)
    return ROOM_OF.get(sheet.name, ROOM)


def spare_members(solution: Solution, sheets: Iterable[type[Sheet]]) -> dict[str, int]:
    """Spare rows of every block whose rows are counted as they are typed; other blocks are not named."""
    room = {sheet.name: spare_rows_of(sheet, solution.inputs.tables[sheet.name].rows) for sheet in sheets}
    found: dict[str, int] = {}
    for name, block in solution.graph.blocks.items():
        if block.sources and not block.one:
            found[name] = room[block.sources[0].name]
        elif counting_line(solution, block):
            rows, _ = MADE_OF[name]
            found[name] = sum(each * room[sheet] for sheet, each in rows.items())
    return found


def counting_line(solution: Solution, block: Block) -> str:
    """The line of the market that counts the rows of a block made of lists; "" for other blocks."""
    _, line = MADE_OF.get(block.name, ({}, ""))
    return line if ("market", line) in solution.graph.lines else ""
