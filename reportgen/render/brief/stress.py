"""Operators under stress, and why: the layer under water, runway, covenants, the nearest margin call."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, counted, money, months, named, per_btc, percent, share
from reportgen.render.brief.reading import is_set, read, shown, told

NEAR = 0.10
"""A margin call within this distance below the price puts an operator on the list."""


@dataclass(frozen=True)
class MarginCall:
    """The facility of an operator whose margin call is highest; n/a without one.

    `margin_call_distance` is how far the price is above the call, as a share of the price, or (below zero) under it, as
    a share of the call; `near` is True within `NEAR` above it.
    """

    near: bool
    facility: str = told()
    margin_call_price: Figure = shown(per_btc)
    margin_call_distance: Figure = shown(percent)
    ltv: Figure = shown(percent)


@dataclass(frozen=True)
class StressedOperator:
    """One operator with what presses on it.

    `level` is 0 to 3, -1 without production; `stress_gap` is the price less the cost that it falls short of;
    `cash_flow` is that after debt service, a month; `below_net` is True when the price is below net AISC.
    """

    level: int
    call: MarginCall | None
    runway: Figure
    runway_short: bool
    burning: bool
    below_minimum: bool
    below_net: bool
    operator: str = told()
    stress: str = told()
    aisc_net: Figure = shown(per_btc)
    stress_gap: Figure = shown(per_btc)
    cash_flow: Figure = shown(money, "cash_flow_after_debt")
    liquidity: Figure = shown(money)
    minimum_liquidity: Figure = shown(money)
    breaches: Figure = shown(counted, "facilities_in_breach")
    ai_led: bool = is_set()
    network_share: Figure = shown(share)


@dataclass(frozen=True)
class StressView:
    """Those under stress, worst first; how many more there are, and how many operators are on the list at all."""

    operators: tuple[StressedOperator, ...]
    hidden: Figure
    found: Figure
    all: Figure
    lights_off: Figure
    not_sustaining: Figure
    below_aisc: Figure
    breaching: Figure
    short_runway: Figure
    near_call: Figure
    near: Figure
    runway_limit: Figure
    ai_led: tuple[str, ...]
    ai_led_count: Figure
    without_production: Figure


def stress_view(solution: Solution, most: int) -> StressView:
    """Operators whose price is under a cost layer, whose runway is short, or whose covenant is breached or near."""
    operators = solution.rows_of("operators")
    calls = _margin_calls(solution)
    level = solution.numbers("operators", "stress_level")
    breach = solution.numbers("operators", "covenant_breach")
    runway = solution.numbers("operators", "runway")
    limit = solution.number("solvency_runway")
    worst = sorted(
        (row for row in operators if _listed(row, calls.get(row.index))),
        key=lambda row: (
            -_level(row), -row.number("covenant_breach"), row.number("runway"), -row.number("hash_rate"), row.index,
        ),
    )  # fmt: skip
    ai_led = [named(row.text("operator")) for row in operators if row.number("ai_led") == 1]
    return StressView(
        operators=tuple(_operator(solution, row, calls.get(row.index)) for row in worst[:most]),
        hidden=counted(max(0, len(worst) - most)),
        found=counted(len(worst)),
        all=counted(len(operators)),
        lights_off=counted(int((level == 3).sum())),
        not_sustaining=counted(int((level == 2).sum())),
        below_aisc=counted(int((level == 1).sum())),
        breaching=counted(int((breach == 1).sum())),
        short_runway=counted(int((runway < limit).sum())),
        near_call=counted(sum(_near(call) for call in calls.values())),
        near=percent(NEAR, 0),
        runway_limit=counted(limit),
        ai_led=tuple(ai_led[:3]),
        ai_led_count=counted(len(ai_led)),
        without_production=counted(int(np.isnan(level).sum())),
    )


def _listed(row: Row, call: Row | None) -> bool:
    near = call is not None and call.number("margin_call_distance") <= NEAR
    return row.number("stress_level") > 0 or row.number("distressed") == 1 or near


def _near(call: Row) -> bool:
    """True for a margin call that is not made, and within `NEAR` below the price."""
    return 0 <= call.number("margin_call_distance") <= NEAR


def _level(row: Row) -> int:
    level = row.number("stress_level")
    return -1 if math.isnan(level) else int(level)


def _margin_calls(solution: Solution) -> dict[int, Row]:
    """The facility with the highest margin call of each operator that has one, the first of equals; by its row."""
    highest: dict[int, Row] = {}
    for owner, row in zip(solution.links["debt"], solution.rows_of("debt"), strict=True):
        call = row.number("margin_call_price")
        known = owner in highest and call <= highest[owner].number("margin_call_price")
        if not math.isnan(call) and not known:
            highest[int(owner)] = row
    return highest


def _operator(solution: Solution, row: Row, call: Row | None) -> StressedOperator:
    return read(
        StressedOperator,
        row,
        level=_level(row),
        call=None if call is None else read(MarginCall, call, near=_near(call)),
        runway=months(row.number("runway"), solution.number("runway_cap")),
        runway_short=row.number("runway") < solution.number("solvency_runway"),
        burning=row.number("cash_flow_after_debt") < 0,
        below_minimum=row.number("liquidity") < row.number("minimum_liquidity"),
        below_net=solution.number("price") < row.number("aisc_net"),
    )
