"""Inputs of any size, made up from a seed: every sheet filled, every kind of operator among them."""

from __future__ import annotations

from typing import Any

import numpy as np

from reportgen.inputs import Inputs, Table
from reportgen.sheets import SHEETS, Sheet
from tests.worked_case import CASE, inputs_of, serial

AS_OF = serial("2025-12-05")


def generated(
    operators: int = 8,
    fleet: int = 32,
    debts: int = 16,
    contracts: int = 8,
    history: int = 180,
    etf_days: int = 120,
    seed: int = 1,
) -> Inputs:
    """Inputs with so many rows of each kind; market, scenarios, shocks and risk are those of the worked case."""
    draw = np.random.default_rng(seed)
    case = inputs_of({name: rows for name, rows in CASE["input"].items() if name not in _GENERATED})
    names = np.array([f"Operator {number}" for number in range(operators)], dtype=object)
    return Inputs(
        {
            **case.tables,
            "Operators": _operators(draw, names),
            "Fleet": _fleet(draw, names, fleet),
            "Debt": _debt(draw, names, debts),
            "AI_HPC": _contracts(draw, names, contracts),
            "Network_History": _history(draw, history),
            "ETF_Flows": _etf_flows(draw, etf_days),
        },
        "generated.xlsx",
    )


_GENERATED = frozenset({"Operators", "Fleet", "Debt", "AI_HPC", "Network_History", "ETF_Flows"})


def _table(sheet: str, rows: int, **columns: Any) -> Table:
    declared: type[Sheet] = next(each for each in SHEETS if each.name == sheet)
    blank = {"facility": "Loan", "customer": "Tenant", "machine": "Machine"}
    for field in declared.fields:
        if field.name not in columns:
            number = np.nan if field.default is None else field.default
            value = number if field.number else blank.get(field.name, "")
            columns[field.name] = np.full(rows, value, dtype=float if field.number else object)
    return Table(rows, columns)


def _operators(draw: np.random.Generator, names: Any) -> Table:
    rows = len(names)
    return _table(
        "Operators",
        rows,
        operator=names,
        power_price=draw.uniform(0.02, 0.09, rows),
        site_overhead=draw.uniform(1.0, 1.15, rows),
        uptime=draw.uniform(0.8, 1.0, rows),
        hosting=draw.uniform(0, 4e5, rows) * draw.integers(0, 2, rows),
        site_maintenance=draw.uniform(0, 5e5, rows),
        site_labour=draw.uniform(0, 5e5, rows),
        curtailment_credit=draw.uniform(0, 6e5, rows) * draw.integers(0, 2, rows),
        pool_fee=draw.uniform(0, 0.02, rows),
        corporate_overhead=draw.uniform(0, 3e6, rows),
        cash=draw.uniform(0, 8e7, rows),
        btc_held=draw.uniform(0, 2000, rows),
        minimum_liquidity=draw.uniform(0, 3e7, rows),
        depreciation=np.where(draw.integers(0, 2, rows) == 1, draw.uniform(0, 9e6, rows), np.nan),
        stock_compensation=np.where(draw.integers(0, 2, rows) == 1, draw.uniform(0, 2e6, rows), np.nan),
    )


def _fleet(draw: np.random.Generator, names: Any, rows: int) -> Table:
    as_reported = draw.random(rows) < 0.2
    return _table(
        "Fleet",
        rows,
        operator=_owners(draw, names, rows),
        units=np.where(as_reported, np.nan, draw.integers(0, 20_000, rows)),
        unit_hash_rate=np.where(as_reported, np.nan, draw.choice([104.0, 140.0, 186.0, 200.0, 234.0, 270.0], rows)),
        unit_power=np.where(as_reported, np.nan, draw.choice([3010.0, 3068.0, 3422.0, 3500.0, 3645.0], rows)),
        total_hash_rate=np.where(as_reported, draw.uniform(0.1, 4, rows), np.nan),
        total_efficiency=np.where(as_reported, draw.uniform(15, 35, rows), np.nan),
        replacement_price=draw.uniform(5, 18, rows),
        remaining_life=draw.uniform(6, 60, rows),
    )


def _debt(draw: np.random.Generator, names: Any, rows: int) -> Table:
    secured = draw.integers(0, 2, rows)
    return _table(
        "Debt",
        rows,
        operator=_owners(draw, names, rows),
        principal=draw.uniform(0, 5e7, rows),
        interest_rate=draw.uniform(0, 0.15, rows),
        monthly_repayment=draw.uniform(0, 4e5, rows) * draw.integers(0, 2, rows),
        btc_collateral=draw.uniform(50, 400, rows) * secured,
        max_ltv=np.where(secured * draw.integers(0, 2, rows) == 1, draw.uniform(0.5, 0.9, rows), np.nan),
        maturity=np.where(draw.integers(0, 2, rows) == 1, AS_OF + draw.integers(-200, 2_000, rows), np.nan),
    )


def _contracts(draw: np.random.Generator, names: Any, rows: int) -> Table:
    start = AS_OF + draw.integers(-700, 300, rows)
    return _table(
        "AI_HPC",
        rows,
        operator=_owners(draw, names, rows),
        monthly_revenue=draw.uniform(0, 6e6, rows),
        monthly_cost=draw.uniform(0, 3e6, rows),
        start=start.astype(float),
        end=np.where(draw.integers(0, 2, rows) == 1, start + draw.integers(1, 900, rows), np.nan),
    )


def _owners(draw: np.random.Generator, names: Any, rows: int) -> Any:
    return names[draw.integers(0, len(names), rows)]


def _history(draw: np.random.Generator, days: int) -> Table:
    return _table(
        "Network_History",
        days,
        date=AS_OF - np.arange(days - 1.0, -1.0, -1.0),
        hash_rate=900 * np.exp(np.cumsum(draw.normal(0.0005, 0.03, days))),
        btc_price=90_000 * np.exp(np.cumsum(draw.normal(0, 0.02, days))),
    )


def _etf_flows(draw: np.random.Generator, days: int) -> Table:
    dates = AS_OF - np.arange(days - 1.0, -1.0, -1.0)
    flows = draw.normal(0, 150, (days, 4))
    flows[draw.random((days, 4)) < 0.1] = np.nan
    return Table(days, {"date": dates, "funds": flows}, {"funds": ("AAA", "BBB", "CCC", "DDD")})
