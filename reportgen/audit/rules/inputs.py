"""Inputs can be typed over and are checked as they are typed; nothing else can be."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.number_formats import kind_of
from reportgen.audit.file.sheet import Area, areas_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View

CHECKED = ("number", "percent", "date")


def unchecked_inputs(view: View) -> Iterator[Breach]:
    """A401: every number and date that can be typed is held against bounds or a list as it is typed."""
    numeric = {
        n for n, look in enumerate(view.book.styles.looks) if not look.locked and kind_of(look.number_format) in CHECKED
    }
    if not numeric:
        return
    checked = _validated(view)
    places = [
        place
        for place, cell in view.sheet.cells.items()
        if cell.style in numeric and cell.formula is None and not _within(place, checked) and not view.in_legend(*place)
    ]
    if places:
        yield breach(
            "A401", view.name, places, "a number or date can be typed there, and nothing is said to a wrong one."
        )


def _validated(view: View) -> list[Area]:
    return [
        area
        for each in view.sheet.tree.within("dataValidation")
        if each.get("type", "none") != "none" and each.truth("showErrorMessage")
        for area in areas_of(each.get("sqref"))
    ]


def _within(place: tuple[int, int], areas: list[Area]) -> bool:
    """True for a place in one of the areas; that which held the last one is looked at first."""
    for number, area in enumerate(areas):
        if area.holds(*place):
            if number:
                areas.insert(0, areas.pop(number))
            return True
    return False


def open_formulas(view: View) -> Iterator[Breach]:
    """A402: a formula is locked."""
    unlocked = [number for number, look in enumerate(view.book.styles.looks) if not look.locked]
    places = [(cell.row, cell.column) for cell in view.of_styles(unlocked) if cell.formula is not None]
    if places:
        yield breach("A402", view.name, places, "the formula can be typed over.")


def unprotected_sheets(view: View) -> Iterator[Breach]:
    """A403: every sheet is protected, so that only its inputs can be typed over."""
    protection = view.sheet.first("sheetProtection")
    if protection is None or not protection.truth("sheet"):
        yield Breach("A403", view.name, (), "the sheet is not protected: a key pressed by mistake replaces a formula.")


def closed_inputs(view: View) -> Iterator[Breach]:
    """A404: what looks like an input can be typed over."""
    if view.legend is None:
        return
    colours = view.legend.colours("input")
    closed = [number for number, look in enumerate(view.book.styles.looks) if look.locked and look.colour in colours]
    typed = (cell for cell in view.of_styles(closed) if cell.formula is None)
    places = [(cell.row, cell.column) for cell in typed if not view.in_legend(cell.row, cell.column)]
    if places:
        yield breach("A404", view.name, places, "the cell looks like an input and is locked.")
