"""A workbook as another program reads it."""

from __future__ import annotations

import io

import openpyxl


def read(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """Cells with their formulas, or with the values that they carry."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)
