"""Ordinary workbooks, as grids: what no rule may have a word about. All names and figures are made up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from reportgen.excel_dates import serial
from reportgen.intake.checking.plausibility.market import expected_height
from reportgen.intake.form.sample_data import standard
from reportgen.sheets import SHEETS, Kind
from reportgen.trading_days import is_trading_day
from tests.intake.workbooks import Grid

Row = dict[str, Any]
AS_OF = dt.date(2025, 12, 5)
DAYS = 62
HASHES = 2**32 / 600 / 1e6
"""EH/s of a difficulty of 1 T."""
REPORT = {"report_title": "Weekly brief", "organisation": "Desk", "prepared_by": "Analyst"}


def grid_of(records: Mapping[str, Any]) -> Grid:
    """Records by sheet as the grid of a workbook; dates may be ISO texts."""
    grid: Grid = {}
    for sheet in SHEETS:
        given = records.get(sheet.name)
        if given is None:
            continue
        if sheet.form:
            grid[sheet.name] = [["Item", "Value"], *([f.label, _cell(f, given.get(f.name))] for f in sheet.fields)]
            continue
        names = [name for name in (given[0] if given else {}) if name not in {f.name for f in sheet.fields}]
        plain = [field for field in sheet.fields if not field.wide]
        grid[sheet.name] = [
            [*(field.header for field in plain), *names],
            *([*(_cell(f, row.get(f.name)) for f in plain), *(row.get(name) for name in names)] for row in given),
        ]
    return grid


def _cell(field: Any, value: Any) -> Any:
    return dt.date.fromisoformat(value) if field.kind is Kind.DATE and isinstance(value, str) else value


def three_miners() -> Grid:
    """Three listed miners of the usual size, one with a small AI hall, two with convertibles, one without interest."""
    names = ("Harbor Digital", "Pioneer Platforms", "Clearwater Compute")
    operators = [
        _operator(names[0], 0.041, 1.04, 0.92, 14e6, 3.1e6, 2.4e6, 0.6e6, 8.2e6, 826e6, 52_850, 200e6),
        _operator(names[1], 0.034, 1.06, 0.89, 0, 1.9e6, 3.3e6, 6.1e6, 11.5e6, 331e6, 19_300, 100e6),
        _operator(names[2], 0.052, 1.05, 0.95, 0, 2.2e6, 2.6e6, 0.3e6, 6.4e6, 43e6, 13_000, 40e6),
    ]
    fleet = [
        _machines(names[0], "S21", 150_000, 200, 3_500, 13, 48),
        _machines(names[0], "S21 Pro", 90_000, 234, 3_510, 14.5, 60),
        _machines(names[1], "M60S", 110_000, 186, 3_422, 12, 50),
        _machines(names[1], "S21 XP", 50_000, 270, 3_645, 17, 66),
        _machines(names[2], "S21", 170_000, 200, 3_500, 13, 52),
        _machines(names[2], "S19 XP", 60_000, 140, 3_010, 9, 24),
        _machines(names[2], "Rest, as reported", None, None, None, 12, 40)
        | {"total_hash_rate": 4.5, "total_efficiency": 19.5},
    ]
    debt = [
        _debt(names[0], "Convertible 2030", 950e6, 0.0, 0, "2030-03-01"),
        _debt(names[0], "Bitcoin credit line", 350e6, 0.09, 0, "2027-06-30", 9_000, 0.75),
        _debt(names[1], "Convertible 2030", 594e6, 0.0075, 0, "2030-01-15"),
        _debt(names[1], "Equipment lease", 36e6, 0.085, 1.2e6, "2028-06-30"),
        _debt(names[2], "Convertible 2032", 850e6, 0.0, 0, "2032-02-15"),
    ]
    ai = [
        _contract(names[1], "Pilot hall", 2.4e6, 1.1e6, "2025-07-01"),
        _contract(names[1], "Campus, from 2027", 5e6, 2e6, "2027-01-01"),
    ]
    return grid_of(_workbook(operators, fleet, debt, ai, treasury=105_000))


def private_miners() -> Grid:
    """Five private miners of 1 to 20 MW: little overhead, few loans, old machines among new ones."""
    sizes = ((1, 0.075, "S19j Pro", 104, 3_068), (3, 0.062, "S19 XP", 140, 3_010), (8, 0.048, "S21", 200, 3_500),
             (14, 0.055, "M50S", 130, 3_380), (20, 0.038, "S21 Pro", 234, 3_510))  # fmt: skip
    operators, fleet, debt = [], [], []
    for megawatts, price, machine, rate, power in sizes:
        name = f"Private {megawatts} MW"
        bill = megawatts * 1_000 * 730 * price
        labour, overhead = 6_000 + 0.03 * bill, 2_500 + 0.02 * bill
        operators.append(
            _operator(name, price, 1.06, 0.93, 0, 1_500 + 0.02 * bill, labour, 0, overhead, 0.6 * bill, megawatts, 0)
        )
        units = round(megawatts * 1e6 / power)
        fleet.append(_machines(name, machine, units, rate, power, 8, 30))
        if megawatts in (3, 20):
            fleet.append(_machines(name, "S9, for heat", 200, 14, 1_350, 3, 8))
            debt.append(_debt(name, "Bank loan", 2.2 * bill, 0.09, 0.05 * bill, "2028-03-31"))
    return grid_of(_workbook(operators, fleet, debt, []))


def ai_led() -> Grid:
    """Three miners that have become landlords of data centres, and one that will; their debts are those of halls."""
    operators, fleet, debt, ai = [], [], [], []
    for number, (name, times) in enumerate((("Corehall", 1.6), ("Lakeside", 5.0), ("Ridge", 14.0), ("Valley", 0.0))):
        operators.append(_operator(name, 0.044, 1.1, 0.9, 0, 6e5, 9e5, 2e5, 9e6, 400e6, 1_500, 50e6))
        fleet.append(_machines(name, "S21 Pro", 30_000, 234, 3_510, 14.5, 60))
        debt.append(_debt(name, "Hall bonds 2030", 2_000e6 + number * 1e8, 0.0925, 0, "2030-05-01"))
        debt.append(_debt(name, "Convertible 2031", 900e6, 0.0, 0, "2031-06-15"))
        revenue = times * 10e6 if times else 60e6
        start = "2025-03-01" if times else "2026-09-01"
        ai.append(_contract(name, "Tenant", revenue, 0.35 * revenue, start))
    return grid_of(_workbook(operators, fleet, debt, ai))


def hosted() -> Grid:
    """One miner in somebody else's hall, the all-in tariff typed as power price, no debt, no history."""
    operators = [_operator("Tenant Mining", 0.078, 1.0, 0.96, 0, 0, 0, 0, 22_000, 350_000, 14, 0)]
    fleet = [_machines("Tenant Mining", "S21", 1_200, 200, 3_500, 12.5, 40)]
    return grid_of({**_workbook(operators, fleet, [], []), "Network_History": [], "ETF_Flows": []})


