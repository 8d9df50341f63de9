"""Amounts that are far below, or far above, what the size of their operators implies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.plausibility.wording import figure
from reportgen.problem_codes import problem
from reportgen.sheets import BY_NAME, Kind

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
SHEETS_OF_AMOUNTS = ("Operators", "Debt", "AI_HPC")
SMALL_AMOUNT = 1_000.0
"""USD: monthly costs, cash and debts of a miner are never below it, but its millions are."""
QUICKEST = 3.0
"""Months in which a principal is repaid at the earliest, unless the debt matures by then."""
DAYS_PER_MONTH = 365 / 12
FEW, CAUTION = 3, 0.3
"""Below so many amounts in a column the bound is taken lower, as one small debt or contract is nothing odd."""


def small_amounts(figures: ImpliedFigures) -> Iterator[Problem]:
    """Columns in thousands or millions, far below the power bills; single amounts in millions, below any miner's."""
    in_thousands = _low_columns(figures)
    for sheet in SHEETS_OF_AMOUNTS:
        fields = [field for of, field in in_thousands if of == sheet]
        if fields:
            yield _thousands(figures, sheet, fields)
        for field in BY_NAME[sheet].fields:
            if field.kind is Kind.NUMBER and field.unit in ("USD", "USD/month") and field.name not in fields:
                amounts = figures.inputs.tables[sheet].columns[field.name]
                for record in np.flatnonzero((amounts > 0) & (amounts < SMALL_AMOUNT)).tolist():
                    message = f"found {figure(amounts[record])} {field.unit}, which is very little."
                    yield problem("amount_small", figures.inputs.where(sheet, field.name, record), message)


def _low_columns(figures: ImpliedFigures) -> list[tuple[str, str]]:
    """Columns in which every amount is far below its operator's power bill, though not all are below any miner's."""
    power = dict(zip(figures.names, figures.line("electricity").tolist(), strict=True))
    bills = {
        sheet: np.array([power[str(name)] for name in figures.inputs.tables[sheet].columns["operator"]])
        for sheet in SHEETS_OF_AMOUNTS
    }
    low = []
    for (sheet, field), least in LEAST_OF_POWER.items():
        amounts = figures.inputs.tables[sheet].columns[field]
        usable = (amounts > 0) & (bills[sheet] > 0)
        if usable.any() and amounts[usable].max() >= SMALL_AMOUNT:
            bound = least if np.count_nonzero(usable) >= FEW else least * CAUTION
            if float(np.max(amounts[usable] / bills[sheet][usable])) < bound:
                low.append((sheet, field))
    return low


def _thousands(figures: ImpliedFigures, sheet: str, fields: list[str]) -> Problem:
    labels = ", ".join(BY_NAME[sheet].field(field).label for field in fields)
    amounts = figures.inputs.tables[sheet].columns[fields[0]]
    record = int(np.argmax(amounts > 0))
    message = f"found {figure(amounts[record])}, and every amount of {labels} far below what the power bills imply."
    return problem("amounts_thousands", figures.inputs.where(sheet, fields[0], record), message)


def fast_repayment(figures: ImpliedFigures) -> Iterator[Problem]:
    """A principal that its repayment pays at once, though it does not mature by then."""
    debt = figures.inputs.tables["Debt"].columns
    by_then = float(figures.inputs.value("Report", "as_of")) + QUICKEST * DAYS_PER_MONTH
    fast = (debt["principal"] > 0) & (debt["monthly_repayment"] * QUICKEST > debt["principal"])
    for record in np.flatnonzero(fast & ~(debt["maturity"] <= by_then)).tolist():
        if debt["operator"][record] not in figures.operators:
            principal, repayment = debt["principal"][record], debt["monthly_repayment"][record]
            months = f"pays a principal of {figure(principal)} in {principal / repayment:.1f} months"
            message = f"found {figure(repayment)} USD/month, which {months}."
            yield problem("repayment_fast", figures.inputs.where("Debt", "monthly_repayment", record), message)


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
