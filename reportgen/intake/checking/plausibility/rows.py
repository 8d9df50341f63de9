"""What is possible but odd about single rows and forms: warnings, which a build prints and delivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.amounts import odd_sizes
from reportgen.intake.checking.plausibility.history import network_hash_rate, odd_history
from reportgen.intake.reading.names import same_name
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import shortened
from reportgen.sheets import Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
HIGH_POWER_PRICE, LOW_UPTIME, HIGH_FEES = 0.25, 0.5, 5.0
EFFICIENCIES = (8.0, 110.0)
"""J/TH: from the best machine announced to the first ones that still run."""
WHOLE_PERCENT = {
    ("Market", "network_growth"): 1.0,
    ("Debt", "interest_rate"): 0.3,
    ("Shocks", "price_change"): 1.0,
    ("Shocks", "difficulty_change"): 1.0,
    ("Shocks", "power_price_change"): 1.0,
}
"""Fields in which 5 is possible but rather means 5 %, and the value from which it is asked."""


def odd_together(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about values of the sheets; a missing value is never odd."""
    yield from _odd_market(sheets["Market"])
    yield from _odd_operators(sheets)
    yield from _odd_fleet(sheets)
    yield from _odd_debt(sheets)
    yield from _odd_contracts(sheets)
    yield from _odd_percentages(sheets)
    yield from odd_sizes(sheets)
    yield from odd_history(sheets)
    weights = sheets["Risk"].column("weight")
    if len(weights) and bool(np.all(weights == 0)):
        yield problem("weights_none", sheets["Risk"].where("weight"), "found the weight 0 in every row.")


def _each(read: ReadSheet, field: str, odd: Callable[[float], bool], code: str, message: str) -> Iterator[Problem]:
    """A warning for every value of a column that is odd; `message` has a place for the value."""
    for record, value in enumerate(read.column(field).tolist()):
        if odd(value):
            yield problem(code, read.where(field, record), message.format(plain_number(value)))


def _odd_market(market: ReadSheet) -> Iterator[Problem]:
    yield from _each(market, "fees_per_block", lambda fees: fees > HIGH_FEES, "fees_high", "found {} BTC per block.")


def _odd_percentages(sheets: Sheets) -> Iterator[Problem]:
    for (sheet, field), least in WHOLE_PERCENT.items():
        read = sheets[sheet]
        for record, value in enumerate(read.column(field).tolist()):
            if value >= least:
                percent = plain_number(value)
                message = f"found {percent}, which is {plain_number(value * 100)} %; {percent} % is typed {percent}%."
                yield problem("percent_whole", read.where(field, record), message)


def _odd_operators(sheets: Sheets) -> Iterator[Problem]:
    operators = sheets["Operators"]
    message = "found {} USD/kWh, which is unusually high."
    yield from _each(operators, "power_price", lambda price: price > HIGH_POWER_PRICE, "power_price_high", message)
    message = "found {}, less than half of the time."
    yield from _each(operators, "uptime", lambda share: share < LOW_UPTIME, "uptime_low", message)
    for name in ("Operators", "Debt", "AI_HPC"):
        yield from _negative(sheets[name])
    fleet = {same_name(name) for name in sheets["Fleet"].texts("operator")}
    if fleet:
        for record, name in enumerate(operators.texts("operator")):
            if name and same_name(name) not in fleet:
                where = operators.where("operator", record)
                yield problem("operator_without_fleet", where, f'"{shortened(name)}" has no row in Fleet.')


_AMOUNTS = ("USD", "USD/month", "BTC")


def _negative(read: ReadSheet) -> Iterator[Problem]:
    for field in read.sheet.fields:
        if field.kind is Kind.NUMBER and field.unit in _AMOUNTS and field.bounds.low < 0:
            message = "found {}, a negative amount."
            yield from _each(read, field.name, lambda amount: amount < 0, "cost_negative", message)


def _odd_fleet(sheets: Sheets) -> Iterator[Problem]:
    fleet = sheets["Fleet"]
    rates, powers = fleet.column("unit_hash_rate"), fleet.column("unit_power")
    low, high = EFFICIENCIES
    for record, (rate, power) in enumerate(zip(rates.tolist(), powers.tolist(), strict=True)):
        if rate > power:
            message = f"found {plain_number(rate)} TH/s and {plain_number(power)} W for one machine."
            yield problem("rate_power_swapped", fleet.where("unit_hash_rate", record), message)
        elif rate > 0 and not low <= power / rate <= high and not np.isnan(power):
            message = f"found {power / rate:.1f} J/TH ({plain_number(power)} W for {plain_number(rate)} TH/s)."
            yield problem("efficiency_odd", fleet.where("unit_power", record), message)
    network = network_hash_rate(sheets)
    installed = float(np.nansum(fleet.column("units") * rates) + np.nansum(fleet.column("total_hash_rate")) * 1e6)
    if installed > network:
        message = f"found {installed / 1e6:,.0f} EH/s in all, but the difficulty implies {network / 1e6:,.0f} EH/s."
        yield problem("fleet_over_network", fleet.where("units"), message)


def _odd_debt(sheets: Sheets) -> Iterator[Problem]:
    debt = sheets["Debt"]
    price, as_of = _price(sheets), _as_of(sheets)
    names = ("principal", "interest_rate", "btc_collateral", "max_ltv", "maturity")
    rows = zip(*(debt.column(name).tolist() for name in names), strict=True)
    for record, (principal, rate, collateral, most, maturity) in enumerate(rows):
        if principal > 0 and rate == 0:
            yield problem("interest_none", debt.where("interest_rate", record), "found 0 % on a debt with principal.")
        worth = collateral * price
        if worth > 0 and principal / worth > most:
            message = f"the loan stands at {principal / worth:.0%} of its collateral, above {most:.0%}."
            yield problem("ltv_breached", debt.where("max_ltv", record), message)
        if collateral == 0 and most > 0:
            yield problem("covenant_unsecured", debt.where("max_ltv", record), f"found {most:.0%}, but no collateral.")
        if maturity < as_of:
            message = f"found {iso_day(maturity)}, before the as-of date {iso_day(as_of)}."
            yield problem("debt_matured", debt.where("maturity", record), message)
    yield from _overpledged(sheets["Operators"], debt)


def _overpledged(operators: ReadSheet, debt: ReadSheet) -> Iterator[Problem]:
    pledged: dict[str, float] = {}
    for name, collateral in zip(debt.texts("operator"), debt.column("btc_collateral").tolist(), strict=True):
        pledged[same_name(name)] = pledged.get(same_name(name), 0.0) + collateral
    rows = zip(operators.texts("operator"), operators.column("btc_held").tolist(), strict=True)
    for record, (name, held) in enumerate(rows):
        lent = pledged.get(same_name(name), 0.0)
        if name and lent > held:
            message = f"found {plain_number(held)} BTC, but {plain_number(lent)} BTC are pledged on Debt."
            yield problem("collateral_over_held", operators.where("btc_held", record), message)


def _odd_contracts(sheets: Sheets) -> Iterator[Problem]:
    contracts, as_of = sheets["AI_HPC"], _as_of(sheets)
    for record, end in enumerate(contracts.column("end").tolist()):
        if end < as_of:
            message = f"found {iso_day(end)}, before the as-of date {iso_day(as_of)}."
            yield problem("contract_ended", contracts.where("end", record), message)


def _price(sheets: Sheets) -> float:
    return float(sheets["Market"].column("btc_price")[0])


def _as_of(sheets: Sheets) -> float:
    return float(sheets["Report"].column("as_of")[0])
