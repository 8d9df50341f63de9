"""Every figure and text of the brief, formatted and frozen. Templates add the words and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.solve import Solution
from reportgen.render.brief.chronology import ChronologyView, chronology_view
from reportgen.render.brief.closing import QualityView, quality_view
from reportgen.render.brief.comment import Comment, comment
from reportgen.render.brief.costs import CostsView, costs_view
from reportgen.render.brief.data_age import DataView, SourcesView, data_view, sources_view
from reportgen.render.brief.debt_maturities import MaturitiesView, maturities_view
from reportgen.render.brief.figures import (
    Figure,
    calendar,
    compact,
    counted,
    cut,
    day,
    hundredths,
    months,
    per_btc,
    percent,
    whole_percent,
)
from reportgen.render.brief.findings import Findings, findings
from reportgen.render.brief.first_page import FirstPageView, first_page_view, lines_of
from reportgen.render.brief.first_page_room import Taken, lines_of_comment, rows_of_table
from reportgen.render.brief.forced import ForcedView, forced_view
from reportgen.render.brief.hashprice_history import HashpriceView, hashprice_view
from reportgen.render.brief.limits import Limits, Passage, passage
from reportgen.render.brief.machines import MachinesView, machines_view
from reportgen.render.brief.reading import is_set, read, shown, told
from reportgen.render.brief.ribbon import RibbonView, ribbon_view
from reportgen.render.brief.risk import RiskView, risk_view
from reportgen.render.brief.score_bands import ScoreBands, score_bands
from reportgen.render.brief.score_history import ScoreHistoryView, score_history_view
from reportgen.render.brief.selling import SellingView, selling_view
from reportgen.render.brief.shocks import ShocksView, shocks_view
from reportgen.render.brief.spiral import SpiralView, spiral_view
from reportgen.render.brief.stress import StressView, stress_view
from reportgen.render.brief.stress_grid import StressGridView, stress_grid_view
from reportgen.render.brief.triggers import TriggersView, triggers_view
from reportgen.render.brief.waterfall import WaterfallView, waterfall_view

_KEY = 18
"""Letters of a name below a key figure: two lines of its column."""


@dataclass(frozen=True)
class Cover:
    """The user's own texts; `created` is the as-of day as the file's metadata have it."""

    created: str
    commentary: Comment
    disclaimer: Passage
    workbook: str
    title: str = told("report_title", lambda text: cut(text, 140))
    organisation: str = told(style=lambda text: cut(text, 70))
    prepared_by: str = told(style=lambda text: cut(text, 100))
    confidentiality: str = told(style=lambda text: cut(text, 160))
    as_of: Figure = shown(day)


def _signed(value: float) -> Figure:
    return percent(value, sign=True)


@dataclass(frozen=True)
class ActiveShock:
    """The shock that every figure is under, and what it changes."""

    name: str = told("active_shock", str.strip)
    price: Figure = shown(_signed, "price_change")
    difficulty: Figure = shown(_signed, "difficulty_change")
    power: Figure = shown(_signed, "power_price_change")
    halving: bool = is_set("extra_halving")


@dataclass(frozen=True)
class KeyFigures:
    """Figures of the first page; the operator with the shortest runway is `burning` when its cash flow is below 0."""

    operators: Figure
    shortest_runway: Figure
    shortest_operator: str
    burning: bool
    more_below_direct: bool
    price: Figure = shown(counted)
    short_price: Figure = shown(compact, "price")
    short_net: Figure = shown(compact, "aisc_net_average")
    hashprice: Figure = shown(hundredths)
    direct_hashcost: Figure = shown(hundredths, "direct_hashcost_average")
    all_in_hashcost: Figure = shown(hundredths, "all_in_hashcost_average")
    gap: Figure = shown(per_btc, "price_gap")
    gap_of_cost: Figure = shown(percent, "price_gap_of_cost")
    below_direct: Figure = shown(percent, "share_below_direct_cost")
    below_net: Figure = shown(percent, "share_below_aisc_net")
    coverage: Figure = shown(percent, "network_coverage")
    growth: Figure = shown(whole_percent, "growth_used")
    growth_cost: Figure = shown(per_btc, "share_defence_average")


@dataclass(frozen=True)
class Brief:
    """The whole brief."""

    cover: Cover
    data: DataView
    sources: SourcesView
    first: FirstPageView
    shock: ActiveShock | None
    keys: KeyFigures
    risk: RiskView
    triggers: TriggersView
    forced: ForcedView
    grid: StressGridView
    history: ScoreHistoryView
    stress: StressView
    costs: CostsView
    selling: SellingView
    ribbon: RibbonView
    spiral: SpiralView
    shocks: ShocksView
    chronology: ChronologyView
    quality: QualityView
    findings: Findings
    waterfall: WaterfallView
    maturities: MaturitiesView
    machines: MachinesView
    hashprice: HashpriceView
    score_bands: ScoreBands


def brief_view(solution: Solution, workbook: str, formulas: int, limits: Limits, paper: str = "A4") -> Brief:
    """The brief of a solution, cut to the limits and the paper; `workbook` is the name of the attachment."""
    risk = risk_view(solution)
    taken = _taken(solution, risk, paper)
    first = first_page_view(solution, rows_of_table(taken, limits))
    comment_lines = lines_of_comment(taken, limits, lines_of(first.pressed))
    selling = selling_view(solution, limits.scenarios)
    ribbon = ribbon_view(solution, limits.episodes)
    shock = read(ActiveShock, solution)
    grid = stress_grid_view(solution)
    costs = costs_view(solution, limits.operators)
    return Brief(
        cover=_cover(solution, workbook, limits, comment_lines),
        data=data_view(solution),
        sources=sources_view(solution),
        first=first,
        shock=shock if shock.name else None,
        keys=_key_figures(solution),
        risk=risk,
        triggers=triggers_view(solution, limits.triggers),
        grid=grid,
        forced=forced_view(solution),
        history=score_history_view(solution),
        stress=stress_view(solution, limits.stressed),
        costs=costs,
        selling=selling,
        ribbon=ribbon,
        spiral=spiral_view(solution),
        shocks=shocks_view(solution, limits.shocks),
        chronology=chronology_view(solution, ribbon, selling.etf, limits.events),
        quality=quality_view(solution, formulas, limits.warnings),
        findings=findings(solution, grid, costs.bars),
        waterfall=waterfall_view(solution, costs.average),
        maturities=maturities_view(solution),
        machines=machines_view(solution),
        hashprice=hashprice_view(solution),
        score_bands=score_bands(solution),
    )


def _taken(solution: Solution, risk: RiskView, paper: str) -> Taken:
    return Taken(
        paper=paper,
        banners=bool(solution.text("active_shock").strip()) + bool(solution.inputs.old_data),
        score_note=bool(risk.parts and (risk.missing or risk.absent)),
        title=solution.text("report_title"),
        commented=bool(solution.text("commentary").strip()),
    )


def _cover(solution: Solution, workbook: str, limits: Limits, comment_lines: int) -> Cover:
    return read(
        Cover,
        solution,
        created=f"{calendar(solution.number('as_of')).isoformat()}T00:00:00Z",
        commentary=comment(solution.text("commentary"), comment_lines),
        disclaimer=passage(solution.text("disclaimer"), limits.disclaimer),
        workbook=workbook,
    )


def _key_figures(solution: Solution) -> KeyFigures:
    runways = solution.numbers("operators", "runway")
    shortest = solution.row("operators", int(np.argmin(runways))) if len(runways) else None
    return read(
        KeyFigures,
        solution,
        operators=counted(len(runways)),
        shortest_runway=months(shortest.number("runway") if shortest else np.nan, solution.number("runway_cap")),
        shortest_operator=cut(shortest.text("operator"), _KEY) if shortest else "",
        burning=shortest is not None and shortest.number("cash_flow_after_debt") < 0,
        more_below_direct=solution.number("share_below_direct_cost") > solution.number("share_below_aisc_net"),
    )
