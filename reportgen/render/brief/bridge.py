"""The bridge from direct cost to net AISC, of one operator or of the average of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.render.brief.figures import Figure, per_btc, whole_percent
from reportgen.render.brief.reading import Source

OPERATOR = {
    "direct": "direct_cost_per_btc",
    "sustaining": "sustaining_capex_per_btc",
    "overhead": "overhead_per_btc",
    "gold": "aisc_wgc",
    "debt": "debt_and_buffer_per_btc",
    "aisc": "aisc",
    "ai": "ai_credit",
    "net": "aisc_net",
    "margin": "aisc_margin",
}
"""The lines of an operator's bridge, by step."""
AVERAGE = {
    "direct": "direct_cost_average",
    "sustaining": "sustaining_capex_average",
    "overhead": "overhead_average",
    "gold": "aisc_wgc_average",
    "debt": "debt_and_buffer_average",
    "aisc": "aisc_average",
    "ai": "ai_credit_average",
    "net": "aisc_net_average",
    "margin": "aisc_margin_average",
}
"""The lines of the average bridge, weighted by production."""


@dataclass(frozen=True)
class Bridge:
    """The steps in USD/BTC as they are added, and the margin as a share of the price; `ai` has the sign of its step.

    `debt` is not known without a Debt sheet, unless it is the liquidity buffer.
    """

    direct: Figure
    sustaining: Figure
    overhead: Figure
    gold: Figure
    debt: Figure
    debt_known: bool
    aisc: Figure
    ai: Figure
    net: Figure
    margin: Figure


def bridge(source: Source, lines: Mapping[str, str], has_debt: bool) -> Bridge:
    """The bridge of a row of operators (`OPERATOR`), or of the whole solution (`AVERAGE`)."""
    steps = {step: per_btc(source.number(line)) for step, line in lines.items()}
    return Bridge(
        **steps
        | {
            "ai": per_btc(-source.number(lines["ai"])),
            "margin": whole_percent(source.number(lines["margin"])),
        },
        debt_known=has_debt or steps["debt"].positive,
    )
