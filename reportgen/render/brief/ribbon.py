"""The hash ribbon for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.episodes import Episode, episodes
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, calendar, counted, day, month, percent
from reportgen.render.charts.ribbon import DateTick, RibbonDay, Span

_CHART_DAYS = 730
_CHART_POINTS = 240


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
    state: str
    today: Figure
    newest: Figure
    days_inverted: Figure
    history_days: Figure
    days_filled: Figure
    episodes: tuple[EpisodeRow, ...]
    found: Figure
    last: EpisodeRow | None
    spans: tuple[Episode, ...]
    chart: tuple[RibbonDay, ...]
    shaded: tuple[Span, ...]
    ticks: tuple[DateTick, ...]
    from_day: Figure


def ribbon_view(solution: Solution, most: int) -> RibbonView:
    """The ribbon of the newest two years, and the newest episodes of the whole history."""
    dates = np.asarray(solution.column("days", "date"), dtype=float)
    ribbon = np.asarray(solution.column("days", "ribbon"), dtype=float)
    found = episodes(dates, ribbon) if len(dates) else ()
    told = tuple(_episode(item) for item in reversed(found))
    chart = _chart(solution, dates, ribbon)
    return RibbonView(
        known=bool(chart),
        state=str(solution.value("ribbon_state")),
        today=percent(float(solution.value("ribbon_today"))),
        newest=day(float(solution.value("last_history_day"))),
        days_inverted=counted(float(solution.value("days_inverted_today"))),
        history_days=counted(len(dates)),
        days_filled=counted(float(solution.value("days_filled"))),
        episodes=told[:most],
        found=counted(len(told)),
        last=told[0] if told else None,
        spans=found,
        chart=chart,
        shaded=_runs(dates, ribbon, chart[0].day) if chart else (),
        ticks=_ticks(chart),
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


def _chart(solution: Solution, dates: Column, ribbon: Column) -> tuple[RibbonDay, ...]:
    rows = np.flatnonzero(~np.isnan(ribbon))[-_CHART_DAYS:]
    if len(rows) < 2:
        return ()
    step = max(1, len(rows) // _CHART_POINTS)
    # counted back from the newest day, so that it is always there
    kept = rows[::-1][::step][::-1]
    short_mean, long_mean = solution.column("days", "sma_30"), solution.column("days", "sma_60")
    return tuple(
        RibbonDay(float(dates[row]), float(short_mean[row]), float(long_mean[row]), float(ribbon[row])) for row in kept
    )


def _runs(dates: Column, ribbon: Column, first_day: float) -> tuple[Span, ...]:
    inverted = (ribbon < 0) & (dates >= first_day)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inverted, [False])).astype(int)))
    return tuple(
        Span(float(dates[first]), float(dates[after - 1])) for first, after in zip(edges[::2], edges[1::2], strict=True)
    )


def _ticks(chart: tuple[RibbonDay, ...]) -> tuple[DateTick, ...]:
    """The first days of months, about eight of them."""
    if not chart:
        return ()
    first, last = int(chart[0].day), int(chart[-1].day)
    starts = [serial for serial in range(first, last + 1) if calendar(serial).day == 1]
    step = max(1, math.ceil(len(starts) / 8))
    return tuple(DateTick(float(serial), month(serial)) for serial in starts[::step])
