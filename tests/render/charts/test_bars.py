"""Bars begin and end where their figures are, go the way of their sign, and are broken where they are cut."""

from __future__ import annotations

import pytest

from reportgen.render.charts import CHARTS
from reportgen.render.charts.contributions import BANDS
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.hashprice_record import HashpriceDay
from reportgen.render.charts.market_flows import MarketFlow
from reportgen.render.charts.maturities import Due
from reportgen.render.charts.price_ladder import BandEntry
from reportgen.render.charts.scale import Scale, ticks_with_room
from reportgen.render.charts.shutdown_prices import Machine
from reportgen.render.charts.stacked_costs import CostBar, is_cut
from reportgen.render.charts.waterfall import Step
from reportgen.render.theme import load_theme

from .examples import NAN, WORDS, drawn
from .placed import Fill, Placed, placed

COLOURS = load_theme().colours
ROLES = {colour: role for role, colour in COLOURS.items()}


def bars(drawing: Drawing, *roles: str) -> list[Fill]:
    """The filled rectangles of some colour roles."""
    wanted = {COLOURS[role] for role in roles}
    return [fill for fill in placed(drawing).fills if fill.colour in wanted]


def at(chart: Placed, words: str) -> float:
    """The middle of a label of the horizontal axis."""
    (box,) = (label.box for label in chart.labels if label.words == words)
    return (box.left + box.right) / 2


def breaks(drawing: Drawing) -> list[float]:
    """Where strokes of paper go across bars, from the left."""
    lines = [piece.partition("/>")[0] for piece in drawing.svg.split("<line ")[1:]]
    strokes = [piece for piece in lines if f'stroke="{COLOURS["paper"]}"' in piece]
    return sorted(float(piece.split('"')[1]) for piece in strokes)


def test_coins_that_come_to_the_market_go_left_and_those_taken_off_it_right() -> None:
    flows = [
        MarketFlow("forced", -200, "−200", -50),
        MarketFlow("funds", 400, "+400"),
        MarketFlow("issuance", NAN, "n/a"),
    ]
    drawing = drawn("market_flows", flows=flows)
    zero, tick = at(placed(drawing), "0"), at(placed(drawing), "200")
    light, solid = bars(drawing, "sell")
    (bought,) = bars(drawing, "buy")
    unit = (tick - zero) / 200
    assert (light.box.left, light.box.right) == pytest.approx((zero - 200 * unit, zero), abs=1)
    assert (solid.box.left, solid.box.right) == pytest.approx((zero - 50 * unit, zero), abs=0.5)
    assert (bought.box.left, bought.box.right) == pytest.approx((zero, zero + 400 * unit), abs=0.5)
    assert light.opacity < 1 == solid.opacity
    assert WORDS["missing"] in [label.words for label in placed(drawing).labels]


def test_a_small_flow_beside_a_large_one_is_still_seen_and_none_is_not() -> None:
    flows = [
        MarketFlow("forced", -0.1, "−0.1"),
        MarketFlow("issuance", 0.0, "0"),
        MarketFlow("funds", -9e6, "−9,000,000"),
    ]
    small, large = bars(drawn("market_flows", flows=flows), "sell")
    assert 1 <= small.box.right - small.box.left < 2
    assert large.box.right - large.box.left > 100


def test_a_direction_without_bars_has_no_words() -> None:
    selling = drawn("market_flows", flows=[MarketFlow("forced", -5, "−5")])
    buying = drawn("market_flows", flows=[MarketFlow("forced", 5, "+5")])
    said = [[label.words for label in placed(drawing).labels] for drawing in (selling, buying)]
    assert [WORDS["selling"] in words for words in said] == [True, False]
    assert [WORDS["buying"] in words for words in said] == [False, True]


def test_a_bar_that_is_cut_is_broken_on_its_own_side_of_zero() -> None:
    low = CostBar("Led by AI", 40e3, 20e3, 9e3, 900e3, -831e3, "−831,000")
    high = CostBar("Dear", 400e3, 20e3, 9e3, 0, 429e3, "429,000")
    usual = CostBar("Usual", 40e3, 20e3, 9e3, 0, 69e3, "69,000")
    for shown, left, right in (([usual], 0, 0), ([usual, high], 0, 2), ([usual, low], 2, 0), ([low, high], 2, 2)):
        drawing = CHARTS["stacked_costs"](load_theme(), shown, price=90e3, words=WORDS, alt="a")
        zero = at(placed(drawing), "0")
        found = breaks(drawing)
        assert (sum(x < zero for x in found), sum(x > zero for x in found)) == (left, right)
        assert is_cut(shown, 90e3) == (left + right > 0)


def test_a_machine_is_in_the_colour_of_trouble_above_the_price_alone() -> None:
    machines = [Machine("Old", 50e3, 100e3, 130e3, "1%"), Machine("New", 30e3, 40e3, 50e3, "2%")]
    machines += [Machine("Worst", 95e3, 99e3, 120e3, "2%")]
    drawing = drawn("shutdown_prices", machines=machines)
    chart = placed(drawing)
    zero, tick = at(chart, "0"), at(chart, "100k")
    unit = (tick - zero) / 100
    spans = [
        (ROLES[fill.colour], round((fill.box.left - zero) / unit), round((fill.box.right - zero) / unit))
        for fill in bars(drawing, "accent", "bad")
    ]
    assert spans == [("accent", 50, 90), ("bad", 90, 130), ("accent", 30, 50), ("bad", 95, 120)]


