"""Whole input workbooks drawn from a seed, as records: ordinary operators, with all that workbooks in use hold.

Beside the odd ends of `records` these are dense: nearly every figure exists, and every kind of row is common.
"""

from __future__ import annotations

import datetime as dt
import math
from random import Random
from typing import Any

from tests.worked_case import CASE

AS_OF = dt.date(2025, 12, 5)
MODELS = ((104, 3068), (140, 3010), (200, 3500), (234, 3510), (270, 3645), (186, 3422))
DAYS = (0, 45, 200, 364, 365, 366, 394, 395, 420, 500, 640)
DUE = (-300, 0, 1, 90, 364, 365, 366, 900, None, None)
Row = dict[str, Any]


def random_workbook(seed: int, operators: int | None = None) -> Row:
    """The workbook of a seed, with one to eight operators unless their number is told."""
    draw = Random(seed)
    names = [f"Operator {number}" for number in range(operators or draw.randint(1, 8))]
    history = _history(draw, draw.choice(DAYS))
    records = {
        "Report": CASE["input"]["Report"],
        "Market": _market(draw, history),
        "Operators": [_operator(draw, name) for name in names],
        "Fleet": [_machine(draw, name) for name in names for _ in range(draw.randint(1, 3))],
        "Debt": [_debt(draw, name, number) for name in names for number in range(draw.randint(0, 3))],
        "AI_HPC": [_contract(draw, name) for name in names if draw.random() < 0.3],
        "Network_History": history,
        "ETF_Flows": _flows(draw, draw.choice((0, 4, 30, 90))),
        "Scenarios": [_scenario(draw, number) for number in range(draw.randint(1, 3))],
        "Shocks": CASE["input"]["Shocks"],
        "Risk": CASE["input"]["Risk"],
        "Stress_Windows": _windows(draw),
    }
    if draw.random() < 0.3:
        _tie(draw, records)
    return records


def date(days: int) -> str:
    """The ISO date so many days after the as-of day."""
    return (AS_OF + dt.timedelta(days)).isoformat()


def maybe(draw: Random, value: Any, chance: float = 0.5) -> Any:
    return value if draw.random() < chance else None


def _market(draw: Random, history: list[Row]) -> Row:
    growth = round(draw.uniform(-0.2, 0.6), 3)
    return {
        "btc_price": round(draw.uniform(40_000, 140_000), 2),
        "network_difficulty": round(draw.uniform(90, 220), 2),
        "block_height": draw.randint(880_000, 1_060_000),
        "blocks_per_day": maybe(draw, 144, 0.7) or round(draw.uniform(130, 160), 1),
        "fees_per_block": round(draw.uniform(0, 0.2), 4),
        "network_growth": maybe(draw, growth, 0.6) if grown(history) else growth,
        "miner_treasury": round(draw.uniform(0, 100_000)),
        "etf_reference_outflow": maybe(draw, draw.uniform(1e7, 4e8)),
        "liquidity_rebuild_months": maybe(draw, draw.randint(1, 24)),
        "switch_speed": maybe(draw, round(draw.uniform(0, 1), 2)),
        "active_shock": maybe(draw, draw.choice(CASE["input"]["Shocks"])["shock"], 0.3),
    }


def grown(history: list[Row]) -> bool:
    """Whether a year's growth of a 30-day mean can be observed up to the as-of day."""
    days = [dt.date.fromisoformat(row["date"]) for row in history if row["date"] <= date(0)]
    return bool(days) and (max(days) - min(days)).days + 1 >= 365 + 30


def _operator(draw: Random, name: str) -> Row:
    return {
        "operator": name,
        "power_price": round(draw.uniform(0.02, 0.09), 4),
        "site_overhead": maybe(draw, round(draw.uniform(1.01, 1.15), 3)),
        "uptime": round(draw.uniform(0.8, 1), 3),
        "hosting": maybe(draw, round(draw.uniform(0, 4e5))),
        "site_maintenance": round(draw.uniform(0, 5e5)),
        "site_labour": round(draw.uniform(0, 5e5)),
        "curtailment_credit": maybe(draw, round(draw.uniform(0, 6e5))),
        "pool_fee": maybe(draw, round(draw.uniform(0, 0.04), 4), 0.8),
        "corporate_overhead": round(draw.uniform(0, 3e6)),
        "cash": round(draw.uniform(-5e5, 6e7)),
        "btc_held": maybe(draw, round(draw.uniform(0, 2000), 2), 0.8),
        "minimum_liquidity": maybe(draw, round(draw.uniform(0, 6e7)), 0.8),
        "depreciation": maybe(draw, round(draw.uniform(0, 9e6))),
        "stock_compensation": maybe(draw, round(draw.uniform(0, 2e6))),
    }


