from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from reportgen.render.charts import CHARTS
from reportgen.render.charts.price_ladder import Mark
from reportgen.render.theme import load_theme

from .examples import SVG, WORDS, drawn, texts


def test_a_heat_map_colours_what_is_bad_and_good_frames_today_and_leaves_what_is_not_known_plain() -> None:
    theme = load_theme()
    boxes = list(ET.fromstring(drawn("heat_map").svg).iter(f"{SVG}rect"))
    fills = [item.get("fill") for item in boxes]
    assert fills == [theme.colours[role] for role in ("bad", "ink", "paper", "good", "good")]
    tints = [float(item.get("fill-opacity", 1)) for item in boxes if item.get("fill") in (fills[0], fills[3])]
    assert tints[0] == tints[1] > tints[2]
    assert [item.text for item in texts(drawn("heat_map"))][-6:] == ["0%", "40", "20", "+10%", "n/a", "0"]


def test_the_ladder_marks_what_is_crossed_and_counts_what_is_beyond() -> None:
    theme = load_theme()
    marks = [
        Mark("long", 89_999, -0.00001, 0.2), Mark("long", 90_001, 0.00001, 0.8),
        Mark("long", 20e3, -0.7, 0.1), Mark("short", 200e3, 1.2, 0.1), Mark("short", 210e3, 1.3, 0.1),
    ]  # fmt: skip
    drawing = CHARTS["price_ladder"](theme, marks, kinds=["short", "long"], price=90e3, words=WORDS, alt="a")
    dots = list(ET.fromstring(drawing.svg).iter(f"{SVG}circle"))
    assert [item.get("fill") for item in dots] == [theme.colours["bad"], theme.colours["accent"]]
    assert float(dots[0].get("r", 0)) > float(dots[1].get("r", 0))
    shown = [item.text for item in texts(drawing)]
    assert "‹ 1" in shown
    assert "2 ›" in shown


def test_windows_of_stress_are_shaded_where_they_are() -> None:
    (box,) = ET.fromstring(drawn("score_record").svg).iter(f"{SVG}rect")
    line = next(ET.fromstring(drawn("score_record").svg).iter(f"{SVG}path")).get("d", "")
    places = [float(point.split()[0]) for point in line.removeprefix("M").split("L")]
    left, wide = float(box.get("x", 0)), float(box.get("width", 0))
    assert (left, left + wide) == pytest.approx((places[2], places[4]), abs=0.02)
