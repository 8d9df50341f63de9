"""The titles of the sheets of figures."""

from __future__ import annotations

from collections.abc import Mapping

# titles of sheets of figures that are not the name of the sheet in words
TITLES: Mapping[str, str] = {
    "AI_Contracts": "AI and HPC contracts",
    "Cost_Curve": "Cost curve and operators by cost",
    "AISC": "All-in sustaining cost",
    "Debt_Covenants": "Debt and covenants",
    "Liquidity": "Liquidity and forced selling",
    "Triggers": "Triggers: at which price what breaks",
    "Trigger_Rows": "Triggers, operator by operator",
    "Trigger_Order": "Triggers, where each is found",
    "Stress": "Reverse stress: a snapshot",
    "Stress_Grid": "Grid of price and difficulty: a snapshot",
    "Margin_Cases": "Net margin over price and difficulty: workings",
    "Chart_Data": "What charts draw",
    "Pressure": "Miner sales against ETF flows",
    "ETF_Days": "Spot ETF flows, day by day",
    "Ribbon_Days": "Hash ribbon, day by day",
    "Self_Correction": "Self-correction of difficulty",
    "Risk_Score": "Capitulation risk",
    "Shock_Rows": "What each shock changes",
    "Shock_Table": "Shocks",
}


def title_of(sheet: str) -> str:
    """The title of a sheet of figures: declared, else its name in words."""
    return TITLES.get(sheet, sheet.replace("_", " ").capitalize())
