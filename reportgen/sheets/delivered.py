"""Names of the sheets that a delivered workbook has beside its input sheets: none is an input under another name."""

from __future__ import annotations

FIGURE_SHEETS = frozenset(
    {"Dashboard", "About", "Charts", "Input_Checks", "Market_Figures", "Fleet_Economics", "AI_Contracts", "AISC"}
    | {"Debt_Covenants", "Liquidity", "Triggers", "Trigger_Rows", "Trigger_Order", "Stress", "Stress_Grid"}
    | {"Cost_Curve", "Pressure", "ETF_Days", "Ribbon_Days", "Self_Correction", "Risk_Score", "Shock_Rows"}
    | {"Shock_Table", "Checks", "Heat_Map", "Record", "Method", "Net_Margin", "Margin_Cases", "Chart_Data"}
)
MARKS = frozenset({"About", "Checks", "Input_Checks", "Method"})
"""A file that has all of these is a delivered workbook: its figures keep their names."""
