"""What each shock does to the score and to the margin over net AISC."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, counted, percent
from reportgen.render.charts.tornado import Effect

_BANDS = ("low", "guarded", "elevated", "high", "severe")
"""As the model's line risk_band has them; the snapshot holds scores only."""


@dataclass(frozen=True)
class ShockRow:
    """Figures under one shock; the first row of the table is the one without."""

    shock: str
    price: Figure
    hashprice: Figure
    net: Figure
    below_direct: Figure
    below_net: Figure
    forced: Figure
    score: Figure
    band: str
    active: bool


@dataclass(frozen=True)
class ShocksView:
    """The snapshot, and its effects for the tornado, worst first."""

    rows: tuple[ShockRow, ...]
    hidden: Figure
    effects: tuple[Effect, ...]
    worst: ShockRow | None
    calm: ShockRow
    scored: bool


def shocks_view(solution: Solution, most: int) -> ShocksView:
    """No shock, then the shocks that move the score most (the active one among them)."""
    score = np.asarray(solution.column("snapshot", "risk_score"), dtype=float)
    margin = np.asarray(solution.column("snapshot", "price"), dtype=float) - np.asarray(
        solution.column("snapshot", "aisc_net_average"), dtype=float
    )
    names = [str(name) for name in solution.column("snapshot", "shock")]
    active = str(solution.value("active_shock"))
    scored = not math.isnan(score[0])
    key = score - score[0] if scored else margin[0] - margin
    order = sorted(range(1, len(names)), key=lambda row: (names[row] != active, -abs(key[row]), row))[:most]
    worst = max(order, key=lambda row: key[row], default=0)
    rows = [_row(solution, row, active) for row in [0, *sorted(order)]]
    return ShocksView(
        rows=tuple(rows),
        hidden=counted(len(names) - len(rows)),
        effects=tuple(
            Effect(
                names[row],
                float(score[row] - score[0]),
                amount(float(score[row] - score[0]), 1, sign=True).text,
                float(margin[row] - margin[0]),
                amount(float(margin[row] - margin[0]), sign=True).text,
            )
            for row in sorted(order, key=lambda row: -key[row])
        ),
        worst=_row(solution, worst, active) if worst and key[worst] > 0 else None,
        calm=rows[0],
        scored=scored,
    )


def _row(solution: Solution, row: int, active: str) -> ShockRow:
    def of(name: str) -> float:
        return float(solution.column("snapshot", name)[row])

    name = str(solution.column("snapshot", "shock")[row])
    score = of("risk_score")
    width = float(solution.value("risk_band_width"))
    return ShockRow(
        shock=name,
        price=amount(of("price")),
        hashprice=amount(of("hashprice"), 2),
        net=amount(of("aisc_net_average"), most=9_999_999),
        below_direct=percent(of("share_below_direct_cost")),
        below_net=percent(of("share_below_aisc_net")),
        forced=amount(of("forced_sales_network")),
        score=amount(score, 0),
        band="" if math.isnan(score) else _BANDS[min(len(_BANDS) - 1, int(score // width))],
        active=bool(active) and name == active,
    )
