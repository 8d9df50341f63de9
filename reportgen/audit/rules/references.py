"""Names, links and references lead to cells that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.audit.file.book import Book
from reportgen.audit.file.sheet import Area, area_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.pieces import pieces_of, sheet_named
from reportgen.audit.view import View, places_of

_PLACE = re.compile(r"(?:(?P<sheet>'(?:[^']|'')*'|[^'!]+)!)?(?P<cells>[^!]+)$")


def names_lead_somewhere(book: Book) -> Iterator[Breach]:
    """A501: what a name stands for is on a sheet that is there."""
    sheets = _sheets(book)
    for name in book.names:
        if "[" in name.text:
            continue  # of another file, which is another rule's matter
        pieces = pieces_of(name.text)
        lost = [
            piece.text for piece in pieces if piece.kind == "sheet" and sheet_named(piece.text).casefold() not in sheets
        ]
        if lost:
            yield Breach("A501", "", (), f"the name {name.name} stands for {name.text}: no such sheet.")
        elif any(piece.kind == "error" for piece in pieces) or not pieces:
            yield Breach("A501", "", (), f"the name {name.name} stands for {name.text or 'nothing'}.")


def links_lead_somewhere(view: View) -> Iterator[Breach]:
    """A502: a link leads to a cell of a sheet that is there, or to a name."""
    sheets, names = _sheets(view.book), {name.name.casefold() for name in view.book.names}
    for link in view.sheet.tree.within("hyperlink"):
        location = link.get("location")
        area = area_of(link.get("ref"))
        if location and not _leads(location, sheets, names):
            yield Breach(
                "A502", view.name, (area,) if area else (), f"the link leads to {location}, which is not there."
            )


def _leads(location: str, sheets: set[str], names: set[str]) -> bool:
    match = _PLACE.match(location.lstrip("#"))
    if match is None:
        return False
    if match["sheet"] is None:
        return area_of(match["cells"]) is not None or match["cells"].casefold() in names
    return sheet_named(match["sheet"] + "!").casefold() in sheets and area_of(match["cells"]) is not None


def references_resolve(view: View) -> Iterator[Breach]:
    """A503: a formula looks at sheets and cells that are there. A504: a name in it is defined."""
    sheets = _sheets(view.book)
    names = {name.name.casefold() for name in view.book.names} | {table.name.casefold() for table in view.sheet.tables}
    for formula, cells in view.by_formula.items():
        facts = formula.facts
        if "#REF!" in facts.errors:
            yield breach("A503", view.name, places_of(cells), "the formula looks at a cell that was deleted.")
        for name in sorted(facts.sheets):
            if name.casefold() not in sheets and "[" not in name:
                yield breach(
                    "A503", view.name, places_of(cells), f"the formula looks at {name}, and no sheet is called so."
                )
        for name in sorted(facts.names):
            if name.casefold() not in names:
                yield breach("A504", view.name, places_of(cells), f"the formula uses {name}, which is no defined name.")


def charts_have_figures(view: View) -> Iterator[Breach]:
    """A505: what a chart draws stands on sheets that are there."""
    sheets = _sheets(view.book)
    for picture in view.sheet.pictures:
        for reference in picture.references:
            pieces = pieces_of(reference)
            lost = [p for p in pieces if p.kind == "sheet" and sheet_named(p.text).casefold() not in sheets]
            if lost or any(piece.kind == "error" for piece in pieces):
                areas: tuple[Area, ...] = (picture.area,) if picture.area else ()
                yield Breach("A505", view.name, areas, f"the chart {picture.name} draws {reference}.")


def _sheets(book: Book) -> set[str]:
    return {listed.name.casefold() for listed in book.sheets}
