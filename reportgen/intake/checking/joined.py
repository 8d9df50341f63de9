"""One cause, one line: problems of one kind in one column become one that names the range and the count."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import address, position
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.problems import Problem

APART = 3
"""Problems of one kind in one column that stay apart when each says something of its own; of more, one speaks."""
_FIGURES = frozenset({"number_text", "number_date", "number_whole", "out_of_bounds", "date_text", "date_implausible"})
"""Errors of figures: several in one column have one cause, be they two. Names are mistyped one by one."""
_SPANS = 5
"""Pieces of a range that are written out."""
_VARYING = re.compile(r'"[^"]*"|[0-9][0-9,.:%-]*')
"""What differs between two messages of one kind: quoted texts and numbers."""


def joined(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, in their order, with those of one code, column and kind as one where the first of them stood."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for each in problems:
        groups.setdefault(_kind(each), []).append(each)
    told: list[Problem] = []
    for group in groups.values():
        said = {(each.message, each.hint) for each in group}
        together = len(said) == 1 or len(group) > APART or group[0].code in _FIGURES
        told.extend([_as_one(group)] if len(group) > 1 and together else group)
    return told


def _kind(each: Problem) -> tuple[object, ...]:
    row, column = position(each.where.cell)
    if not row:  # no single cell: such a problem stands for itself
        return (each,)
    said = _VARYING.sub("#", each.message)
    if each.code in _FIGURES and any(field.wide for field in BY_NAME[each.where.sheet].fields) and column > 1:
        return each.code, each.where.sheet, said  # all funds come from one table
    return each.code, each.where.sheet, column, each.where.label, said


def _as_one(group: Sequence[Problem]) -> Problem:
    """One problem for all of a group: the first of them, with the range and the count."""
    first = group[0]
    cells = tuple(dict.fromkeys(each.where.cell for each in group))
    if len(cells) == 1:
        return dataclasses.replace(first, count=len(group))
    alike = len({each.hint for each in group}) == 1
    return dataclasses.replace(
        first,
        where=dataclasses.replace(first.where, cell=_range(cells)),
        message=f"{first.message.removesuffix('.')} ({first.where.cell}; {len(cells):,} cells in all).",
        hint=first.hint if alike else f"For {first.where.cell}: {first.hint}",
        cells=cells,
        count=len(group),
    )


def _range(cells: Sequence[str]) -> str:
    """Cells as Excel writes them, column by column: A2:A121, A130; of many pieces the first ones."""
    spans: list[list[int]] = []
    for column, row in sorted(position(cell)[::-1] for cell in cells):
        if spans and column == spans[-1][0] and row == spans[-1][2] + 1:
            spans[-1][2] = row
        else:
            spans.append([column, row, row])
    shown = [
        address(first, column) if first == last else f"{address(first, column)}:{address(last, column)}"
        for column, first, last in spans[:_SPANS]
    ]
    return ", ".join([*shown, "..."] if len(spans) > _SPANS else shown)
