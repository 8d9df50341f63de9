"""What each shock does to the score and to the margin over net AISC."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, named, percent, scored
from reportgen.render.charts.tornado import Effect, is_drawn

_HIGHEST = 4
"""The fifth band, severe, is open above."""


@dataclass(frozen=True)
class ShockRow:
    """Figures under one shock; the first row of the table is the one without. `band` counts from 0, -1 is no score."""

    shock: str
    price: Figure
    hashprice: Figure
    net: Figure
    below_direct: Figure
    below_net: Figure
    forced: Figure
    of_issuance: Figure
    score: Figure
    margin: Figure
    band: int
    active: bool


@dataclass(frozen=True)
class ShocksView:
    """The snapshot, and its effects for the tornado, worst first; `drawn` is False when nothing moves."""

    rows: tuple[ShockRow, ...]
    hidden: Figure
    effects: tuple[Effect, ...]
    drawn: bool
    worst: ShockRow | None
    calm: ShockRow


def shocks_view(solution: Solution, most: int) -> ShocksView:
    """No shock, then the shocks that move the score most (the active one among them)."""
    score = np.asarray(solution.column("snapshot", "risk_score"), dtype=float)
    margin = np.asarray(solution.column("snapshot", "price"), dtype=float) - np.asarray(
        solution.column("snapshot", "aisc_net_average"), dtype=float
    )
    names = [str(name) for name in solution.column("snapshot", "shock")]
    active = str(solution.value("active_shock"))
    # by the change of the score as it is shown, then by what the margin loses
    harm = [(_rounded(score[row] - score[0]), _rounded(margin[0] - margin[row])) for row in range(len(names))]
    order = sorted(
        range(1, len(names)), key=lambda row: (names[row] != active, -abs(harm[row][0]), -abs(harm[row][1]), row)
    )
    order = order[:most]
    worst = max(order, key=lambda row: (harm[row], -row), default=0)
    rows = [_row(solution, row, active) for row in [0, *sorted(order)]]
    effects = tuple(
        Effect(
            names[row],
            float(score[row] - score[0]),
            amount(float(score[row] - score[0]), 1, sign=True).text,
            float(margin[row] - margin[0]),
            amount(float(margin[row] - margin[0]), sign=True).text,
        )
        for row in sorted(order, key=lambda row: (-harm[row][0], -harm[row][1], row))
    )
    return ShocksView(
        rows=tuple(rows),
        hidden=counted(len(names) - len(rows)),
        effects=effects,
        drawn=any(is_drawn(effect) for effect in effects),
        worst=_row(solution, worst, active) if worst and harm[worst] > (0.0, 0.0) else None,
        calm=rows[0],
    )


def _row(solution: Solution, row: int, active: str) -> ShockRow:
    def of(name: str) -> float:
        return float(solution.column("snapshot", name)[row])

    name = str(solution.column("snapshot", "shock")[row])
    score = of("risk_score")
    width = float(solution.value("risk_band_width"))
    return ShockRow(
        shock=named(name),
        price=amount(of("price")),
        hashprice=amount(of("hashprice"), 2),
        net=amount(of("aisc_net_average"), most=9_999_999),
        below_direct=percent(of("share_below_direct_cost")),
        below_net=percent(of("share_below_aisc_net")),
        forced=amount(of("forced_sales_network")),
        of_issuance=percent(of("forced_sales_network") / _issuance(solution, name), 0),
        score=scored(score, width),
        margin=amount(of("price") - of("aisc_net_average"), most=9_999_999),
        band=-1 if math.isnan(score) else min(_HIGHEST, int(score // width)),
        active=bool(active) and name == active,
    )


def _issuance(solution: Solution, shock: str) -> float:
    """New bitcoin a day under a shock: of all that shocks change, only a halving moves it."""
    shocks = solution.inputs.tables["Shocks"].columns
    halved = {str(name) for name, flag in zip(shocks["shock"], shocks["halving"], strict=True) if flag == 1}
    now, then = str(solution.value("active_shock")) in halved, shock in halved
    return float(solution.value("issuance")) * 2.0 ** (int(now) - int(then))


def _rounded(change: float) -> float:
    return 0.0 if math.isnan(change) else round(change, 1)
