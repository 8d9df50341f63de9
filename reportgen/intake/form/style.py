"""How the input workbook looks: fonts, fills, borders and widths, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink

from reportgen.sheets import Field, Kind

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.comments import Comment

FONT = "Calibri"
BLUE, GREY, WHITE, NAVY = "0000FF", "7F7F7F", "FFFFFF", "1F3864"
TITLE = Font(name=FONT, size=16, bold=True, color=NAVY)
HELP = Font(name=FONT, size=10, italic=True, color=GREY)
STATUS = Font(name=FONT, size=10, bold=True, color=NAVY)
LINK = Font(name=FONT, size=10, underline="single", color="0563C1")
HEADER = Font(name=FONT, size=11, bold=True, color=WHITE)
TEXT = Font(name=FONT, size=11)
INPUT = Font(name=FONT, size=11, color=BLUE)
DEFAULT = Font(name=FONT, size=11, color=GREY)
HEADER_FILL = PatternFill("solid", fgColor=NAVY)
INPUT_FILL = PatternFill("solid", fgColor="F2F7FC")
WEEKLY_FILL = PatternFill("solid", fgColor="FFF8E1")
MISSING_FILL = PatternFill("solid", bgColor="F8CBAD")
"""Of a conditional format, which takes its colour from the background."""
ERROR_MARK, WARNING_MARK = PatternFill("solid", fgColor="FFC7CE"), PatternFill("solid", fgColor="FFEB9C")
UNCHANGED_FILL, PROPOSED_FILL = PatternFill("solid", bgColor="FFD8A8"), PatternFill("solid", bgColor="C6EFCE")
MISSING_SAMPLE = PatternFill("solid", fgColor="F8CBAD")
_HAIR = Side(style="thin", color="D9E2EC")
BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
OPEN = Protection(locked=False)
WRAP = Alignment(vertical="top", wrap_text=True)
WRAP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
TOP = Alignment(vertical="top")
CENTRE = Alignment(horizontal="left", vertical="center", wrap_text=True)
DATE_FORMAT = "yyyy-mm-dd"


def number_format(field: Field) -> str:
    """The number format of a field's cells."""
    if field.kind is Kind.DATE:
        return DATE_FORMAT
    if field.kind is Kind.NUMBER:
        return field.number_format or "General"
    return "@" if field.key or field.of else "General"


def rule(formula: str, *, font: Font | None = None, fill: PatternFill | None = None) -> Rule:
    """A conditional format: where the formula is true, the cell takes the font or fill."""
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(font=font, fill=fill))


def link(cell: Cell | MergedCell, sheet: str, target: str = "A1") -> None:
    """Makes a cell a link to a place in the same workbook."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
    cell.font = LINK


def fit(comment: Comment) -> None:
    """Gives a comment the size that its text needs."""
    rows = sum(len(line) // 44 + 1 for line in comment.text.split("\n"))
    comment.width, comment.height = 330, 24 + 18 * rows


def width(field: Field) -> float:
    """The width of a field's column in characters."""
    if field.kind is Kind.LONG_TEXT:
        return 60.0
    if field.kind is Kind.TEXT:
        return {"notes": 48.0, "event": 60.0, "email": 34.0, "operators": 34.0, "greeting": 24.0, "source": 34.0}.get(
            field.name, 26.0
        )
    return 13.0 if field.kind is Kind.DATE else max(13.0, min(21.0, len(field.label) + 3.0))


def blank_means(field: Field) -> str:
    """The grey remark over a column: what a blank cell means."""
    if field.wide:
        return "blank = not reported"
    if field.required:
        return "required"
    if isinstance(field.default, float):
        if field.kind is Kind.YES_NO:
            return "blank = no"
        return f"blank = {field.default:,.10g}"
    return "optional"