def hosted_all_in() -> Grid:
    """The same miner with the tariff typed as hosting fee, which includes the power."""
    grid = hosted()
    header, row = grid["Operators"]
    row[header.index("Power price (USD/kWh)")] = 0
    row[header.index("Hosting (USD/month)")] = 225_000
    return grid


def plausible(seed: int) -> Grid:
    """A workbook drawn from a seed: one to twelve miners of 1 to 900 MW that would mine at the price of the day."""
    draw = Random(seed)
    as_of = dt.date(2024, 6, 3) + dt.timedelta(draw.randrange(900))
    price, difficulty = draw.uniform(55_000, 140_000), draw.uniform(95, 220)
    operators, fleet, debt, ai = [], [], [], []
    per_joule = (
        1e12 * 86_400 / (difficulty * 1e12 * 2**32) * 3.125 * price / 24 * 1e3
    )  # USD/kWh x J/TH that breaks even
    for number in range(draw.randint(1, 12)):
        name = f"Miner {number}"
        megawatts = math.exp(draw.uniform(math.log(1), math.log(900)))
        machine, rate, power = draw.choice(MACHINES)
        tariff = min(draw.uniform(0.025, 0.09), draw.uniform(0.5, 1.15) * per_joule / (power / rate))
        tariff = round(max(tariff, 0.018), 4)
        bill = megawatts * 1_000 * 730 * tariff
        operators.append(_drawn(draw, name, tariff, bill, price))
        new, life = round(draw.uniform(5, 20), 1), draw.randint(16, 72)
        fleet.append(_machines(name, machine, round(megawatts * 1e6 / power), rate, power, new, life))
        if draw.random() < 0.5:
            fleet.append(
                _machines(name, "More", round(draw.uniform(0.05, 0.6) * megawatts * 1e6 / 3_510), 234, 3_510, 14.5, 60)
            )
        debt += [_drawn_debt(draw, name, facility, bill, as_of) for facility in range(draw.randint(0, 3))]
        if draw.random() < 0.2:
            revenue = round(draw.uniform(0.05, 4) * bill)
            ai.append(_contract(name, "Tenant", revenue + 5_000, 0.4 * revenue + 2_000, as_of - dt.timedelta(90)))
    held = sum(row["btc_held"] for row in operators)
    return grid_of(_workbook(operators, fleet, debt, ai, as_of, price, difficulty, held + 40_000, seed))


MACHINES = (
    ("S19j Pro", 104, 3_068), ("S19 XP", 140, 3_010), ("S21", 200, 3_500), ("S21 Pro", 234, 3_510),
    ("S21 XP", 270, 3_645), ("M60S", 186, 3_422), ("M50S", 130, 3_380),
)  # fmt: skip


def _drawn(draw: Random, name: str, tariff: float, bill: float, price: float) -> Row:
    row = _operator(
        name, tariff, round(draw.uniform(1.01, 1.15), 2), round(draw.uniform(0.75, 0.99), 3),
        *(round(share * bill) for share in (
            draw.choice((0, 0, 0, draw.uniform(0.05, 0.6))), draw.uniform(0.02, 0.12), draw.uniform(0.02, 0.2),
            draw.choice((0, 0, draw.uniform(0.03, 0.2))), draw.uniform(0.04, 0.5), draw.uniform(0.3, 40),
        )),
        round(draw.choice((0, draw.uniform(0, 30))) * bill / price, 2),
        round(draw.choice((0, draw.uniform(0.2, 3))) * bill),
    )  # fmt: skip
    for amount in ("site_maintenance", "site_labour", "corporate_overhead"):
        row[amount] += 3_000  # the smallest site has a person and an accountant
    return row


