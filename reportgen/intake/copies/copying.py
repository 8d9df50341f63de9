"""A user's workbook opened to be changed, and saved beside it: the user's own file is never written."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.intake.copies.copy_limits import CopiedCells, refuse_heavy_parts
from reportgen.intake.file.book import opened
from reportgen.intake.file.cell import Content, RawSheet, address
from reportgen.intake.file.reproducible_save import is_sealed, save_reproducibly
from reportgen.placing import put_file, workplace
from reportgen.problem_codes import problem
from reportgen.problems import InputError, ReportgenError, UsageError, Where
from reportgen.sheets import normal

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MACROS = (".xlsm", ".xltm")


def read_raw(source: Path) -> dict[str, RawSheet]:
    """Every sheet of the workbook with its cells, by name.

    Raises InputError when the file cannot be read or holds too much to be copied, UsageError when it has macros.
    """
    with opened(source) as book:
        if source.suffix.casefold() in MACROS or any(name.endswith("vbaproject.bin") for name in book.package.parts):
            raise UsageError(
                f"{source}: a workbook with macros (.xlsm) is not copied, as its macros would not survive. "
                "Save it as Excel Workbook (.xlsx) and try again."
            )
        refuse_heavy_parts(book)
        sheets = [listed for listed in book.sheets if "/chartsheets/" not in listed.part]
        return {listed.name: book.read(listed, CopiedCells) for listed in sheets}


def open_copy(source: Path, raw: Mapping[str, RawSheet]) -> Workbook:
    """The workbook, to be changed and saved elsewhere; `raw` is what `read_raw` found in it.

    Raises InputError when openpyxl cannot open it, or would leave out cells that were read.
    """
    from openpyxl import load_workbook

    from reportgen.intake.form.style import fit

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl drops is told by `losses`, in words that users know
            book = load_workbook(io.BytesIO(source.read_bytes()), rich_text=True)
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        raise _uncopied(source) from error
    for page in book.worksheets:
        there = raw.get(page.title, RawSheet(page.title))
        missing = {(row, column) for row, cells in there.rows.items() for column in cells}
        for place, cell in page._cells.items():  # iter_rows would make every cell up to a far formatted one
            if cell.value is not None:
                missing.discard(place)
            if not _has_format(cell):
                raise _uncopied(source)
            if cell.comment is not None:
                fit(cell.comment)
        if missing:
            raise _uncopied(source)
    if not raw.keys() <= set(book.sheetnames):
        raise _uncopied(source)
    return book


def _has_format(cell: Any) -> bool:
    """False for a cell whose number format the file does not define: openpyxl cannot write to it."""
    try:
        return bool(cell.number_format)
    except IndexError:
        return False


def _uncopied(source: Path) -> InputError:
    message = "the workbook can be read, but not copied: a part of it is damaged or unusual."
    hint = "Open it in Excel, save it as Excel Workbook (.xlsx) and try again."
    return InputError((problem("file_damaged", Where(str(source)), message, hint),))


def find_sheet(raw: Mapping[str, RawSheet], name: str) -> RawSheet | None:
    """The sheet of a declared name: the exact one, else one that differs in case and spaces only."""
    return raw.get(name) or next((sheet for each, sheet in raw.items() if normal(each) == normal(name)), None)


def save_copy(source: Path, book: Workbook, raw: dict[str, RawSheet], target: Path, *, force: bool) -> Path | None:
    """Saves the changed copy; a formula that is still where it was keeps the value that it showed.

    With `force` an earlier copy is replaced; one that was changed since, or another file, is kept: the path that it
    has now. UsageError when something stands there and `force` is not set, or the disk cannot be written,
    InputError when openpyxl cannot write what it read.
    """
    shown = {}
    for page in book.worksheets:
        sheet = raw.get(page.title)
        if sheet is not None:
            shown[page.title] = {
                address(row, column): cell
                for row, cells in sheet.rows.items()
                for column, cell in cells.items()
                if cell.formula and cell.content not in (Content.UNCALCULATED, Content.DAMAGED)
            }
    try:
        with workplace(target.parent) as place:
            made = place.folder / target.name
            save_reproducibly(book, made, shown, seal=True)
            return put_file(made, target, force=force, ours=is_sealed)
    except OSError as error:
        raise UsageError(
            f"{target}: the file cannot be written ({error.strerror}). Close it in Excel or choose another place."
        ) from error
    except ReportgenError:
        raise
    except Exception as error:  # openpyxl reads some damaged cells and then cannot write them
        raise _uncopied(source) from error


def free_target(source: Path, target: Path, *, force: bool = False, go_on: str = "") -> Path:
    """The path to write to. Raises UsageError when it is the source, has no folder, or exists (unless `force`).

    `go_on` is a sentence about what else may be meant where the file exists.
    """
    if target.resolve() == source.resolve():
        raise UsageError(
            f"{target}: this is the workbook itself, which is never written. Choose another name with --out."
        )
    if not target.parent.is_dir():
        raise UsageError(
            f"{target}: there is no folder {target.parent}. Make it first, or choose another place with --out."
        )
    if target.exists() and not force:
        away = f"{go_on} Otherwise move" if go_on else "Move"
        raise UsageError(
            f"{target}: the file exists already. {away} it away, choose another name with --out, or add --force."
        )
    return target


def cell_at(page: Worksheet, row: int, column: int) -> Any:
    """A cell with its look, which openpyxl's type hints do not know; one inside a merged block is freed first."""
    from openpyxl.cell import MergedCell

    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        for block in [block for block in page.merged_cells.ranges if cell.coordinate in block]:
            page.unmerge_cells(str(block))
    return page.cell(row, column)


def write_plain(page: Worksheet, row: int, column: int, value: Any) -> None:
    """Writes a value; a text is a text whatever it begins with, never a formula."""
    cell = cell_at(page, row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
