"""Cell formats of the workbook, made once each from the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.render.workbook.number_formats import themed

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from reportgen.render.theme import Theme

TINT = 0.4  # share of the colour in a tint
SECTION_SIZE = 12
NOTE_SIZE = 10
"""Points of what stands beside the figures: at 70 %, the least scale of a page, it is printed at 7."""


class Styles:
    """Formats by role; the same role and number format is one format of the workbook."""

    def __init__(self, book: Workbook, theme: Theme) -> None:
        self._book = book
        self.colours = theme.colours
        self.font = theme.fonts["workbook"]
        self._numbers = theme.numbers
        self._made: dict[tuple[str, str, bool], Format] = {}

    def get(self, role: str, number_format: str = "General", bold: bool = False) -> Format:
        """The format of a role with a number format."""
        key = (role, number_format, bold)
        if key not in self._made:
            options: dict[str, Any] = {
                "font_name": self.font, "font_size": 10, "font_color": self.colours["ink"], "valign": "vcenter"
            }  # fmt: skip
            options |= self._roles()[role]
            if number_format != "General":
                options["num_format"] = themed(number_format, **self._numbers)
            if bold:
                options["bold"] = True
            self._made[key] = self._book.add_format(options)
        return self._made[key]

    def tint(self, role: str) -> str:
        """A colour of the theme, mixed with the paper's."""
        own, paper = (bytes.fromhex(self.colours[name][1:]) for name in (role, "paper"))
        mixed = (round(TINT * one + (1 - TINT) * other) for one, other in zip(own, paper, strict=True))
        return "#" + bytes(mixed).hex().upper()

    def _roles(self) -> dict[str, dict[str, Any]]:
        colour = self.colours
        rule = {"bottom": 1, "bottom_color": colour["line"]}
        return {
            **self._input_roles(),
            **self._verdict_roles(),
            **self._word_roles(),
            **self._header_roles(),
            "plain": {"indent": 1},
            "wrapped": {"text_wrap": True, "valign": "top"},
            "title": {"bold": True, "font_size": 16, "font_color": colour["accent"]},
            "help": {"font_color": colour["muted"], "italic": True},
            "help_wrapped": {"font_color": colour["muted"], "italic": True, "text_wrap": True},
            "section": {
                "bold": True,
                "font_size": SECTION_SIZE,
                "font_color": colour["accent"],
                "bottom": 2,
                "bottom_color": colour["accent"],
            },
            "label": {},
            "label_wrapped": {"text_wrap": True},
            "unit": {"font_color": colour["muted"], "font_size": NOTE_SIZE, "indent": 1},
            "note": {"font_color": colour["muted"], "font_size": NOTE_SIZE, "indent": 1},
            "note_wrapped": {"font_color": colour["muted"], "font_size": NOTE_SIZE, "indent": 1, "text_wrap": True},
            "line": {"align": "right"},
            "cross": {"align": "right", "font_color": colour["cross_sheet"]},
            "text": {"align": "right"},
            "number": {"align": "center", "font_color": colour["muted"]},
            "name": {"bold": True, "align": "right", "text_wrap": True, "bg_color": colour["band"], **rule},
            "name_left": {"bold": True, "align": "left"},
            "snapshot": {"align": "right", "font_color": colour["snapshot"], "italic": True},
            "convention": {"align": "right", "font_color": colour["snapshot"]},
            "clipped": {"align": "fill", "font_color": colour["snapshot"]},
            "link": {"font_color": colour["accent"], "underline": 1},
        }

    def _verdict_roles(self) -> dict[str, dict[str, Any]]:
        """Headline figures, words on whether they hold, and warnings."""
        colour = self.colours
        return {
            "figure": {"bold": True, "font_size": 12, "align": "right", "font_color": colour["cross_sheet"]},
            "figure_words": {
                "bold": True,
                "font_size": 12,
                "align": "right",
                "font_color": colour["cross_sheet"],
                "text_wrap": True,
            },
            "figure_label": {"font_size": 11},
            "status": {"font_color": colour["good"]},
            "alarm": {"font_color": colour["bad"], "bold": True},
            "banner": {"font_color": colour["warn"], "bold": True},
            "absent": {"font_color": colour["line"]},
            "good": {"font_color": colour["good"], "bold": True},
            "bad": {"font_color": colour["paper"], "bg_color": colour["bad"], "bold": True},
            "warning": {"font_color": colour["warn"], "text_wrap": True, "valign": "top"},
            "warning_words": {"text_wrap": True, "valign": "top", "indent": 1},
        }

    def _header_roles(self) -> dict[str, dict[str, Any]]:
        """What stands over the columns of a table."""
        colour = self.colours
        rule = {"bottom": 1, "bottom_color": colour["line"]}
        return {
            "header": {"bold": True, "text_wrap": True, "bg_color": colour["band"], "align": "center", **rule},
            "header_left": {"bold": True, "text_wrap": True, "bg_color": colour["band"], **rule},
            "header_unit": {
                "font_color": colour["muted"],
                "font_size": NOTE_SIZE,
                "align": "center",
                "text_wrap": True,
                "bg_color": colour["band"],
            },
            "header_note": {
                "font_color": colour["muted"],
                "font_size": NOTE_SIZE,
                "text_wrap": True,
                "valign": "top",
                **rule,
            },
        }

    def _word_roles(self) -> dict[str, dict[str, Any]]:
        """Words on the colours of stress and of the bands of the score."""
        colour = self.colours
        words = [name for name in colour if name.startswith(("stress_", "band_"))]
        return {
            name: {"bg_color": colour[name], "font_color": colour["paper"], "bold": True, "align": "center"}
            for name in words
        }

    def _input_roles(self) -> dict[str, dict[str, Any]]:
        """Cells that may be typed over."""
        colour = self.colours
        unlocked = {"locked": False, "bg_color": colour["input_fill"], "border": 1, "border_color": colour["line"]}
        beside = {"align": "left", "indent": 1}  # clear of a number that stands left of it
        return {
            "input": {"font_color": colour["input"], "align": "right", **unlocked},
            "input_text": {"font_color": colour["input"], "text_wrap": True, **beside, **unlocked},
            "input_long": {"font_color": colour["input"], "text_wrap": True, "valign": "top", **beside, **unlocked},
            "defaulted": {"font_color": colour["snapshot"], "align": "right", **unlocked},
            "defaulted_text": {
                "font_color": colour["snapshot"],
                "align": "left",
                "indent": 1,
                "text_wrap": True,
                **unlocked,
            },
        }
