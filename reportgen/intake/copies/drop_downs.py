"""Sets drop-downs of a copied workbook anew: Excel keeps some where openpyxl cannot read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.intake.file.cell import RawSheet, address
from reportgen.intake.form.cell_rules import validation
from reportgen.intake.reading.layout import find_layout
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from openpyxl import Workbook

    from reportgen.intake.reading.layout import Layout
    from reportgen.sheets import Field

DEPTH = 2000
"""Rows of a list that a restored drop-down reaches to."""


def restore_rules(book: Workbook, raw: dict[str, RawSheet]) -> None:
    """Gives every declared column that names rows of another sheet its drop-down, unless it still has one."""
    for sheet in BY_NAME.values():
        there = raw.get(sheet.name)
        layout = find_layout(sheet, there, "")[0] if there is not None else None
        if layout is None or there is None:
            continue
        page = book[there.name]
        for field in sheet.fields:
            if not field.of or field.many or raw.get(field.of) is None:
                continue
            row, column = _first_place(layout, field)
            names = _names_range(raw[field.of], field.of)
            if not column or not names:
                continue
            if any(address(row, column) in rule.sqref for rule in page.data_validations.dataValidation):
                continue
            last = row if sheet.form else row + DEPTH
            rule = validation(field, f"{address(row, column)}:{address(last, column)}")
            if rule is not None:
                rule.formula1 = names
                page.add_data_validation(rule)


def _first_place(layout: Layout, field: Field) -> tuple[int, int]:
    if layout.items:
        return layout.place(field.name, 0)
    return layout.header + 1, layout.columns.get(field.name, 0)


def _names_range(there: RawSheet, sheet: str) -> str:
    layout, _ = find_layout(BY_NAME[sheet], there, "")
    key = BY_NAME[sheet].key_field()
    if layout is None or key is None or key.name not in layout.columns:
        return ""
    letter, first = column_letters(layout.columns[key.name]), layout.header + 1
    return f"{sheet}!${letter}${first}:${letter}${first + 1000}"
