"""How far price, difficulty and power must move, and what a grid of price and difficulty does. Source: model section 6.

Both are tables of cases handed to one solve: snapshots, which do not move with edits of the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.model.solution import solve_cases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.model.graph import Key
    from reportgen.model.solution import Solution

DRIVERS: Mapping[str, tuple[Key, float]] = {
    "price": (("market", "btc_price"), -0.8),
    "difficulty": (("market", "network_difficulty"), 3.0),
    "power": (("operators", "power_price"), 3.0),
}
"""What changes, each alone: its input, and the largest adverse change that is tried."""
SHARES = {"more than none": 0.0, "a third": 1 / 3, "half": 1 / 2}
"""Shares of the hash rate below direct cost that are looked for: the first is passed, the others are reached."""
PRICES = tuple(step / 10 for step in range(-4, 5))
DIFFICULTIES = tuple(step / 10 for step in range(-2, 5))
STEPS = 1000  # a change is told to 0.1 %
POINTS = 9  # changes over the whole range of a driver that are tried first
PARTS, SMALL_PARTS, LARGE = 10, 2, 1000  # parts between two changes; of large workbooks a case costs more than a call
_EXACT = 12  # significant digits on which figures are compared


@dataclass(frozen=True)
class Reached:
    """The smallest adverse change of one driver that reaches a target: a fraction, NaN when none within bounds does.

    `target` is a band of the risk score or a share of the hash rate; `measure` says which ("score", "share").
    """

    driver: str
    measure: str
    target: str
    change: float


@dataclass(frozen=True)
class GridCell:
    """The model at one price and difficulty: changes as fractions, margin as a share of the price, score of 100."""

    price_change: float
    difficulty_change: float
    aisc_margin: float
    share_below_aisc_net: float
    risk_score: float


@dataclass(frozen=True)
class _Target:
    measure: str
    name: str
    line: str
    level: float
    passed: bool = False

    def holds(self, figures: Mapping[str, Any]) -> Any:
        """For each case whether the target is reached; a figure that is n/a reaches nothing."""
        value = rounded(figures[self.line])
        with np.errstate(invalid="ignore"):
            return value > self.level if self.passed else value >= rounded(np.array(self.level))


def reverse_stress(solution: Solution) -> tuple[Reached, ...]:
    """For each driver alone, the smallest adverse change at which each target is reached, to 0.1 %.

    Bands of the score that are above today's, then the shares of hash rate below direct cost (0 when it is so today).
    """
    targets = _targets(solution)
    return tuple(
        Reached(driver, target.measure, target.name, change)
        for driver in DRIVERS
        for target, change in zip(targets, _smallest(solution, driver, targets), strict=True)
    )


def grid(solution: Solution) -> tuple[GridCell, ...]:
    """The model at every price and difficulty of the grid: difficulty by rows, price across."""
    changes = [(price, difficulty) for difficulty in DIFFICULTIES for price in PRICES]
    prices, difficulties = (np.array(column) for column in zip(*changes, strict=True))
    names = ("price", "aisc_net_average", "share_below_aisc_net", "risk_score")
    found = _figures(solution, {"price": prices, "difficulty": difficulties}, names)
    margins = (found["price"] - found["aisc_net_average"]) / found["price"]
    rows = zip(changes, margins, found["share_below_aisc_net"], found["risk_score"], strict=True)
    return tuple(GridCell(*change, float(margin), float(share), float(score)) for change, margin, share, score in rows)


def rounded(values: Any) -> Any:
    """Numbers to the 12 significant digits on which the model decides."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(values == 0, 1.0, 10.0 ** (_EXACT - 1 - np.floor(np.log10(np.abs(values)))))
        return np.where(np.isfinite(values), np.round(values * scale) / scale, values)


def _targets(solution: Solution) -> tuple[_Target, ...]:
    today = solution.value("risk_band_code")
    bands = [code for code in range(1, 5) if code > today]  # none when there is no score
    return (
        *(_Target("score", _band_name(code), "risk_band_code", float(code)) for code in bands),
        *(_Target("share", name, "share_below_direct_cost", share, not share) for name, share in SHARES.items()),
    )


def _band_name(code: int) -> str:
    from reportgen.model.lines.risk import risk_band

    return str(risk_band(float(code)))  # type: ignore[no-untyped-call]  # a line takes numbers or references


def _smallest(solution: Solution, driver: str, targets: Sequence[_Target]) -> list[float]:
    """The smallest change of a driver for each target: a few changes over the whole range, then some between two.

    Between two changes that differ, the target is taken to be reached once: the measures move one way with each driver.
    """
    furthest = DRIVERS[driver][1]
    lines = {target.line for target in targets}

    def reached(steps: NDArray[np.int_]) -> list[NDArray[np.bool_]]:
        figures = _figures(solution, {driver: np.sign(furthest) * steps / STEPS}, lines)
        return [np.asarray(target.holds(figures)) for target in targets]

    tried = np.linspace(0, round(abs(furthest) * STEPS), POINTS, dtype=int)
    places = [int(np.argmax(holds)) if holds.any() else None for holds in reached(tried)]
    least = [0 if place is None else tried[max(0, place - 1)] + (place > 0) for place in places]
    most = [0 if place is None else tried[place] for place in places]
    parts = SMALL_PARTS if solution.rows["operators"] > LARGE else PARTS
    while any(low < high for low, high in zip(least, most, strict=True)):
        between = [low + (high - low) * np.arange(parts) // parts for low, high in zip(least, most, strict=True)]
        tried = np.unique(np.concatenate(between))
        for index, holds in enumerate(reached(tried)):
            own = tried[(tried >= least[index]) & (tried < most[index])]
            holding = own[holds[np.searchsorted(tried, own)]]
            most[index] = int(holding[0]) if len(holding) else most[index]
            missed = own[own < most[index]]
            least[index] = int(missed[-1]) + 1 if len(missed) else most[index]
    signed = [float(np.sign(furthest) * step / STEPS) + 0.0 for step in most]
    return [float("nan") if place is None else change for place, change in zip(places, signed, strict=True)]


def _figures(solution: Solution, changes: Mapping[str, Any], names: Sequence[str] | set[str]) -> dict[str, Any]:
    """One-value lines, a number a case, when drivers change by these fractions, one a case."""
    given = {}
    for driver, fractions in changes.items():
        block, name = DRIVERS[driver][0]
        given[block, name] = solution.column(block, name)[:, np.newaxis] * (1 + fractions)
    cases = len(next(iter(changes.values())))
    found = solve_cases(solution, given, [("market", name) for name in names])
    return {name: np.broadcast_to(found["market", name], (1, cases))[0].astype(float) for name in names}
