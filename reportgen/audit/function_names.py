"""The functions that Excel 2010, LibreOffice and Google Sheets all have, with the same meaning."""

from __future__ import annotations

from pathlib import Path

EVERYWHERE = frozenset(Path(__file__).with_name("functions.txt").read_text(encoding="utf-8").split())

VOLATILE = frozenset({"OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "INFO", "CELL"})
"""Computed anew at every change, or looking at what no reader can trace."""

ALLOWED_NEWER = {
    "ISFORMULA": "Excel 2013, LibreOffice and Google Sheets have it. Nothing older tells a formula from a number typed "
    "over it; in Excel 2010 the line of every sheet then says that figures do not hold, and no figure is wrong.",
}
"""Newer functions that may be used all the same, with the reason."""

ARRAYS = ('t="array"', 't="dataTable"')
