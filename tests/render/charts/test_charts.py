from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from reportgen.render.charts import CHARTS
from reportgen.render.charts.cost_curve import Block, is_cut
from reportgen.render.charts.drawing import Point, text
from reportgen.render.charts.epochs import EpochPoint
from reportgen.render.charts.letters import LABEL
from reportgen.render.charts.scale import Scale, rounded_up, short, spread, ticks
from reportgen.render.charts.stacked_costs import CostBar
from reportgen.render.charts.tornado import Effect
from reportgen.render.charts.under_water import Cost
from reportgen.render.theme import load_theme

from .examples import HOSTILE, NAN, SVG, WORDS, drawn, stacked, texts


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_every_chart_is_sound_xml_with_words_that_stand_for_it(name: str) -> None:
    root = ET.fromstring(drawn(name).svg)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert not list(root.iter(f"{SVG}script"))
    assert not any("nan" in value for item in root.iter() for value in item.attrib.values())


@pytest.mark.parametrize("count", [1, 2, 8, 30])
def test_every_operator_has_a_row_that_its_name_has_room_in(count: int) -> None:
    drawing = stacked(count, name="Amalgamated Mining Holdings Company of the Northern Plains")
    rows = sorted({float(item.get("y", 0)) for item in texts(drawing) if (item.text or "").startswith("Amal")})
    assert len(rows) == count
    assert all(later - earlier >= LABEL for earlier, later in pairwise(rows))


def test_bars_start_at_zero() -> None:
    drawing = stacked(1)
    rects = [item for item in ET.fromstring(drawing.svg).iter(f"{SVG}rect") if float(item.get("height", 0)) > 9]
    zero = next(float(item.get("x", 0)) for item in texts(drawing) if item.text == "0")
    assert min(float(item.get("x", 0)) for item in rects) == pytest.approx(zero, abs=0.02)


def test_a_negative_layer_goes_to_the_left_of_zero() -> None:
    bar = CostBar("Paid for power", -20e3, 15e3, 5e3, 0, 0, "0")
    drawing = CHARTS["stacked_costs"](load_theme(), [bar], price=90e3, words=WORDS, alt="Costs")
    zero = next(float(item.get("x", 0)) for item in texts(drawing) if item.text == "0")
    rects = [item for item in ET.fromstring(drawing.svg).iter(f"{SVG}rect") if float(item.get("height", 0)) > 9]
    assert min(float(item.get("x", 0)) for item in rects) < zero - 10


def test_an_operator_without_production_says_so() -> None:
    bar = CostBar("No fleet", NAN, NAN, NAN, NAN, NAN, "n/a")
    drawing = CHARTS["stacked_costs"](load_theme(), [bar], price=90e3, words=WORDS, alt="Costs")
    assert WORDS["missing"] in [item.text for item in texts(drawing)]


def test_text_of_users_stays_text() -> None:
    effects = [Effect(HOSTILE, 5, "+5", -9e3, "−9,000")]
    root = ET.fromstring(drawn("tornado", effects=effects).svg)
    assert any((item.text or "").startswith("</text>") for item in root.iter(f"{SVG}text"))


def test_a_template_prints_a_drawing_as_an_image_with_alt_text() -> None:
    shown = drawn("epochs").__html__()
    assert shown.startswith("<img ")
    assert 'alt="a"' in shown


def test_text_at_the_left_edge_is_moved_inside() -> None:
    moved = text(Point(2, 10), "wide words", load_theme(), anchor="end")
    assert float(ET.fromstring(moved).get("x", 0)) > 2


def test_ticks_are_round_and_inside() -> None:
    assert ticks(0, 200_000, 6) == (0, 50_000, 100_000, 150_000, 200_000)
    assert ticks(0, 1, 4) == (0, 0.5, 1)
    assert ticks(0.94, 1.0, 4)[0] >= 0.94
    assert ticks(5, 5) == (5,)


def test_an_axis_has_a_tick_beyond_all_that_is_drawn() -> None:
    assert rounded_up(0, 185_381) == 200_000
    assert rounded_up(0, 200_000) == 200_000
    assert all(ticks(0, rounded_up(0, high))[-1] >= high for high in (7, 93, 120, 1_234, 99_999))


def test_a_block_beyond_the_axis_is_broken_and_known_to_be_cut() -> None:
    tall, low = [Block("A", 900e3, 1.0)], [Block("A", 95e3, 1.0)]
    assert is_cut(tall, 90e3)
    assert not is_cut(low, 90e3)

    def breaks(blocks: list[Block]) -> int:
        drawing = CHARTS["cost_curve"](load_theme(), blocks, price=90e3, words=WORDS, alt="a")
        return drawing.svg.count('stroke="#FFFFFF"')

    assert (breaks(tall), breaks(low)) == (2, 0)


def stairs_of(costs: list[Cost]) -> list[list[tuple[float, float]]]:
    """The corners of the stairs of net, sustaining and direct cost, as prices and shares."""
    drawing = CHARTS["under_water"](load_theme(), costs, price=100e3, words=WORDS, alt="a", reach=0.5)
    known = {item.text: item for item in texts(drawing)}
    zero, one = (float(known[label].get("y", 0)) - 3 for label in ("0%", "100%"))
    left, right = (float(known[label].get("x", 0)) for label in ("60k", "140k"))
    found = []
    for path in ET.fromstring(drawing.svg).iter(f"{SVG}path"):
        places = [tuple(map(float, corner.split())) for corner in path.get("d", "").removeprefix("M").split("L")]
        found.append([(60e3 + (x - left) / (right - left) * 80e3, (y - zero) / (one - zero)) for x, y in places])
    return found


