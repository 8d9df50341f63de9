"""What is possible but odd about Market: figures that do not fit the as-of day, the history or the operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.plausibility.wording import times
from reportgen.intake.reading.names import same_name
from reportgen.intake.reading.typed_values import plain_number, shown_number
from reportgen.problem_codes import problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem

Sheets = Mapping[str, "ReadSheet"]
HIGH_FEES = 1.0
"""BTC per block: fees of a whole day are some 144 times those of a block."""
MOST_TREASURY = 2_100_000.0
"""BTC: a tenth of all bitcoin."""
LEAST_OUTFLOW = 1_000_000.0
"""USD in a day."""
KNOWN_HEIGHTS = ((42_560.0, 420_000.0), (43_962.0, 630_000.0), (45_402.0, 840_000.0), (45_996.0, 926_500.0))
"""Days (9 July 2016, 11 May 2020, 20 April 2024, 5 December 2025) and the heights of the chain on them."""
BLOCKS_A_DAY, HEIGHT_MARGIN = 144.0, 0.003
SLOWEST, FASTEST = 70.0, 220.0
"""Blocks of a day: about half of the usual, and half as many again. Weeks since 2015 stay inside that."""
NEAR_PRICE, FAR_PRICE, NEAR_DAYS = 0.05, 0.15, 2
"""How far the price may lie from a row of the as-of day or the two before it, and from an older one."""
SWAPPED = 0.3
"""How far a figure may lie from the other one in whose place it stands."""
FAR_DIFFICULTY, LEAST_DAYS, EPOCH = 0.10, 7, 2_016
HASHES_PER_DIFFICULTY, SECONDS_PER_BLOCK = 2.0**32, 600.0
Outliers = frozenset[tuple[str, int]]
"""Fields and records of the history that were found out of line with their neighbours."""


def odd_market(sheets: Sheets, outliers: Outliers) -> Iterator[Problem]:
    """Every warning about Market."""
    market = sheets["Market"]
    fees = float(market.column("fees_per_block")[0])
    if fees > HIGH_FEES:
        yield _high_fees(market, fees)
    pace = float(market.column("blocks_per_day")[0])
    if not SLOWEST <= pace <= FASTEST:
        message = f"found {plain_number(pace)} blocks a day; one in ten minutes makes {plain_number(BLOCKS_A_DAY)}."
        yield problem("blocks_odd", market.where("blocks_per_day"), message)
    yield from _height(sheets)
    yield from _treasury(sheets)
    yield from _reference(market)
    if sheets["Network_History"].table.rows:
        yield from _off_history(sheets, outliers)


def _high_fees(market: ReadSheet, fees: float) -> Problem:
    pace = float(market.column("blocks_per_day")[0])
    pace = pace if pace > 0 else BLOCKS_A_DAY
    message = f"found {plain_number(fees)} BTC per block, which is {fees * pace:,.0f} BTC a day."
    hint = (
        f"If {plain_number(fees)} BTC are those of a day, type {fees / pace:.2g}, those of one block. In BTC, not USD."
    )
    return problem("fees_high", market.where("fees_per_block"), message, hint)


def network_hash_rate(sheets: Sheets) -> float:
    """The hash rate (TH/s) that the difficulty of Market implies; NaN when the difficulty is missing."""
    difficulty = float(sheets["Market"].column("network_difficulty")[0]) * 1e12
    return difficulty * HASHES_PER_DIFFICULTY / SECONDS_PER_BLOCK / 1e12


def installed_hash_rate(fleet: ReadSheet) -> NDArray[np.float64]:
    """The hash rate (TH/s) of each row of Fleet; 0 where unknown."""
    machines, totals = fleet.column("units") * fleet.column("unit_hash_rate"), fleet.column("total_hash_rate") * 1e6
    installed: NDArray[np.float64] = np.nan_to_num(machines) + np.nan_to_num(totals)
    return installed


def running_hash_rate(sheets: Sheets) -> NDArray[np.float64]:
    """The hash rate (TH/s) of each row of Fleet that runs: installed, times its operator's uptime; 0 where unknown."""
    operators, fleet = sheets["Operators"], sheets["Fleet"]
    uptime = dict(zip(map(same_name, operators.texts("operator")), operators.column("uptime").tolist(), strict=True))
    shares = np.array([uptime.get(same_name(name), np.nan) for name in fleet.texts("operator")])
    running: NDArray[np.float64] = np.nan_to_num(shares * installed_hash_rate(fleet))
    return running


def expected_height(day: float) -> float:
    """The height of the chain on a day, as known heights imply; NaN before the first of them."""
    days, heights = zip(*KNOWN_HEIGHTS, strict=True)
    if day > days[-1]:
        return heights[-1] + (day - days[-1]) * BLOCKS_A_DAY
    return float(np.interp(day, days, heights, left=np.nan))


def height_is_off(sheets: Sheets) -> bool:
    """True when the block height is none of the as-of day."""
    height, as_of = float(sheets["Market"].column("block_height")[0]), float(sheets["Report"].column("as_of")[0])
    return abs(height / expected_height(as_of) - 1) > HEIGHT_MARGIN


def _height(sheets: Sheets) -> Iterator[Problem]:
    if height_is_off(sheets):
        height, as_of = float(sheets["Market"].column("block_height")[0]), float(sheets["Report"].column("as_of")[0])
        expected = expected_height(as_of)
        message = f"found block {plain_number(height)}, but on {iso_day(as_of)} about {expected:,.0f} is expected."
        yield problem("height_off", sheets["Market"].where("block_height"), message)


