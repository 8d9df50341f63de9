"""Nothing outside the file, nothing that a reader cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.book import Book
from reportgen.audit.file.sheet import Area, area_of
from reportgen.audit.file.styles import Look
from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View, places_of

PAPER = ("", "FFFFFF", "theme:0", "indexed:9", "indexed:64")
WHITE = ("FFFFFF", "theme:0", "indexed:9")


def outside_links(book: Book) -> Iterator[Breach]:
    """A201: the workbook is linked to no other file; one breach a target."""
    for link in book.outside():
        yield Breach("A201", "", (), f"the workbook is linked to {link.target}.")
    for name in book.names:
        if "[" in name.text:
            yield Breach("A201", "", (), f"the name {name.name} stands for cells of another file: {name.text}.")


def outside_formulas(view: View) -> Iterator[Breach]:
    """A201: no formula looks at another file, no cell leads to a place outside; addresses of people are texts."""
    for formula, cells in view.by_formula.items():
        if any("[" in name for name in formula.facts.sheets):
            yield breach("A201", view.name, places_of(cells), "the formula looks at another file.")
    for target in view.sheet.outside:
        yield Breach("A201", view.name, (), f"the sheet is linked to {target}.")


def hidden_sheets(book: Book) -> Iterator[Breach]:
    """A202: every sheet can be seen."""
    for listed in book.sheets:
        if listed.state != "visible":
            deep = "so that Excel's menu does not show it" if listed.state == "veryHidden" else "by its tab"
            yield Breach("A202", listed.name, (), f"the sheet is hidden, {deep}.")


def hidden_lines(view: View) -> Iterator[Breach]:
    """A203: every row and column can be seen."""
    rows = sorted(row for row, found in view.sheet.grid.rows.items() if found.hidden)
    if rows:
        areas = tuple(Area(row, 1, row, 1) for row in rows)
        yield Breach("A203", view.name, areas, f"{_counted(len(rows), 'row')} hidden.", len(rows))
    columns = list(view.sheet.hidden_columns())
    if columns:
        areas = tuple(area for each in columns if (area := area_of(_first_cells(each))) is not None)
        yield Breach("A203", view.name, areas, f"columns {', '.join(columns)} are hidden.", len(columns))


def _first_cells(columns: str) -> str:
    return ":".join(f"{letters}1" for letters in columns.split(":"))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun} is" if number == 1 else f"{number} {noun}s are"


def unseen_texts(view: View) -> Iterator[Breach]:
    """A204: no letters in the colour of their ground, no number format that shows nothing, no size of nothing."""
    unseen = {number: why for number, look in enumerate(view.book.styles.looks) if (why := _unseen(look)) is not None}
    found: dict[str, list[tuple[int, int]]] = {}
    for cell in view.of_styles(unseen):
        found.setdefault(unseen[cell.style], []).append((cell.row, cell.column))
    for why, places in found.items():
        yield breach("A204", view.name, places, f"what stands there cannot be seen: {why}.")


def _unseen(look: Look) -> str | None:
    if look.size < 2:
        return f"the letters are {look.size:g} points high"
    if look.number_format.strip().startswith(";") and look.number_format.count(";") >= 2:
        return f"its number format {look.number_format} shows nothing"
    if look.colour and (look.colour == look.fill or (look.colour in WHITE and look.fill in PAPER)):
        return "the letters have the colour of their ground"
    return None


def hidden_formulas(view: View) -> Iterator[Breach]:
    """A205: a formula can be read in the formula bar; a name can be seen in the list of names."""
    hides = {number for number, look in enumerate(view.book.styles.looks) if look.hides_formula}
    places = [(cell.row, cell.column) for cell in view.of_styles(hides) if cell.formula is not None]
    if places:
        yield breach("A205", view.name, places, "the formula is hidden while the sheet is protected.")


def hidden_names(book: Book) -> Iterator[Breach]:
    """A205: a name that is defined can be seen; Excel's own (filters, print areas) are its own matter."""
    for name in book.names:
        if name.hidden and not name.name.startswith("_xlnm."):
            yield Breach("A205", "", (), f"the name {name.name} is hidden.")
