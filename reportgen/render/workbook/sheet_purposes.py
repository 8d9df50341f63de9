"""What each sheet of figures is for: one line at its top, for who opens the workbook at that sheet."""

from __future__ import annotations

from collections.abc import Mapping

PURPOSES: Mapping[str, str] = {
    "Market_Figures": "Price, network, issuance, hash ribbon and ETF flows today: what every other sheet builds on.",
    "Fleet_Economics": "Workings: for each machine type the hash rate, power and the price of electricity at which it "
    "still earns its power.",
    "AI_Contracts": "Workings: what each AI and HPC contract brings and costs on the as-of day.",
    "AISC": "What a bitcoin costs each operator, in three layers, less the AI credit; and the averages of all.",
    "Debt_Covenants": "Each loan: interest, repayment, loan to value, and the price of its margin call.",
    "Liquidity": "Who runs out of cash, who must sell bitcoin to pay bills, and what that comes to for the network.",
    "Triggers": "At which bitcoin price each operator reaches the next condition, and the market there.",
    "Trigger_Rows": "Workings: every condition of every operator and loan, unsorted, with its rank.",
    "Trigger_Order": "Workings: where each trigger of the sorted list is found.",
    "Stress": "How far price, difficulty or power must move until the score enters its next band.",
    "Stress_Grid": "Workings: the figures of the heat maps, a row a cell, as solved when this workbook was made.",
    "Cost_Curve": "How much of the hash rate loses money at each bitcoin price, and the operators from cheap to dear.",
    "Pressure": "What miners would sell in each scenario, beside what spot ETFs buy or sell.",
    "ETF_Days": "Workings: the flow of all spot ETFs on each day, in dollars and in bitcoin.",
    "Ribbon_Days": "Workings: hash rate, its means and the market score on each day of the history.",
    "Self_Correction": "What happens epoch by epoch if uneconomic machines switch off: difficulty falls and stops.",
    "Risk_Score": "The capitulation risk from 0 (calm) to 100 (stress): dials, components and their measures.",
    "Shock_Rows": "Workings: what each row of Shocks changes, and whether its name stands once.",
    "Shock_Table": "The headline figures under each shock, as solved when this workbook was made.",
    "Checks": "Everything that must hold in this file: 1 holds, 0 does not. The master check counts those that do not.",
}
"""Sheets that are not named here are told what their first section says of itself."""


def purpose_of(sheet: str, otherwise: str) -> str:
    """The line for a sheet, or what is said otherwise."""
    return PURPOSES.get(sheet, otherwise)
