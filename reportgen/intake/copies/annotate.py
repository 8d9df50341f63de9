"""A copy of a workbook in which every problem is shown in place: coloured, commented, and listed with links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import position
from reportgen.problems import Severity

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.problems import Problem

LIST = "Problems"
SUFFIX = "-checked"
_ROOM = 25
"""Letters of a sheet's name that are kept when a number must be added to make it a new one."""


def annotated_path(source: Path) -> Path:
    """Where the marked copy of a workbook goes unless another place is named: beside it."""
    return source.with_name(f"{source.stem}{SUFFIX}{source.suffix or '.xlsx'}")


def write_annotated(source: Path, target: Path, problems: Sequence[Problem], *, force: bool = True) -> Path | None:
    """Writes a copy of `source` with each problem's cell coloured and commented, and a list with links as first sheet.

    What stood at `target` and is no marked copy as it was written is kept: the path that it has now.

    Raises InputError when the file cannot be copied, UsageError when `target` is the file itself or cannot be written.
    """
    from reportgen.intake.copies.copying import free_target, open_copy, read_raw, save_copy

    free_target(source, target, force=force)
    raw = read_raw(source)
    book = open_copy(source, raw)
    _mark_cells(book, problems)
    _write_list(book, source, problems)
    kept = save_copy(source, book, raw, target, force=force)
    book.close()
    return kept


def _mark_cells(book: Workbook, problems: Sequence[Problem]) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment

    from reportgen.intake.form import style

    by_cell: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for each in problems:
        for place in each.cells or (each.where.cell,):
            row, column = position(place)
            if row and _page(book, each.where.sheet) is not None:
                by_cell[each.where.sheet, row, column].append(each)
    for (sheet, row, column), found in by_cell.items():
        page = _page(book, sheet)
        assert page is not None  # kept above
        cell = page.cell(row, column)
        if isinstance(cell, MergedCell):
            continue  # only the first cell of a merged block can be marked; the list names the place all the same
        worst = Severity.ERROR if any(each.severity is Severity.ERROR for each in found) else Severity.WARNING
        cell.fill = style.ERROR_MARK if worst is Severity.ERROR else style.WARNING_MARK
        words = [f"{each.severity.value.upper()}: {each.message} {each.hint}".rstrip() for each in found]
        if cell.comment is not None:
            words.append(f"(Earlier comment: {cell.comment.text})")
        cell.comment = Comment("\n".join(words), "reportgen")
        style.fit(cell.comment)


def _write_list(book: Workbook, source: Path, problems: Sequence[Problem]) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    from reportgen.intake.copies.copying import write_plain
    from reportgen.intake.form import style

    name, number = LIST, 2
    while name.casefold() in (each.casefold() for each in book.sheetnames):
        name, number = f"{LIST[:_ROOM]} ({number})", number + 1
    page = book.create_sheet(name, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    write_plain(page, 1, 1, f"Problems of {source.name}")
    page["A1"].font = style.TITLE
    write_plain(page, 2, 1, "Mend them in your own file, not in this marked copy. A link leads to each cell.")
    page["A2"].font = style.HELP
    headers = ("Kind", "Place", "Field", "What was found", "What to do", "Code")
    for column, (header, width) in enumerate(zip(headers, (10.0, 24.0, 26.0, 70.0, 70.0, 24.0), strict=True), 1):
        cell = page.cell(4, column, header)
        cell.font, cell.fill, cell.alignment = style.HEADER, style.HEADER_FILL, style.CENTRE
        page.column_dimensions[cell.coordinate[0]].width = width
    for row, each in enumerate(problems, 5):
        where = each.where
        place = "!".join(part for part in (where.sheet, where.cell) if part) or "the file"
        for column, text in enumerate((each.severity.value, place, where.label, each.message, each.hint, each.code), 1):
            write_plain(page, row, column, text)
            page.cell(row, column).alignment = style.WRAP
        longest = max(len(each.message), len(each.hint))
        page.row_dimensions[row].height = 15.5 * (longest // 75 + 1)
        page.cell(row, 1).fill = style.ERROR_MARK if each.severity is Severity.ERROR else style.WARNING_MARK
        target = _page(book, where.sheet)
        if target is not None:
            first = each.cells[0] if each.cells else where.cell
            style.link(page.cell(row, 2), target.title, first if position(first)[0] else "A1")
    page.freeze_panes = "A5"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _page(book: Workbook, sheet: str) -> Worksheet | None:
    from reportgen.sheets import normal

    exact = [page for page in book.worksheets if page.title == sheet]
    similar = [page for page in book.worksheets if sheet and normal(page.title) == normal(sheet)]
    return next(iter(exact or similar), None)
