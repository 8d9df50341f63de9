"""At which price what breaks: the triggers around today's price, nearest first, and the market once it is there."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, btc, counted, cut, per_btc, percent, scored
from reportgen.render.brief.reading import is_set, read, shown, told
from reportgen.render.charts.price_ladder import Mark

KINDS = ("lights-off", "not sustaining", "below AISC", "margin call", "runway", "minimum liquidity")
"""What can break, in the order in which charts show it."""
NEAR = 0.10
_CROSSED = 2
_LABEL = 24
"""Letters of the name beside the dot of the next trigger."""


@dataclass(frozen=True)
class TriggerRow:
    """What breaks below a price, whose, how far away, for how much of the operators' hash rate.

    The figures from `score` on are those of the whole model solved at that price; n/a where it was not solved.
    """

    score: Figure
    trigger: str = told()
    operator: str = told()
    facility: str = told()
    trigger_price: Figure = shown(per_btc)
    distance: Figure = shown(lambda value: percent(value, sign=True))
    crossed: bool = is_set()
    hash_share: Figure = shown(percent)
    below_net: Figure = shown(percent, "share_below_aisc_net")
    draw: Figure = shown(btc, "treasury_draw_network")
    called: Figure = shown(btc, "collateral_called_network")


@dataclass(frozen=True)
class TriggersView:
    """Rows in order of price, dearest first: `above` are crossed already, `below` are not.

    `next` is the nearest below the price; `near` counts those within `reach` below it, `crossed` all above it.
    """

    above: tuple[TriggerRow, ...]
    below: tuple[TriggerRow, ...]
    hidden: Figure
    next: TriggerRow | None
    near: Figure
    reach: Figure
    crossed: Figure
    marks: tuple[Mark, ...]
    kinds: tuple[str, ...] = KINDS


def triggers_view(solution: Solution, most: int) -> TriggersView:
    """The nearest triggers: up to three above the price, the others below."""
    rows = [row for row in solution.rows_of("triggers") if not math.isnan(row.number("trigger_price"))]
    above = [row for row in rows if row.number("crossed") == 1]
    below = [row for row in rows if row.number("crossed") == 0]
    shown_above, shown_below = above[-_CROSSED:], below[:most]
    found = tuple(_row(solution, row) for row in shown_below)
    return TriggersView(
        above=tuple(_row(solution, row) for row in shown_above),
        below=found,
        hidden=counted(len(rows) - len(shown_above) - len(shown_below)),
        next=found[0] if found else None,
        near=counted(sum(row.number("distance") >= -NEAR for row in below)),
        reach=percent(NEAR, 0),
        crossed=counted(len(above)),
        marks=tuple(_mark(row, named=bool(below) and row.index == below[0].index) for row in rows),
    )


def _row(solution: Solution, row: Row) -> TriggerRow:
    return read(TriggerRow, row, score=scored(row.number("risk_score"), solution.number("risk_band_width")))


def _mark(row: Row, *, named: bool) -> Mark:
    name = cut(row.text("operator"), _LABEL) if named else ""
    return Mark(
        row.text("trigger"), row.number("trigger_price"), row.number("distance"), row.number("hash_share"), name
    )
