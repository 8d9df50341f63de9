"""How much work one file may ask for, all in one place: what is beyond it is refused in a sentence, before it is done.

The numbers lie far above any input workbook (10,000 operators with ten years of history have some 500,000 cells), and
low enough that whatever is taken is read within seconds and a few hundred megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
"""Of the file itself, as it lies on the disk."""
MOST_UNPACKED = 200 * MEGABYTE
"""Bytes that the parts of a workbook may have together when unpacked."""
MOST_PARTS = 20_000
MOST_SHEETS = 500
MOST_TAGS = 5_000_000
"""XML tags in all parts that are read; a filled cell has two."""
MOST_DEPTH = 64
"""Tags inside tags; a cell is five deep."""
LONGEST_TAG = 1 * MEGABYTE
"""Of one tag or comment: older versions of expat scan an unfinished one again with each piece."""
MOST_CELLS = 750_000
"""Filled cells in all sheets that are read."""
MOST_CHARACTERS = 50_000_000
"""Characters in those cells; a text that many cells share counts each time."""
LONGEST_TEXT = 32_767
"""Characters that Excel allows in a cell."""
LONGEST_FORMAT = 255
"""Characters that Excel allows in a number format."""
MOST_FUNDS = 250
"""Columns of a wide field."""
MOST_PROBLEMS = 1_000
"""Wrong cells of one column that are told one by one; the rest of the column is not read."""
MOST_WARNINGS = 200
"""Warnings of one kind on one sheet that are told one by one; the rest is counted."""
MOST_KEPT = 5_000
"""Problems of one kind on one sheet whose cells are named; the rest is counted."""
MOST_GUESSES = 20
"""Unknown names of one column for which a similar one is looked for."""
MOST_GUESSED, LONGEST_GUESS = 2_000, 100
"""Known names among which it is looked for, and the letters that are compared."""
CLOSEST_GUESSES = 5
"""Of those, the ones with most letters in common, which are compared letter by letter."""
LONGEST_HEADING = 1_000
"""Characters of a heading or remark that are looked at; more are refused anyway."""
LONGEST_SHEET_NAME = 1_000
"""Characters; Excel allows 31, other programs more."""
MOST_FORMATS = 10_000
"""Number formats of its own that a workbook defines; Excel allows some 250."""
MOST_COPIED_CELLS = 300_000
"""Cells, formatted ones included, of a workbook of which a changed copy is written: openpyxl holds them all."""
MOST_COPIED_TAGS = 200_000
"""XML tags besides the cells (styles, comments, charts) of such a workbook."""
MOST_COVERED = 500_000
"""Cells that merged blocks and links of such a workbook cover: openpyxl makes each of them."""
MOST_MERGED = 2_000
"""Merged blocks: each is looked for among all of them."""
MOST_RANGES = 1_000
"""Ranges that one rule covers: each is compared with all before it."""
MOST_COPIED_ROWS = 200_000
"""Rows of such a workbook, blank ones included."""
MOST_SHEET_TAGS = 100_000
"""XML tags in its sheets besides rows and cells: rules, drop-downs, runs of letters in a cell."""
LONGEST_PRINT_AREA, MOST_PRINT_AREAS = 1_000, 100_000
"""Characters of one print area or of the rows to repeat, and of all of them: openpyxl goes through each many times."""
MOST_FORMULA_CHARACTERS = 5_000_000
"""Of its shared formulas, counted once for each cell: openpyxl writes each cell's own."""
LONGEST_FOOTER = 1_000
MOST_EXPORT_BYTES = 20 * MEGABYTE
MOST_EXPORT_ROWS = 20_000
MOST_EXPORT_COLUMNS = 300
MOST_EXPORT_CELLS = 500_000
HEADER_ROWS = 100
"""Rows of an export in which its header is looked for."""


class UnreadableError(Exception):
    """A file that cannot be read: `code` is the problem's, the text says why in plain words."""

    code = "file_damaged"

    def __str__(self) -> str:
        return f"the file is damaged: {super().__str__()}."


class DamagedError(UnreadableError):
    """A part of the file cannot be read; the text names the part."""


class TooLargeError(UnreadableError):
    """The file asks for more work than any input workbook; the text says of what it has too much."""

    code = "file_large"

    def __str__(self) -> str:
        return f"the workbook has {Exception.__str__(self)}."


@dataclass
class Work:
    """What reading one file has cost so far. Each method raises TooLargeError once its limit is passed."""

    tags: int = 0
    cells: int = 0
    characters: int = 0
    copied: dict[str, int] = field(default_factory=dict)

    def count_tags(self, number: int) -> None:
        """Tags of a part that were parsed."""
        self.tags += number
        if self.tags > MOST_TAGS:
            raise TooLargeError(f"more than {MOST_TAGS:,} XML tags, cells included")

    def count_cell(self, characters: int) -> None:
        """A filled cell and the length of its text."""
        self.cells += 1
        self.characters += characters
        if self.cells > MOST_CELLS:
            raise TooLargeError(f"more than {MOST_CELLS:,} filled cells")
        if self.characters > MOST_CHARACTERS:
            raise TooLargeError(f"more than {MOST_CHARACTERS:,} characters of text in its cells")
