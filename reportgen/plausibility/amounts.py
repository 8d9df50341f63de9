"""Amounts that are far below, or far above, what the size of their operators implies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportgen.intake.reading.typed_values import plain_number
from reportgen.plausibility.costs import median_of_others
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
NOT_ALONE_ON = {"Operators": 0.3, "Debt": 1.0, "AI_HPC": 1.0}
NOT_ALONE = {("AI_HPC", "monthly_revenue"): np.inf}
"""Of its bound: a single amount that is no smaller is left alone. Cash may run low; no contract is served at a loss of
more than all that it brings, however large it is."""
Shares = dict[tuple[str, str], "NDArray[np.float64]"]
SHEETS_OF_AMOUNTS = ("Operators", "Debt", "AI_HPC")
SMALL_AMOUNT = 1_000.0
"""USD: monthly costs, cash and debts of a miner are hardly below it, but its millions are."""
LEAST_OTHER, MINUTE = 0.003, 0.15
"""The bound of a column that has none above, and the part of its bound below which such an amount is in millions: the
cash of a machine room may be 900 dollars."""
ALONE, MEANINGFUL = 300.0, 0.05
"""Times that an amount is smaller than its neighbours when it alone is in thousands; and the part of the largest power
bill from which a bill says what is usual: that of a landlord of data centres says nothing."""
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
    yield from _single(figures, shares, told, low)


def _single(
    figures: ImpliedFigures,
    shares: Shares,
    told: Collection[tuple[str, str, int]],
    columns: Collection[tuple[str, str]],
) -> Iterator[Problem]:
    """Single amounts, in the order of the sheets: in millions, or in thousands beside others that are not."""
    alone = {place: _far_below(figures, place, shares) for place in LEAST_OF_POWER}
    for sheet in SHEETS_OF_AMOUNTS:
        for field in BY_NAME[sheet].fields:
            place = sheet, field.name
            if field.kind is not Kind.NUMBER or field.unit not in ("USD", "USD/month") or place in columns:
                continue
            amounts = figures.inputs.tables[sheet].columns[field.name]
            share = shares[place] if place in shares else _share_of_power(figures, place)
            of_any = share >= MINUTE * LEAST_OF_POWER.get(place, LEAST_OTHER)
            if place == ("Debt", "principal"):  # the end of a loan that is repaid may be of any size
                repayment = figures.inputs.tables[sheet].columns["monthly_repayment"]
                of_any |= (repayment > 0) & (repayment <= amounts)
            tiny = (amounts > 0) & (amounts < SMALL_AMOUNT) & ~of_any
            odd = tiny | alone.get(place, np.zeros(len(amounts), dtype=bool))
            for record in np.flatnonzero(odd).tolist():
                if (*place, record) in told:
                    continue
                found, hint = f"found {figure(amounts[record])} {field.unit}", ""
                if tiny[record]:
                    message = f"{found}, which is very little."
                else:
                    message = f"{found}, {share[record]:.2g} of a month's power bill; other amounts are far larger."
                    hint = f"If it is in thousands, type {plain_number(float(amounts[record]) * 1_000)}."
                yield problem("amount_small", figures.inputs.where(sheet, field.name, record), message, hint)


def _far_below(figures: ImpliedFigures, place: tuple[str, str], shares: Shares) -> NDArray[np.bool_]:
    """True for each amount that is far below its bound and still further below its neighbours, each by its own bound.

    Neighbours of an operator's amount are those of its row and of its column, of a principal the other principals, of
    one amount of an AI contract the other: a contract may be small. A debt that is repaid may be small too.
    """
    sheet = place[0]
    ratio = shares[place] / LEAST_OF_POWER[place]
    row = [shares[each] / LEAST_OF_POWER[each] for each in LEAST_OF_POWER if each[0] == sheet and each != place]
    usual = np.zeros(len(ratio))
    if sheet != "Debt":
        usual = np.fmax(usual, _medians(np.array(row), FEW if sheet == "Operators" else 1))
    if sheet != "AI_HPC":
        usual = np.fmax(usual, median_of_others(ratio))
    far: NDArray[np.bool_] = (ratio * ALONE < usual) & (ratio < NOT_ALONE.get(place, NOT_ALONE_ON[sheet]))
    if sheet == "Debt":
        far &= ~(figures.inputs.tables[sheet].columns["monthly_repayment"] > 0)
    return far


def _medians(ratios: NDArray[np.float64], fewest: int) -> NDArray[np.float64]:
    """The median of each column of known ratios; NaN where there are fewer than `fewest`."""
    enough = (~np.isnan(ratios)).sum(axis=0) >= fewest
    medians = np.full(ratios.shape[1], np.nan)
    medians[enough] = np.nanmedian(ratios[:, enough], axis=0)
    return medians


def _shares_of_power(figures: ImpliedFigures) -> Shares:
    """Each amount as a share of its operator's power bill, by sheet and field; NaN where one of both is none."""
    return {place: _share_of_power(figures, place) for place in LEAST_OF_POWER}


def _share_of_power(figures: ImpliedFigures, place: tuple[str, str]) -> NDArray[np.float64]:
    sheet, field = place
    amounts, bills = figures.inputs.tables[sheet].columns[field], figures.power_bills[sheet]
    known = (amounts > 0) & (bills > 0)
    return np.where(known, amounts / np.where(known, bills, 1.0), np.nan)


def _low_column(figures: ImpliedFigures, place: tuple[str, str], shares: NDArray[np.float64]) -> bool:
    """True for a column in which every amount is far below the power bill, though not all are below any miner's.

    Operators with next to no power bill count in the sum alone.
    """
    known = ~np.isnan(shares)
    if not known.any():
        return False
    bound = LEAST_OF_POWER[place] * (1.0 if np.count_nonzero(known) >= FEW else CAUTION)
    amounts, bills = figures.inputs.tables[place[0]].columns[place[1]][known], figures.power_bills[place[0]][known]
    low = shares[known][bills >= MEANINGFUL * bills.max()] < bound
    return bool(low.all()) and float(amounts.max()) >= SMALL_AMOUNT and float(amounts.sum() / bills.sum()) < bound


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
    # The last instalment falls within a month after that.
    by_then = float(figures.inputs.value("Report", "as_of")) + (QUICKEST + 1) * DAYS_PER_MONTH
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
