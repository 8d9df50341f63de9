"""A short chronology: the workbook's events beside what the data shows by itself, and what comes next."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted, cut, day
from reportgen.render.brief.ribbon import RibbonView
from reportgen.render.brief.selling import EtfView

_RIBBON = 2
_EVENT, _SOURCE = 130, 40


@dataclass(frozen=True)
class Entry:
    """Something dated. `kind` is event, ribbon_down, ribbon_up, etf_in, etf_out, retarget or halving."""

    date: Figure
    kind: str
    event: str = ""
    source: str = ""
    number: Figure | None = None


@dataclass(frozen=True)
class Day:
    """A row: what the workbook reports for a day beside what the data shows by itself."""

    date: Figure
    reported: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    ahead: bool


@dataclass(frozen=True)
class ChronologyView:
    """Days in order; how many events of the workbook are not shown, and the pace that estimates rest on.

    `has_events` counts those after the as-of day, which the closing page tells.
    """

    days: tuple[Day, ...]
    hidden: Figure
    has_events: bool
    blocks_per_day: Figure


def chronology_view(solution: Solution, ribbon: RibbonView, etf: EtfView, most: int) -> ChronologyView:
    """The newest events, the newest ribbon flips, the largest ETF days, and the next retarget and halving."""
    columns = solution.inputs.tables["Events"].columns
    reported = sorted(
        (
            Entry(day(float(date)), "event", cut(str(event), _EVENT), cut(str(source), _SOURCE))
            for date, event, source in zip(columns["date"], columns["event"], columns["source"], strict=True)
        ),
        key=lambda entry: entry.date.value,
    )
    kept = reported[-most:]
    entries = [*kept, *_flips(ribbon)[-_RIBBON:], *_extremes(etf), *_ahead(solution)]
    return ChronologyView(
        days=_days([entry for entry in entries if entry.date.known], solution.number("as_of")),
        hidden=counted(len(reported) - len(kept)),
        has_events=bool(reported) or "Events" in solution.inputs.later_rows,
        blocks_per_day=counted(solution.number("blocks_per_day")),
    )


def _days(entries: list[Entry], as_of: float) -> tuple[Day, ...]:
    dates = sorted({entry.date.value for entry in entries})
    return tuple(
        Day(
            date=day(date),
            reported=tuple(entry for entry in entries if entry.date.value == date and entry.kind == "event"),
            shown=tuple(entry for entry in entries if entry.date.value == date and entry.kind != "event"),
            ahead=date > as_of,
        )
        for date in dates
    )


def _flips(ribbon: RibbonView) -> list[Entry]:
    flips = [Entry(day(item.start), "ribbon_down") for item in ribbon.spans]
    flips += [
        Entry(day(item.end), "ribbon_up", number=counted(item.days)) for item in ribbon.spans if item.end is not None
    ]
    return sorted(flips, key=lambda entry: entry.date.value)


def _extremes(etf: EtfView) -> list[Entry]:
    entries = []
    if etf.largest.positive:
        entries.append(Entry(etf.largest_day, "etf_in", number=etf.largest))
    if etf.smallest.negative:
        entries.append(Entry(etf.smallest_day, "etf_out", number=etf.smallest))
    return entries


def _ahead(solution: Solution) -> list[Entry]:
    as_of = solution.number("as_of")
    pace = solution.number("blocks_per_day")
    blocks = solution.number("blocks_to_retarget")
    halving = solution.number("days_to_halving")
    return [
        Entry(day(as_of + math.floor(blocks / pace + 0.5)), "retarget", number=counted(blocks)),
        Entry(day(as_of + math.floor(halving + 0.5)), "halving", number=counted(halving)),
    ]
