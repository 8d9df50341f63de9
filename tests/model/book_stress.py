"""The model book a second time: the grid of price and difficulty, and reverse stress."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.model.book_numbers import Number, Record, less, ratio

Solve = Callable[..., Record]
PRICES = [step / 10 for step in range(-4, 5)]
DIFFICULTIES = [step / 10 for step in range(-2, 5)]
BANDS = {20: "guarded", 40: "elevated", 60: "high", 80: "severe"}  # entered from this score on
LIMITS = {"price": -800, "difficulty": 3000, "power": 3000}  # in steps of 0.1 %
SHARES: dict[str, Callable[[float], bool]] = {
    "more than none": lambda share: share > 0,
    "a third": lambda share: not less(share, 1 / 3),
    "half": lambda share: not less(share, 1 / 2),
}


def grid(solve: Solve) -> list[Record]:
    """Margin over net AISC, share below it, and the score, for price by difficulty."""
    found = []
    for price in PRICES:
        for difficulty in DIFFICULTIES:
            now = solve(price=1 + price, difficulty=1 + difficulty)["market"]
            average = now["aisc_net_average"]
            found.append({
                "price_change": price, "difficulty_change": difficulty,
                "aisc_margin": None if average is None else ratio(now["price"] - average, now["price"]),
                "share_below_aisc_net": now["share_below_aisc_net"], "risk_score": now["risk_score"],
            })  # fmt: skip
    return found


def smallest(solve: Solve, what: str, holds: Callable[[Record], bool]) -> Number:
    """The smallest adverse change, to 0.1 %, at which this holds of the market; None: not reached. Halves a range."""
    limit = LIMITS[what]
    steps = abs(limit)

    def at(step: int) -> bool:
        return holds(solve(**{what: 1 + step * (1 if limit > 0 else -1) / 1000})["market"])

    if not at(steps):
        return None
    low, high = -1, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if at(middle) else (middle, high)
    return high * (1 if limit > 0 else -1) / 1000


def reverse_stress(solve: Solve, now: Record) -> list[Record]:
    """For price, difficulty and power alone: what it takes to enter each higher band and to reach each share."""
    score = now["risk_score"]
    targets: dict[tuple[str, str], Callable[[Record], bool]] = {}
    for bound, band in BANDS.items():
        if score is not None and less(score, bound):
            targets["score", band] = partial(scores, bound)
    for name, reached in SHARES.items():
        targets["share", name] = partial(shares, reached)
    return [
        {"driver": what, "measure": measure, "target": name, "change": smallest(solve, what, holds)}
        for what in LIMITS
        for (measure, name), holds in targets.items()
    ]


def scores(bound: float, market: Record) -> bool:
    return not less(market["risk_score"], bound)


def shares(reached: Callable[[float], bool], market: Record) -> bool:
    share = market["share_below_direct_cost"]
    return share is not None and reached(share)
