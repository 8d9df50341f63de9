"""The slides: one a chart of the brief, native, with its figures; the same bytes; the team's own master."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pptx
import pytest

from reportgen.problems import CheckError, UsageError
from reportgen.render.brief.chart_data import described
from reportgen.render.charts import CHARTS
from reportgen.render.office import slides as made
from reportgen.render.office.native import Bars, Days, Grid, Native, Plane, Series
from reportgen.render.office.native_charts import NATIVES, natives
from reportgen.render.office.outline import Block, Figure, Heading
from reportgen.render.office.slide_checks import insist
from reportgen.render.office.slides import slides
from reportgen.render.theme import load_theme
from tests.render.charts.examples import EXAMPLES

from .test_document import ABOUT


def record(name: str, count: int = 8) -> str:
    shown = described(name, CHARTS[name], **EXAMPLES[name](count), alt="a")
    return json.dumps({"name": name, **shown.shown})


def block(name: str, count: int = 8) -> Figure:
    return Figure(f"Finding of {name}", "USD/BTC", f"Words of {name}", "Source: us", record(name, count))


EVERY: tuple[Block, ...] = (Heading(1, "Brief"), Heading(2, "It is guarded"), *map(block, sorted(EXAMPLES)))


@pytest.fixture(scope="module")
def every() -> bytes:
    return slides(EVERY, ABOUT, load_theme(), None)


def opened(content: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(content))


def test_every_chart_of_the_brief_has_a_slide_form() -> None:
    assert set(NATIVES) == set(CHARTS) == set(EXAMPLES)


def test_each_chart_has_a_slide_with_its_finding_its_source_and_words_for_it(every: bytes) -> None:
    cover, *shown = opened(every).slides
    assert [shape.text_frame.text for shape in cover.placeholders] == ["Title", "It is guarded\nConfidential · House"]
    assert len(shown) == len(EXAMPLES)
    for slide, name in zip(shown, sorted(EXAMPLES), strict=True):
        assert slide.shapes.title.text_frame.text == f"Finding of {name}"
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert {"USD/BTC", "Source: us"} <= set(texts)
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert drawn
        assert all(shape._element._nvXxPr.cNvPr.get("descr") == f"Words of {name}" for shape in drawn)


def test_charts_are_native_and_keep_their_figures_in_a_workbook(every: bytes) -> None:
    (costs,) = (
        shape.chart
        for slide in opened(every).slides
        for shape in slide.shapes
        if shape.has_chart and slide.shapes.title.text_frame.text == "Finding of stacked_costs"
    )
    bars = json.loads(record("stacked_costs"))["bars"]
    assert list(costs.plots[0].categories) == [bar["operator"] for bar in bars]
    assert list(costs.plots[0].series[0].values) == [bar["direct"] for bar in bars]
    assert list(costs.plots[0].series[3].values) == [None if bar["ai"] is None else -bar["ai"] for bar in bars]
    assert None in costs.plots[0].series[3].values  # not known is no bar, and no zero
    assert costs.part.chart_workbook.xlsx_part is not None


def test_everything_is_inside_its_slide_and_nothing_covers_the_charts(every: bytes) -> None:
    presentation = opened(every)
    for slide in list(presentation.slides)[1:]:
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        assert all(left >= 0 and top >= 0 for left, top, _, _ in boxes)
        assert all(right <= presentation.slide_width and foot <= presentation.slide_height for *_, right, foot in boxes)
        apart = [one[2] <= other[0] or one[3] <= other[1] or other[2] <= one[0] or other[3] <= one[1]
                 for place, one in enumerate(boxes) for other in boxes[:place]]  # fmt: skip
        assert all(apart)


def test_the_same_outline_gives_the_same_slides_without_the_clock(every: bytes) -> None:
    assert slides(EVERY, ABOUT, load_theme(), None) == every
    with zipfile.ZipFile(io.BytesIO(every)) as file:
        inner = [name for name in file.namelist() if name.endswith(".xlsx")]
        assert inner
        with zipfile.ZipFile(io.BytesIO(file.read(inner[0]))) as workbook:
            assert b"2025-12-05T00:00:00Z" in workbook.read("docProps/core.xml")


def test_the_teams_own_master_is_kept(tmp_path: Path) -> None:
    own: Any = pptx.Presentation()
    own.slide_layouts[5].name = "Title Only"
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text_frame.text = "Our cover"
    own.save(str(tmp_path / "brief.pptx"))
    found = opened(slides(EVERY[:3], ABOUT, load_theme(), tmp_path))
    assert found.slides[0].shapes.title.text_frame.text == "Our cover"
    assert found.slide_width == own.slide_width
    assert len(found.slides) == 3
    (tmp_path / "brief.pptx").write_bytes((tmp_path / "brief.pptx").read_bytes()[:-200])
    with pytest.raises(UsageError, match=r"brief\.pptx: "):
        slides(EVERY[:3], ABOUT, load_theme(), tmp_path)


def test_a_stair_falls_at_each_cost_and_nowhere_else() -> None:
    first = {"hash_rate": 1, "direct": 80, "sustaining": None, "net": 120}
    costs = [first, {"hash_rate": 3, "direct": 110, "sustaining": 90, "net": 160}]
    words = dict.fromkeys(("direct", "sustaining", "net", "price", "across"), "x")
    (plane,) = natives({"name": "under_water", "costs": costs, "price": 100, "reach": 0.6, "words": words})
    assert isinstance(plane, Plane)
    assert plane.paths[0].points == ((40, 1.0), (80, 1.0), (80, 0.75), (110, 0.75), (110, 0.0), (160, 0.0))
    assert plane.paths[1].points == ((40, 0.75), (90, 0.75), (90, 0.0), (160, 0.0))
    assert plane.paths[2].points == ((40, 1.0), (120, 1.0), (120, 0.75), (160, 0.75), (160, 0.0), (160, 0.0))


def test_the_bars_of_a_waterfall_lie_between_where_a_step_begins_and_ends() -> None:
    rows = [("price", 100, True), ("cost", -130, False), ("ai", 20, False), ("net", -10, True)]
    steps = [{"key": key, "amount": amount, "total": total} for key, amount, total in rows]
    (bars,) = natives({"name": "waterfall", "steps": steps, "words": {key: key for key, *_ in rows}})
    assert isinstance(bars, Bars)
    lifted, above, below = (series.values for series in bars.series)
    assert list(zip(lifted, above, below, strict=True)) == [(0, 100, 0), (0, 100, -30), (-10, 0, -20), (0, 0, -10)]


@pytest.mark.parametrize("name", ["stacked_costs", "cost_curve", "heat_map", "ribbon"])
def test_slides_that_do_not_hold_a_figure_are_not_delivered(name: str) -> None:
    charts = natives(json.loads(record(name)))
    content = slides((block(name),), ABOUT, load_theme(), None)
    insist(content, [charts], 1)
    with pytest.raises(CheckError, match="slide 2 does not hold the figures"):
        insist(content, [(_changed(charts[0]), *charts[1:])], 1)
    with pytest.raises(CheckError, match="hold 1 charts and not 0"):
        insist(content, [], 1)


def _changed(native: Native) -> Native:
    """The chart with one figure that is a millionth larger, or another text."""
    if isinstance(native, Grid):
        return dataclasses.replace(native, texts=(("other", *native.texts[0][1:]), *native.texts[1:]))
    if isinstance(native, Plane):
        (x, y), *rest = native.paths[0].points
        path = dataclasses.replace(native.paths[0], points=((x, y * 1.000001), *rest))
        return dataclasses.replace(native, paths=(path, *native.paths[1:]))
    first, *others = native.series
    values = ((first.values[0] or 0) * 1.000001, *first.values[1:])
    changed: Bars | Days = dataclasses.replace(native, series=(Series(first.name, values, first.colour), *others))
    return changed


def test_a_chart_of_the_brief_without_figures_for_slides_has_none() -> None:
    assert list(made.chart_slides((Heading(2, "Over it"), Figure("", "", "w", "", "")))) == []
    (shown,) = made.chart_slides((Heading(2, "Over it"), Figure("", "", "w", "", record("dials"))))
    assert shown.title == "Over it"
