"""No total under the name of one of those that it adds up."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View, is_figure


def misplaced_totals(view: View) -> Iterator[Breach]:
    """A313: a figure that stands alone in its row does not stand under a name that is called up for its column.

    The names are texts by formula, at least two side by side, in the rows that stay in view.
    """
    pane = view.sheet.first("pane")
    kept = int(pane.number("ySplit")) if pane is not None else 0
    names = {
        place
        for place in view.formulas
        if place[0] <= kept and (cell := view.sheet.cells[place]).kind == "text" and not is_figure(cell)
    }
    members = {column for row, column in names if {(row, column - 1), (row, column + 1)} & names}
    if not members:
        return
    in_row: dict[int, list[int]] = {}
    for cell in view.sheet.filled:
        if cell.row > kept and cell.column >= min(members) and cell.column <= max(members) and cell.formula is not None:
            in_row.setdefault(cell.row, []).append(cell.column)
    places = [(row, columns[0]) for row, columns in in_row.items() if len(columns) == 1 and columns[0] in members]
    if places:
        yield breach("A313", view.name, places, "a figure of all stands under the name of one.")
