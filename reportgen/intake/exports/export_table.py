"""A table as it was exported or copied from a web page, as a header and rows of texts; its dates read as days."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import excel_dates
from reportgen.intake.exports.number_convention import Convention, decided
from reportgen.intake.file.limits import (
    HEADER_ROWS,
    MEGABYTE,
    MOST_EXPORT_BYTES,
    MOST_EXPORT_CELLS,
    MOST_EXPORT_COLUMNS,
    MOST_EXPORT_ROWS,
)
from reportgen.intake.reading.typed_values import NOTHING, plain_text
from reportgen.problems import UsageError, shortened

if TYPE_CHECKING:
    from pathlib import Path

_DELIMITERS = ",;\t|"
_SLASHED = re.compile(r"([0-9]{1,4})[/.]([0-9]{1,2})[/.]([0-9]{1,4})(?:[ T].*)?")
_DATE_NAMES = frozenset({"date", "time", "day", "timestamp", "datetime", "dateutc", "tradedate", "timeutc"})


@dataclass(frozen=True)
class ExportTable:
    """An export: its header, the days of its rows with their texts and lines, and the rows that have no day (footers).

    `title` is what stands above the header, `convention` how its numbers are written, `said` the words for it.
    """

    file: str
    header: tuple[str, ...]
    days: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    footers: tuple[str, ...]
    title: str
    date_column: int
    convention: Convention
    said: str

    def text(self, row: int, column: int) -> str:
        """The text of a cell on one line; "" when it is blank or says that there is no figure (n/a, a dash)."""
        text = plain_text(self.rows[row][column]) if column < len(self.rows[row]) else ""
        return "" if text.casefold() in NOTHING else text

    def number(self, row: int, column: int) -> float | None:
        """The number in a cell; None when it is blank or no number."""
        return self.convention.number(self.text(row, column))

    def unreadable(self, row: int, column: int) -> str:
        """What stands in a cell that is neither blank nor a number, with its line; "" for every other cell."""
        text = self.text(row, column)
        if not text or self.number(row, column) is not None:
            return ""
        return f'line {self.lines[row]}, "{shortened(self.header[column])}": "{shortened(text)}" is no number'


def read_export(path: Path, decimal: Convention | None = None) -> ExportTable:
    """The table in a CSV or text file; `decimal` says how its numbers are written, if the file does not.

    Raises UsageError when the file cannot be read, holds no table with dates, or its dates or numbers can be read in
    two ways.
    """
    numbered = _cells(path)
    lines = [cells for _, cells in numbered]
    start = next((row for row in range(min(len(lines), HEADER_ROWS)) if _is_header(lines, row)), None)
    if start is None:
        raise UsageError(
            f"{path}: found no table with a header and a date in each row. Export it as CSV and try again."
        )
    header = tuple(plain_text(text) for text in lines[start])
    column = _date_column(header, lines[start + 1 :])
    read = _date_reader(path, [row[column] if column < len(row) else "" for row in lines[start + 1 :]])
    days, rows, places, footers = [], [], [], []
    for place, row in numbered[start + 1 :]:
        text = plain_text(row[column]) if column < len(row) else ""
        day = read(text)
        if day is not None and excel_dates.plausible(day):
            days.append(float(int(day)))
            rows.append(tuple(row[: len(header)]))
            places.append(place)
        elif any(plain_text(cell) for cell in row):
            footers.append(f'line {place}, "{shortened(text or next(filter(None, map(plain_text, row))))}": no date')
    numbers = (
        (place, cell)
        for place, row in zip(places, rows, strict=True)
        for number, cell in enumerate(row)
        if number != column
    )
    convention, said = decided(path.name, numbers, decimal)
    title = " ".join(" ".join(row) for row in lines[:start])
    return ExportTable(
        path.name, header, tuple(days), tuple(rows), tuple(places), tuple(footers), title, column, convention, said
    )


def _text(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"{path}: this is no file but a folder, a pipe or a device. Give the path of the export.")
        with path.open("rb") as stream:
            content = stream.read(MOST_EXPORT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise UsageError(f"{path}: the file cannot be opened ({reason}). Check the path and the file name.") from error
    if len(content) > MOST_EXPORT_BYTES:
        raise UsageError(f"{path}: the file is larger than {MOST_EXPORT_BYTES // MEGABYTE} MB, which no history is.")
    if content.startswith(b"PK") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"{path}: this is a workbook, not a text file. Save the sheet as CSV and try again.")
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: the file is no text. Save the sheet as CSV and try again.")


def _delimiter(text: str) -> str:
    head = [line for line in itertools.islice(io.StringIO(text, newline=None), 50) if line.strip()]
    return max(
        _DELIMITERS,
        key=lambda sign: (
            sum(line.count(sign) > 0 for line in head) * 1000 + sum(line.count(sign) for line in head) / 1000
        ),
    )


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with its line in the file."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(text))
    rows: list[tuple[int, list[str]]] = []
    cells = 0
    try:
        for row in reader:
            if row:
                rows.append((reader.line_num, row))
                cells += len(row)
            _refuse_large(path, len(rows), len(row), cells, reader.line_num)
    except csv.Error as error:
        raise UsageError(f"{path}: the file is no table ({error}). Export it as CSV and try again.") from error
    return rows


def _refuse_large(path: Path, rows: int, columns: int, cells: int, lines: int) -> None:
    found = (
        f"more than {MOST_EXPORT_COLUMNS} columns"
        if columns > MOST_EXPORT_COLUMNS
        else f"more than {MOST_EXPORT_ROWS:,} rows"
        if rows > MOST_EXPORT_ROWS or lines > 2 * MOST_EXPORT_ROWS
        else f"more than {MOST_EXPORT_CELLS:,} cells"
        if cells > MOST_EXPORT_CELLS
        else ""
    )
    if found:
        raise UsageError(f"{path}: the table has {found}, which no daily history has. Cut it down and try again.")


def _is_header(lines: list[list[str]], row: int) -> bool:
    """True for the first row that has two or more names and is followed by a row with a date."""
    names = [plain_text(text) for text in lines[row]]
    if sum(bool(name) for name in names) < 2 or any(_looks_like_date(name) for name in names):
        return False
    return any(_looks_like_date(plain_text(text)) for follower in lines[row + 1 : row + 4] for text in follower)


def _date_column(header: tuple[str, ...], rows: list[list[str]]) -> int:
    named = [column for column, name in enumerate(header) if re.sub(r"[\s_()]", "", name.casefold()) in _DATE_NAMES]
    counts = {
        column: sum(column < len(row) and _looks_like_date(plain_text(row[column])) for row in rows[:50])
        for column in range(max(len(header), 1))
    }
    best = max(counts, key=lambda column: counts[column])
    return next((column for column in named if counts.get(column, 0)), best)


def _looks_like_date(text: str) -> bool:
    return bool(excel_dates.from_text(text) is not None or _SLASHED.fullmatch(text) or _epoch(text) is not None)


def _epoch(text: str) -> float | None:
    """The day of a time in seconds or milliseconds since 1970, as program exports have it."""
    if not re.fullmatch(r"[0-9]{10}([0-9]{3})?(\.[0-9]+)?", text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) == 13 else 1)
    return excel_dates.serial(dt.date(1970, 1, 1)) + seconds // 86_400


class _DateReader:
    """Reads the dates of one export, all in one order of day and month."""

    def __init__(self, order: tuple[int, int, int]) -> None:
        self._order = order

    def __call__(self, text: str) -> float | None:
        plain = excel_dates.from_text(text)
        if plain is not None:
            return plain
        match = _SLASHED.fullmatch(text)
        if match is None:
            return _epoch(text)
        year, month, day = (int(match[index]) for index in self._order)
        try:
            return excel_dates.serial(dt.date(year + 2000 if year < 100 else year, month, day))
        except ValueError:
            return None


def _date_reader(path: Path, texts: list[str]) -> _DateReader:
    """The one way to read the dates with slashes or dots; a part above 12 tells the day."""
    matches = [match for text in texts if (match := _SLASHED.fullmatch(plain_text(text)))]
    if any(len(match[1]) == 4 for match in matches):
        return _DateReader((1, 2, 3))
    day_first = any(int(match[1]) > 12 for match in matches)
    month_first = any(int(match[2]) > 12 for match in matches)
    if matches and day_first == month_first:
        example = matches[0][0]
        raise UsageError(
            f'{path}: dates like "{example}" can be read in two ways. Export them as year-month-day and try again.'
        )
    return _DateReader((3, 1, 2) if month_first else (3, 2, 1))
