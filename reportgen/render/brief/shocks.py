"""What each shock does to the score and to the margin over net AISC."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import (
    Figure,
    amount,
    counted,
    per_btc,
    percent,
    scored,
)
from reportgen.render.brief.reading import read, shown, told
from reportgen.render.charts.tornado import Effect, is_drawn

_CHANGED = (("price", "price"), ("difficulty", "difficulty"), ("power price", "power_price"))
_HIGHEST = 4
"""The fifth band, severe, is open above."""


@dataclass(frozen=True)
class ShockRow:
    """Figures under one shock; the first row of the table is the one without. `band` counts from 0, -1 is no score.

    `changes` are what the shock changes, and by how much as text ("" for a halving).
    """

    changes: tuple[tuple[str, str], ...]
    score: Figure
    band: int
    active: bool
    shock: str = told()
    price: Figure = shown(amount)
    aisc_net_average: Figure = shown(per_btc)
    below_direct: Figure = shown(percent, "share_below_direct_cost")
    below_net: Figure = shown(percent, "share_below_aisc_net")
    treasury_draw_network: Figure = shown(amount)
    price_gap: Figure = shown(per_btc)


@dataclass(frozen=True)
class ShocksView:
    """The snapshot, and its effects for the tornado, worst first; `drawn` is False when nothing moves.

    `known` is False when neither the score nor the margin can be computed under any shock.
    """

    known: bool
    rows: tuple[ShockRow, ...]
    hidden: Figure
    effects: tuple[Effect, ...]
    drawn: bool
    worst: ShockRow | None
    calm: ShockRow


def shocks_view(solution: Solution, most: int) -> ShocksView:
    """No shock, then the shocks that move the score most (the active one among them)."""
    calm, *shocks = solution.rows_of("snapshot")
    active = solution.text("active_shock")
    kept = sorted(
        shocks,
        key=lambda row: (row.text("shock") != active, *(-abs(change) for change in _harm(row)), row.index),
    )[:most]
    by_harm = sorted(kept, key=lambda row: (*(-change for change in _harm(row)), row.index))
    worst = by_harm[0] if by_harm and _harm(by_harm[0]) > (0.0, 0.0) else None
    effects = tuple(_effect(row) for row in by_harm)
    in_order = sorted(kept, key=lambda row: row.index)
    rows = tuple(_row(solution, row, active) for row in (calm, *in_order))
    return ShocksView(
        known=any(row.number(name) == row.number(name) for row in shocks for name in ("score_change", "gap_change")),
        rows=rows,
        hidden=counted(len(shocks) - len(kept)),
        effects=effects,
        drawn=any(is_drawn(effect) for effect in effects),
        worst=None if worst is None else _row(solution, worst, active),
        calm=rows[0],
    )


def _harm(row: Row) -> tuple[float, float]:
    """By how much the shock raises the score, as it is shown, and lowers the margin."""
    return _rounded(row.number("score_change")), _rounded(-row.number("gap_change"))


def _effect(row: Row) -> Effect:
    score, gap = row.number("score_change"), row.number("gap_change")
    return Effect(row.text("shock"), score, amount(score, 1, sign=True).text, gap, amount(gap, sign=True).text)


def _row(solution: Solution, row: Row, active: str) -> ShockRow:
    score = row.number("risk_score")
    width = solution.number("risk_band_width")
    return read(
        ShockRow,
        row,
        changes=_changes(solution, row),
        score=scored(score, width),
        band=-1 if math.isnan(score) else min(_HIGHEST, int(score // width)),
        active=bool(active) and row.text("shock") == active,
    )


def _changes(solution: Solution, row: Row) -> tuple[tuple[str, str], ...]:
    if row.index == 0:  # the row without a shock
        return ()
    shock = solution.row("shocks", row.index - 1)
    found = [(name, percent(shock.number(f"{field}_change"), sign=True)) for name, field in _CHANGED]
    halving = (("a halving", ""),) if shock.number("halving") == 1 else ()
    return (*((name, change.text) for name, change in found if not change.zero), *halving)


def _rounded(change: float) -> float:
    return 0.0 if math.isnan(change) else round(change, 1)
