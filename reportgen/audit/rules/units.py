"""Every figure has a unit, and is shown as its unit asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.audit.file.number_formats import kind_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.headings import figures_with_units
from reportgen.audit.view import View

_SHARES = re.compile(r"\b(share|change|rate|margin|percent|ratio|LTV)\b|%|^per ", re.IGNORECASE)
SELF_TOLD = ("percent", "date")
"""Kinds of number formats that show the unit themselves."""


def units(view: View) -> Iterator[Breach]:
    """A311: a number has a unit. A312: dates, shares and amounts are shown as such."""
    without: list[tuple[int, int]] = []
    wrong: dict[str, list[tuple[int, int]]] = {}
    kinds = [kind_of(look.number_format) for look in view.book.styles.looks]
    legend = view.legend.places if view.legend is not None and view.legend.sheet == view.name else ()
    for cell, unit in figures_with_units(view):
        kind = kinds[cell.style] if cell.style < len(kinds) else "general"
        place = cell.row, cell.column
        if place in legend:
            continue
        if unit is None:
            if kind not in SELF_TOLD:
                without.append(place)
        elif unit and (why := _mismatch(unit, kind)):
            wrong.setdefault(why, []).append(place)
    if without:
        yield breach("A311", view.name, without, "no unit stands beside the row or over the column.")
    for why, places in wrong.items():
        yield breach("A312", view.name, places, why)


def _mismatch(unit: str, kind: str) -> str:
    if (unit == "date") != (kind == "date"):
        return f"the unit is {unit} and the number is " + (
            "shown as a date." if kind == "date" else "not shown as one."
        )
    if kind == "percent" and not _SHARES.search(unit):
        return f"the unit is {unit} and the number is shown in per cent."
    return ""
