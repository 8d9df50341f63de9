"""A text of a chart is one line of text in the PDF, unless it places its letters itself."""

from __future__ import annotations

import base64

import pytest

from reportgen.render.brief.chart_text import lines_set_whole
from reportgen.render.brief.engine import weasyprint

WORD = "Price"


def pieces(attributes: str, word: str = WORD) -> int:
    """How many pieces of text the PDF places for a word of a chart."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"><text {attributes}>{word}</text></svg>'
    source = base64.b64encode(svg.encode()).decode()
    page = weasyprint().HTML(string=f'<img alt="" src="data:image/svg+xml;base64,{source}">')
    written = page.write_pdf(uncompressed_pdf=True)
    assert written is not None
    return bytes(written).count(b" Tm\n")


@pytest.mark.parametrize("placed", ["", 'x="10" y="20"', 'x="90" text-anchor="end"', 'transform="rotate(-90)"'])
def test_a_text_is_one_piece(placed: str) -> None:
    with lines_set_whole():
        assert pieces(placed) == 1


@pytest.mark.parametrize("word", ["شركة", "חברה", "電力"])
def test_a_name_in_another_script_is_shaped_as_a_whole_so_that_its_letters_join_and_keep_their_order(word: str) -> None:
    with lines_set_whole():
        assert pieces('x="10" y="20"', word) == 1
    assert pieces('x="10" y="20"', word) == len(word)


@pytest.mark.parametrize("placed", ['x="10 20 30"', 'y="5,9"', 'rotate="5 10"', 'letter-spacing="4"', 'dx="1"'])
def test_letters_that_are_placed_by_themselves_stay_so(placed: str) -> None:
    with lines_set_whole():
        assert pieces(placed) == len(WORD)


def test_weasyprint_is_left_as_it_was() -> None:
    weasyprint()
    from weasyprint import svg

    before = svg.text, dict(svg.TAGS)
    with lines_set_whole():
        assert svg.text is not before[0]
    assert (svg.text, svg.TAGS) == before
    assert pieces("") == len(WORD)
