"""The declared input sheets: the ground that intake, model and render stand on."""

from reportgen.sheets.declared import BY_NAME, DISCLAIMER, RISK_COMPONENTS, SHEETS
from reportgen.sheets.field import NEAREST, Bounds, Field, Kind, Sheet, normal

__all__ = ["BY_NAME", "DISCLAIMER", "NEAREST", "RISK_COMPONENTS", "SHEETS", "Bounds", "Field", "Kind", "Sheet", "normal"]
