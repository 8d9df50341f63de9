"""What Excel repairs, or refuses, when it opens a file: names of sheets, cells, blocks, formats, order of tags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from reportgen.audit.file.book import Book
from reportgen.audit.file.sheet import LAST_COLUMN, LAST_ROW, area_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.formulas.pieces import pieces_of
from reportgen.audit.view import View, places_of

LONGEST_SHEET_NAME = 31
LONGEST_TEXT = 32_767
LONGEST_FORMULA = 8_192
MOST_FORMATS = 65_490
LONGEST_HEADER = 255
MOST_LINKS = 65_530
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NAME = re.compile(r"[A-Za-z_\\\u0080-\uffff][\w.\\?\u0080-\uffff]*")
_LIKE_A_CELL = re.compile(r"(?:[A-Za-z]{1,3}\d{1,7}|[Rr]\d*[Cc]\d*|[RrCc])")
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""The tags of a sheet in the order of the schema (ECMA-376 part 1, CT_Worksheet)."""
_PLACES = {tag: place for place, tag in enumerate(ORDER)}
SEVERAL = ("conditionalFormatting",)


def sheet_names(book: Book) -> Iterator[Breach]:
    """A701: names of sheets have 1 to 31 characters, none of []:*?/\\, no apostrophe at an end, each once."""
    seen: set[str] = set()
    for listed in book.sheets:
        name, why = listed.name, ""
        if not 1 <= len(name) <= LONGEST_SHEET_NAME:
            why = f"has {len(name)} characters, and 1 to {LONGEST_SHEET_NAME} are allowed"
        elif _FORBIDDEN.search(name):
            why = "holds one of the characters [ ] : * ? / \\"
        elif name.startswith("'") or name.endswith("'"):
            why = "begins or ends with an apostrophe"
        elif name.casefold() in seen:
            why = "is there twice"
        seen.add(name.casefold())
        if why:
            yield Breach("A701", name, (), f"the name of the sheet {why}.")


def order_of_tags(view: View) -> Iterator[Breach]:
    """A702: the tags of a sheet stand in the order of the schema, each once."""
    tags = [child.tag for child in view.sheet.tree.children]
    known = [tag for tag in tags if tag in _PLACES]
    for before, after in itertools.pairwise(known):
        if _PLACES[after] < _PLACES[before]:
            yield Breach("A702", view.name, (), f"in its file, {after} stands behind {before}, where Excel takes none.")
        elif after == before and after not in SEVERAL:
            yield Breach("A702", view.name, (), f"in its file, {after} is there twice.")
    for tag in dict.fromkeys(tags):
        if tag not in _PLACES and tag != "AlternateContent":
            yield Breach("A702", view.name, (), f"its file holds {tag}, which no sheet has.")


def cells_in_bounds(view: View) -> Iterator[Breach]:
    """A703: each cell once, on the sheet, with a text and a formula that Excel can hold, in a format that is there."""
    if view.sheet.grid.twice:
        areas = tuple(area for each in view.sheet.grid.twice if (area := area_of(each)) is not None)
        yield Breach("A703", view.name, areas, "the file holds the cell twice.", len(areas))
    used = view.sheet.used
    if used is not None and (used.bottom > LAST_ROW or used.right > LAST_COLUMN):
        outside = [(row, column) for row, column in view.sheet.cells if row > LAST_ROW or column > LAST_COLUMN]
        yield breach("A703", view.name, outside, "the cell lies outside the sheet.")
    long = [(cell.row, cell.column) for cell in view.by_kind["text"] if len(cell.value) > LONGEST_TEXT]
    if long:
        yield breach("A703", view.name, long, f"the text has more than {LONGEST_TEXT:,} characters.")
    wide = [formula for formula in view.by_formula if len(formula.text) > LONGEST_FORMULA]
    if wide:
        places = [place for formula in wide for place in places_of(view.by_formula[formula])]
        yield breach("A703", view.name, places, f"the formula has more than {LONGEST_FORMULA:,} characters.")
    styles = range(max(1, len(view.book.styles.looks)))
    lost = [(cell.row, cell.column) for cell in view.of_styles([each for each in view.by_style if each not in styles])]
    if lost:
        yield breach("A703", view.name, lost, "the cell calls a format that the file lacks.")


def merged_cells(view: View) -> Iterator[Breach]:
    """A704: merged blocks are of more than one cell and do not meet each other, or a table."""
    blocks = sorted(view.sheet.merged)
    for place, block in enumerate(blocks):
        if block.top == block.bottom and block.left == block.right:
            yield Breach("A704", view.name, (block,), "a single cell is merged.")
        for other in blocks[place + 1 :]:
            if other.top > block.bottom:
                break
            if block.meets(other):
                yield Breach("A704", view.name, (block, other), "two merged blocks meet.", 2)
    for table in view.sheet.tables:
        area = area_of(table.ref)
        if area is not None and any(area.meets(block) for block in blocks):
            yield Breach("A704", view.name, (area,), f"cells in the table {table.name} are merged.")


