"""Words that stand in a colour, for operators under stress and for the bands of the score, and what the colours mean.

The words say it all without the colour; the colours are those of the theme, told apart by those who see few.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.render.workbook.layout import FIRST_MEMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.model.graph import Key
    from reportgen.render.workbook.layout import Part
    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

STRESS: Mapping[str, str] = {
    "above AISC": "stress_0",
    "below AISC": "stress_1",
    "not sustaining": "stress_2",
    "lights-off": "stress_3",
}
BANDS: Mapping[str, str] = {band: f"band_{band}" for band in ("low", "guarded", "elevated", "high", "severe")}
COLOURED: Mapping[Key, Mapping[str, str]] = {("operators", "stress"): STRESS, ("market", "risk_band"): BANDS}
"""Lines of words, and for each of their words the colour of the theme that it stands on."""
LEGEND_ROW = 0


def legend_of(parts: tuple[Part, ...]) -> Mapping[str, str]:
    """The words and colours that a sheet explains at its top; none where it has no such line."""
    return next((COLOURED[key] for part in parts for key in _coloured(part)), {})


def legend_end(parts: tuple[Part, ...]) -> int:
    """The first column beside the legend of a sheet; 0 where it has none."""
    legend = legend_of(parts)
    return FIRST_MEMBER + len(legend) if legend else 0


def show_legend(page: Page, parts: tuple[Part, ...]) -> None:
    """Every word on its colour, beside the title."""
    for column, (word, role) in enumerate(legend_of(parts).items(), start=FIRST_MEMBER):
        page.text(LEGEND_ROW, column, word, role)


def colour_words(page: Page, plan: Plan, part: Part) -> None:
    """The words of a part's lines stand on their colours, whatever they become."""
    for key in _coloured(part):
        cells = plan.range_of(part.block.name, key)
        first, last = cells.at(0), cells.at(part.members - 1)
        for word, role in COLOURED[key].items():
            page.word((*first, *last), word, role)


def _coloured(part: Part) -> Iterator[Key]:
    for line in part.section.lines:
        if (key := (part.block.name, line.name)) in COLOURED:
            yield key