def _drawn_debt(draw: Random, name: str, facility: int, bill: float, as_of: dt.date) -> Row:
    bond = draw.random() < 0.4
    principal = round(draw.uniform(0.6, 30 if bond else 6) * bill)
    repayment = 0 if bond else round(principal / draw.uniform(20, 60)) + 1_000
    rate = draw.choice((0.0, 0.01, 0.02)) if bond else round(draw.uniform(0.06, 0.14), 4)
    due = as_of + dt.timedelta(draw.randint(60, 2_500))
    return _debt(name, f"Facility {facility}", principal, rate, repayment, due)


def priced(as_of: dt.date, price: float, hash_rate: float) -> Grid:
    """One miner at a price (USD/BTC) and a hash rate of the network (EH/s) of a day."""
    operators = [_operator("Miner", 0.03, 1.05, 0.95, 0, 90_000, 120_000, 0, 150_000, 4e6, 100, 0)]
    fleet = [_machines("Miner", "S21", 20_000, 200, 3_500, 13, 48)]
    return grid_of(_workbook(operators, fleet, [], [], as_of, price, hash_rate / HASHES))


def _workbook(
    operators: Sequence[Row],
    fleet: Sequence[Row],
    debt: Sequence[Row],
    ai: Sequence[Row],
    as_of: dt.date = AS_OF,
    price: float = 90_000.0,
    difficulty: float = 149.3,
    treasury: float = 60_000.0,
    seed: int = 1,
) -> dict[str, Any]:
    draw = Random(seed)
    height = round(expected_height(serial(as_of)) * (1 + draw.uniform(-5e-4, 5e-4)))
    market = {
        "btc_price": round(price, 2), "network_difficulty": round(difficulty, 2), "block_height": height,
        "fees_per_block": round(draw.uniform(0.01, 0.3), 3), "network_growth": round(draw.uniform(-0.1, 0.4), 2),
        "miner_treasury": round(treasury),
    }  # fmt: skip
    return {
        "Report": {**REPORT, "as_of": as_of},
        "Market": market,
        "Operators": operators,
        "Fleet": fleet,
        "Debt": debt,
        "AI_HPC": ai,
        "Network_History": _history(draw, as_of, price, difficulty * HASHES),
        "ETF_Flows": _flows(draw, as_of),
        **{sheet: list(rows) for sheet, rows in standard().items()},
    }


def _history(draw: Random, as_of: dt.date, price: float, hash_rate: float) -> list[Row]:
    """Days back from the as-of day: prices that wander, hash rates that scatter as days of blocks do."""
    rows: list[Row] = []
    level, drift = price * draw.uniform(0.98, 1.02), draw.uniform(-0.0005, 0.001)
    for back in range(DAYS):
        measured = hash_rate * math.exp(-drift * back) * (1 + draw.gauss(0, 0.04))
        rows.append({"date": as_of - dt.timedelta(back), "hash_rate": round(measured, 2), "btc_price": round(level, 2)})
        level *= math.exp(draw.gauss(0, 0.025))
    return rows[::-1]


def _flows(draw: Random, as_of: dt.date) -> list[Row]:
    days = [day for back in range(45, -1, -1) if is_trading_day(day := as_of - dt.timedelta(back))]
    return [{"date": day, **{fund: round(draw.gauss(8, 90), 1) for fund in ("AAA", "BBB", "CCC")}} for day in days]


def _operator(name: str, *figures: float) -> Row:
    fields = (
        "power_price", "site_overhead", "uptime", "hosting", "site_maintenance", "site_labour", "curtailment_credit",
        "corporate_overhead", "cash", "btc_held", "minimum_liquidity",
    )  # fmt: skip
    return {"operator": name, **dict(zip(fields, figures, strict=True))}


def _machines(operator: str, machine: str, *figures: float | None) -> Row:
    fields = ("units", "unit_hash_rate", "unit_power", "replacement_price", "remaining_life")
    return {"operator": operator, "machine": machine, **dict(zip(fields, figures, strict=True))}


def _contract(operator: str, customer: str, revenue: float, cost: float, start: str | dt.date) -> Row:
    fields = ("operator", "customer", "monthly_revenue", "monthly_cost", "start")
    return dict(zip(fields, (operator, customer, round(revenue), round(cost), start), strict=True))


def _debt(
    operator: str,
    facility: str,
    principal: float,
    rate: float,
    repayment: float,
    maturity: str | dt.date,
    collateral: float = 0,
    max_ltv: float | None = None,
) -> Row:
    return {
        "operator": operator, "facility": facility, "principal": principal, "interest_rate": rate,
        "monthly_repayment": repayment, "maturity": maturity, "btc_collateral": collateral, "max_ltv": max_ltv,
    }  # fmt: skip
