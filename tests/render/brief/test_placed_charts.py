"""Charts of whole briefs: no text stands in another, beyond the frame, on a line or on a ground that swallows it."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from reportgen.inputs import Inputs
from reportgen.render.brief.pages import html
from reportgen.render.charts.drawing import Drawing
from reportgen.render.contrast import TEXT, contrast
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from tests.render.charts.placed import crossed, grounds, outside, overlapping, placed
from tests.worked_case import inputs_of, worked_case

from .cases import emptied, grown, priced, records, view_of

SVG = "{http://www.w3.org/2000/svg}"


def paid_for_power() -> Inputs:
    given = records()
    for row in given["Operators"]:
        row["power_price"] = -0.4
    return inputs_of(given)


CASES: dict[str, Callable[[], Inputs]] = {
    "usual": worked_case,
    "many": lambda: grown(60),
    "one, no flows": lambda: emptied(grown(1), "ETF_Flows"),
    "cheap": lambda: priced(30e3),
    "dear": lambda: priced(400e3),
    "without history": lambda: emptied(worked_case(), "Network_History", "Debt"),
    "paid for power": paid_for_power,
}


def drawings_of(inputs: Inputs) -> dict[str, Drawing]:
    """Every chart of the brief, by the words that stand for it."""
    found = {}
    for encoded in re.findall(r'base64,([^"]*)"', html(view_of(inputs), load_theme(), (templates_folder(),))):
        svg = base64.b64decode(encoded).decode("utf-8")
        root = ET.fromstring(svg)
        words = root.findtext(f"{SVG}title") or ""
        found[words] = Drawing(svg, float(root.get("width", 0)), float(root.get("height", 0)), words)
    return found


@pytest.mark.parametrize("case", sorted(CASES))
def test_texts_of_charts_are_clear_of_each_other_inside_and_readable(case: str) -> None:
    drawn = drawings_of(CASES[case]())
    assert len(drawn) >= 7
    paper = load_theme().colours["paper"]
    for words, drawing in drawn.items():
        chart = placed(drawing)
        assert (overlapping(chart), crossed(chart), outside(chart)) == ([], [], []), words
        swallowed = [
            label.words
            for label in chart.labels
            if any(contrast(label.colour, ground) < TEXT for ground in grounds(chart, label, paper))
        ]
        assert swallowed == [], words
