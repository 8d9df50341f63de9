"""What is possible but odd about single rows and forms: warnings, which a build prints and delivers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.debt import odd_debt
from reportgen.intake.checking.plausibility.fleet import odd_fleet, odd_units
from reportgen.intake.checking.plausibility.flows import odd_flows
from reportgen.intake.checking.plausibility.history import odd_days, odd_history, outliers
from reportgen.intake.checking.plausibility.lost import lost_columns
from reportgen.intake.checking.plausibility.market import network_hash_rate, odd_market, running_hash_rate
from reportgen.intake.checking.plausibility.operators import names_aggregate, odd_aggregates, odd_share_of_network
from reportgen.intake.reading.names import names_total, same_name
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import shortened
from reportgen.sheets import BY_NAME, RISK_COMPONENTS, Kind

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
PRICE = BY_NAME["Market"].field("btc_price")
HIGH_POWER_PRICE, LOW_UPTIME = 0.15, 0.5
SHORTEST_HORIZON = 7.0
"""Days."""
MOST_COST = 2.0
"""Times of its revenue that a contract may cost before it is asked about."""
OTHER_SCALE = 100.0
"""Times from which one of the two is in thousands, which is told of the amounts."""
_SIGNED = re.compile(r"(?:^|[\s(])([-+\u2212])\s?\d")
"""A sign before a number."""
WHOLE_PERCENT = {
    ("Market", "network_growth"): 1.0,
    ("Operators", "pool_fee"): 0.06,
    ("Debt", "interest_rate"): 0.3,
    ("Shocks", "price_change"): 1.0,
    ("Shocks", "difficulty_change"): 1.0,
    ("Shocks", "power_price_change"): 1.0,
}
"""Fields in which 5 is possible but rather means 5 %, and the value from which it is asked."""


def odd_together(sheets: Sheets) -> Iterator[Problem]:
    """Every warning about values of the sheets; a missing value is never odd."""
    history, as_of = sheets["Network_History"], float(sheets["Report"].column("as_of")[0])
    out_of_line = outliers(history, as_of)
    yield from odd_days(history, out_of_line)
    aggregates = list(odd_aggregates(sheets))
    yield from aggregates
    market = list(odd_market(sheets, frozenset(out_of_line)))
    yield from (each for each in market if each.code != "treasury_small" or not aggregates)  # they are held twice
    yield from _odd_operators(sheets)
    yield from _odd_machines(
        sheets, off=any(each.code in ("difficulty_off_history", "figures_swapped") for each in market)
    )
    yield from odd_debt(sheets, priced=not any(each.where.label == PRICE.label for each in market))
    yield from _odd_contracts(sheets["AI_HPC"], as_of)
    yield from _odd_percentages(sheets)
    yield from lost_columns(sheets["Operators"])
    yield from odd_history(sheets)
    yield from odd_flows(sheets["ETF_Flows"], as_of)
    yield from _odd_scales(sheets["Risk"])
    yield from _misnamed_shocks(sheets["Shocks"])
    message = "found {} days; treasuries are sold over weeks or months."
    yield from _each(
        sheets["Scenarios"], "horizon_days", lambda days: days < SHORTEST_HORIZON, "horizon_short", message
    )
    for read in sheets.values():
        yield from _rows_twice(read)


def _odd_machines(sheets: Sheets, *, off: bool) -> Iterator[Problem]:
    """Warnings about Fleet; where the difficulty is `off`, nothing about shares of the network."""
    machines = list(odd_fleet(sheets["Fleet"]))
    if not running_hash_rate(sheets).sum() > network_hash_rate(sheets):  # an error, of the same units
        machines += odd_units(sheets["Fleet"])
        rows = {each.where.cell.lstrip(ascii_uppercase) for each in machines}
        if not off:
            machines += (
                each for each in odd_share_of_network(sheets) if each.where.cell.lstrip(ascii_uppercase) not in rows
            )
    yield from machines


def _each(read: ReadSheet, field: str, odd: Callable[[float], bool], code: str, message: str) -> Iterator[Problem]:
    """A warning for every value of a column that is odd; `message` has a place for the value."""
    for record, value in enumerate(read.column(field).tolist()):
        if odd(value):
            yield problem(code, read.where(field, record), message.format(plain_number(value)))


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
            if name and same_name(name) not in fleet and not (names_total(name) or names_aggregate(name)):
                where = operators.where("operator", record)
                yield problem("operator_without_fleet", where, f'"{shortened(name)}" has no row in Fleet.')


_AMOUNTS = ("USD", "USD/month", "BTC")


def _negative(read: ReadSheet) -> Iterator[Problem]:
    for field in read.sheet.fields:
        if field.kind is Kind.NUMBER and field.unit in _AMOUNTS and field.bounds.low < 0:
            message = "found {}, a negative amount."
            yield from _each(read, field.name, lambda amount: amount < 0, "cost_negative", message)


def _odd_contracts(contracts: ReadSheet, as_of: float) -> Iterator[Problem]:
    for record, end in enumerate(contracts.column("end").tolist()):
        if end < as_of:
            message = f"found {iso_day(end)}, before the as-of date {iso_day(as_of)}."
            yield problem("contract_ended", contracts.where("end", record), message)

    amounts = zip(contracts.column("monthly_revenue").tolist(), contracts.column("monthly_cost").tolist(), strict=True)
    for record, (revenue, cost) in enumerate(amounts):
        if revenue > 0 and MOST_COST < cost / revenue < OTHER_SCALE:
            message = f"found a cost of {cost:,.0f} USD/month beside a revenue of {revenue:,.0f} USD/month."
            yield problem("ai_cost_high", contracts.where("monthly_cost", record), message)


def _misnamed_shocks(shocks: ReadSheet) -> Iterator[Problem]:
    """Shocks whose name says a fall where every change is a rise, or the other way round."""
    changes = np.array([shocks.column(name) for name in ("price_change", "difficulty_change", "power_price_change")])
    for record, name in enumerate(shocks.texts("shock")):
        signs = {-1.0 if sign in "-\u2212" else 1.0 for sign in _SIGNED.findall(name)}
        moved = {float(each) for each in np.sign(np.nan_to_num(changes[:, record])) if each}
        if signs and moved and not signs & moved and not any(changes[:, record] >= 1):
            message = f'the name "{shortened(name)}" has the other sign than every change of the row.'
            yield problem("shock_sign", shocks.where("shock", record), message)


def _odd_scales(risk: ReadSheet) -> Iterator[Problem]:
    """Scales of the risk score that run against their component, and a score without any weight."""
    falling = {component.name for component in RISK_COMPONENTS if component.falls}
    rows = zip(risk.texts("component"), risk.column("calm").tolist(), risk.column("stress").tolist(), strict=True)
    for record, (name, calm, stress) in enumerate(rows):
        if stress > calm if name in falling else stress < calm:
            way = "falls" if name in falling else "rises"
            message = (
                f"found calm {plain_number(calm)} and stress {plain_number(stress)}, but {name} {way} with stress."
            )
            yield problem("risk_reversed", risk.where("calm", record), message)
    weights = risk.column("weight")
    if len(weights) and bool(np.all(weights == 0)):
        yield problem("weights_none", risk.where("weight"), "found the weight 0 in every row.")


def _rows_twice(read: ReadSheet) -> Iterator[Problem]:
    """Rows that repeat another one in every column; names and days that must be unique have an error for it."""
    if read.sheet.form or any(field.key or field.unique for field in read.sheet.fields):
        return
    first = next(field.name for field in read.sheet.fields if field.required)
    seen: set[tuple[str, ...]] = set()
    columns = [read.texts(field.name) for field in read.sheet.fields]
    for record, row in enumerate(zip(*columns, strict=True)):
        if row in seen:
            yield problem("row_twice", read.where(first, record), "found the same row a second time.")
        seen.add(row)
