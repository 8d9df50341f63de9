"""The record of the market score: what followed its weeks, and how well it tells times of stress.

Source: model section 8. The score is sampled weekly, back from the newest day. It describes stress that is there; it
forecasts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from reportgen.model.solve import Solution

Floats = NDArray[np.float64]
Days = NDArray[np.intp]

WEEK = 7
PRICE_HORIZON, HASH_HORIZON = 90, 30
"""Days after a week over which price and hash rate are followed."""
FELL = 0.05
"""A hash rate that is lower by at least this share has fallen."""
BANDS = 5
PARTS = {"miner_income": "income_score", "hash_ribbon": "ribbon_score", "hash_drawdown": "drawdown_score"}
"""Component of the market score → its daily line."""
_DIGITS = 12


@dataclass(frozen=True)
class Band:
    """The weeks whose score is at least `from_score` (the next band takes over above), and what followed them.

    `spells` are runs of consecutive weeks: weeks of one spell are not independent. Shares and changes are fractions
    over the weeks whose horizon has passed; NaN where there is none.
    """

    from_score: float
    weeks: int
    spells: int
    price_90d_median: float
    price_90d_positive: float
    drawdown_90d_median: float
    hash_fall_30d: float


@dataclass(frozen=True)
class Window:
    """A period that the workbook calls stress: Excel serial days, and the highest score of its days (NaN: none)."""

    window: str
    start: float
    end: float
    highest: float


@dataclass(frozen=True)
class Record:
    """The record of the weeks that were sampled, oldest first.

    `dates` (Excel serial days), `scores` and `within` (True inside a stress window) have a value a week. `auc` is by
    what was scored, market_score first; NaN without weeks inside and outside of windows.
    """

    dates: Floats
    scores: Floats
    within: NDArray[np.bool_]
    bands: tuple[Band, ...]
    auc: dict[str, float]
    windows: tuple[Window, ...]

    @property
    def weeks(self) -> int:
        """Weeks that were sampled."""
        return len(self.dates)

    @property
    def inside(self) -> int:
        """Weeks inside a stress window."""
        return int(self.within.sum())

    @property
    def spells(self) -> int:
        """Separate spells that the whole table rests on."""
        return sum(band.spells for band in self.bands)


def record(solution: Solution) -> Record:
    """The record of a workbook's history; without a year of it there are no weeks."""
    scores = solution.numbers("days", "market_score")
    weeks = sampled(scores)
    width = solution.number("risk_band_width")
    band_of = bands_of(scores[weeks], width)
    dates = solution.numbers("days", "date")
    windows = _windows(solution, dates, scores)
    inside = np.zeros(len(weeks), dtype=bool)
    for window in windows:
        inside |= (dates[weeks] >= window.start) & (dates[weeks] <= window.end)
    after = _what_followed(weeks, solution.numbers("days", "btc_price"), solution.numbers("days", "hash_rate"))
    measured = {"market_score": scores} | {name: solution.numbers("days", line) for name, line in PARTS.items()}
    return Record(
        dates=dates[weeks],
        scores=scores[weeks],
        within=inside,
        bands=tuple(_band(number, width, band_of, after) for number in range(BANDS)),
        auc={name: auc(values[weeks][inside], values[weeks][~inside]) for name, values in measured.items()},
        windows=windows,
    )


def sampled(scores: Floats) -> Days:
    """Rows of the days that are sampled: every seventh, back from the newest, while there is a score; oldest first."""
    rows = np.arange(len(scores) - 1, -1, -WEEK)[::-1]
    return rows[~np.isnan(scores[rows])]


def bands_of(scores: Floats, width: float) -> Days:
    """Number of the band of each score, 0 the lowest; the last is open above."""
    return np.minimum(BANDS - 1, np.floor(settled(scores) / width)).astype(int)


def settled(values: Any) -> Floats:
    """Values on 12 significant digits: what differs in the last bit alone is equal."""
    return np.array([float(f"{value:.{_DIGITS - 1}e}") for value in np.atleast_1d(values)], dtype=float)


def spells(chosen: NDArray[np.bool_]) -> int:
    """How many runs of consecutive weeks are chosen."""
    before = np.concatenate([[False], chosen[:-1]])
    return int((chosen & ~before).sum())


def auc(inside: Floats, outside: Floats) -> float:
    """Chance that a value inside is higher than one outside, ties one half; NaN when either has none."""
    inside, outside = settled(inside[~np.isnan(inside)]), np.sort(settled(outside[~np.isnan(outside)]))
    if not len(inside) or not len(outside):
        return float("nan")
    below = np.searchsorted(outside, inside, side="left")
    not_above = np.searchsorted(outside, inside, side="right")
    return float((below + not_above).sum() / 2 / len(inside) / len(outside))


@dataclass(frozen=True)
class _Followed:
    """For each week: change and lowest of the price over its horizon, and 1 where the hash rate fell; NaN: not yet."""

    change: Floats
    lowest: Floats
    fell: Floats


def _what_followed(weeks: Days, price: Floats, hash_rate: Floats) -> _Followed:
    change, lowest, fell = (np.full(len(weeks), np.nan) for _ in range(3))
    passed = weeks + PRICE_HORIZON < len(price)
    if passed.any():
        now = price[weeks[passed]]
        after = np.lib.stride_tricks.sliding_window_view(price, PRICE_HORIZON)[weeks[passed] + 1]
        change[passed] = after[:, -1] / now - 1
        lowest[passed] = np.minimum(0, after.min(axis=1) / now - 1)
    passed = weeks + HASH_HORIZON < len(hash_rate)
    if passed.any():
        week_mean = np.concatenate(
            [np.full(WEEK - 1, np.nan), np.lib.stride_tricks.sliding_window_view(hash_rate, WEEK).mean(axis=1)]
        )
        ratio = week_mean[weeks[passed] + HASH_HORIZON] / week_mean[weeks[passed]]
        fell[passed] = settled(ratio) <= 1 - FELL
    return _Followed(change, lowest, fell)


def _band(number: int, width: float, band_of: Days, after: _Followed) -> Band:
    chosen = band_of == number

    def of(values: Floats) -> Floats:
        picked: Floats = values[chosen & ~np.isnan(values)]
        return picked

    change, lowest, fell = of(after.change), of(after.lowest), of(after.fell)
    return Band(
        from_score=number * width,
        weeks=int(chosen.sum()),
        spells=spells(chosen),
        price_90d_median=float(np.median(change)) if len(change) else float("nan"),
        price_90d_positive=float((change > 0).mean()) if len(change) else float("nan"),
        drawdown_90d_median=float(np.median(lowest)) if len(lowest) else float("nan"),
        hash_fall_30d=float(fell.mean()) if len(fell) else float("nan"),
    )


def _windows(solution: Solution, dates: Floats, scores: Floats) -> tuple[Window, ...]:
    columns = solution.inputs.tables["Stress_Windows"].columns
    found = []
    for name, start, end in zip(columns["window"], columns["from"], columns["to"], strict=True):
        within = scores[(dates >= start) & (dates <= end) & ~np.isnan(scores)]
        highest = float(within.max()) if len(within) else float("nan")
        found.append(Window(str(name), float(start), float(end), highest))
    return tuple(found)
