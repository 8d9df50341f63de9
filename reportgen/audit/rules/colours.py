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
    """A301: what can be typed over looks like an input, and no formula does."""
    if view.legend is None or not view.legend.complete:
        return
    looks = view.book.styles.looks
    right = view.legend.colours("input", "standard")
    wrong = [number for number, look in enumerate(looks) if not look.locked and look.colour not in right]
    places = [(cell.row, cell.column) for cell in view.of_styles(wrong) if cell.formula is None]
    if places:
        yield breach("A301", view.name, places, "the cell can be typed over and does not look like an input.")
    taken = view.legend.colours("input") - view.legend.colours("own", "cross", "snapshot", "convention")
    blue = [number for number, look in enumerate(looks) if look.colour in taken]
    places = [(cell.row, cell.column) for cell in view.of_styles(blue) if cell.formula is not None]
    if places:
        yield breach("A301", view.name, places, "the formula looks like an input.")


def formula_colours(view: View) -> Iterator[Breach]:
    """A302, A303: a formula that gives a figure has the colour of those on its own sheet, or of those that look out."""
    if view.legend is None or not view.legend.complete:
        return
    own, cross = view.legend.colours("own"), view.legend.colours("cross")
    away = {name.name.casefold() for name in view.book.names if _elsewhere(name.text, view.name)}
    looks = enumerate(view.book.styles.looks)
    kinds = {number: look.colour in cross for number, look in looks if (look.colour in own) != (look.colour in cross)}
    wrong: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for formula, cells in view.by_formula.items():
        if any(cell.kind == "text" and not is_figure(cell) for cell in cells):
            continue  # words: names that are called up, verdicts
        out = _looks_out(formula, view.name, away)
        bad = [cell for cell in cells if kinds.get(cell.style, out) != out]
        wrong[out].extend(places_of(cell for cell in bad if is_figure(cell) and not _is_label(view, cell)))
    if wrong[True]:
        message = "the formula looks at another sheet and has the colour of one that does not."
        yield breach("A303", view.name, wrong[True], message)
    if wrong[False]:
        yield breach("A302", view.name, wrong[False], "the formula has the colour of one that looks at another sheet.")


def _is_label(view: View, cell: Cell) -> bool:
    """True for a day or number that names its row: bold, in the first column."""
    return cell.column == 1 and view.look(cell).bold


def _looks_out(formula: Formula, sheet: str, away: set[str]) -> bool:
    facts = formula.facts
    return bool(facts.sheets - {sheet}) or any(name.casefold() in away for name in facts.names)


def _elsewhere(text: str, sheet: str) -> bool:
    name, mark, _ = text.partition("!")
    return bool(mark) and sheet_named(name + mark) != sheet


def plain_values(view: View) -> Iterator[Breach]:
    """A304: a number that is no formula and cannot be typed over looks like a snapshot, a convention or a heading."""
    if view.legend is None or not view.legend.complete:
        return
    own = view.legend.colours("own", "cross")
    looks = enumerate(view.book.styles.looks)
    wrong = [number for number, look in looks if look.locked and look.colour in own and not look.fill]
    plain = (cell for cell in view.of_styles(wrong) if cell.kind == "n" and cell.formula is None)
    places = [(cell.row, cell.column) for cell in plain if not view.in_legend(cell.row, cell.column)]
    if places:
        yield breach("A304", view.name, places, "a plain number has the colour of a formula.")
