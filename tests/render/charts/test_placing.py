"""Where every chart puts its texts, for markets of one to sixty operators with long names in four scripts."""

from __future__ import annotations

import itertools

import pytest

from reportgen.render.charts import CHARTS
from reportgen.render.charts.drawing import Point, drawing, line, note, rectangle, text
from reportgen.render.charts.letters import FEWEST, fitted, width_of
from reportgen.render.contrast import FILL, TEXT, contrast
from reportgen.render.theme import load_theme

from .examples import COUNTS, EXAMPLES, drawn, names
from .placed import Placed, crossed, grounds, outside, overlapping, placed

THEME = load_theme()
WIDTHS = dict.fromkeys(CHARTS, (335, 687)) | {
    "score_scale": (240, 335), "price_ladder": (430, 687), "tornado": (520, 687),
}  # fmt: skip
CASES = [(name, count, width) for name in sorted(CHARTS) for count in COUNTS for width in WIDTHS[name]]
POINT = 96 / 72
SMALLEST = 7 * POINT
"""Seven points in CSS pixels."""


@pytest.fixture(scope="module")
def chart() -> dict[tuple[str, int, int], Placed]:
    return {case: placed(drawn(case[0], case[1], width=case[2])) for case in CASES}


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_no_text_stands_in_another(name: str, chart: dict[tuple[str, int, int], Placed]) -> None:
    assert {case: found for case in CASES if case[0] == name and (found := overlapping(chart[case]))} == {}


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_no_line_or_dot_goes_through_a_text(name: str, chart: dict[tuple[str, int, int], Placed]) -> None:
    assert {case: found for case in CASES if case[0] == name and (found := crossed(chart[case]))} == {}


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_every_text_is_inside_and_tells_enough(name: str, chart: dict[tuple[str, int, int], Placed]) -> None:
    for case in CASES:
        if case[0] == name:
            assert outside(chart[case]) == [], case
            cut = [label.words for label in chart[case].labels if label.words.endswith("…")]
            assert [words for words in cut if len(words) <= FEWEST] == [], case


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_every_text_is_seven_points_or_more_and_stands_out(
    name: str, chart: dict[tuple[str, int, int], Placed]
) -> None:
    for case in CASES:
        if case[0] == name:
            assert min(label.size for label in chart[case].labels) >= SMALLEST, case
            low = [
                (label.words, ground)
                for label in chart[case].labels
                for ground in grounds(chart[case], label, THEME.colours["paper"])
                if contrast(label.colour, ground) < TEXT
            ]
            assert low == [], case


def test_these_tests_see_what_is_wrong() -> None:
    wrong = [
        rectangle(0, 0, 50, 20, THEME.colours["muted"]),
        text(Point(10, 15), "one and", THEME),
        text(Point(30, 16), "the other", THEME),
        line(Point(0, 40), Point(100, 60), THEME.colours["line"]),
        note(Point(30, 52), "crossed", THEME),
        note(Point(90, 90), "beyond the frame", THEME),
    ]
    chart = placed(drawing(THEME, 100, 100, "a", wrong))
    assert overlapping(chart) == [("one and", "the other")]
    assert crossed(chart) == ["crossed"]
    assert outside(chart) == ["beyond the frame"]
    assert contrast(THEME.colours["ink"], max(grounds(chart, chart.labels[0], "#FFFFFF"))) < 21
    assert THEME.colours["muted"] in grounds(chart, chart.labels[0], "#FFFFFF")


def test_a_line_below_a_ground_of_its_own_does_not_cross_a_text() -> None:
    below = line(Point(0, 10), Point(100, 10), THEME.colours["line"])
    ground, words = rectangle(5, 0, 90, 20, THEME.colours["paper"]), text(Point(10, 14), "covered", THEME)
    assert crossed(placed(drawing(THEME, 100, 30, "a", [below, ground, words]))) == []
    assert crossed(placed(drawing(THEME, 100, 30, "a", [ground, words, below]))) == ["covered"]


@pytest.mark.parametrize("strong", [False, True])
def test_widths_are_those_of_the_font_on_the_safe_side(strong: bool) -> None:
    for words in (*names(8)[:2], "Price 90,000", "−1,234.5 bn", "Öresund & Söhne «AG»", "Wm@%"):
        chart = drawing(THEME, 500, 20, "a", [text(Point(1, 12), words, THEME, strong=strong)])
        box = placed(chart).labels[0].box
        assert box.right - box.left <= width_of(words, strong=strong) <= (box.right - box.left) * 1.06


def test_a_cut_name_keeps_enough_letters_or_is_left_out() -> None:
    assert fitted("short", 100) == "short"
    cut = fitted("a very long name of an operator", 70)
    assert cut.endswith("…")
    assert len(cut) > FEWEST
    assert width_of(cut) <= 70
    assert fitted("a very long name of an operator", 30) == ""


def test_every_chart_has_an_example() -> None:
    assert set(EXAMPLES) == set(CHARTS)


def _seen(colour: str, matrix: tuple[tuple[float, float, float], ...]) -> tuple[float, float, float]:
    """A colour as CIE L*a*b*, as someone sees it whose eyes are simulated by a matrix of linear RGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear, strict=True)))) for row in matrix)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


# Machado, Oliveira and Fernandes 2009, severity 1.0
EYES = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip
APART = 18.0
"""Distance in CIE L*a*b* of colours that are told apart at a glance, also in small areas."""
TOGETHER = {
    "score": ("band_low", "band_guarded", "band_elevated", "band_high", "band_severe"),
    "stress": ("stress_0", "stress_1", "stress_2", "stress_3"),
    "layers": ("direct", "sustaining", "financing", "ai", "price"),
    "better or worse": ("good", "bad"),
    "above the price": ("accent", "bad"),
    "flows": ("buy", "sell"),
    "sold and taken in": ("accent", "sustaining", "etf"),
    "means": ("accent", "muted"),
    "waterfall": ("price", "direct", "sustaining", "financing", "ai", "bad"),
}
"""Colour roles that stand beside each other in a chart."""


@pytest.mark.parametrize("eyes", sorted(EYES))
@pytest.mark.parametrize("chart_of", sorted(TOGETHER))
def test_colours_of_a_chart_are_told_apart_by_all_eyes(chart_of: str, eyes: str) -> None:
    near = {}
    for one, other in itertools.combinations(TOGETHER[chart_of], 2):
        pair = (_seen(THEME.colours[role], EYES[eyes]) for role in (one, other))
        apart = sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5
        if apart < APART:
            near[one, other] = round(apart, 1)
    assert near == {}


@pytest.mark.parametrize("role", sorted({role for roles in TOGETHER.values() for role in roles}))
def test_fills_that_mean_something_stand_out_from_the_paper(role: str) -> None:
    assert contrast(THEME.colours[role], THEME.colours["paper"]) >= FILL
