"""The native charts of the workbook, declared: what each shows, over what, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["bar", "line", "dashed line", "line with dots", "diamonds"]
TWO_YEARS = 730
"""Days that a chart of the newest draws; where there are more, a second one draws all of them."""


@dataclass(frozen=True)
class Plot:
    """A line of the model in a chart. `gap`: space between bars, in per cent of their width; 0 leaves Excel's."""

    line: str
    colour: str
    look: Look = "line"
    gap: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart of lines of one block over a column of it; `kind` is one of those that native_charts draws.

    It is left out where one of its lines has no number at all. `of`: the block of all rows, where those of `block` are
    picked from them. `newest`: so many rows at the end, 0 for all; `beyond`: drawn only where there are more rows.
    """

    title: str
    kind: str
    block: str
    across: str
    plots: tuple[Plot, ...]
    up_title: str
    up_format: str
    up_is_share: bool = False
    across_title: str = ""
    across_format: str = ""
    across_is_share: bool = False
    of: str = ""
    newest: int = 0
    beyond: int = 0


COST = Chart(
    "Cost of a bitcoin by layer and the price, dearest operators first", "stacked columns", "dearest", "operator",
    (
        Plot("direct_cost_per_btc", "direct", "bar", gap=60),
        Plot("sustaining_capex_per_btc", "sustaining", "bar", gap=60),
        Plot("corporate_financing_per_btc", "financing", "bar", gap=60),
        Plot("spot", "price"),
        Plot("aisc_net", "ai", "diamonds"),
    ),
    "USD per BTC", "#,##0", of="operators", across_title="Operator",
)  # fmt: skip
UNDER_WATER = Chart(
    "Share of hash rate under water, by price", "curves", "cost_curve", "level",
    (Plot("below_direct", "bad"), Plot("below_sustaining", "warn"), Plot("below_aisc_net", "ai")),
    "Share of hash rate", "0%", up_is_share=True,
    across_title="Bitcoin price, USD", across_format="#,##0",
)  # fmt: skip
COST_CURVE = Chart(
    "Cost curve: net AISC of all operators by cumulative hash share", "curves", "ranked", "cumulative_share",
    (Plot("aisc_net", "direct", "line with dots"), Plot("spot", "price", "dashed line")),
    "USD per BTC", "#,##0",
    across_title="Cumulative share of the operators' hash rate", across_format="0%", across_is_share=True,
)  # fmt: skip
CONTRIBUTIONS = Chart(
    "Points of the risk score, by component", "bars", "risk", "component_label",
    (Plot("contribution", "bad", "bar", gap=50),), "Points of 100", "0.0",
)  # fmt: skip
_MEANS = (Plot("sma_30", "direct"), Plot("sma_60", "etf"))
CHARTS: tuple[Chart, ...] = (
    COST,
    COST_CURVE,
    UNDER_WATER,
    Chart(
        "Runway by operator, shortest first", "bars", "shortest", "operator_short",
        (Plot("runway", "direct", "bar", gap=50),), "Months (60: 60 or more)", "0", of="operators",
    ),
    Chart(
        "Miner sales by scenario against the ETF reference outflow", "columns", "scenarios", "scenario",
        (
            Plot("miner_sales", "direct", "bar", gap=80),
            Plot("visible_sales", "financing", "bar"),
            Plot("etf_reference_btc", "etf", "bar"),
        ),
        "BTC per day", "#,##0", across_title="Scenario",
    ),
    CONTRIBUTIONS,
    Chart(
        "Hash ribbon: 30- and 60-day mean hash rate", "days", "days", "date", _MEANS,
        "EH/s", "#,##0", across_format="mmm yy", newest=TWO_YEARS,
    ),
    Chart(
        "Hash ribbon: 30- and 60-day mean hash rate, all days", "days", "days", "date", _MEANS,
        "EH/s", "#,##0", across_format="mmm yy", beyond=TWO_YEARS,
    ),
    Chart(
        "Self-correction: difficulty and online share", "lines", "self_correction", "epoch",
        (Plot("difficulty_share", "direct"), Plot("online", "etf", "dashed line")),
        "Share of today", "0%", across_title="Difficulty epoch",
    ),
    Chart(
        "Shocks: change of the risk score (snapshot)", "bars", "snapshot", "shock",
        (Plot("score_change", "warn", "bar", gap=50),), "Points", "+0.0;-0.0;0",
    ),
)  # fmt: skip
