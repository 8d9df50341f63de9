"""A short chronology: the workbook's events beside what the data shows by itself, and what comes next."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import Figure, counted, day
from reportgen.render.brief.network import RibbonView
from reportgen.render.brief.selling import EtfView

_ETF, _RIBBON = 2, 4


@dataclass(frozen=True)
class Entry:
    """A dated entry. `kind` is event, ribbon_down, ribbon_up, etf_in, etf_out, retarget or halving."""

    date: Figure
    kind: str
    event: str = ""
    source: str = ""
    number: Figure | None = None


@dataclass(frozen=True)
class ChronologyView:
    """Entries by date; how many events of the workbook are not shown, and what was dated by estimate."""

    entries: tuple[Entry, ...]
    hidden: Figure
    has_events: bool
    blocks_per_day: Figure


def chronology_view(solution: Solution, ribbon: RibbonView, etf: EtfView, most: int) -> ChronologyView:
    """The newest events of the workbook, the newest ribbon flips, the largest ETF days, the next retarget and halving."""
    reported = sorted(
        (
            Entry(day(float(date)), "event", str(event), str(source))
            for date, event, source in zip(
                *(solution.inputs.tables["Events"].columns[name] for name in ("date", "event", "source")), strict=True
            )
        ),
        key=lambda entry: entry.date.value,
    )
    shown = reported[-most:]
    entries = [*shown, *_flips(ribbon)[-_RIBBON:], *_extremes(etf), *_ahead(solution)]
    return ChronologyView(
        entries=tuple(sorted((entry for entry in entries if entry.date.known), key=lambda entry: entry.date.value)),
        hidden=counted(len(reported) - len(shown)),
        has_events=bool(reported),
        blocks_per_day=counted(float(solution.value("blocks_per_day"))),
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
    as_of = float(solution.value("as_of"))
    pace = float(solution.value("blocks_per_day"))
    blocks = float(solution.value("blocks_to_retarget"))
    halving = float(solution.value("days_to_halving"))
    return [
        Entry(day(math.floor(as_of + blocks / pace)), "retarget", number=counted(blocks)),
        Entry(day(math.floor(as_of + halving)), "halving", number=counted(halving)),
    ]