def formats(book: Book) -> Iterator[Breach]:
    """A705: formats call fonts, fills and number formats that are there, and are not too many."""
    for each in book.styles.broken:
        yield Breach("A705", "", (), f"{each}, which the file lacks.")
    if len(book.styles.looks) > MOST_FORMATS:
        yield Breach("A705", "", (), f"the file has {len(book.styles.looks):,} formats, more than {MOST_FORMATS:,}.")
    for number, code in book.styles.formats.items():
        if number >= 164 and (not code or len(code) > LONGEST_HEADER):
            yield Breach(
                "A705", "", (), f"the number format {number} is empty or longer than {LONGEST_HEADER} characters."
            )


def defined_names(book: Book) -> Iterator[Breach]:
    """A706: each name once for its sheet or the workbook, written as a name and not as a cell."""
    seen: set[tuple[str, int | None]] = set()
    for name in book.names:
        key = name.name.casefold(), name.sheet
        why = ""
        if key in seen:
            why = "is defined twice"
        elif not name.name.startswith("_xlnm.") and (
            not _NAME.fullmatch(name.name) or _LIKE_A_CELL.fullmatch(name.name) or len(name.name) > LONGEST_HEADER
        ):
            why = "is no name that Excel takes"
        elif name.sheet is not None and not 0 <= name.sheet < len(book.sheets):
            why = "belongs to a sheet that is not there"
        seen.add(key)
        if why:
            yield Breach("A706", "", (), f"the name {name.name} {why}.")


def whole_file(book: Book) -> Iterator[Breach]:
    """A709: every part has a kind, and every sheet a part."""
    kinds = book.archive.tree("[Content_Types].xml")
    named = {each.get("PartName").lstrip("/").casefold() for each in kinds.all("Override")}
    endings = {each.get("Extension").casefold() for each in kinds.all("Default")}
    for name in book.archive.names:
        if name != "[content_types].xml" and name not in named and name.rpartition(".")[2] not in endings:
            yield Breach("A709", "", (), f"the part {name} of the file has no kind.")
    lost = [name for name in named if not book.archive.has(name)]
    for name in lost:
        yield Breach("A709", "", (), f"the file lists the part {name} and does not hold it.")


def missing_parts(view: View) -> Iterator[Breach]:
    """A709: what a sheet names is in the file."""
    for part in view.sheet.missing:
        yield Breach("A709", view.name, (), f"the sheet names the part {part}, which the file lacks.")


def tables(view: View) -> Iterator[Breach]:
    """A707: a table has a name of its own, rows below its header, and the texts of its header in its cells."""
    seen: set[str] = set()
    for table in view.sheet.tables:
        area = area_of(table.ref)
        for why in _wrong_with(view, table.name, table.columns, table.ref, table.has_header):
            yield Breach("A707", view.name, (area,) if area else (), f"the table {table.name} {why}.")
        if table.name.casefold() in seen:
            yield Breach(
                "A707", view.name, (area,) if area else (), f"the name of the table {table.name} is there twice."
            )
        seen.add(table.name.casefold())


def _wrong_with(view: View, name: str, columns: Sequence[str], ref: str, header: bool) -> Iterator[str]:
    area = area_of(ref)
    if area is None or area.bottom - area.top < header:
        yield f"covers {ref or 'nothing'}, and needs a row below its header"
        return
    if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
        yield "has a name that Excel does not take"
    if len(columns) != area.right - area.left + 1:
        yield f"names {len(columns)} columns and covers {area.right - area.left + 1}"
    elif len({text.casefold() for text in columns}) < len(columns):
        yield "has two columns of the same name"
    elif header:
        for column, text in enumerate(columns, start=area.left):
            if view.text(area.top, column) != text.replace("_x000a_", "\n"):
                yield f"calls a column {text}, and its cell says {view.text(area.top, column) or 'nothing'}"
                return


def conditional_formats(view: View) -> Iterator[Breach]:
    """A708: a rule for a format covers cells, calls a format that is there, and holds a formula that can be read."""
    count = view.book.styles.dressed
    for group in view.sheet.tree.within("conditionalFormatting"):
        areas = [area_of(each) for each in group.get("sqref").split()]
        covered = tuple(area for area in areas if area is not None)
        if not areas or len(covered) < len(areas):
            yield Breach("A708", view.name, covered, f"a rule for a format covers {group.get('sqref') or 'nothing'}.")
        for rule in group.all("cfRule"):
            if rule.get("dxfId") and rule.number("dxfId") >= count:
                yield Breach(
                    "A708", view.name, covered, f"a rule calls the format {rule.get('dxfId')}, which is not there."
                )
            for formula in rule.all("formula"):
                if any(piece.kind == "other" or piece.text == "#REF!" for piece in pieces_of(formula.text)):
                    yield Breach("A708", view.name, covered, f"a rule asks {formula.text[:60]}, which leads nowhere.")
