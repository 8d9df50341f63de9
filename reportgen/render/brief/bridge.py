"""The bridge from direct cost to net AISC, of one operator or of the average of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.render.brief.figures import Figure, per_btc, whole_percent
from reportgen.render.brief.reading import Source, read, shown

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
    "cash": "cash_cost_per_btc",
    "accounting": "accounting_cost_per_btc",
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
    "cash": "cash_cost_average",
    "accounting": "accounting_cost_average",
}
"""The lines of the average bridge, weighted by production."""


@dataclass(frozen=True)
class Bridge:
    """The steps in USD/BTC as they are added, and the margin as a share of the price; `ai` has the sign of its step.

    `debt` is not known without a Debt sheet, unless it is the liquidity buffer. `cash` and `accounting` cost stand
    beside the steps.
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
    cash: Figure
    accounting: Figure


@dataclass(frozen=True)
class Band:
    """What the one growth figure moves: a cost with a flat network, at the growth used, and as the network grew."""

    flat: Figure
    used: Figure
    observed: Figure


@dataclass(frozen=True)
class Reconciliation:
    """The averages from direct cost over cash cost, gold AISC and AISC to net AISC, and the steps between them."""

    aisc_band: Band
    net_band: Band
    growth: Figure = shown(whole_percent, "growth_used")
    observed_growth: Figure = shown(whole_percent)
    interest: Figure = shown(per_btc, "interest_average")


def reconciliation(source: Source) -> Reconciliation:
    """The bands of AISC and net AISC, and the step that the bridge has not."""
    return read(
        Reconciliation, source, aisc_band=_band(source, "aisc_average"), net_band=_band(source, "aisc_net_average")
    )


def _band(source: Source, line: str) -> Band:
    return Band(*(per_btc(source.number(name)) for name in (f"{line}_flat", line, f"{line}_observed")))


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
