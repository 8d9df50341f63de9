"""The native charts of the workbook, declared: what each shows, over what, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Look = Literal["bar", "line", "dashed line", "line with dots", "diamonds"]


@dataclass(frozen=True)
class Plot:
    """A line of the model in a chart. `gap`: space between bars, in per cent of their width; 0 leaves Excel's."""

    line: str
    colour: str
    look: Look = "line"
    gap: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart of lines of one block over a column of it; `kind` is one of those that chart_sheet draws.

    It is left out where one of its lines has no number at all.
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


CHARTS: tuple[Chart, ...] = (
    Chart(
        "All-in sustaining cost by operator, and the price", "stacked columns", "operators", "operator",
        (
            Plot("direct_cost_per_btc", "direct", "bar", gap=60),
            Plot("sustaining_capex_per_btc", "sustaining", "bar", gap=60),
            Plot("corporate_financing_per_btc", "financing", "bar", gap=60),
            Plot("spot", "price"),
            Plot("aisc_net", "ai", "diamonds"),
        ),
        "USD per BTC", "#,##0",
    ),
    Chart(
        "Miner sales against ETF reference outflow", "columns", "scenarios", "scenario",
        (
            Plot("miner_sales", "direct", "bar", gap=80),
            Plot("visible_sales", "financing", "bar"),
            Plot("etf_reference_btc", "etf", "bar"),
        ),
        "BTC per day", "#,##0",
    ),
    Chart(
        "Cost curve: net AISC by cumulative hash share", "curves", "ranked", "cumulative_share",
        (Plot("aisc_net", "direct", "line with dots"), Plot("spot", "price", "dashed line")),
        "USD per BTC", "#,##0",
        across_title="Cumulative share of the operators' hash rate", across_format="0%", across_is_share=True,
    ),
    Chart(
        "Share of hash rate under water, by price", "curves", "cost_curve", "level",
        (Plot("below_direct", "bad"), Plot("below_sustaining", "warn"), Plot("below_aisc_net", "ai")),
        "Share of hash rate under water", "0%", up_is_share=True,
        across_title="Bitcoin price, USD", across_format="#,##0",
    ),
    Chart(
        "Hash ribbon: 30- and 60-day mean hash rate", "days", "days", "date",
        (Plot("sma_30", "direct"), Plot("sma_60", "etf")),
        "EH/s", "#,##0", across_format="mmm yy",
    ),
    Chart(
        "Self-correction: difficulty and online share", "lines", "self_correction", "epoch",
        (Plot("difficulty_share", "direct"), Plot("online", "etf")),
        "Share of today", "0%", across_title="Difficulty epoch",
    ),
    Chart(
        "Runway by operator", "bars", "operators", "operator",
        (Plot("runway", "direct", "bar", gap=50),), "Months (60: 60 or more)", "0",
    ),
    Chart(
        "Contributions to the risk score", "bars", "risk", "component",
        (Plot("contribution", "bad", "bar", gap=50),), "Points", "0.0",
    ),
    Chart(
        "Shocks: change of the risk score (snapshot)", "bars", "snapshot", "shock",
        (Plot("score_change", "warn", "bar", gap=50),), "Points", "+0.0;-0.0;0",
    ),
)  # fmt: skip