def test_machines_wholly_beyond_the_axis_are_broken_stubs_at_its_ends() -> None:
    machines = [Machine("A", -900e3, -800e3, -700e3, "1%"), Machine("B", 900e3, 950e3, 999e3, "1%")]
    drawing = drawn("shutdown_prices", machines=machines)
    low, high = bars(drawing, "accent", "bad")
    assert [fill.box.right - fill.box.left for fill in (low, high)] == pytest.approx([13, 13])
    assert low.box.right < at(placed(drawing), "0") < high.box.left
    assert len(breaks(drawing)) == 4


def test_each_step_of_the_waterfall_begins_where_the_one_before_ended() -> None:
    steps = [
        Step("price", 90, "90", "price", total=True), Step("direct", -40, "−40", "direct"),
        Step("financing", -70, "−70", "financing"), Step("ai", 5, "+5", "ai"),
        Step("margin", -15, "−15", "bad", total=True),
    ]  # fmt: skip
    price, direct, financing, ai, margin = bars(
        drawn("waterfall", steps=steps), "price", "direct", "financing", "ai", "bad"
    )
    assert price.box.right == direct.box.right
    assert direct.box.left == financing.box.right
    assert financing.box.left == ai.box.left
    assert ai.box.right == pytest.approx(margin.box.left, abs=0.02)
    assert margin.box.right == price.box.left
    assert price.box.right - price.box.left == pytest.approx(6 * (margin.box.right - margin.box.left), rel=0.01)


def test_what_lies_wholly_beyond_the_axis_of_the_waterfall_is_a_broken_stub() -> None:
    steps = [
        Step("price", 10, "10", "price", total=True), Step("direct", -100, "−100", "direct"),
        Step("financing", -50, "−50", "financing"), Step("margin", -140, "−140", "bad", total=True),
    ]  # fmt: skip
    drawing = drawn("waterfall", steps=steps)
    (stub,) = bars(drawing, "financing")
    assert stub.box.right - stub.box.left == pytest.approx(13)
    assert len(breaks(drawing)) == 6


def test_what_falls_due_soon_is_the_foot_of_its_column() -> None:
    drawing = drawn("maturities", periods=[Due("Q1 26", 100e6, "100 m", 25e6), Due("Q2 26", 50e6, "50 m")])
    rest, soon, later = bars(drawing, "accent", "bad")
    assert (ROLES[rest.colour], ROLES[soon.colour], ROLES[later.colour]) == ("accent", "bad", "accent")
    tall = [fill.box.bottom - fill.box.top for fill in (rest, soon, later)]
    assert tall[0] == pytest.approx(3 * tall[1], abs=0.05)
    assert tall[2] == pytest.approx(tall[0] + tall[1] - 2 * tall[1], abs=0.05)
    assert rest.box.bottom == pytest.approx(soon.box.top, abs=0.02)


def test_the_strip_of_the_ladder_changes_its_band_where_the_score_does() -> None:
    bands = [BandEntry("high", BANDS[3], -0.1, "−10.0%"), BandEntry("severe", BANDS[4], NAN, "n/a")]
    drawing = drawn("price_ladder", 8, bands=bands, band_now=BANDS[2])
    chart = placed(drawing)
    now, high = bars(drawing, BANDS[2], BANDS[3])
    assert bars(drawing, BANDS[4]) == []
    assert (now.box.left, now.box.right) == pytest.approx((at(chart, "−10%"), at(chart, "0%")), abs=1)
    assert high.box.left == pytest.approx(at(chart, "−40%"), abs=1)
    assert {"high", "−10.0%"} <= {label.words for label in chart.labels}
    assert "n/a" not in {label.words for label in chart.labels}


def test_a_ladder_without_a_word_for_the_strip_has_a_bare_one_that_takes_no_room() -> None:
    bands = [BandEntry("high", BANDS[3], -0.1, "−10.0%")]
    words = {key: said for key, said in WORDS.items() if key != "score"}
    bare, none = (drawn("price_ladder", 8, bands=found, band_now=BANDS[2], words=words) for found in (bands, ()))
    assert bare.height == none.height
    now, high = bars(bare, BANDS[2], BANDS[3])
    assert now.box.left == high.box.right == pytest.approx(at(placed(bare), "−10%"), abs=1)
    assert bars(none, BANDS[2], BANDS[3]) == []


def test_hashprice_and_difficulty_have_axes_of_their_own_from_zero() -> None:
    days = [HashpriceDay(45_000.0 + day, 10.0 + day, NAN if day < 3 else 100.0) for day in range(11)]
    chart = placed(drawn("hashprice_record", days=days, dates=[]))
    above, below = sorted(label.box.top for label in chart.labels if label.words == "0")
    assert below - above > 50
    paths = [
        [stroke for stroke in chart.strokes if stroke.order == order] for order in {s.order for s in chart.strokes}
    ]
    lengths = sorted(len(path) for path in paths)[-2:]
    assert lengths == [7, 10]  # days without a figure are left out of its line


@pytest.mark.parametrize(("wide", "least"), [(60, 1), (250, 3), (600, 4)])
def test_round_figures_are_as_many_as_have_room(wide: float, least: int) -> None:
    scale = Scale(54e3, 126e3, 0, wide)
    marks = ticks_with_room(scale)
    assert len(marks) >= least
    assert all(mark % 10_000 == 0 for mark in marks)
