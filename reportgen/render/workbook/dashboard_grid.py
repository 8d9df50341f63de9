"""The places of the first sheet: one screen of cells, in pixels, and the looks that it has beside the usual ones.

A screen of 1,440 × 900 pixels at 100 % shows some 1,400 × 640 of cells below the ribbon and the headers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from reportgen.render.workbook.styles import Styles

SHEET = "Dashboard"
SCREEN = (1400, 640)
"""Pixels of cells that one screen shows."""
COLUMNS = (118, 52, 54, 76, 10, 74, 122, 100, 66, 48, 64, 64, 10, 74, 78, 80, 96, 134)
"""Pixels of each: dials (name, value, unit, band), key figures (light to limits), ladder (price to operator)."""
DIAL, FIGURE, LADDER, LAST = 0, 5, 13, 17
"""First columns of the three blocks, and the last of all."""
TITLE_ROW, WHO_ROW, STATUS, BANNER, HEADLINE, SENTENCES = 0, 1, 2, 3, 4, 5
HEADS, HEADERS, FIRST = 10, 11, 12
LISTED = 10
LEGEND = FIRST + LISTED
CHART_ROW = LEGEND + 1
HEIGHTS = {
    TITLE_ROW: 30, WHO_ROW: 18, STATUS: 18, BANNER: 18, HEADLINE: 26,
    **dict.fromkeys(range(SENTENCES, SENTENCES + 4), 18), SENTENCES + 4: 4,
    **dict.fromkeys((HEADS, HEADERS), 18), **dict.fromkeys(range(FIRST, LEGEND), 18), LEGEND: 18,
}  # fmt: skip
"""Pixels of the rows above the charts."""
CHART_HEIGHT, CHARTS, BETWEEN = 220, 4, 6
CHART_ROWS = 11
"""Rows of the standard height that the charts stand on."""
ROW = 20
"""Pixels of a row for which nothing is set."""
CONTENTS = CHART_ROW + CHART_ROWS + 1
"""First row below the fold."""
POINT = 0.75
"""Points of a pixel."""
TEXT, SMALL = 10, 10
"""Points of what is written: printed at some three quarters, it is still 7 points and more."""


def chart_width() -> int:
    """Pixels of each of the charts that stand side by side."""
    return (sum(COLUMNS) - 1 - (CHARTS - 1) * BETWEEN) // CHARTS


def fold() -> tuple[int, int]:
    """Width and height, in pixels, of all that stands above the contents."""
    return sum(COLUMNS), sum(HEIGHTS.values()) + CHART_HEIGHT


def fold_rows() -> int:
    """How many rows the fold takes."""
    return CHART_ROW + CHART_ROWS


@dataclass(frozen=True)
class Looks:
    """Formats of the first sheet alone, by name; each is made once."""

    book: Workbook
    styles: Styles
    _made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def get(self, name: str, number_format: str = "General") -> Format:
        """The format of a look with a number format."""
        key = (name, number_format)
        if key not in self._made:
            options = {"font_name": self.styles.font, "font_size": TEXT, "valign": "vcenter", **self._looks()[name]}
            options.setdefault("font_color", self.styles.colours["ink"])
            if number_format != "General":
                options["num_format"] = number_format
            self._made[key] = self.book.add_format(options)
        return self._made[key]

    def _looks(self) -> dict[str, dict[str, Any]]:
        colour = self.styles.colours
        rule = {"bottom": 1, "bottom_color": colour["line"]}
        cross = {"font_color": colour["cross_sheet"]}
        head = {"bold": True, "bg_color": colour["band"], "font_color": colour["ink"], "font_size": SMALL}
        return {
            "title": {"bold": True, "font_size": 18, "font_color": colour["accent"]},
            "status": {"font_color": colour["good"]},
            "who": {"font_color": colour["muted"]},
            "data": {"font_color": colour["muted"], "align": "right", "shrink": True},
            "banner_label": {"font_color": colour["muted"], "align": "right", "indent": 1},
            "banner": {"bold": True, "shrink": True, "bg_color": colour["band"], **cross},
            "headline": {"bold": True, "shrink": True, "font_size": 14, "font_color": colour["accent"]},
            "question": {"bold": True},
            "sentence": {"shrink": True},
            "section": {"bold": True, "font_size": 11, "font_color": colour["accent"], "bottom": 2,
                        "bottom_color": colour["accent"]},
            "head": {**head, "align": "right"},
            "head_left": head,
            "head_word": {**head, "indent": 1},
            "name": {**rule, "shrink": True},
            "name_beside": {**rule, "indent": 1},
            "cell": {**cross, **rule, "align": "right", "bold": True},
            "cell_text": {**rule, **cross, "shrink": True, "indent": 1},
            "unit": {**rule, "font_color": colour["muted"], "font_size": SMALL},
            "light": {**rule, "align": "left", "indent": 1},
            "band": {**rule, **cross, "align": "left", "indent": 1},
            "side": {**rule, "align": "right", "font_color": colour["muted"]},
            "limit": {**rule, **cross, "align": "right"},
            "piece": {**cross, "align": "left"},
            "made": {"align": "left"},
            "given": {"align": "left", "font_color": colour["snapshot"], "italic": True},
            "unit_beside": {"font_color": colour["muted"], "indent": 1},
            "legend": {"font_size": SMALL, "font_color": colour["muted"]},
        }  # fmt: skip

    def rule(self, role: str) -> Format:
        """What a condition adds to a cell: letters of the paper's colour on the ground of a role."""
        key = ("rule", role)
        if key not in self._made:
            colours = self.styles.colours
            options = {"font_color": colours["paper"], "bg_color": colours[role], "bold": True}
            self._made[key] = self.book.add_format(options)
        return self._made[key]
