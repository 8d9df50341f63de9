"""How wide the columns of the input sheets are: what is typed is shown whole, and a page of paper takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.render.workbook.number_formats import field_format
from reportgen.render.workbook.page import LINK_WIDTH
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import EDGES, lines_of, number_width, widest
from reportgen.sheets import Field, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.inputs import Table

PAGE_WIDTH = 162.0
"""Units of column width that a page of A4 or Letter takes across at a legible scale."""
LABEL_WIDTH, VALUE_WIDTH, UNIT_WIDTH, REMARK_WIDTH, HELP_WIDTH = 24.0, 14.0, 14.0, 24.0, 56.0
LONG_TEXT_WIDTH = 60.0
WIDEST_NAME, WIDEST_TEXT = 30.0, 44.0
"""Of a name and of another text in a list: longer ones go on in the next line."""
FUND_WIDTH, NARROWEST = 9.0, 9.0  # of a fund and of another column, at least


def form_widths(sheet: type[Sheet], table: Table) -> list[float]:
    """Of the columns of a form: its labels and values are shown whole, long texts in several lines."""
    labels = max(LABEL_WIDTH, EDGES + widest(field.label for field in sheet.fields))
    values = [shown_width(field, table.columns[field.name]) for field in sheet.fields]
    long = any(field.kind is Kind.LONG_TEXT for field in sheet.fields)
    value = LONG_TEXT_WIDTH if long else min(WIDEST_TEXT, max(VALUE_WIDTH, *values))
    units = max(UNIT_WIDTH, EDGES + widest((field.unit for field in sheet.fields), NOTE_SIZE))
    remarks = REMARK_WIDTH * (0.6 if long else 0.8)
    rest = PAGE_WIDTH - labels - value - units - REMARK_WIDTH - remarks
    return [labels, value, units, REMARK_WIDTH, remarks, max(HELP_WIDTH / 2, rest)]


def list_widths(columns: Sequence[tuple[Field, str, Any]], rows: int) -> list[float]:
    """Of the columns of a list: what they hold is shown whole, long texts in lines, and every word of a header."""
    widths = []
    for field, header, values in columns:
        words = EDGES + widest(header.split(), bold=True)
        least = FUND_WIDTH if field.wide else NARROWEST
        most = WIDEST_TEXT if not (field.key or field.of) else WIDEST_NAME
        widths.append(max(least, words, min(most, shown_width(field, values[:rows]))))
    return [max(LINK_WIDTH, widths[0]), *widths[1:]]


def shown_width(field: Field, values: Any) -> float:
    """Of the widest value of a field as it is shown; long texts, which are wrapped, count for nothing."""
    if field.kind is Kind.LONG_TEXT:
        return 0.0
    if field.number and field.kind is not Kind.YES_NO:
        return EDGES + number_width(values, field_format(field))
    return EDGES + widest({str(value) for value in values})


def row_lines(columns: Sequence[tuple[Field, str, Any]], widths: Sequence[float], row: int) -> int:
    """Lines that the longest text of a row of a list takes."""
    texts = [(str(values[row] or ""), width) for (field, header, values), width in zip(columns, widths, strict=True)
             if header and not field.number]  # fmt: skip
    return max((lines_of(text, width - EDGES) for text, width in texts), default=1)


def header_lines(columns: Sequence[tuple[Field, str, Any]], widths: Sequence[float]) -> int:
    """Lines that the longest header of a list takes."""
    return max(lines_of(header, width - EDGES / 2, bold=True)
               for (_, header, _), width in zip(columns, widths, strict=True))  # fmt: skip
