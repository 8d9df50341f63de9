"""How a number is shown in a cell: the one rule from unit and kind to Excel's number format."""

from __future__ import annotations

from reportgen.model.block import Line
from reportgen.sheets import Field, Kind

TEXT, TEXT_UNIT = "@", "text"
WHOLE = "0"
DATE = "yyyy-mm-dd"
GENERAL = "#,##0.00;-#,##0.00"
"""Of every unit that BY_UNIT does not name: two decimals."""

BY_UNIT = {
    "USD": "#,##0;-#,##0",
    "USD/month": "#,##0;-#,##0",
    "USD/day": "#,##0;-#,##0",
    "USD/BTC": "#,##0;-#,##0",
    "USD/PH/day": "#,##0.00",
    "BTC": "#,##0.00;-#,##0.00",
    "BTC/day": "#,##0.0;-#,##0.0",
    "BTC/month": "#,##0.0;-#,##0.0",
    "EH/s": "#,##0.0",
    "date": DATE,
}


def line_format(line: Line) -> str:
    """The number format of a line: its own, else that of its unit, else two decimals."""
    return line.number_format or BY_UNIT.get(line.unit, GENERAL)


def field_format(field: Field) -> str:
    """The number format of an input field: by kind for dates, yes/no and texts, else its own, else two decimals."""
    if field.kind is Kind.DATE:
        return DATE
    return field.number_format or (WHOLE if field.kind is Kind.YES_NO else GENERAL if field.number else TEXT)


def themed(number_format: str, negative: str, negative_colour: str) -> str:
    """A number format with the theme's look of numbers below zero: in parentheses, in colour, or both.

    Days, texts and changes, which show the sign of either side, stay as they are.
    """
    positive, below, *rest = [*number_format.split(";"), ""][:4] if ";" in number_format else [number_format, ""]
    if not {"0", "#"} & set(positive) or "y" in positive or positive.startswith("+"):
        return number_format
    if negative == "parentheses":
        wrong = below[: below.find("]") + 1]  # a colour that says that something is wrong
        positive, below = f"{positive}_)", f"{wrong}({positive})"
        rest = [f"{each}_)" for each in rest if each]
    if negative_colour == "bad" and not below.startswith("["):
        below = f"[Red]{below or f'-{positive}'}"
    return ";".join(each for each in (positive, below, *rest) if each)


def shown_unit(figure: Line | Field) -> str:
    """The unit as a sheet shows it: every row and column of figures has one, a text is a text."""
    if figure.unit:
        return figure.unit
    if isinstance(figure, Line):
        return TEXT_UNIT if figure.text else "number"
    return {Kind.DATE: "date", Kind.YES_NO: "yes/no", Kind.NUMBER: "number"}.get(figure.kind, TEXT_UNIT)
