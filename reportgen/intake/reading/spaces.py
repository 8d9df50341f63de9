"""Cells that look blank and hold spaces: nothing to a reader, a text to a formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import RawSheet, address
from reportgen.intake.reading.layout import VALUE
from reportgen.intake.reading.values import SPACE
from reportgen.problem_codes import problem
from reportgen.problems import Where

if TYPE_CHECKING:
    from reportgen.intake.reading.layout import Layout
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem


def spaces_alone(raw: Mapping[str, RawSheet], sheets: Mapping[str, ReadSheet], file: str) -> list[Problem]:
    """A warning for each sheet with such a cell where a value is read: the first one, and how many there are."""
    found = []
    for name, there in raw.items():
        layout = sheets[name].layout
        cells = [each for each in there.spaces if layout is not None and _is_read(layout, *each)]
        if cells:
            more = f" Here, and in {len(cells) - 1:,} more cells of the sheet." if len(cells) > 1 else ""
            found.append(problem("cell_space", Where(file, name, address(*cells[0])), SPACE + more))
    return found


def _is_read(layout: Layout, row: int, column: int) -> bool:
    if layout.items:
        return column == layout.columns[VALUE] and row in layout.items.values()
    return row > layout.head_end and column in {*layout.columns.values(), *(place for _, place in layout.wide)}
