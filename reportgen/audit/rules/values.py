"""Errors in cells, and formulas without the value that they have."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View


def error_cells(view: View) -> Iterator[Breach]:
    """A101: no cell holds an error, one breach a kind of error."""
    found: dict[str, list[tuple[int, int]]] = {}
    for cell in view.by_kind["e"]:
        found.setdefault(cell.value, []).append((cell.row, cell.column))
    for error, places in found.items():
        yield breach("A101", view.name, places, f"the cell shows {error}.")


def formulas_without_value(view: View) -> Iterator[Breach]:
    """A102: every formula has its value; an empty text is one."""
    places = [(cell.row, cell.column) for cell in view.by_kind[""]]
    if places:
        yield breach(
            "A102", view.name, places, "the formula carries no value: phones and previews show it as blank or 0."
        )
