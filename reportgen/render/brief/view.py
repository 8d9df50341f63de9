"""Every figure and text of the brief, formatted and frozen. Templates add the words and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.chronology import ChronologyView, chronology_view
from reportgen.render.brief.closing import QualityView, quality_view
from reportgen.render.brief.costs import CostsView, costs_view
from reportgen.render.brief.figures import Figure, amount, calendar, compact, counted, cut, day, months, named, percent
from reportgen.render.brief.limits import Limits, Passage, passage
from reportgen.render.brief.ribbon import RibbonView, ribbon_view
from reportgen.render.brief.risk import RiskView, risk_view
from reportgen.render.brief.selling import SellingView, selling_view
from reportgen.render.brief.shocks import ShocksView, shocks_view
from reportgen.render.brief.spiral import SpiralView, spiral_view
from reportgen.render.brief.stress import StressView, stress_view


@dataclass(frozen=True)
class Cover:
    """The user's own texts."""

    title: str
    organisation: str
    prepared_by: str
    as_of: Figure
    created: str
    confidentiality: str
    commentary: Passage
    disclaimer: Passage
    workbook: str


@dataclass(frozen=True)
class ActiveShock:
    """The shock that every figure is under, and what it changes."""

    name: str
    price: Figure
    difficulty: Figure
    power: Figure
    halving: bool


@dataclass(frozen=True)
class KeyFigures:
    """Figures of the first page; `price_value` is for charts, `strip` is price, AISC and net AISC for narrow places."""

    price: Figure
    price_value: float
    strip: tuple[Figure, Figure, Figure]
    hashprice: Figure
    difficulty: Figure
    direct: Figure
    aisc: Figure
    net: Figure
    gap: Figure
    gap_share: Figure
    below_direct: Figure
    below_sustaining: Figure
    below_net: Figure
    coverage: Figure
    operators: Figure
    shortest_runway: Figure
    shortest_operator: str
    burning: bool
    more_below_direct: bool
    growth: Figure
    growth_cost: Figure
    subsidy: Figure


@dataclass(frozen=True)
class Brief:
    """The whole brief."""

    cover: Cover
    shock: ActiveShock | None
    keys: KeyFigures
    risk: RiskView
    stress: StressView
    costs: CostsView
    selling: SellingView
    ribbon: RibbonView
    spiral: SpiralView
    shocks: ShocksView
    chronology: ChronologyView
    quality: QualityView


def brief_view(solution: Solution, workbook: str, formulas: int, limits: Limits) -> Brief:
    """The brief of a solution, cut to the limits; `workbook` is the name of the attachment."""
    selling = selling_view(solution, limits.scenarios)
    ribbon = ribbon_view(solution, limits.episodes)
    return Brief(
        cover=_cover(solution, workbook, limits),
        shock=_active_shock(solution),
        keys=_key_figures(solution),
        risk=risk_view(solution),
        stress=stress_view(solution, limits.stressed),
        costs=costs_view(solution, limits.operators),
        selling=selling,
        ribbon=ribbon,
        spiral=spiral_view(solution),
        shocks=shocks_view(solution, limits.shocks),
        chronology=chronology_view(solution, ribbon, selling.etf, limits.events),
        quality=quality_view(solution, formulas, limits.warnings),
    )


def _cover(solution: Solution, workbook: str, limits: Limits) -> Cover:
    def of(name: str, letters: int) -> str:
        return cut(str(solution.value(name)), letters)

    return Cover(
        title=of("report_title", 140),
        organisation=of("organisation", 70),
        prepared_by=of("prepared_by", 100),
        as_of=day(float(solution.value("as_of"))),
        created=f"{calendar(float(solution.value('as_of'))).isoformat()}T00:00:00Z",
        confidentiality=of("confidentiality", 160),
        commentary=passage(str(solution.value("commentary")), limits.commentary),
        disclaimer=passage(str(solution.value("disclaimer")), limits.disclaimer),
        workbook=workbook,
    )


def _active_shock(solution: Solution) -> ActiveShock | None:
    name = str(solution.value("active_shock")).strip()
    if not name:
        return None
    return ActiveShock(
        name=name,
        price=percent(float(solution.value("price_change")), sign=True),
        difficulty=percent(float(solution.value("difficulty_change")), sign=True),
        power=percent(float(solution.value("power_price_change")), sign=True),
        halving=float(solution.value("extra_halving")) == 1,
    )


def _key_figures(solution: Solution) -> KeyFigures:
    def of(name: str) -> float:
        return float(solution.value(name))

    runway = np.asarray(solution.column("operators", "runway"), dtype=float)
    shortest = int(np.argmin(runway)) if len(runway) else -1
    price, net = of("price"), of("aisc_net_average")
    return KeyFigures(
        price=amount(price),
        price_value=price,
        strip=(compact(price), compact(of("aisc_average")), compact(net)),
        hashprice=amount(of("hashprice"), 2),
        difficulty=amount(of("difficulty") / 1e12, 2),
        direct=amount(of("direct_cost_average"), most=9_999_999),
        aisc=amount(of("aisc_average"), most=9_999_999),
        net=amount(net, most=9_999_999),
        gap=amount(price - net, most=9_999_999),
        gap_share=percent((price - net) / price),
        below_direct=percent(of("share_below_direct_cost")),
        below_sustaining=percent(of("share_below_sustaining")),
        below_net=percent(of("share_below_aisc_net")),
        coverage=percent(of("network_coverage")),
        operators=counted(len(runway)),
        shortest_runway=months(float(runway[shortest]), of("runway_cap")) if shortest >= 0 else months(float("nan"), 0),
        shortest_operator=named(str(solution.column("operators", "operator")[shortest])) if shortest >= 0 else "",
        burning=bool(shortest >= 0 and float(solution.column("operators", "cash_flow_after_debt")[shortest]) < 0),
        more_below_direct=of("share_below_direct_cost") > of("share_below_aisc_net"),
        growth=percent(of("network_growth"), 0),
        growth_cost=amount(of("share_defence_average"), most=9_999_999),
        subsidy=amount(of("block_subsidy"), 4),
    )
