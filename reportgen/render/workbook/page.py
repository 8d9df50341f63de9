"""A worksheet whose refusals are errors: XlsxWriter answers a cell that it cannot write with a number."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportgen.problems import CheckError
from reportgen.render.workbook.paper import Printed
from reportgen.render.workbook.styles import Styles
from reportgen.render.workbook.text_width import EDGES, height_of, lines_of
from reportgen.render.workbook.verdict import Written
from reportgen.render.workbook.watched import Watched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

NOT_AVAILABLE = "n/a"
ABOUT = "About"
CONTENTS = ("Dashboard", "A36")
"""The sheet and the cell of the contents, to which every other sheet leads back."""
LONGEST_HEADER = 255  # of a table


PERMITTED = dict.fromkeys(("format_cells", "format_columns", "format_rows", "sort", "autofilter"), True)
"""What a protected sheet still lets its readers do."""
HELP_ROW = 1  # what a sheet is for
STATUS_ROW, STATUS_COLUMN = 2, 1  # the line of every sheet, beside the link to the contents
LINK_WIDTH = 18  # of a first column that shows the link to the contents whole
HELP_WIDTH = 100  # of the cells that a help line runs over, in units of column width
POINTS_PER_PIXEL = 0.75
STANDARD_WIDTH = 8.43  # of a column for which nothing is set


@dataclass(frozen=True)
class Page:
    """One sheet: text is always text, a number that does not exist is "n/a", a formula carries its value.

    `status` is the line that every sheet has at its top; `watched` notes what the verdicts look at, `formulas` every
    formula, `printed` what is printed of the sheet.
    """

    sheet: Worksheet
    styles: Styles
    status: Written | None = None
    watched: Watched = field(default_factory=Watched)
    printed: Printed = field(default_factory=Printed)
    formulas: Watched = field(default_factory=Watched)

    def text(self, row: int, column: int, text: str, role: str = "plain", number_format: str = "General") -> None:
        """A text, never a formula or a link, whatever it looks like."""
        style = self.styles.get(role, number_format)
        if text:
            self._done(self.sheet.write_string(row, column, text, style))
        else:
            self._done(self.sheet.write_blank(row, column, None, style))

    def value(
        self,
        row: int,
        column: int,
        value: Any,
        role: str,
        number_format: str = "General",
        bold: bool = False,
        watched: bool = True,
    ) -> None:
        """A plain value: text, number, or "n/a" for NaN."""
        style = self.styles.get(role, number_format, bold)
        plain = _plain(value)
        if isinstance(plain, str):
            self._done(self.sheet.write_string(row, column, plain, style))
        else:
            self._done(self.sheet.write_number(row, column, plain, style))
            if watched:
                self.watched.number(row, column, plain)

    def formula(self, row: int, column: int, formula: str, value: Any, style: Any, watched: bool = True) -> None:
        """A formula and the value that it has; one that looks at the verdicts is not watched by them."""
        plain = _plain(value)
        self._done(self.sheet.write_formula(row, column, formula, style, plain))
        self.formulas.formula(row, column, plain)
        if watched:
            self.watched.formula(row, column, plain)

    def link(self, row: int, column: int, sheet: str, text: str, cell: str = "A1") -> None:
        """A link to a place in this workbook."""
        self._done(self.sheet.write_url(row, column, f"internal:'{sheet}'!{cell}", self.styles.get("link"), text))

    def title(self, title: str, help_text: str, widths: Sequence[float] = (), within: bool = False) -> int:
        """The lines at the top of a sheet: title, help, the link to the contents, the status.

        `widths` are those of the first columns; the help is written in as many lines as it takes over some of them,
        and over no others where it has to stay `within` them.
        The answer is the last column, zero-based, that it runs over: what is printed must reach so far.
        """
        self.sheet.set_row(0, 21)
        self.text(0, 0, title, "title")
        last = self.wrapped(HELP_ROW, 0, help_text, "help_wrapped", widths, within) if help_text else 0
        self.link(2, 0, CONTENTS[0], "Back to the contents", CONTENTS[1])
        self.show_status()
        return last

    def wrapped(
        self, row: int, column: int, text: str, role: str, widths: Sequence[float] = (), within: bool = False
    ) -> int:
        """A text in a row that is as high as it takes, over cells from a column on, whose `widths` are given.

        It is written over as many as make HELP_WIDTH, at least two, and only over those given if it has to stay
        `within` them; the answer is the last of them.
        """
        across = list(widths[:2])
        while (sum(across) < HELP_WIDTH or len(across) < 2) and not (within and len(across) >= len(widths)):
            across.append(widths[len(across)] if len(across) < len(widths) else STANDARD_WIDTH)
        last = column + len(across) - 1
        self.over(row, column, last, text, role, sum(across))
        return last

    def over(self, row: int, first: int, last: int, text: str, role: str, width: float) -> None:
        """A text over the cells of a row from one column to another, `width` units together: as high as it takes."""
        self.at_least(row, height_of(lines_of(text, width - EDGES / 2)) + 1)
        if last > first:
            self._done(self.sheet.merge_range(row, first, row, last, "", self.styles.get(role)))
        self.text(row, first, text, role)

    def at_least(self, row: int, height: float) -> None:
        """A row is so many points high, or higher where something else in it asked for more."""
        known = self.sheet.row_sizes.get(row, (0,))
        if known[0] * POINTS_PER_PIXEL < height:
            self.sheet.set_row(row, height)

    def show_status(self) -> None:
        """The line that every sheet has: red where figures do not hold, in another colour while a shock is active."""
        if self.status is not None:
            at, (formula, value) = (STATUS_ROW, STATUS_COLUMN), self.status
            self.formula(*at, f"={formula}", value, self.styles.get("status"), watched=False)
            self.alarm(*at, "not hold", "alarm")
            self.alarm(*at, "Shock active", "banner")

    def keep(self, row: int, column: int, titles: tuple[int, int] | None = None) -> None:
        """What stands above a row and left of a column stays in view, and is printed on every page.

        `titles` are the first and last row that pages repeat, if not all above.
        """
        self.sheet.freeze_panes(row, column)
        self.printed.rows = titles or (0, row - 1)
        self.printed.columns = column

    def validate(self, first: int, column: int, last: int, options: dict[str, Any]) -> None:
        """A drop-down or bounds for the cells of a column."""
        self._done(self.sheet.data_validation(first, column, last, column, options))

    def table(self, rows: tuple[int, int], headers: Sequence[str], name: str) -> None:
        """A list as Excel knows it, from its row of headers to its last row; its cells keep their looks.

        Left out where Excel would not take a header for one of a table.
        """
        names = {header.strip().casefold() for header in headers if header.isprintable()}
        fit = len(names) == len(headers) and max(map(len, headers)) <= LONGEST_HEADER
        if not fit or any(header != header.strip() for header in headers):
            return
        style = self.styles.get("header")
        columns = [{"header": header, "header_format": style} for header in headers]
        options = {"name": name, "columns": columns, "style": "", "autofilter": False}
        with self._kept_rows():
            self._done(self.sheet.add_table(rows[0], 0, rows[1], len(headers) - 1, options))

    @contextmanager
    def _kept_rows(self) -> Iterator[None]:
        """While a table is declared: in constant memory its headers have gone to the disk, and are not written again.

        XlsxWriter refuses tables there, as it writes their headers itself; ours are written as cells before.
        """
        sheet = self.sheet
        if not sheet.constant_memory:
            yield
            return
        kept = {row: dict(cells) for row, cells in sheet.table.items()}
        sheet.constant_memory = False
        try:
            yield
        finally:
            sheet.constant_memory = True
            sheet.table.clear()
            sheet.table.update(kept)

    def quiet(self, cells: tuple[int, int, int, int], condition: str) -> None:
        """Hardly to be seen while the condition holds, a formula as the first of the cells sees it."""
        options = {"type": "formula", "criteria": f"={condition}", "format": self.styles.get("absent")}
        self._done(self.sheet.conditional_format(*cells, options))

    def light(self, row: int, column: int) -> None:
        """Green while a check holds, red while it does not."""
        for value, role in ((1, "good"), (0, "bad")):
            options = {"type": "cell", "criteria": "==", "value": value, "format": self.styles.get(role)}
            self._done(self.sheet.conditional_format(row, column, row, column, options))

    def scale(self, cells: tuple[int, int, int, int], bad: float, middle: float, good: float) -> None:
        """Tints from bad over the colour of the paper to good at these values, light enough to read the numbers."""
        ends = [(bad, self.styles.tint("bad")), (good, self.styles.tint("good"))]
        (low, low_colour), (high, high_colour) = sorted(ends)
        options = {
            "type": "3_color_scale",
            **{f"{place}_type": "num" for place in ("min", "mid", "max")},
            **{"min_value": low, "mid_value": middle, "max_value": high},
            **{"min_color": low_colour, "mid_color": self.styles.colours["paper"], "max_color": high_colour},
        }
        self._done(self.sheet.conditional_format(*cells, options))

    def word(self, cells: tuple[int, int, int, int], word: str, role: str) -> None:
        """As a role looks, where a cell holds exactly this word."""
        options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.styles.get(role)}
        self._done(self.sheet.conditional_format(*cells, options))

    def exceeds(self, row: int, column: int, limit: float) -> None:
        """Red while a number is above a limit."""
        options = {"type": "cell", "criteria": ">", "value": limit, "format": self.styles.get("bad")}
        self._done(self.sheet.conditional_format(row, column, row, column, options))

    def alarm(self, row: int, column: int, word: str, role: str = "bad") -> None:
        """Red, or as another role looks, while a text holds this word."""
        options = {"type": "text", "criteria": "containing", "value": word, "format": self.styles.get(role)}
        self._done(self.sheet.conditional_format(row, column, row, column, options))

    def protect(self) -> None:
        """Only input cells can be typed into, until the sheet is unprotected, for which there is no password.

        What is typed over a formula all the same is red.
        """
        self.sheet.protect("", PERMITTED)
        for cells in self.formulas.formula_ranges():
            corner = cells.partition(":")[0]  # of each range its own: of several together, programs take another
            criteria = f"=NOT(_xlfn.ISFORMULA({corner}))"
            options = {"type": "formula", "criteria": criteria, "format": self.styles.get("bad")}
            self._done(self.sheet.conditional_format(cells, options))

    def _done(self, code: int) -> None:
        if code:
            raise CheckError(f"the workbook refused something on sheet {self.sheet.get_name()} (code {code})")


def _plain(value: Any) -> str | float:
    if isinstance(value, str):
        return str(value)
    number = float(value)
    return NOT_AVAILABLE if math.isnan(number) else number
