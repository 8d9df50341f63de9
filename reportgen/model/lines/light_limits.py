"""Limits of the lights on the first sheet: conventions, each a cell with a reason. Two figures have the model's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reportgen.model.block import Section
from reportgen.model.lines import blocks
from reportgen.model.lines.chart_data import SHEET

limits = Section(
    blocks.market,
    SHEET,
    "Limits of the lights",
    "Conventions: a key figure that has passed the first is one to watch, one that has passed both is under stress.",
)


class Limit(NamedTuple):
    """Two limits of a figure, its unit and number format, and why these."""

    label: str
    unit: str
    number_format: str
    watch: float
    stress: float
    why: str


LIMITS = {
    "share_below_direct_cost": Limit(
        "hash rate below direct cost", "share of hash rate", "0.0%", 0.0, 1 / 3,
        "any at all, and the third that reverse stress asks about",
    ),
    "share_below_aisc_net": Limit(
        "hash rate below net AISC", "share of hash rate", "0.0%", 0.25, 0.5,
        "a quarter and a half of the operators' hash rate",
    ),
    "shortest_runway": Limit(
        "shortest runway", "months", "0.0", 12.0, 6.0,
        "a year, and the runway that counts as distress",
    ),
    "forced_flow_of_issuance": Limit(
        "drawn and called bitcoin over issuance", "share of issuance", "0.0%", 0.05, 0.25,
        "a twentieth and a quarter of the new bitcoin",
    ),
    "refinancing_gap_share": Limit(
        "what is due and not covered", "share of what is due", "0.0%", 0.0, 0.5,
        "any at all, and half of what falls due within a year",
    ),
    "ribbon_today": Limit(
        "hash ribbon", "share", "0.00%", 0.0, -0.03,
        "an inversion, and one of three per cent",
    ),
    "puell": Limit(
        "miner income", "times", "0.00", 1.0, 0.6,
        "the mean of the last 365 days, and three fifths of it",
    ),
    "etf_outflow_ratio": Limit(
        "ETF outflow over severe miner sales", "times", "0.00;-0.00", -1.0, 0.0,
        "ETFs take in less than miners could sell in the severe scenario, and they sell themselves",
    ),
}  # fmt: skip
"""By the figure's line; the limits of price and hashprice are costs, lines of their own."""


def _declare(figure: str, limit: Limit, which: str, value: float) -> None:
    def line() -> float:
        return value

    line.__name__ = f"{which}_{figure}"
    line.__doc__ = f"{'First' if which == 'watch' else 'Second'} limit of the light; the two: {limit.why}."
    declare: Callable[[Callable[[], float]], object] = limits.line(
        unit=limit.unit, number_format=limit.number_format, label=f"{which.capitalize()}: {limit.label}"
    )
    declare(line)


for _figure, _limit in LIMITS.items():
    _declare(_figure, _limit, "watch", _limit.watch)
    _declare(_figure, _limit, "stress", _limit.stress)
