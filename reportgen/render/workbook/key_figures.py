"""The key figures of the first sheet, each with two limits and a light: a sign, a word and a colour.

A light is the same formula in every row: neither limit passed is calm, the first is watch, both are stress.
"""

from __future__ import annotations

from dataclasses import dataclass

CALM, WATCH, STRESS = "● calm", "▲ watch", "■ stress"
ABOVE, BELOW = "above", "below"


@dataclass(frozen=True)
class KeyFigure:
    """A one-value line, on which side it is worse, and where its limits stand: two one-value lines."""

    line: str
    label: str
    worse: str
    limits: tuple[str, str]

    @property
    def sign(self) -> int:
        """1 where higher is worse, -1 where lower is."""
        return 1 if self.worse == ABOVE else -1


def _own(line: str, label: str, worse: str) -> KeyFigure:
    return KeyFigure(line, label, worse, (f"watch_{line}", f"stress_{line}"))


KEY_FIGURES = (
    KeyFigure("price", "Price", BELOW, ("aisc_net_average", "direct_cost_average")),
    KeyFigure("hashprice", "Hashprice", BELOW, ("all_in_hashcost_average", "direct_hashcost_average")),
    _own("share_below_direct_cost", "Below direct cost", ABOVE),
    _own("share_below_aisc_net", "Below net AISC", ABOVE),
    _own("shortest_runway", "Shortest runway", BELOW),
    _own("forced_flow_of_issuance", "Forced selling", ABOVE),
    _own("refinancing_gap_share", "Due, not covered", ABOVE),
    _own("ribbon_today", "Hash ribbon", BELOW),
    _own("puell", "Miner income", BELOW),
    _own("etf_outflow_ratio", "ETF outflow", ABOVE),
)
"""At most as many as the first sheet has rows for."""
UNITS = {
    "share_below_direct_cost": "share, hash rate",
    "share_below_aisc_net": "share, hash rate",
    "forced_flow_of_issuance": "share, issuance",
    "refinancing_gap_share": "share, one year",
    "puell": "times the mean",
    "etf_outflow_ratio": "times sales",
}
"""Units in few letters, of figures whose own is longer than its column."""


def light(row: int, value: str, side: str, watch: str, stress: str, words: str) -> str:
    """The formula of the light of a row, as Excel counts it; the others are the columns of what it looks at.

    `words`: the three cells of the legend.
    """
    now, worse, first, second = (f"{column}{row}" for column in (value, side, watch, stress))
    sign = f'IF({worse}="{ABOVE}",1,-1)'
    passed = "+".join(f"(({now}-{limit})*{sign}>ABS({limit})/10^12)" for limit in (first, second))
    return f'=IF(COUNT({now},{first},{second})<3,"n/a",INDEX({words},1+{passed}))'


def light_of(value: float | None, sign: int, watch: float | None, stress: float | None) -> str:
    """What the formula gives; None is a figure that does not exist."""
    if value is None or watch is None or stress is None:
        return "n/a"
    passed = sum((value - limit) * sign > abs(limit) / 10**12 for limit in (watch, stress))
    return (CALM, WATCH, STRESS)[passed]
