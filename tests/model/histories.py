"""Histories of price and hash rate for tests: made-up ones, and the network's own where it is at hand."""

from __future__ import annotations

import copy
import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.worked_case import CASE

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "network_daily.csv"
AS_OF = dt.date(2025, 12, 5)
Records = dict[str, Any]


def day(number: int) -> str:
    """The ISO date so many days after the as-of day of the worked case."""
    return (AS_OF + dt.timedelta(number)).isoformat()


def with_history(rates: Iterable[float], prices: Iterable[float], **changes: Any) -> Records:
    """The worked case with another history, a row a day up to the as-of day; the last halving is 1,100 days ago."""
    rows = [{"hash_rate": rate, "btc_price": price} for rate, price in zip(rates, prices, strict=True)]
    history = [{"date": day(number - len(rows) + 1), **row} for number, row in enumerate(rows)]
    records: Records = copy.deepcopy(CASE["input"])
    records["Market"]["block_height"] = 840_000 + 1_100 * 144
    return records | {"Network_History": history} | changes


def real_history(first: str, as_of: str) -> list[dict[str, Any]]:
    """Rows of the network's own history."""
    with REAL.open(encoding="utf-8") as file:
        return [
            {"date": row["time"][:10], "hash_rate": float(row["HashRate"]) / 1e6, "btc_price": float(row["PriceUSD"])}
            for row in csv.DictReader(file)
            if row["HashRate"] and row["PriceUSD"] and first <= row["time"][:10] <= as_of
        ]
