"""Every figure has a unit, and is shown as its unit asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.audit.file.number_formats import kind_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.headings import numbers_by_unit
from reportgen.audit.view import View, places_of

_SHARES = re.compile(r"\b(share|change|rate|margin|percent|ratio|LTV)\b|%|^per ", re.IGNORECASE)
SELF_TOLD = ("percent", "date")
"""Kinds of number formats that show the unit themselves."""


def units(view: View) -> Iterator[Breach]:
    """A311: a number has a unit. A312: dates, shares and amounts are shown as such."""
    without: list[tuple[int, int]] = []
    wrong: dict[str, list[tuple[int, int]]] = {}
    for told, cells in numbers_by_unit(view).items():
        kind = kind_of(view.book.styles.look(told.style).number_format)
        # in a row of several figures, a date has its own heading
        why = _mismatch(told.unit, kind) if told.unit and (told.own or kind != "date") else ""
        if why or (told.unit is None and kind not in SELF_TOLD):
            places = [place for place in places_of(cells) if not view.in_legend(*place)]
            (wrong.setdefault(why, []) if why else without).extend(places)
    if without:
        yield breach("A311", view.name, without, "no unit stands beside the row or over the column.")
    for why, places in sorted(wrong.items()):
        yield breach("A312", view.name, places, why)


def _mismatch(unit: str, kind: str) -> str:
    if (unit == "date") != (kind == "date"):
        return f"the unit is {unit} and the number is " + (
            "shown as a date." if kind == "date" else "not shown as one."
        )
    if kind == "percent" and not _SHARES.search(unit):
        return f"the unit is {unit} and the number is shown in per cent."
    return ""
