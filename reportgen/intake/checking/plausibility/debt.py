"""What is possible but odd about debts: no interest, covenants that cannot hold, past days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.wording import part_of
from reportgen.intake.reading.names import same_name
from reportgen.intake.reading.typed_values import shown_number
from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem


def odd_debt(sheets: Mapping[str, ReadSheet], *, priced: bool) -> Iterator[Problem]:
    """Every warning about Debt; without what its collateral is worth unless the price of Market is `priced` in line."""
    debt, as_of = sheets["Debt"], float(sheets["Report"].column("as_of")[0])
    price = float(sheets["Market"].column("btc_price")[0])
    for record in range(debt.table.rows):
        yield from _interest(debt, record)
        yield from _covenant(debt, record, price if priced else float("nan"))
        yield from _matured(debt, record, as_of)
    yield from _overpledged(sheets["Operators"], debt)


def _interest(debt: ReadSheet, record: int) -> Iterator[Problem]:
    """A debt at 0 % that is no zero-coupon bond (which has a maturity) and no lease (which is repaid)."""
    if not (_value(debt, "principal", record) > 0 and _value(debt, "interest_rate", record) == 0):
        return
    explained = not debt.blank_where("maturity", record) or _value(debt, "monthly_repayment", record) > 0
    if _value(debt, "btc_collateral", record) > 0 or not explained:
        yield problem("interest_none", debt.where("interest_rate", record), "found 0 % on a debt with principal.")


def _covenant(debt: ReadSheet, record: int, price: float) -> Iterator[Problem]:
    principal, collateral, most = (_value(debt, name, record) for name in ("principal", "btc_collateral", "max_ltv"))
    worth = collateral * price
    if worth > 0 and principal / worth > most:
        message = f"the loan stands at {part_of(principal / worth)} its collateral, above {most:.0%}."
        yield problem("ltv_breached", debt.where("max_ltv", record), message)
    if collateral == 0 and most > 0:
        yield problem("covenant_unsecured", debt.where("max_ltv", record), f"found {most:.0%}, but no collateral.")


def _matured(debt: ReadSheet, record: int, as_of: float) -> Iterator[Problem]:
    maturity = _value(debt, "maturity", record)
    if maturity < as_of:
        message = f"found {iso_day(maturity)}, before the as-of date {iso_day(as_of)}."
        yield problem("debt_matured", debt.where("maturity", record), message)


def _overpledged(operators: ReadSheet, debt: ReadSheet) -> Iterator[Problem]:
    pledged: dict[str, float] = {}
    for name, collateral in zip(debt.texts("operator"), debt.column("btc_collateral").tolist(), strict=True):
        pledged[same_name(name)] = pledged.get(same_name(name), 0.0) + collateral
    rows = zip(operators.texts("operator"), operators.column("btc_held").tolist(), strict=True)
    for record, (name, held) in enumerate(rows):
        lent = pledged.get(same_name(name), 0.0)
        if name and lent > held:
            message = f"found {shown_number(held)} BTC, but {shown_number(lent)} BTC are pledged on Debt."
            yield problem("collateral_over_held", operators.where("btc_held", record), message)


def _value(debt: ReadSheet, field: str, record: int) -> float:
    return float(debt.column(field)[record])
