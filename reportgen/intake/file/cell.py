"""One cell as it stands in the file, and how cells are addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from reportgen.excel_addresses import column_letters, column_number

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


class Content(Enum):
    """What a cell holds; a blank cell is not kept at all."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "true or false"
    ERROR = "error"
    UNCALCULATED = "formula without a value"
    DAMAGED = "unreadable value"
    OVERLONG = "text longer than a cell can hold"


class Cell(NamedTuple):
    """A cell's content: `number` for numbers and true/false, `text` for texts and errors.

    `dated` says that the cell is formatted as a date, `percent` with a per cent sign, `formula` that the value is a
    formula's.
    """

    content: Content
    number: float = 0.0
    text: str = ""
    dated: bool = False
    formula: bool = False
    percent: bool = False


@dataclass(frozen=True)
class RawSheet:
    """A sheet of the file: its name and its cells that are not blank, by row and column, both from 1.

    `shift` is added to a number to read it as a date: the difference of the 1904 system, else 0. `spaces` are the first
    of the cells that look blank and hold a text without a letter; they are not among the cells.
    """

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    shift: int = 0
    spaces: list[tuple[int, int]] = field(default_factory=list)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell, or None when it is blank."""
        return self.rows.get(row, {}).get(column)


def address(row: int, column: int) -> str:
    """The address of a cell, e.g. D7."""
    return f"{column_letters(column)}{row}"


def position(text: str) -> tuple[int, int]:
    """Row and column of an address such as D7; (0, 0) when it is none inside a sheet."""
    match = re.fullmatch(r"([A-Za-z]{1,3})([0-9]{1,7})", text)
    if match is None:
        return 0, 0
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MOST_ROWS and column <= MOST_COLUMNS else (0, 0)
