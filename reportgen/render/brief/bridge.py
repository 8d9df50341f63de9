"""The bridge from direct cost to net AISC, of one operator or of the average of all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.brief.figures import Figure, per_btc, whole_percent
from reportgen.render.brief.reading import Source, read, shown
from reportgen.render.brief.rounding import added

OPERATOR: Mapping[str, Sequence[str]] = {
    "direct": ("direct_cost_per_btc",),
    "sustaining": ("sustaining_capex_per_btc",),
    "financing": ("corporate_financing_per_btc",),
    "aisc": ("aisc",),
    "ai": ("ai_credit",),
    "net": ("aisc_net",),
    "margin": ("aisc_margin",),
}
"""The lines of an operator that make up each step of its bridge."""
AVERAGE: Mapping[str, Sequence[str]] = {
    "direct": ("direct_cost_average",),
    "sustaining": ("sustaining_capex_average",),
    "financing": ("overhead_average", "debt_and_buffer_average"),
    "aisc": ("aisc_average",),
    "ai": ("ai_credit_average",),
    "net": ("aisc_net_average",),
    "margin": ("aisc_margin_average",),
}
"""The lines that make up each step of the average bridge, weighted by production."""


@dataclass(frozen=True)
class Bridge:
    """The steps in USD/BTC, which add up as they are shown, and the margin as a share of the price.

    `ai` has the sign of its step.
    """

    direct: Figure
    sustaining: Figure
    financing: Figure
    aisc: Figure
    ai: Figure
    net: Figure
    margin: Figure


@dataclass(frozen=True)
class Band:
    """What the one growth figure moves: a cost with a flat network, at the growth used, and as the network grew."""

    flat: Figure
    used: Figure
    observed: Figure


@dataclass(frozen=True)
class Reconciliation:
    """The averages that published measures compare with, and the steps between them."""

    aisc_band: Band
    net_band: Band
    growth: Figure = shown(whole_percent, "growth_used")
    observed_growth: Figure = shown(whole_percent)
    overhead: Figure = shown(per_btc, "overhead_average")
    interest: Figure = shown(per_btc, "interest_average")
    debt: Figure = shown(per_btc, "debt_and_buffer_average")
    cash: Figure = shown(per_btc, "cash_cost_average")
    gold: Figure = shown(per_btc, "aisc_wgc_average")
    accounting: Figure = shown(per_btc, "accounting_cost_average")


def reconciliation(source: Source) -> Reconciliation:
    """The bands of AISC and net AISC, and the measures that the bridge has not."""
    return read(
        Reconciliation, source, aisc_band=_band(source, "aisc_average"), net_band=_band(source, "aisc_net_average")
    )


def _band(source: Source, line: str) -> Band:
    return Band(*(per_btc(source.number(name)) for name in (f"{line}_flat", line, f"{line}_observed")))


def bridge(source: Source, lines: Mapping[str, Sequence[str]]) -> Bridge:
    """The bridge of a row of operators (`OPERATOR`), or of the whole solution (`AVERAGE`)."""
    of = {step: sum(source.number(line) for line in names) for step, names in lines.items()}
    direct, sustaining, financing = added(of["aisc"], (of["direct"], of["sustaining"], of["financing"]), 0, per_btc)
    credit = round(of["net"]) - round(of["aisc"]) if math.isfinite(of["net"]) else math.nan
    return Bridge(
        direct=direct,
        sustaining=sustaining,
        financing=financing,
        aisc=per_btc(of["aisc"]),
        ai=Figure(-of["ai"], per_btc(credit).text),
        net=per_btc(of["net"]),
        margin=whole_percent(of["margin"]),
    )
