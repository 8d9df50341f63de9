"""The sample workbook: made-up operators from `sample.toml`, made-up history and flows from a fixed seed.

`python -m reportgen.intake.form.sample inputs/sample.xlsx` writes it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from reportgen.intake.form.blank_workbook import Filling, write_filled
from reportgen.intake.form.records import Record
from reportgen.intake.form.sample_data import load, records_of
from reportgen.trading_days import is_trading_day

SEED = 20251205
HISTORY_DAYS, FLOW_DAYS = 800, 120
FUNDS = ("FUND-A", "FUND-B", "FUND-C", "FUND-D")
SHARES = (0.46, 0.27, 0.15, 0.12)
FLOW_MEAN, FLOW_DEVIATION = -15.0, 340.0
"""Of the daily sum of all funds, in USD million."""
HASH_RATE_PATH = (
    (0, 430.0), (150, 560.0), (215, 640.0), (280, 600.0), (430, 800.0), (505, 880.0), (540, 815.0), (575, 880.0),
    (620, 930.0), (680, 1010.0), (738, 1150.0), (760, 1135.0), (780, 1085.0), (799, 1056.0),
)  # fmt: skip
PRICE_PATH = (
    (0, 27_000.0), (100, 43_000.0), (170, 70_000.0), (290, 57_000.0), (400, 68_000.0), (445, 99_000.0),
    (535, 81_000.0), (590, 103_000.0), (620, 105_000.0), (655, 117_500.0), (695, 110_000.0), (738, 123_500.0),
    (770, 101_000.0), (799, 90_150.0),
)  # fmt: skip
"""Day and value of the corners between which the made-up history runs: two dips, a peak, then a retreat."""


def write_sample(target: Path) -> None:
    """Writes the sample workbook; the same bytes at any time and on any machine."""
    write_filled(target, sample())


def sample() -> Filling:
    """What stands in the sample workbook."""
    data = load()
    as_of = data["report"]["as_of"]
    records: dict[str, Sequence[Record]] = {"Report": [data["report"]], "Market": [data["market"]]}
    for sheet in data["columns"]:
        records[sheet] = records_of(data, sheet)
    records["Network_History"] = network_history(as_of)
    records["ETF_Flows"] = etf_flows(as_of)
    return Filling(
        records=records,
        funds=FUNDS,
        notes={"Market": data["notes"]},
        sources={"Market": data["sources"]},
        titles=data["titles"],
        note=data["note"],
    )


def network_history(last: dt.date) -> list[Record]:
    """Made-up days of hash rate (EH/s) and price (USD/BTC) that end on `last`."""
    chance = random.Random(SEED)  # noqa: S311  # made-up data from a fixed seed, nothing secret
    days = [last - dt.timedelta(days=HISTORY_DAYS - 1 - number) for number in range(HISTORY_DAYS)]
    records: list[Record] = []
    drift = 0.0
    for number, day in enumerate(days):
        # Blocks are found by chance: a day's measured hash rate scatters by a few per cent around the true one.
        hash_rate = _between(HASH_RATE_PATH, number) * (1 + 0.025 * _normal(chance))
        drift = 0.8 * drift + 0.011 * _normal(chance)
        price = _between(PRICE_PATH, number) * (1 + drift * min(1.0, (HISTORY_DAYS - 1 - number) / 10))
        records.append({"date": day, "hash_rate": round(hash_rate, 1), "btc_price": round(price, 2)})
    return records


def etf_flows(last: dt.date) -> list[Record]:
    """Made-up trading days of fund flows (USD million) that end on `last`."""
    chance = random.Random(SEED + 1)  # noqa: S311  # made-up data from a fixed seed, nothing secret
    days: list[dt.date] = []
    day = last
    while len(days) < FLOW_DAYS:
        if is_trading_day(day):
            days.append(day)
        day -= dt.timedelta(days=1)
    shocks = [_normal(chance) for _ in days]
    mean = sum(shocks) / len(shocks)
    spread = (sum((shock - mean) ** 2 for shock in shocks) / (len(shocks) - 1)) ** 0.5
    records: list[Record] = []
    for day, shock in zip(reversed(days), shocks, strict=True):
        total = FLOW_MEAN + FLOW_DEVIATION * (shock - mean) / spread
        flows = [share * total + 12 * _normal(chance) for share in SHARES[1:]]
        record: dict[str, float | str | dt.date | None] = {"date": day, FUNDS[0]: round(total - sum(flows), 1)}
        record.update({fund: round(flow, 1) for fund, flow in zip(FUNDS[1:], flows, strict=True)})
        records.append(record)
    return records


def _between(path: Sequence[tuple[int, float]], number: int) -> float:
    for (start, low), (end, high) in itertools.pairwise(path):
        if number <= end:
            return low + (high - low) * (number - start) / (end - start)
    return path[-1][1]


def _normal(chance: random.Random) -> float:
    """A draw that is nearly normal, from uniform draws alone: those are the same in every version of Python."""
    return sum(chance.random() for _ in range(12)) - 6.0


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]))
