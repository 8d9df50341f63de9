"""The same formula wherever it stands: its references as rows and columns away, as R1C1 notation has them.

Most formulas stand below or beside one that says the same: what that would be here is written out and compared, which
is ten times as fast as cutting every formula into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from reportgen.audit.formulas.facts import Facts, facts_of
from reportgen.excel_addresses import column_letters, column_number

_REFERENCE = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*'!                                              # texts and names of sheets
  | (?<![\w.\\])(?:
        (?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})(?![\w($!]))
      | (?P<rows>(\$?)(\d{1,7}):(\$?)(\d{1,7})(?![\w.(!]))
      | (?P<cell>(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w.(!]))
    )
    """,
    re.VERBOSE,
)


@dataclass(eq=False)
class Formula:
    """One formula as it is for all cells that hold it: in R1C1 notation, and as the first of them has it."""

    relative: str
    text: str

    @cached_property
    def facts(self) -> Facts:
        """What rules ask about it."""
        return facts_of(self.text)


@dataclass(frozen=True)
class Pattern:
    """How a formula goes on: its text with gaps, and how far the number in each gap is from the cell's own."""

    formula: Formula
    down: str
    rows: tuple[int, ...]
    across: str
    columns: tuple[int, ...]

    def below(self, row: int) -> str:
        """As it would be in that row of the same column."""
        return self.down % tuple([row + each for each in self.rows])

    def beside(self, column: int) -> str | None:
        """As it would be in that column of the same row; None where it would leave the sheet."""
        numbers = [column + each for each in self.columns]
        if numbers and min(numbers) < 1:
            return None
        return self.across % tuple([column_letters(each) for each in numbers])


class _Texts:
    """A formula in the making: as it is below (down) and beside (across), with gaps, and in R1C1 notation."""

    def __init__(self, row: int, column: int) -> None:
        self.row, self.column = row, column
        self.down: list[str] = []
        self.across: list[str] = []
        self.relative: list[str] = []
        self.rows: list[int] = []
        self.columns: list[int] = []

    def same(self, text: str) -> None:
        """Goes on the same everywhere."""
        self.relative.append(text)
        if "%" in text:
            text = text.replace("%", "%%")
        self.down.append(text)
        self.across.append(text)

    def take_row(self, fixed: str, digits: str) -> None:
        """The row of a reference."""
        self.across.append(fixed + digits)
        if fixed:
            self.relative.append(f"R{digits}")
            self.down.append(fixed + digits)
        else:
            away = int(digits) - self.row
            self.relative.append(f"R[{away}]")
            self.down.append("%d")
            self.rows.append(away)

    def take_column(self, fixed: str, letters: str) -> None:
        """The column of a reference."""
        self.down.append(fixed + letters)
        number = column_number(letters)
        if fixed:
            self.relative.append(f"C{number}")
            self.across.append(fixed + letters)
        else:
            away = number - self.column
            self.relative.append(f"C[{away}]")
            self.across.append("%s")
            self.columns.append(away)


@dataclass
class Formulas:
    """All formulas of a workbook that were met, each once."""

    known: dict[str, Formula] = field(default_factory=dict)

    def new(self, text: str, row: int, column: int) -> Pattern:
        """A formula that stands in that cell, and how it goes on."""
        texts, done = _Texts(row, column), 0
        for match in _REFERENCE.finditer(text):
            if match.lastgroup is not None:
                texts.same(text[done : match.start()])
                _take(match, texts)
                done = match.end()
        texts.same(text[done:])
        key = "".join(texts.relative)
        formula = self.known.get(key) or self.known.setdefault(key, Formula(key, text))
        return Pattern(formula, "".join(texts.down), tuple(texts.rows), "".join(texts.across), tuple(texts.columns))


def _take(match: re.Match[str], texts: _Texts) -> None:
    if match.lastgroup == "cell":
        texts.take_column(match[12], match[13])
        texts.take_row(match[14], match[15])
        return
    take: Callable[[str, str], None] = texts.take_column if match.lastgroup == "columns" else texts.take_row
    first = 2 if match.lastgroup == "columns" else 7
    take(match[first], match[first + 1])
    texts.same(":")
    take(match[first + 2], match[first + 3])


def shifted(pattern: Pattern, row: int, column: int, start: tuple[int, int]) -> str:
    """A shared formula as it stands in another cell than the first, `start`."""
    if column == start[1]:
        return pattern.below(row)
    beside = pattern.beside(column)
    return "#REF!" if beside is None else Formulas().new(beside, start[0], column).below(row)