def _machine(draw: Random, name: str) -> Row:
    row = {
        "operator": name,
        "machine": "Machine",
        "replacement_price": round(draw.uniform(5, 18), 2),
        "remaining_life": draw.randint(6, 60),
    }
    if draw.random() < 0.3:
        return {**row, "total_hash_rate": round(draw.uniform(0.5, 20), 3), "total_efficiency": draw.uniform(14, 35)}
    hash_rate, power = draw.choice(MODELS)
    return {**row, "units": draw.randint(0, 40_000), "unit_hash_rate": hash_rate, "unit_power": power}


def _debt(draw: Random, name: str, number: int) -> Row:
    secured = draw.random() < 0.6
    due = draw.choice(DUE)
    return {
        "operator": name.upper() if draw.random() < 0.2 else name,
        "facility": f"Facility {number}",
        "principal": round(draw.uniform(0, 6e7)),
        "interest_rate": round(draw.uniform(0, 0.15), 4),
        "monthly_repayment": maybe(draw, round(draw.uniform(0, 4e5))),
        "btc_collateral": round(draw.uniform(50, 900), 1) if secured else 0,
        "max_ltv": round(draw.uniform(0.5, 0.9), 2) if secured and draw.random() < 0.8 else None,
        "maturity": None if due is None else date(due),
    }


def _contract(draw: Random, name: str) -> Row:
    start = draw.randint(-700, 200)
    return {
        "operator": name,
        "customer": "Tenant",
        "monthly_revenue": round(draw.uniform(0, 6e6)),
        "monthly_cost": round(draw.uniform(0, 3e6)),
        "start": date(start),
        "end": maybe(draw, date(start + draw.randint(1, 900))),
    }


def _history(draw: Random, days: int) -> list[Row]:
    """Days up to the as-of day or just before it, some after it, with gaps, in waves that turn the ribbon."""
    newest, later = draw.choice((0, 0, 0, -4)), draw.choice((0, 0, 7))
    gaps = set(draw.sample(range(1, days - 1), 5)) if days > 60 and draw.random() < 0.5 else set()
    wave, depth, drift = draw.uniform(60, 300), draw.uniform(0, 0.12), draw.uniform(-0.0004, 0.001)
    rows = []
    for number in range(days + (later if days else 0)):
        if number not in gaps:
            level = math.exp(drift * number) * (1 + depth * math.sin(number / wave * math.tau))
            rows.append({
                "date": date(number - days + 1 + newest),
                "hash_rate": round(950 * level * draw.uniform(0.97, 1.03), 2),
                "btc_price": round(85_000 * level**-2 * draw.uniform(0.98, 1.02), 2),
            })  # fmt: skip
    return rows


def _flows(draw: Random, days: int) -> list[Row]:
    later = draw.choice((0, 0, 3))
    rows = []
    for number in range(days + later):
        funds = {name: maybe(draw, round(draw.gauss(0, 150), 1), 0.9) for name in ("AAA", "BBB")}
        rows.append({"date": date(number - days + 1), **funds})
    if rows and not later and draw.random() < 0.4:
        rows[-1].update(AAA=0.0, BBB=None)
    return rows


def _scenario(draw: Random, number: int) -> Row:
    return {
        "scenario": f"Case {number}",
        "horizon_days": draw.randint(20, 120),
        "issuance_sold": round(draw.uniform(0.2, 1), 2),
        "inventory_sold": round(draw.uniform(0, 0.4), 2),
        "otc_share": maybe(draw, round(draw.uniform(0, 0.6), 2)),
    }


def _windows(draw: Random) -> list[Row]:
    firsts = [draw.randint(-240, -20) for _ in range(draw.randint(0, 2))]
    return [
        {"window": f"Window {number}", "from": date(first), "to": date(first + draw.randint(5, 50))}
        for number, first in enumerate(firsts)
    ]


def _tie(draw: Random, records: Row) -> None:
    """Makes the last operator the first one's equal but for its units, and puts the price on a margin call."""
    first, *_, last = [row["operator"] for row in [*records["Operators"], *records["Operators"]]]
    records["Operators"][-1] = {**records["Operators"][0], "operator": last}
    if last != first:
        twins = [{**row, "operator": last} for row in records["Fleet"] if row["operator"] == first]
        for row in twins:
            row.update({name: row[name] * 3 for name in ("units", "total_hash_rate") if name in row})
        records["Fleet"] = [row for row in records["Fleet"] if row["operator"] != last] + twins
    covenanted = [row for row in records["Debt"] if row["max_ltv"]]
    if covenanted:
        loan = draw.choice(covenanted)
        records["Market"]["btc_price"] = loan["principal"] / (loan["btc_collateral"] * loan["max_ltv"]) or 90_000.0
        records["Market"]["active_shock"] = None
