"""Charts that can be read aloud, and a file that says what it is."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.book import Book
from reportgen.audit.findings import Breach
from reportgen.audit.view import View

NEEDED = {"title": "title", "creator": "author"}


def alternative_texts(view: View) -> Iterator[Breach]:
    """A621: every chart and picture has an alternative text."""
    for picture in view.sheet.pictures:
        if not picture.alternative.strip():
            areas = (picture.area,) if picture.area else ()
            yield Breach(
                "A621", view.name, areas, f"the {picture.kind} {picture.name} has no text that says what it shows."
            )


def properties(book: Book) -> Iterator[Breach]:
    """A622: title and author stand in the file's properties."""
    for tag, name in NEEDED.items():
        if not book.properties.get(tag):
            yield Breach("A622", "", (), f"the file names no {name}.")


def computing(book: Book) -> Iterator[Breach]:
    """A110: the workbook computes by itself, without iteration, with numbers as they are."""
    found = book.tree.first("calcPr")
    if found is None:
        return
    if found.get("calcMode", "auto") != "auto":
        yield Breach("A110", "", (), "it computes only when it is asked to.")
    if found.truth("iterate"):
        yield Breach("A110", "", (), "iterative calculation is on.")
    if not found.truth("fullPrecision", True):
        yield Breach("A110", "", (), "it computes with numbers as they are shown.")
