"""The fall of the price that first takes the score into each higher band, for the price ladder."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.model.solve import Solution
from reportgen.render.brief.figures import percent
from reportgen.render.charts.contributions import BANDS
from reportgen.render.charts.price_ladder import BandEntry


@dataclass(frozen=True)
class ScoreBands:
    """Bands above today's with the change of the price that reaches them, to 0.1 %, all else equal.

    `now` is the colour role of today's band, "" without a score.
    """

    entries: tuple[BandEntry, ...]
    now: str


def score_bands(solution: Solution) -> ScoreBands:
    """Bands of the reverse stress; one that no fall of the price reaches has no distance."""
    score, width = solution.number("risk_score"), solution.number("risk_band_width")
    if math.isnan(score):
        return ScoreBands((), "")
    now = min(len(BANDS) - 1, int(score // width))
    found = [
        row
        for row in solution.rows_of("reverse_stress")
        if row.text("measure") == "score" and row.text("driver") == "price"
    ]
    above = zip(found, BANDS[now + 1 :], strict=False)
    entries = tuple(
        BandEntry(row.text("target"), role, row.number("change"), percent(row.number("change"), sign=True).text)
        for row, role in above
    )
    return ScoreBands(entries, BANDS[now])
