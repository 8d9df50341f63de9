"""The record of the market's part of the score: every day of the history, and what the weeks of today's band saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.model.record import Band, record
from reportgen.model.solve import Solution
from reportgen.render.brief.dates import DateTick, day_ticks, thinned
from reportgen.render.brief.figures import Figure, amount, counted, day, percent, whole_percent
from reportgen.render.brief.reading import read, shown
from reportgen.render.charts.ribbon import Span
from reportgen.render.charts.score_record import ScoreDay

_POINTS, _LABELS = 400, 4


@dataclass(frozen=True)
class ScoreHistoryView:
    """The chart is empty when there is no market score; `band` holds the weeks whose score was in today's band.

    `auc` is the share of pairs of a week inside and one outside the workbook's stress windows in which the one inside
    scored higher; n/a without such windows.
    """

    chart: tuple[ScoreDay, ...]
    windows: tuple[Span, ...]
    ticks: tuple[DateTick, ...]
    from_day: Figure
    weeks: Figure
    spells: Figure
    band_from: Figure
    band_to: Figure
    band_weeks: Figure
    band_spells: Figure
    price_median: Figure
    hash_fall: Figure
    auc: Figure
    windows_counted: Figure
    today: Figure = shown(lambda value: amount(value, 1), "market_score")
    percentile: Figure = shown(whole_percent, "market_score_percentile")


def score_history_view(solution: Solution) -> ScoreHistoryView:
    """The record, sampled weekly."""
    found = record(solution)
    dates, scores = solution.numbers("days", "date"), solution.numbers("days", "market_score")
    rows = thinned(_POINTS, scores)
    chart = tuple(ScoreDay(float(dates[row]), float(scores[row])) for row in rows) if len(rows) > 1 else ()
    width = solution.number("risk_band_width")
    band = _band(found.bands, solution.number("market_score"))
    return read(
        ScoreHistoryView,
        solution,
        chart=chart,
        windows=tuple(Span(window.start, window.end) for window in found.windows),
        ticks=day_ticks(chart[0].day, chart[-1].day, _LABELS) if chart else (),
        from_day=day(chart[0].day if chart else np.nan),
        weeks=counted(found.weeks),
        spells=counted(found.spells),
        band_from=counted(band.from_score),
        band_to=counted(band.from_score + width),
        band_weeks=counted(band.weeks),
        band_spells=counted(band.spells),
        price_median=percent(band.price_90d_median, 0, sign=True),
        hash_fall=whole_percent(band.hash_fall_30d),
        auc=whole_percent(found.auc["market_score"]),
        windows_counted=counted(len(found.windows)),
    )


def _band(bands: tuple[Band, ...], score: float) -> Band:
    """The band that holds a score; the lowest where there is none."""
    held = [band for band in bands if score >= band.from_score]
    return held[-1] if held else bands[0]