def test_a_share_falls_at_the_exact_cost_of_each_operator_and_nowhere_else() -> None:
    costs = [Cost(1, NAN, 61_234, 77_777), Cost(2, 55e3, 90e3, 90e3), Cost(1, 40e3, 160e3, 200e3)]
    net, sustaining, direct = stairs_of(costs)
    assert [price for price, _ in net] == pytest.approx([50e3, 77_777, 77_777, 90e3, 90e3, 150e3], abs=10)
    assert [share for _, share in net] == pytest.approx([1, 1, 0.75, 0.75, 0.25, 0.25], abs=0.001)
    assert [price for price, _ in sustaining[1:3]] == pytest.approx([61_234, 61_234], abs=10)
    assert [share for _, share in direct] == pytest.approx([0.5, 0.5, 0, 0], abs=0.001)


def test_a_column_in_which_nothing_moves_is_left_out() -> None:
    effects = [Effect("A", 0.0, "0.0", -9e3, "−9,000"), Effect("B", NAN, "n/a", 5e3, "+5,000")]
    drawing = CHARTS["tornado"](load_theme(), effects, left_title="score", right_title="margin", alt="a")
    shown = [item.text for item in texts(drawing)]
    assert "margin" in shown
    assert "score" not in shown


def test_labels_are_spread_without_changing_order() -> None:
    assert spread([10, 11, 12], 5, 0, 100) == (10, 15, 20)
    assert spread([98, 99], 5, 0, 100) == (95, 100)
    assert spread([], 5, 0, 100) == ()


def test_figures_outside_a_scale_are_put_on_its_edge() -> None:
    scale = Scale(0, 10, 100, 200)
    assert scale.at(20) == 200
    assert not scale.within(20)
    assert Scale(5, 5, 0, 10).at(5) == 0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (90e3, "90k"),
        (1.25e6, "1.25M"),
        (0.25, "0.25"),
        (1_500, "1,500"),
        (12_500, "12.5k"),
        (-50, "−50"),
        (0, "0"),
        (-0.0, "0"),
        (2e9, "2bn"),
    ],
)
def test_ticks_have_few_letters(value: float, shown: str) -> None:
    assert short(value) == shown


def colours_of(name: str, **changed: Any) -> list[str]:
    theme = load_theme()
    roles = {colour: role for role, colour in reversed(list(theme.colours.items()))}  # of equal ones the first
    drawing = CHARTS[name](theme, **changed)
    return [roles[item.get("fill", "")] for item in ET.fromstring(drawing.svg).iter(f"{SVG}rect")]


def test_a_cost_above_the_price_is_drawn_as_bad_and_one_at_it_is_not() -> None:
    blocks = [Block("A", 89_999, 0.3), Block("B", 90_000, 0.3), Block("C", 90_001, 0.4)]
    roles = colours_of("cost_curve", blocks=blocks, price=90e3, words=WORDS, alt="a")
    assert [role == "bad" for role in roles[:3]] == [False, False, True]


def test_a_shock_that_makes_things_worse_is_drawn_as_bad() -> None:
    effects = [Effect("A", 5.0, "+5.0", -9e3, "−9,000"), Effect("B", -2.0, "−2.0", 4e3, "+4,000")]
    roles = colours_of("tornado", effects=effects, left_title="score", right_title="margin", alt="a")
    assert roles == ["bad", "good", "bad", "good"]


@pytest.mark.parametrize(
    ("score", "lit"), [(0, 0), (19.9, 0), (20, 1), (59.9, 2), (60, 3), (80, 4), (100, 4), (NAN, None)]
)
def test_the_band_that_holds_the_score_is_lit_its_lower_end_included(score: float, lit: int | None) -> None:
    bands = ["low", "guarded", "elevated", "high", "severe"]
    drawing = CHARTS["score_scale"](load_theme(), score, bands=bands, alt="a")
    boxes = list(ET.fromstring(drawing.svg).iter(f"{SVG}rect"))
    assert len({box.get("fill") for box in boxes}) == len(bands)
    tallest = max(float(box.get("height", 0)) for box in boxes)
    usual = min(float(box.get("height", 0)) for box in boxes)
    assert [index for index, box in enumerate(boxes) if float(box.get("height", 0)) > usual] == (
        [] if lit is None else [lit]
    )
    assert (tallest > usual) == (lit is not None)
    assert [item.text for item in texts(drawing) if item.get("font-weight") == "600"] == (
        [] if lit is None else [bands[lit]]
    )


def test_operators_stand_in_the_curve_as_wide_as_their_share_and_as_tall_as_their_cost() -> None:
    blocks = [Block("A", 50e3, 0.25), Block("B", 100e3, 0.75)]
    drawing = CHARTS["cost_curve"](load_theme(), blocks, price=90e3, words=WORDS, alt="a")
    first, second, *_ = ET.fromstring(drawing.svg).iter(f"{SVG}rect")
    assert float(second.get("height", 0)) == pytest.approx(2 * float(first.get("height", 0)), rel=0.01)
    assert float(second.get("width", 0)) == pytest.approx(3 * float(first.get("width", 0)), rel=0.02)


def test_the_day_that_settles_is_marked_only_when_there_is_one() -> None:
    points = [EpochPoint(0, 1, 1), EpochPoint(14, 0.9, 0.8)]
    for settled, marks in ((14.0, 1), (NAN, 0)):
        drawing = CHARTS["epochs"](load_theme(), points, settled=settled, words=WORDS, alt="a")
        assert [item.text for item in texts(drawing)].count(WORDS["settled"]) == marks
