"""Colours say what a cell is, as the workbook's own legend has it."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.book import Book
from reportgen.audit.file.cells import Cell
from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.pieces import sheet_named
from reportgen.audit.formulas.relative import Formula
from reportgen.audit.legend import Legend
from reportgen.audit.view import View, is_figure, places_of


def has_legend(book: Book, legend: Legend | None) -> Iterator[Breach]:
    """A300: a legend on one of the first sheets shows the colours of inputs, formulas and snapshots."""
    if legend is None or not legend.complete:
        name = book.sheets[0].name if book.sheets else ""
        yield Breach("A300", name, (), "no legend says what all the colours mean.")


def input_colours(view: View) -> Iterator[Breach]:
    """A301: what can be typed over looks like an input, and nothing else does."""
    if view.legend is None or not view.legend.complete:
        return
    right = view.legend.colours("input", "standard")
    wrong = {n for n, look in enumerate(view.book.styles.looks) if not look.locked and look.colour not in right}
    places = (
        [
            place
            for place, cell in view.sheet.cells.items()
            if cell.style in wrong and cell.kind and cell.formula is None
        ]
        if wrong
        else []
    )
    if places:
        yield breach("A301", view.name, places, "the cell can be typed over and does not look like an input.")
    taken = view.legend.colours("input") - view.legend.colours("own", "cross", "snapshot", "convention")
    blue = {n for n, look in enumerate(view.book.styles.looks) if look.colour in taken}
    places = [place for place in view.formulas if view.sheet.cells[place].style in blue]
    if places:
        yield breach("A301", view.name, places, "the formula looks like an input.")


def formula_colours(view: View) -> Iterator[Breach]:
    """A302, A303: a formula that gives a figure has the colour of those on its own sheet, or of those that look out."""
    if view.legend is None or not view.legend.complete:
        return
    own, cross = view.legend.colours("own"), view.legend.colours("cross")
    away = {name.name.casefold() for name in view.book.names if _elsewhere(name.text, view.name)}
    looks = view.book.styles.looks
    as_own: list[tuple[int, int]] = []
    as_cross: list[tuple[int, int]] = []
    for formula, cells in view.by_formula.items():
        out = _looks_out(formula, view.name, away)
        wrong = {n for n, look in enumerate(looks) if look.colour in (own if out else cross)} - (
            own & cross if own & cross else set()
        )
        bad = [cell for cell in cells if cell.style in wrong and is_figure(cell)]
        (as_own if out else as_cross).extend(places_of(bad))
    if as_own:
        yield breach(
            "A303", view.name, as_own, "the formula looks at another sheet and has the colour of one that does not."
        )
    if as_cross:
        yield breach("A302", view.name, as_cross, "the formula has the colour of one that looks at another sheet.")


def _looks_out(formula: Formula, sheet: str, away: set[str]) -> bool:
    return any(
        (piece.kind == "sheet" and sheet_named(piece.text) != sheet)
        or (piece.kind == "name" and piece.text.casefold() in away)
        for piece in formula.pieces
    )


def _elsewhere(text: str, sheet: str) -> bool:
    name, mark, _ = text.partition("!")
    return bool(mark) and sheet_named(name + mark) != sheet


def plain_values(view: View) -> Iterator[Breach]:
    """A304: a number that is no formula and cannot be typed over looks like a snapshot, a convention or a heading."""
    if view.legend is None or not view.legend.complete:
        return
    own = view.legend.colours("own", "cross")
    wrong = {n for n, look in enumerate(view.book.styles.looks) if look.locked and look.colour in own and not look.fill}
    places = [
        (cell.row, cell.column) for cell in view.plain_numbers() if cell.style in wrong and not _in_legend(view, cell)
    ]
    if places:
        yield breach("A304", view.name, places, "a plain number has the colour of a formula.")


def _in_legend(view: View, cell: Cell) -> bool:
    return view.legend is not None and view.legend.sheet == view.name and (cell.row, cell.column) in view.legend.places