def _treasury(sheets: Sheets) -> Iterator[Problem]:
    where = sheets["Market"].where("miner_treasury")
    treasury = float(sheets["Market"].column("miner_treasury")[0])
    held = float(np.nansum(sheets["Operators"].column("btc_held")))
    if treasury < held:
        message = f"found {plain_number(treasury)} BTC, but the operators alone hold {held:,.0f} BTC."
        yield problem("treasury_small", where, message)
    if treasury > MOST_TREASURY:
        message = f"found {treasury:,.0f} BTC, more than a tenth of all bitcoin."
        yield problem("treasury_large", where, message)


def _reference(market: ReadSheet) -> Iterator[Problem]:
    outflow = float(market.column("etf_reference_outflow")[0])
    if outflow < LEAST_OUTFLOW:
        shown = plain_number(outflow)
        hint = f"{shown} million is typed {plain_number(outflow * 1e6)}." if outflow >= 1 else ""
        message = f"found {shown} USD, which is very little."
        yield problem("etf_reference_small", market.where("etf_reference_outflow"), message, hint)


def _off_history(sheets: Sheets, outliers: Outliers) -> Iterator[Problem]:
    """Price and difficulty beside the history up to the as-of day; rows out of line have a warning of their own."""
    market, history = sheets["Market"], sheets["Network_History"]
    as_of = float(sheets["Report"].column("as_of")[0])
    dates = history.column("date")
    usable = np.flatnonzero(~np.isnan(dates) & ~(dates > as_of))
    prices = _in_line(usable, "btc_price", outliers)
    swapped = list(_swapped(sheets, usable))
    if swapped:
        yield from swapped
        return
    if len(prices):
        yield from _price(market, history, int(prices[-1]), as_of)
    rates = _in_line(usable, "hash_rate", outliers)
    if len(rates):
        days, newest = _days_since_retarget(market), float(dates[rates[-1]])
        since = rates[dates[rates] > newest - days]
        measured, implied = float(np.mean(history.column("hash_rate")[since])), network_hash_rate(sheets) / 1e6
        if abs(implied / measured - 1) > FAR_DIFFICULTY:
            mean = f"the newest {days} days of Network_History average {shown_number(float(f'{measured:.4g}'))} EH/s"
            message = f"the difficulty implies {shown_number(float(f'{implied:.4g}'))} EH/s, but {mean}."
            yield problem("difficulty_off_history", market.where("network_difficulty"), message)


def _swapped(sheets: Sheets, usable: NDArray[np.intp]) -> Iterator[Problem]:
    """Two figures in each other's place, where each fits the other one's place: in the history, or in Market."""
    market, history = sheets["Market"], sheets["Network_History"]
    price, difficulty = (float(market.column(name)[0]) for name in ("btc_price", "network_difficulty"))
    newest = usable[-LEAST_DAYS:]
    if not len(newest):
        return
    prices, rates = (float(np.median(history.column(name)[newest])) for name in ("btc_price", "hash_rate"))
    per_difficulty = network_hash_rate(sheets) / 1e6 / difficulty
    if _alike(prices, price) or _alike(rates, difficulty * per_difficulty):
        return
    found = "price and {} fit each other's place: {} and {}."
    if _alike(rates, price) and _alike(prices, difficulty * per_difficulty):
        message = found.format("hash rate", f"{prices:,.6g}", f"{rates:,.6g}")
        yield problem("figures_swapped", history.where("btc_price", int(newest[-1])), message)
    elif _alike(prices, difficulty) and _alike(rates, price * per_difficulty):
        message = found.format("difficulty", f"{price:,.6g}", f"{difficulty:,.6g}")
        yield problem("figures_swapped", market.where("btc_price"), message)


def _alike(first: float, second: float) -> bool:
    return abs(first - second) <= SWAPPED * abs(second)


def _in_line(records: NDArray[np.intp], field: str, outliers: Outliers) -> NDArray[np.intp]:
    return np.array([record for record in records.tolist() if (field, record) not in outliers], dtype=np.intp)


def _price(market: ReadSheet, history: ReadSheet, last: int, as_of: float) -> Iterator[Problem]:
    day, price = float(history.column("date")[last]), float(market.column("btc_price")[0])
    newest = float(history.column("btc_price")[last])
    most = NEAR_PRICE if 0 <= as_of - day <= NEAR_DAYS else FAR_PRICE
    if abs(price / newest - 1) > most:
        above, gap = price > newest, abs(price / newest - 1)
        gap_of = times(price / newest) if gap >= 10 else f"{gap:.0%} {'above' if above else 'below'}"
        message = f"found {price:,.0f}, {gap_of} the newest row of Network_History ({newest:,.0f} on {iso_day(day)})."
        yield problem("price_off_history", market.where("btc_price"), message)


def _days_since_retarget(market: ReadSheet) -> int:
    """Days since the difficulty last changed, and at least a week: a day's hash rate scatters by several per cent."""
    height, pace = float(market.column("block_height")[0]), float(market.column("blocks_per_day")[0])
    days = height % EPOCH / pace
    return max(LEAST_DAYS, int(days)) if days == days else LEAST_DAYS
