"""The hash ribbon for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.episodes import Episode, episodes
from reportgen.model.solve import Solution
from reportgen.render.brief.dates import DateTick, day_ticks, thinned
from reportgen.render.brief.figures import Figure, counted, day, percent
from reportgen.render.brief.reading import read, shown, told
from reportgen.render.charts.ribbon import RibbonDay, Span

_CHART_DAYS = 730
_CHART_POINTS = 160
_LABELS = 4
_DAY = ("date", "sma_30", "sma_60", "ribbon")


@dataclass(frozen=True)
class EpisodeRow:
    """An inversion as it is told; `open` while it lasts."""

    start: Figure
    end: Figure
    days: Figure
    depth: Figure
    open: bool


@dataclass(frozen=True)
class RibbonView:
    """The newest day and the episodes, newest first; `chart` is empty when there is no ribbon."""

    known: bool
    history_days: Figure
    episodes: tuple[EpisodeRow, ...]
    found: Figure
    last: EpisodeRow | None
    spans: tuple[Episode, ...]
    chart: tuple[RibbonDay, ...]
    shaded: tuple[Span, ...]
    ticks: tuple[DateTick, ...]
    from_day: Figure
    state: str = told("ribbon_state")
    today: Figure = shown(percent, "ribbon_today")
    newest: Figure = shown(day, "last_history_day")
    days_inverted: Figure = shown(counted, "days_inverted_today")
    days_filled: Figure = shown(counted)


def ribbon_view(solution: Solution, most: int) -> RibbonView:
    """The ribbon of the newest two years, and the newest episodes of the whole history."""
    dates, ribbon = solution.numbers("days", "date"), solution.numbers("days", "ribbon")
    found = episodes(dates, ribbon) if len(dates) else ()
    rows = tuple(_episode(item) for item in reversed(found))
    chart = _chart(solution, ribbon)
    return read(
        RibbonView,
        solution,
        known=bool(chart),
        history_days=counted(len(dates)),
        episodes=rows[:most],
        found=counted(len(rows)),
        last=rows[0] if rows else None,
        spans=found,
        chart=chart,
        shaded=_runs(dates, ribbon, chart[0].day) if chart else (),
        ticks=day_ticks(chart[0].day, chart[-1].day, _LABELS) if chart else (),
        from_day=day(chart[0].day) if chart else day(math.nan),
    )


def _episode(item: Episode) -> EpisodeRow:
    return EpisodeRow(
        start=day(item.start),
        end=day(math.nan if item.end is None else item.end),
        days=counted(item.days),
        depth=percent(item.depth),
        open=item.end is None,
    )


def _chart(solution: Solution, ribbon: Column) -> tuple[RibbonDay, ...]:
    first = max(0, len(ribbon) - _CHART_DAYS, int(np.isnan(ribbon).sum()))
    drawn = (solution.numbers("days", name)[first:] for name in _DAY[1:])
    rows = [first + row for row in thinned(_CHART_POINTS, *drawn)]
    return tuple(RibbonDay(*map(solution.row("days", row).number, _DAY)) for row in rows) if len(rows) > 1 else ()


def _runs(dates: Column, ribbon: Column, first_day: float) -> tuple[Span, ...]:
    inverted = (ribbon < 0) & (dates >= first_day)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inverted, [False])).astype(int)))
    return tuple(
        Span(float(dates[first]), float(dates[after - 1])) for first, after in zip(edges[::2], edges[1::2], strict=True)
    )
