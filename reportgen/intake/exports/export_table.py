"""A table as it was exported or copied from a web page, as a header and rows of texts; its dates read as days."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import excel_dates
from reportgen.intake.reading.typed_values import NOTHING, meant_number, plain_text
from reportgen.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 50 * 1024 * 1024
_DELIMITERS = ",;\t|"
_SLASHED = re.compile(r"(\d{1,4})[/.](\d{1,2})[/.](\d{1,4})(?:[ T].*)?")
_DATE_NAMES = frozenset({"date", "time", "day", "timestamp", "datetime", "dateutc", "tradedate", "timeutc"})


@dataclass(frozen=True)
class ExportTable:
    """An export: its header, the days of its rows with their texts, and the rows that have no day (footers)."""

    file: str
    header: tuple[str, ...]
    days: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    footers: tuple[str, ...]
    date_column: int
    comma_decimals: bool

    def number(self, row: int, column: int) -> float | None:
        """The number in a cell; None when it is blank, a dash or no number."""
        text = plain_text(self.rows[row][column]) if column < len(self.rows[row]) else ""
        if not text or text.casefold() in NOTHING:
            return None
        if self.comma_decimals:
            text = text.replace(".", "").replace(",", ".")
        return meant_number(text)

    def unreadable(self, column: int) -> list[str]:
        """The texts of a column that are neither blank nor numbers."""
        texts = [plain_text(row[column]) if column < len(row) else "" for row in self.rows]
        return [
            text
            for index, text in enumerate(texts)
            if text and text.casefold() not in NOTHING and self.number(index, column) is None
        ]


def read_export(path: Path) -> ExportTable:
    """The table in a CSV or text file.

    Raises UsageError when the file cannot be read, holds no table with dates, or its dates can be read in two ways.
    """
    lines = _cells(path)
    start = next((row for row in range(len(lines)) if _is_header(lines, row)), None)
    if start is None:
        raise UsageError(
            f"{path}: found no table with a header and a date in each row. Export it as CSV and try again."
        )
    header = tuple(plain_text(text) for text in lines[start])
    column = _date_column(header, lines[start + 1 :])
    read = _date_reader(path, [row[column] if column < len(row) else "" for row in lines[start + 1 :]])
    days, rows, footers = [], [], []
    for row in lines[start + 1 :]:
        text = plain_text(row[column]) if column < len(row) else ""
        day = read(text)
        if day is not None and excel_dates.plausible(day):
            days.append(float(int(day)))
            rows.append(tuple(row))
        elif any(plain_text(cell) for cell in row):
            footers.append(text or next(plain_text(cell) for cell in row if plain_text(cell)))
    commas = _delimiter(_text(path)) == ";" and any(
        re.fullmatch(r"-?[\d.]*\d,\d+", cell.strip()) for row in rows for cell in row
    )
    return ExportTable(path.name, header, tuple(days), tuple(rows), tuple(footers), column, commas)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path}: the file is larger than 50 MB, which no daily history is.")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a file name"
        raise UsageError(f"{path}: the file cannot be opened ({reason}). Check the path and the file name.") from error
    if content.startswith(b"PK") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"{path}: this is a workbook, not a text file. Save the sheet as CSV and try again.")
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{path}: the file is no text. Save the sheet as CSV and try again.")


def _delimiter(text: str) -> str:
    head = [line for line in text.splitlines()[:50] if line.strip()]
    return max(
        _DELIMITERS,
        key=lambda sign: (
            sum(line.count(sign) > 0 for line in head) * 1000 + sum(line.count(sign) for line in head) / 1000
        ),
    )


def _cells(path: Path) -> list[list[str]]:
    text = _text(path)
    try:
        return [row for row in csv.reader(text.splitlines(), delimiter=_delimiter(text)) if row]
    except csv.Error as error:
        raise UsageError(f"{path}: the file is no table ({error}). Export it as CSV and try again.") from error


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
    if not re.fullmatch(r"\d{10}(\d{3})?(\.\d+)?", text):
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
