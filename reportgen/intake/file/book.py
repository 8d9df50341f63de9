"""The parts of a workbook that hold its values: sheet list, texts, date formats, cells."""

from __future__ import annotations

import contextlib
import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportgen.excel_dates import FROM_1904
from reportgen.intake.file.cell import Cell, RawSheet
from reportgen.intake.file.cell_stream import CellStream, FirstRows, FirstRowsRead, Styles, text_cell, whole
from reportgen.intake.file.limits import (
    LONGEST_FORMAT,
    LONGEST_SHEET_NAME,
    MOST_FORMATS,
    MOST_PARTS,
    MOST_SHEETS,
    DamagedError,
    TooLargeError,
    UnreadableError,
    Work,
)
from reportgen.intake.file.package import Package, open_package
from reportgen.intake.file.xml_stream import parse
from reportgen.problem_codes import problem
from reportgen.problems import InputError, Where, shortened

if TYPE_CHECKING:
    from pathlib import Path

DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Numbers of the built-in formats that show a number as a date or time."""
PERCENT_FORMATS = frozenset((9, 10))
"""Those that show it with a per cent sign."""
_QUOTED = re.compile(r'"[^"]*"|\\.')
_NOT_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


class Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    part: str


class Book:
    """A workbook's values, sheet by sheet; nothing is read before it is asked for, and no part twice.

    Raises DamagedError when a part that is needed is missing or cannot be parsed, TooLargeError when all that was
    read is more than `limits` allow.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.work, self._glances = Work(), Work()
        self._read: set[str] = set()
        self.main = main = self._main_part()
        self.sheets: tuple[Listed, ...]
        self.from_1904 = False
        related, kinds = self._related(main)
        self._list_sheets(main, related)
        self._texts = self._shared_texts(self._part_of(kinds, "sharedStrings", main, "sharedStrings.xml"))
        self._styles = self._number_styles(self._part_of(kinds, "styles", main, "styles.xml"))

    def read(self, listed: Listed, stream_of: Callable[..., CellStream] = CellStream) -> RawSheet:
        """The cells of a sheet that are not blank, gathered by a `stream_of` them."""
        sheet = RawSheet(listed.name, shift=FROM_1904 if self.from_1904 else 0)
        stream = self.package.open_part(listed.part)
        if stream is None:
            raise DamagedError(f"the sheet {shortened(listed.name)} has no content in the file")
        if listed.part.casefold() in self._read:
            raise DamagedError(f"the sheet {shortened(listed.name)} shares its content with another one")
        self._read.add(listed.part.casefold())
        collector = stream_of(sheet, self._texts, self._styles, self.work)
        with stream:
            parse(stream, listed.part, self.work, collector.start, collector.end, cells=collector.cuts_blanks)
        return sheet

    def beginning(self, listed: Listed) -> RawSheet:
        """The cells of a sheet's first rows, to see what it may be; of a damaged or huge one, those until then."""
        sheet = RawSheet(listed.name)
        stream = self.package.open_part(listed.part)
        if stream is not None:
            collector = FirstRows(sheet, self._texts, self._styles, self._glances)
            with stream, contextlib.suppress(FirstRowsRead, UnreadableError):
                parse(stream, listed.part, self._glances, collector.start, collector.end, cells=True)
        return sheet

    def _main_part(self) -> str:
        found: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
                found.append(attributes.get("Target", "").lstrip("/"))

        self._walk("_rels/.rels", start)
        name = found[0] if found else "xl/workbook.xml"
        if name.casefold() not in self.package.parts:
            raise DamagedError("it holds no workbook")
        return name

    def _related(self, main: str) -> tuple[dict[str, str], dict[str, str]]:
        folder, file = posixpath.split(main)
        by_id: dict[str, str] = {}
        by_kind: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "")
            if tag == "Relationship" and attributes.get("TargetMode") != "External" and target:
                part = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                by_id[attributes.get("Id", "")] = part
                if len(by_id) > MOST_PARTS:
                    raise TooLargeError(f"links to more than {MOST_PARTS:,} parts")
                by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], part)

        self._walk(f"{folder}/_rels/{file}.rels".lstrip("/"), start)
        return by_id, by_kind

    def _part_of(self, kinds: dict[str, str], kind: str, main: str, usual: str) -> str:
        return kinds.get(kind, posixpath.join(posixpath.dirname(main), usual))

    def _list_sheets(self, main: str, related: dict[str, str]) -> None:
        sheets: list[Listed] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "workbookPr":
                self.from_1904 = attributes.get("date1904", "0").casefold() in ("1", "true", "on")
            elif tag == "sheet":
                link = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
                sheets.append(Listed(attributes.get("name", ""), related.get(link, "")))
                if len(sheets) > MOST_SHEETS:
                    raise TooLargeError(f"more than {MOST_SHEETS} sheets")
                if len(sheets[-1].name) > LONGEST_SHEET_NAME:
                    raise DamagedError(f"the name of a sheet has more than {LONGEST_SHEET_NAME:,} characters")

        self._walk(main, start)
        self.sheets = tuple(sheets)

    def _shared_texts(self, part: str) -> list[Cell | None]:
        texts: list[Cell | None] = []
        pieces: list[str] = []
        phonetic = False

        def start(tag: str, _: dict[str, str]) -> None:
            nonlocal phonetic
            if tag == "si":
                pieces.clear()
            elif tag == "rPh":
                phonetic = True

        def end(tag: str, text: str) -> None:
            nonlocal phonetic
            if tag == "t" and not phonetic:
                pieces.append(text)
            elif tag == "rPh":
                phonetic = False
            elif tag == "si":
                texts.append(text_cell("".join(pieces)))

        self._walk(part, start, end)
        return texts

    def _number_styles(self, part: str) -> Styles:
        formats: dict[int, str] = {}
        dated: set[str] = set()
        percent: set[str] = set()
        inside = False
        count = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside, count
            if tag == "numFmt":
                _take_format(formats, attributes)
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                number = whole(attributes.get("numFmtId"))
                if number in DATE_FORMATS or shows_date(formats.get(number, "")):
                    dated.add(str(count))
                elif number in PERCENT_FORMATS or shows_percent(formats.get(number, "")):
                    percent.add(str(count))
                count += 1

        def end(tag: str, _: str) -> None:
            nonlocal inside
            if tag == "cellXfs":
                inside = False

        self._walk(part, start, end)
        return Styles(frozenset(dated), frozenset(percent))

    def _walk(
        self, part: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str, str], None] | None = None
    ) -> None:
        stream = self.package.open_part(part)
        if stream is not None:
            with stream:
                parse(stream, part, self.work, start, end)


