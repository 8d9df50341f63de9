"""The brief in a browser: one page that stands alone, with the same words as the PDF."""

from __future__ import annotations

import html
import itertools
import json
import re
from pathlib import Path

import pytest

from reportgen.model.solve import Solution, solve
from reportgen.problems import UsageError
from reportgen.render.brief.chart_data import described
from reportgen.render.brief.manuscript import Medium
from reportgen.render.brief.screen import screen_page
from reportgen.render.brief.screen_text import framed, style_element
from reportgen.render.charts import CHARTS
from reportgen.render.charts.tornado import Effect
from reportgen.render.theme import load_theme
from tests.worked_case import worked_case

from .cases import WORKBOOK, words_of

HOSTILE = '<script>alert("x")</script> {{ 7*7 }} https://evil.example'


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


@pytest.fixture(scope="module")
def page(solution: Solution) -> str:
    return screen_page(solution, WORKBOOK.name, 1234)


def test_the_page_stands_alone(page: str) -> None:
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert not re.search(r"@import|url\((?!data:)", page)
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in page
    assert 'name="viewport"' in page


def test_every_wide_thing_scrolls_in_a_frame_that_the_keyboard_reaches(page: str) -> None:
    wide = len(re.findall(r"<table\b|<img\b", page))
    assert wide > 5
    assert (
        len(re.findall(r'<div class="scroll" role="region" aria-label="[^"]+" tabindex="0"><(?:table|img)\b', page))
        == wide
    )


def test_headings_come_in_order_and_every_chart_has_words(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)\b", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert all(len(alt) > 20 for alt in re.findall(r'<img[^>]* alt="([^"]*)"', page))


def test_the_words_are_those_of_the_brief(page: str) -> None:
    body = re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])
    assert " ".join(html.unescape(body).split()) == words_of(worked_case())


def test_a_style_that_would_load_or_end_its_element_is_refused() -> None:
    theme = load_theme()
    for css in (
        b"</style><script>",
        b"@import 'x.css';",
        b"a { background: url(http://x) }",
        b"a { background: URL( 'x.png') }",
    ):
        with pytest.raises(UsageError, match="the page stands alone"):
            style_element(theme, css)
    with pytest.raises(UsageError, match="not UTF-8"):
        style_element(theme, b"\xff")
    assert "url(data:font/ttf;base64,AA)" in style_element(theme, b"a { src: url(data:font/ttf;base64,AA) }").text


def test_tables_in_frames_stay_what_they_are() -> None:
    assert framed("<p>a</p><table>\n<tr></tr></table>b").count("</table></div>b") == 1


def test_a_page_for_other_documents_carries_the_figures_of_each_chart(solution: Solution) -> None:
    page = screen_page(solution, WORKBOOK.name, 1234, medium=Medium.DATA)
    found = [json.loads(html.unescape(each)) for each in re.findall(r'data-chart="([^"]*)"', page)]
    assert len(found) == page.count("<img ") > 5
    assert {each["name"] for each in found} <= set(CHARTS)
    assert "svg" not in page
    costs = next(each for each in found if each["name"] == "stacked_costs")
    assert costs["price"] == 90_000
    assert len(costs["bars"]) == 2


def test_what_is_not_known_is_no_number_and_text_stays_text() -> None:
    effects = [Effect(HOSTILE, float("nan"), "n/a", -1.5, "−1.5")]
    shown = described("tornado", CHARTS["tornado"], effects=effects, left_title="a", right_title="b", alt=HOSTILE)
    assert HOSTILE[:8] not in shown.__html__()
    (carried,) = re.findall(r'data-chart="([^"]*)"', shown.__html__())
    record = json.loads(html.unescape(carried))
    assert record["effects"] == [
        {"shock": HOSTILE, "left": None, "left_label": "n/a", "right": -1.5, "right_label": "−1.5"}
    ]
    with pytest.raises(TypeError):
        described("tornado", CHARTS["tornado"], nothing=1)


def test_templates_of_ones_own_change_the_page_and_are_held_in_check(solution: Solution, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "closing.html.j2").write_text("<p>Our closing of {{ view.cover.organisation }}</p>")
    assert "Our closing of Test desk" in screen_page(solution, WORKBOOK.name, 1234, tmp_path)
    (tmp_path / "parts" / "closing.html.j2").write_text("{{ view.no_such }}")
    with pytest.raises(UsageError, match=r"parts/closing\.html\.j2, line 1"):
        screen_page(solution, WORKBOOK.name, 1234, tmp_path)
