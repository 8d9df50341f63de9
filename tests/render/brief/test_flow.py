"""Type and flow, read from the placed boxes: sizes in print, and what stands with what on which page."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable

import pytest

from reportgen.inputs import Inputs
from reportgen.render.brief.fitting import LEAST_OF_LAST
from reportgen.render.brief.limits import MOST_PAGES
from tests.worked_case import inputs_of, worked_case

from .cases import OPTIONAL, emptied, grown, records, sample
from .placed import HEADINGS, POINTS, Pages, Placed, pages_of, sizes_in

BODY, TABLE, NOTE = 9.0, 8.0, 7.0
"""The least sizes in points: of text, of tables, and of notes and the words of charts."""
NOTES = frozenset({"sub", "note", "unit", "closing", "disclaimer", "name"})
WIDTH = 182 / 25.4 * 96
EDGE = 0.6
"""Pixels by which the widths of letters may go over, as they are rounded."""


def of_many_scripts() -> Inputs:
    """Names that are read from the right, have no spaces between words, or no place to break at all."""
    given = records()
    names = {"شركة التعدين الوطنية المتحدة للطاقة": 0, "日本暗号資産採掘株式会社北海道第三発電所": 1}
    for name, place in names.items():
        old = records()["Operators"][place]["operator"]
        for sheet in ("Operators", "Fleet", "Debt", "AI_HPC"):
            for row in given[sheet]:
                row["operator"] = name if row["operator"] == old else row["operator"]
    given["Events"] = [{"date": "2025-11-01", "event": "Wattverbrauchsdrosselungsvereinbarung" * 3}]
    return inputs_of(given)


CASES: dict[str, tuple[Callable[[], Inputs], str]] = {
    "1": (lambda: grown(1), "A4"),
    "2": (worked_case, "A4"),
    "8": (sample, "A4"),
    "8, Letter": (sample, "Letter"),
    "25": (lambda: grown(25), "A4"),
    "60": (lambda: grown(60), "A4"),
    "60, Letter": (lambda: grown(60), "Letter"),
    "many scripts": (of_many_scripts, "A4"),
    "nothing optional": (lambda: emptied(worked_case(), *OPTIONAL), "A4"),
    "no machines": (lambda: emptied(worked_case(), "Fleet"), "A4"),
}


@functools.cache
def placed(case: str) -> Pages:
    inputs, paper = CASES[case]
    return pages_of(inputs(), paper)


@pytest.fixture(scope="module", params=CASES)
def pages(request: pytest.FixtureRequest) -> Pages:
    return placed(request.param)


def least(text: Placed) -> float:
    if not text.around or text.classes & NOTES:
        return NOTE
    return TABLE if text.inside("table") is not None else BODY


def words(found: list[Placed]) -> list[str]:
    return [f"page {one.page + 1}: {one.box.text[:40]!r} of {one.size:.2f} pt" for one in found]


def test_no_text_is_smaller_than_it_may_be(pages: Pages) -> None:
    assert words([text for text in pages.texts if text.size < least(text) - 0.001]) == []


def test_no_word_of_a_chart_is_smaller_than_it_may_be_as_printed(pages: Pages) -> None:
    assert pages.pictures
    for picture in pages.pictures:
        assert min(sizes_in(picture)) >= NOTE - 0.01, picture.around[-1].get("alt")


def test_the_column_of_text_is_as_wide_on_every_paper_and_nothing_leaves_it(pages: Pages) -> None:
    for number in range(pages.count):
        left, _, right, bottom = pages.frame(number)
        assert right - left == pytest.approx(WIDTH, abs=0.1)
        for one in (*pages.texts, *pages.pictures):
            if one.page == number and one.around:
                assert left - EDGE <= one.box.position_x, one.around[-1]
                assert one.right <= right + EDGE, (getattr(one.box, "text", ""), number + 1)
                assert one.top + one.box.height <= bottom + EDGE


def test_no_text_of_a_table_leaves_its_cell(pages: Pages) -> None:
    cells = [one for name in ("td", "th") for one in pages.of(name)]
    assert cells
    rights = {(one.page, id(one.around[-1])): one.right for one in cells}
    for text in pages.texts:
        cell = text.inside("td") if text.inside("td") is not None else text.inside("th")
        if cell is not None:
            assert text.right <= rights[text.page, id(cell)] + EDGE, (text.box.text, text.page + 1)


def test_there_are_few_pages_and_the_last_is_a_third_full_at_the_least(pages: Pages) -> None:
    assert 2 <= pages.count <= MOST_PAGES
    assert pages.filled(pages.count - 1) >= LEAST_OF_LAST - 0.01


def test_no_heading_stands_apart_from_what_it_is_of(pages: Pages) -> None:
    last: dict[int, Placed] = {}
    for one in (*pages.texts, *pages.pictures):
        if one.around and (one.page not in last or one.top >= last[one.page].top):
            last[one.page] = one
    assert len(last) == pages.count
    for one in last.values():
        assert not HEADINGS & set(one.tags), getattr(one.box, "text", "")


def test_a_chart_stands_with_its_title_on_a_page_of_its_section(pages: Pages) -> None:
    figures: dict[int, set[int]] = defaultdict(set)
    told: dict[int, set[int]] = defaultdict(set)
    for one in (*pages.texts, *pages.pictures):
        figure, section = one.inside("figure"), one.inside("section")
        if figure is not None:
            figures[id(figure)].add(one.page)
        elif section is not None:
            told[id(section)].add(one.page)
    assert figures
    assert all(len(numbers) == 1 for numbers in figures.values())
    for picture in pages.pictures:
        section = picture.inside("section")
        assert section is None or picture.page in told[id(section)], picture.around[-1].get("alt")


def test_a_table_never_leaves_one_row_alone_on_a_page(pages: Pages) -> None:
    rows: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in pages.of("tr"):
        if row.inside("tbody") is not None:
            rows[id(row.inside("table"))][row.page] += 1
    assert rows
    for by_page in rows.values():
        assert len(by_page) == 1 or min(by_page.values()) >= 2


def test_a_note_stands_with_the_end_of_its_table(pages: Pages) -> None:
    ends = {id(table.around[-1]): table.page for table in pages.of("table")}
    assert ends
    for note in pages.of("p"):
        beside = list(note.around[-2])
        before = beside[beside.index(note.around[-1]) - 1]
        if id(before) in ends:
            assert note.page == ends[id(before)], "".join(note.around[-1].itertext())[:60]


def test_tables_that_are_cut_say_how_many_rows_are_left_out_and_where_they_are() -> None:
    pages = placed("60")
    shown = [row for row in pages.of("tr") if "costs" in row.classes and row.inside("tbody") is not None]
    told = " ".join(" ".join(text.box.text for text in pages.texts).split())
    assert f"{60 - len(shown) + 1} more operators are in the attached workbook." in told  # one row is the average


def test_letters_are_measured_in_points() -> None:
    (title,) = [text for text in placed("2").texts if "h1" in text.tags]
    assert title.size == pytest.approx(18.0)
    assert POINTS * 96 == 72