def _take_format(formats: dict[int, str], attributes: dict[str, str]) -> None:
    """Take in a number format that the workbook defines."""
    code = attributes.get("formatCode", "")
    formats[whole(attributes.get("numFmtId"))] = code
    if len(code) > LONGEST_FORMAT:
        raise DamagedError(f"a number format has more than {LONGEST_FORMAT} characters")
    if len(formats) > MOST_FORMATS:
        raise TooLargeError(f"more than {MOST_FORMATS:,} number formats")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Book]:
    """The workbook at `path`; what cannot be read in it, then or later, raises InputError with one problem."""
    package = open_package(path)
    try:
        with package.archive:
            yield Book(package)
    except UnreadableError as refused:
        raise InputError((problem(refused.code, Where(str(path)), str(refused)),)) from refused


@functools.lru_cache(maxsize=MOST_FORMATS)
def shows_percent(code: str) -> bool:
    """True when a number format shows a per cent sign of its own, not one that stands in quotes."""
    return "%" in code and "%" in _QUOTED.sub("", code)


@functools.lru_cache(maxsize=MOST_FORMATS)
def shows_date(code: str) -> bool:
    """True when a number format shows a date or a time, e.g. d mmm yyyy; a unit in quotes does not count."""
    first = _NOT_DATE.sub("", code).partition(";")[0].casefold()
    return first != "general" and any(letter in first for letter in "dmyhs")
