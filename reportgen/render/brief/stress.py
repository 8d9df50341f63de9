"""Operators under stress, and why: the layer under water, runway, covenants, the nearest margin call."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, money, months, named, percent, share

NEAR = 0.10
"""A margin call within this distance below the price puts an operator on the list."""


@dataclass(frozen=True)
class StressedOperator:
    """One operator with what presses on it.

    `level` is 0 to 3, -1 without production; `gap` is the price less the cost that it falls short of; `burn` is the
    cash that a month takes; `margin_distance` is how far the price is from the margin call, above it or below.
    """

    operator: str
    level: int
    layer: str
    net: Figure
    gap: Figure
    runway: Figure
    runway_short: bool
    burning: bool
    burn: Figure
    near: bool
    liquidity: Figure
    minimum: Figure
    below_minimum: bool
    breaches: Figure
    margin_call: Figure
    margin_distance: Figure
    margin_facility: str
    ltv: Figure
    ai_led: bool
    share: Figure


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
    near: Figure
    runway_limit: Figure
    ai_led: tuple[str, ...]
    ai_led_count: Figure
    without_production: Figure


def stress_view(solution: Solution, most: int) -> StressView:
    """Operators whose price is under a cost layer, whose runway is short, or whose covenant is breached or near."""
    calls, ltvs, facilities = _margin_calls(solution)
    price = float(solution.value("price"))
    level = _column(solution, "stress_level")
    breach = _column(solution, "covenant_breach")
    runway = _column(solution, "runway")
    rate = _column(solution, "hash_rate")
    near = ~np.isnan(calls) & (calls >= price * (1 - NEAR))
    listed = np.flatnonzero((level > 0) | (_column(solution, "distressed") == 1) | near)
    worst = sorted(listed, key=lambda row: (-_least(float(level[row])), -breach[row], runway[row], -rate[row], row))
    ai_led = [
        named(str(solution.column("operators", "operator")[row]))
        for row in np.flatnonzero(_column(solution, "ai_led") == 1)
    ]
    return StressView(
        operators=tuple(
            _operator(solution, int(row), price, (calls[row], ltvs[row], facilities[row])) for row in worst[:most]
        ),
        hidden=counted(max(0, len(worst) - most)),
        found=counted(len(worst)),
        all=counted(len(level)),
        lights_off=counted(int((level == 3).sum())),
        not_sustaining=counted(int((level == 2).sum())),
        below_aisc=counted(int((level == 1).sum())),
        breaching=counted(int((breach == 1).sum())),
        short_runway=counted(int((runway < float(solution.value("solvency_runway"))).sum())),
        near=percent(NEAR, 0),
        runway_limit=counted(float(solution.value("solvency_runway"))),
        ai_led=tuple(ai_led[:3]),
        ai_led_count=counted(len(ai_led)),
        without_production=counted(int(np.isnan(level).sum())),
    )


def _column(solution: Solution, name: str) -> NDArray[np.float64]:
    return np.asarray(solution.column("operators", name), dtype=float)


def _least(level: float) -> float:
    return -1.0 if math.isnan(level) else level


def _margin_calls(solution: Solution) -> tuple[NDArray[np.float64], NDArray[np.float64], list[str]]:
    """For each operator the highest margin-call price of its facilities, that facility's loan to value, its name."""
    calls = np.full(solution.rows["operators"], np.nan)
    ltvs = np.full(len(calls), np.nan)
    names = [""] * len(calls)
    for owner, call, ltv, facility in zip(
        solution.links["debt"],
        solution.column("debt", "margin_call_price"),
        solution.column("debt", "ltv"),
        solution.column("debt", "facility"),
        strict=True,
    ):
        if not math.isnan(call) and not call <= calls[owner]:
            calls[owner], ltvs[owner], names[owner] = call, ltv, str(facility)
    return calls, ltvs, names


def _operator(solution: Solution, row: int, price: float, margin: tuple[float, float, str]) -> StressedOperator:
    call, ltv, facility = margin

    def of(name: str) -> float:
        return float(solution.column("operators", name)[row])

    level = _least(of("stress_level"))
    cost = of({3: "direct_cost_per_btc", 2: "sustaining_cost_per_btc"}.get(int(level), "aisc_net"))
    return StressedOperator(
        operator=named(str(solution.column("operators", "operator")[row])),
        level=int(level),
        layer=str(solution.column("operators", "stress")[row]),
        net=amount(of("aisc_net"), most=9_999_999),
        gap=amount(price - cost, most=9_999_999),
        runway=months(of("runway"), float(solution.value("runway_cap"))),
        burning=of("cash_flow_after_debt") < 0,
        burn=money(max(0.0, -of("cash_flow_after_debt"))),
        runway_short=of("runway") < float(solution.value("solvency_runway")),
        liquidity=money(of("liquidity")),
        minimum=money(of("minimum_liquidity")),
        below_minimum=of("liquidity") < of("minimum_liquidity"),
        breaches=counted(of("facilities_in_breach")),
        near=price * (1 - NEAR) <= call <= price,
        margin_call=amount(call, most=9_999_999),
        margin_distance=percent(abs(price - call) / (price if price >= call else call)),
        margin_facility=named(facility),
        ltv=percent(ltv),
        ai_led=of("ai_led") == 1,
        share=share(of("network_share")),
    )
