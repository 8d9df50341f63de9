"""The key figures of the first sheet, each with two limits and a light: a sign, a word and a colour.

A light is the same formula in every row: neither limit passed is calm, the first is watch, both are stress. Limits that
are figures of the model are looked up and move; the others are conventions, each with its reason below the contents.
"""

from __future__ import annotations

from dataclasses import dataclass

CALM, WATCH, STRESS = "● calm", "▲ watch", "■ stress"
ABOVE, BELOW = 1.0, -1.0
SIDE = '"above";"below"'
"""The number format of the side on which a figure is worse."""


@dataclass(frozen=True)
class KeyFigure:
    """A one-value line with its limits: numbers, or names of one-value lines; `why` says what the limits are."""

    line: str
    label: str
    worse: float
    watch: float | str
    stress: float | str
    why: str


KEY_FIGURES = (
    KeyFigure("price", "Price, USD per BTC", BELOW, "aisc_net_average", "direct_cost_average",
              "the average operator's net AISC, and its direct cost: between them it runs at a loss, below it stops"),
    KeyFigure("hashprice", "Hashprice, USD/PH/day", BELOW, "all_in_hashcost_average", "direct_hashcost_average",
              "the average all-in and direct cost of running a PH/s for a day"),
    KeyFigure("share_below_direct_cost", "Hash rate below direct cost", ABOVE, 0.0, 1 / 3,
              "any, and a third of the operators' hash rate, as in the reverse stress test"),
    KeyFigure("share_below_aisc_net", "Hash rate below net AISC", ABOVE, 0.25, 0.5,
              "a quarter and a half of the operators' hash rate: conventions"),
    KeyFigure("shortest_runway", "Shortest runway, months", BELOW, 12.0, "solvency_runway",
              "a year, and the runway that counts as distress (Conventions)"),
    KeyFigure("forced_flow_of_issuance", "Forced selling / issuance", ABOVE, 0.05, 0.25,
              "a twentieth and a quarter of the new bitcoin, extrapolated to the network: conventions"),
    KeyFigure("refinancing_gap_share", "Due in a year, not covered", ABOVE, 0.0, 0.5,
              "any, and half of what falls due within a year: conventions"),
    KeyFigure("ribbon_today", "Hash ribbon", BELOW, 0.0, -0.03,
              "inverted, and halfway to the stress value of the sample's score: conventions"),
    KeyFigure("puell", "Miner income / year's mean", BELOW, 1.0, 0.6,
              "the mean of the last 365 days, and three fifths of it: conventions"),
    KeyFigure("etf_outflow_ratio", "ETF outflow / miner sales", ABOVE, -1.0, 0.0,
              "ETFs take in less than miners could sell in the severe scenario, and they sell themselves"),
)  # fmt: skip
"""At most as many as the first sheet has rows for."""


def light(row: int, value: str, side: str, watch: str, stress: str) -> str:
    """The formula of the light of a row, as Excel counts it; the others are the columns of what it looks at."""
    now, worse, first, second = (f"{column}{row}" for column in (value, side, watch, stress))
    passed = "+".join(f"(({now}-{limit})*{worse}>ABS({limit})/10^12)" for limit in (first, second))
    return f'=IF(COUNT({now},{first},{second})<3,"n/a",CHOOSE(1+{passed},"{CALM}","{WATCH}","{STRESS}"))'


def light_of(value: float | None, worse: float, watch: float | None, stress: float | None) -> str:
    """What the formula gives; None is a figure that does not exist."""
    if value is None or watch is None or stress is None:
        return "n/a"
    passed = sum((value - limit) * worse > abs(limit) / 10**12 for limit in (watch, stress))
    return (CALM, WATCH, STRESS)[passed]
