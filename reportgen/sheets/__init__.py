"""The declared input sheets: the ground that intake, model and render stand on."""

from reportgen.sheets.declared import BY_NAME, DISCLAIMER, SHEETS
from reportgen.sheets.delivered import FIGURE_SHEETS, MARKS
from reportgen.sheets.field import NEAREST, TOTALS, Bounds, Field, Kind, Sheet, normal
from reportgen.sheets.risk_components import RISK_COMPONENTS

__all__ = [
    "BY_NAME",
    "DISCLAIMER",
    "FIGURE_SHEETS",
    "MARKS",
    "NEAREST",
    "RISK_COMPONENTS",
    "SHEETS",
    "TOTALS",
    "Bounds",
    "Field",
    "Kind",
    "Sheet",
    "normal",
]
