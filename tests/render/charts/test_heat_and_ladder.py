from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from reportgen.render.charts import CHARTS
from reportgen.render.charts.heat_map import Cell, heat_map
from reportgen.render.charts.price_ladder import Mark
from reportgen.render.theme import load_theme

from .examples import NAN, SVG, WORDS, drawn, texts


def test_a_heat_map_colours_what_is_bad_and_good_frames_today_and_leaves_what_is_not_known_plain() -> None:
    theme = load_theme()
    rows = [[Cell("40", 0.5), Cell("20", -0.5)], [Cell("n/a", NAN), Cell("0", 0.0)], [Cell("7", 0, "band_low")] * 2]
    drawing = drawn("heat_map", rows=rows, across=["−10%", "0%"], down=["0%", "+10%", "+20%"], middle=(0, 1))
    boxes = list(ET.fromstring(drawing.svg).iter(f"{SVG}rect"))
    roles = ("bad", "ink", "paper", "good", "good", "band_low", "band_low")
    assert [item.get("fill") for item in boxes] == [theme.colours[role] for role in roles]
    tints = [float(item.get("fill-opacity", 1)) for item in (boxes[0], boxes[3], boxes[4])]
    assert tints[0] == tints[1] > tints[2]
    assert [item.text for item in texts(drawing)][-9:] == ["0%", "40", "20", "+10%", "n/a", "0", "+20%", "7", "7"]
    assert [item.get("fill") for item in texts(drawing)][-2:] == [theme.colours["paper"]] * 2


def test_a_figure_takes_the_colour_that_stands_out_more_on_the_cell() -> None:
    theme = load_theme()
    for bad, words in (("#FFC0C0", "ink"), ("#300000", "paper")):
        drawing = heat_map(
            replace(theme, colours={**theme.colours, "bad": bad}), [[Cell("7", 1.0)]], across=["0%"], down=["0%"],
            middle=(9, 9), words=WORDS, alt="a",
        )  # fmt: skip
        assert texts(drawing)[-1].get("fill") == theme.colours[words]


def test_a_figure_without_room_for_its_sign_of_per_cent_stands_without_it_in_all_cells() -> None:
    rows = [[Cell("−344%", 1.0), Cell("5%", 0.0)]]
    for width, shown in ((90, ["−344", "5"]), (200, ["−344%", "5%"])):
        drawing = drawn("heat_map", rows=rows, across=["−10%", "0%"], down=["0%"], middle=(0, 1), width=width)
        assert [item.text for item in texts(drawing)][-2:] == shown


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


@pytest.mark.parametrize(
    ("distance", "others", "shown"),
    [
        (-0.2, (), "Name"),
        (-0.02, (), "Name"),
        (-0.02, (-0.05,), "← Name"),
        (0.02, (), "Name"),
        (-0.02, (-0.05, 0.03), ""),
    ],
)
def test_a_trigger_is_named_beside_its_dot_and_pointed_back_to_from_beyond_the_price(
    distance: float, others: tuple[float, ...], shown: str
) -> None:
    marks = [Mark("runway", 90e3 * (1 + distance), distance, 0.2, "Name")]
    marks += [Mark("runway", 90e3 * (1 + other), other, 0.2) for other in others]
    said = [item.text for item in texts(drawn("price_ladder", marks=marks, bands=(), width=430))]
    assert [words for words in said if words and "Name" in words] == [shown] * bool(shown)


def test_windows_of_stress_are_shaded_where_they_are() -> None:
    drawing = drawn("score_record")
    (box,) = (item for item in ET.fromstring(drawing.svg).iter(f"{SVG}rect") if item.get("fill-opacity"))
    line = next(ET.fromstring(drawing.svg).iter(f"{SVG}path")).get("d", "")
    places = [float(point.split()[0]) for point in line.removeprefix("M").split("L")]
    left, wide = float(box.get("x", 0)), float(box.get("width", 0))
    assert (left, left + wide) == pytest.approx((places[10], places[20]), abs=0.02)
