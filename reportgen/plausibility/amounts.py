"""Amounts that are far below, or far above, what the size of their operators implies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.plausibility.figures import AI, DEBT
from reportgen.plausibility.wording import figure
from reportgen.problem_codes import problem
from reportgen.sheets import BY_NAME, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
Shares = dict[tuple[str, str], "NDArray[np.float64]"]
SHEETS_OF_AMOUNTS = ("Operators", "Debt", "AI_HPC")
SMALL_AMOUNT = 1_000.0
"""USD: monthly costs, cash and debts of a miner are never below it, but its millions are."""
QUICKEST = 3.0
"""Months in which a principal is repaid at the earliest, unless the debt matures by then."""
DAYS_PER_MONTH = 365 / 12
FEW, CAUTION = 3, 0.3
"""Below so many amounts in a column the bound is taken lower, as one small debt or contract is nothing odd."""


def small_amounts(figures: ImpliedFigures) -> Iterator[Problem]:
    """Columns and rows in thousands, far below the power bills; single amounts in millions, below any miner's."""
    shares = _shares_of_power(figures)
    low = [place for place, share in shares.items() if _low_column(figures, place, share)]
    full = [place for place in low if np.count_nonzero(~np.isnan(shares[place])) >= FEW]
    rows = list(_low_rows(shares, full))
    told = {("Operators", field, record) for record, fields in rows for field in fields}
    for sheet in SHEETS_OF_AMOUNTS:
        # A column with an amount or two is told with the row that it is in, where that is low as a whole.
        firsts = {place: int(np.flatnonzero(~np.isnan(shares[place]))[0]) for place in low if place[0] == sheet}
        fields = [
            field for (of, field), first in firsts.items() if (of, field) in full or (of, field, first) not in told
        ]
        if fields:
            yield _thousands(figures, "amounts_thousands", sheet, fields, firsts[sheet, fields[0]])
    for record, fields in rows:
        yield _thousands(figures, "amounts_row", "Operators", fields, record)
    yield from _in_millions(figures, told, low)


def _in_millions(
    figures: ImpliedFigures, told: Collection[tuple[str, str, int]], columns: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    for sheet in SHEETS_OF_AMOUNTS:
        for field in BY_NAME[sheet].fields:
            if field.kind is Kind.NUMBER and field.unit in ("USD", "USD/month") and (sheet, field.name) not in columns:
                amounts = figures.inputs.tables[sheet].columns[field.name]
                for record in np.flatnonzero((amounts > 0) & (amounts < SMALL_AMOUNT)).tolist():
                    if (sheet, field.name, record) not in told:
                        message = f"found {figure(amounts[record])} {field.unit}, which is very little."
                        yield problem("amount_small", figures.inputs.where(sheet, field.name, record), message)


def _shares_of_power(figures: ImpliedFigures) -> Shares:
    """Each amount as a share of its operator's power bill, by sheet and field; NaN where one of both is none."""
    power = dict(zip(figures.names, figures.line("electricity").tolist(), strict=True))
    shares: Shares = {}
    for sheet, field in LEAST_OF_POWER:
        columns = figures.inputs.tables[sheet].columns
        bills = np.array([power[str(name)] for name in columns["operator"]])
        known = (columns[field] > 0) & (bills > 0)
        shares[sheet, field] = np.where(known, columns[field] / np.where(known, bills, 1.0), np.nan)
    return shares


def _low_column(figures: ImpliedFigures, place: tuple[str, str], shares: NDArray[np.float64]) -> bool:
    """True for a column in which every amount is far below the power bill, though not all are below any miner's."""
    known = ~np.isnan(shares)
    sheet, field = place
    bound = LEAST_OF_POWER[place] * (1.0 if np.count_nonzero(known) >= FEW else CAUTION)
    amounts = figures.inputs.tables[sheet].columns[field][known]
    return bool(len(amounts)) and float(amounts.max()) >= SMALL_AMOUNT and float(shares[known].max()) < bound


def _low_rows(shares: Shares, columns: Collection[tuple[str, str]]) -> Iterator[tuple[int, list[str]]]:
    """Operators of which several amounts, and every one, are far below the power bill; whole columns were told."""
    places = [place for place in LEAST_OF_POWER if place[0] == "Operators" and place not in columns]
    if not places:
        return
    ratios = np.array([shares[place] / LEAST_OF_POWER[place] for place in places])
    low = ((ratios < 1) | np.isnan(ratios)).all(axis=0) & ((~np.isnan(ratios)).sum(axis=0) >= FEW)
    for record in np.flatnonzero(low).tolist():
        yield record, [field for (_, field), ratio in zip(places, ratios[:, record], strict=True) if ratio < 1]


def _thousands(figures: ImpliedFigures, code: str, sheet: str, fields: list[str], record: int) -> Problem:
    labels = ", ".join(BY_NAME[sheet].field(field).label for field in fields)
    amount = float(figures.inputs.tables[sheet].columns[fields[0]][record])
    all_of = "every amount" if code == "amounts_thousands" else "in this row every amount"
    message = f"found {figure(amount)}, and {all_of} of {labels} is far below what the power bill implies."
    return problem(code, figures.inputs.where(sheet, fields[0], record), message)


def fast_repayment(figures: ImpliedFigures) -> Iterator[Problem]:
    """A principal that its repayment pays at once, though it does not mature by then."""
    debt = figures.inputs.tables["Debt"].columns
    by_then = float(figures.inputs.value("Report", "as_of")) + QUICKEST * DAYS_PER_MONTH
    fast = (debt["principal"] > 0) & (debt["monthly_repayment"] * QUICKEST > debt["principal"])
    for record in np.flatnonzero(fast & ~(debt["maturity"] <= by_then)).tolist():
        if (debt["operator"][record], DEBT) not in figures.named:
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
    for record in np.flatnonzero((mined > 0) & (revenue > MOST_AI_REVENUE * mined) & figures.unnamed(AI)).tolist():
        rows = figures.records_of("AI_HPC", figures.names[record])
        largest = max(rows, key=lambda row: float(running[row]))
        times = f"{revenue[record] / mined[record]:,.0f} times its revenue from mining ({mined[record]:,.0f})"
        message = f"found {running[largest]:,.0f} USD/month; AI revenue of the operator is {times}."
        yield problem("ai_revenue_large", figures.inputs.where("AI_HPC", "monthly_revenue", largest), message)
