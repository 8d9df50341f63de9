"""The hash ribbon and the self-correction for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.inputs import Column
from reportgen.model.episodes import Episode, episodes
from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, amount, calendar, counted, day, month, percent
from reportgen.render.charts.epochs import EpochPoint
from reportgen.render.charts.ribbon import DateTick, RibbonDay, Span

_CHART_DAYS = 730
_CHART_POINTS = 240
_YEAR, _ABOUT = 365, 0.2


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


@dataclass(frozen=True)
class SpiralView:
    """Whether, where and when the spiral stops, if the price holds.

    The chart has today and then the end of every epoch, in days; `settled_mark` is on the same scale. `cycles` is True
    when difficulty goes up and down by turns to the end, between `cycle_low` and `cycle_high` of today's.
    """

    known: bool
    settles: bool
    moves: bool
    lowest_online: Figure
    switched_off: Figure
    final_difficulty: Figure
    difficulty_change: Figure
    settled_mark: float
    settled_days: Figure
    epochs: Figure
    last_days: Figure
    about_a_year: bool
    cycles: bool
    cycle_low: Figure
    cycle_high: Figure
    tolerance: Figure
    hashprice_now: Figure
    hashprice_end: Figure
    retarget: Figure
    retarget_blocks: Figure
    chart: tuple[EpochPoint, ...]


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


def spiral_view(solution: Solution) -> SpiralView:
    """The epochs of the self-correction."""
    difficulty = np.asarray(solution.column("self_correction", "difficulty_share"), dtype=float)
    online = np.asarray(solution.column("self_correction", "online"), dtype=float)
    days = np.asarray(solution.column("self_correction", "cumulative_days"), dtype=float)
    hashprice = solution.column("self_correction", "hashprice")
    lowest = float(solution.value("lowest_online"))
    end = float(solution.value("final_difficulty_share"))
    settled = float(solution.value("settled_epoch"))
    settled_days = float(solution.value("days_until_settled"))
    late = difficulty[-(len(difficulty) // 3) :]
    known = not math.isnan(float(solution.value("final_online")))
    change = percent(end - 1)
    off = percent(1 - lowest)
    return SpiralView(
        known=known,
        settles=not math.isnan(settled),
        moves=not (change.zero and off.zero),
        lowest_online=percent(lowest),
        switched_off=off,
        final_difficulty=percent(end),
        difficulty_change=change,
        settled_mark=math.nan if change.zero and off.zero else settled_days,
        settled_days=counted(settled_days),
        epochs=counted(len(difficulty)),
        last_days=counted(float(days[-1])),
        about_a_year=abs(float(days[-1]) / _YEAR - 1) < _ABOUT,
        cycles=math.isnan(settled) and _cycles(late),
        cycle_low=percent(float(late.min())),
        cycle_high=percent(float(late.max())),
        tolerance=percent(float(solution.value("settle_tolerance")), 0),
        hashprice_now=amount(float(hashprice[0]), 2),
        hashprice_end=amount(float(hashprice[-1]), 2),
        retarget=percent(float(solution.value("expected_retarget")), sign=True),
        retarget_blocks=counted(float(solution.value("blocks_to_retarget"))),
        chart=(
            EpochPoint(0.0, 1.0, 1.0),
            *(
                EpochPoint(float(ended), float(share), float(running))
                for ended, share, running in zip(days, difficulty, online, strict=True)
            ),
        ),
    )


def _cycles(late: Column) -> bool:
    """True when the last epochs turn more often than not."""
    turns = np.diff(late)
    return bool(np.sum(turns[1:] * turns[:-1] < 0) * 2 > len(turns) - 1)


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
