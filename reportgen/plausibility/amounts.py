"""Amounts that are far below, or far above, what the size of their operators implies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.problem_codes import problem
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.plausibility.figures import ImpliedFigures
    from reportgen.problems import Problem

MOST_AI_REVENUE = 20.0
"""Times the revenue of the bitcoin mined."""
LEAST_OF_POWER = {
    ("Operators", "hosting"): 0.003,
    ("Operators", "site_maintenance"): 0.003,
    ("Operators", "site_labour"): 0.003,
    ("Operators", "corporate_overhead"): 0.01,
    ("Operators", "cash"): 0.1,
    ("Operators", "minimum_liquidity"): 0.05,
    ("Operators", "depreciation"): 0.01,
    ("Debt", "principal"): 0.1,
    ("Debt", "monthly_repayment"): 0.001,
    ("AI_HPC", "monthly_revenue"): 0.01,
    ("AI_HPC", "monthly_cost"): 0.005,
}
"""Of a month's power bill: at least one amount of each of these columns is larger, in any workbook in dollars."""
FEW, CAUTION = 3, 0.3
"""Below so many amounts in a column the bound is taken lower, as one small debt or contract is nothing odd."""


def thousands(figures: ImpliedFigures) -> Iterator[Problem]:
    """Columns in which every amount is far below the power bill of its operator: thousands, perhaps, for dollars."""
    power = dict(zip(figures.names, figures.line("electricity").tolist(), strict=True))
    found: dict[str, list[tuple[str, int]]] = {}
    for (sheet, field), least in LEAST_OF_POWER.items():
        columns = figures.inputs.tables[sheet].columns
        bills = np.array([power.get(str(name), np.nan) for name in columns["operator"]])
        amounts = np.asarray(columns[field], dtype=float)
        usable = (amounts > 0) & (bills > 0)
        count = int(np.count_nonzero(usable))
        if not count or (sheet, BY_NAME[sheet].field(field).label) in figures.columns:
            continue
        bound = least if count >= FEW else least * CAUTION
        if float(np.max(amounts[usable] / bills[usable])) < bound:
            found.setdefault(sheet, []).append((field, int(np.argmax(usable))))
    for sheet, fields in found.items():
        first, record = fields[0]
        labels = ", ".join(BY_NAME[sheet].field(field).label for field, _ in fields)
        every = "every amount" if len(fields) == 1 else f"every amount of {labels}"
        amount = float(figures.inputs.tables[sheet].columns[first][record])
        message = f"found {amount:,.6g}, and {every} far below what the power bills imply."
        yield problem("amounts_thousands", figures.inputs.where(sheet, first, record), message)


def large_ai_revenue(figures: ImpliedFigures) -> Iterator[Problem]:
    """AI revenue beyond any miner's, beside the bitcoin that the operator mines."""
    if figures.market:
        return
    mined, revenue = figures.mined, figures.line("ai_revenue")
    running = figures.solution.numbers("ai_hpc", "running_revenue")
    for record in np.flatnonzero((mined > 0) & (revenue > MOST_AI_REVENUE * mined) & figures.unnamed).tolist():
        rows = figures.records_of("AI_HPC", figures.names[record])
        largest = max(rows, key=lambda row: float(running[row]))
        times = f"{revenue[record] / mined[record]:,.0f} times its revenue from mining ({mined[record]:,.0f})"
        message = f"found {running[largest]:,.0f} USD/month; AI revenue of the operator is {times}."
        yield problem("ai_revenue_large", figures.inputs.where("AI_HPC", "monthly_revenue", largest), message)
