"""The outline of a brief → slides: one a chart, drawn by PowerPoint from its figures, which can be edited."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.problems import UsageError
from reportgen.render.office.document import Properties
from reportgen.render.office.native import Native
from reportgen.render.office.native_charts import natives
from reportgen.render.office.outline import Block, Figure, Heading, Paragraph
from reportgen.render.office.settled import settled
from reportgen.render.office.slide_charts import Area, place
from reportgen.render.office.slide_checks import insist
from reportgen.render.office.team_template import team_template

if TYPE_CHECKING:
    from reportgen.render.theme import Theme

TEMPLATE = "brief.pptx"
"""The team's own slides in a templates folder: their master, layouts, size and first slides are kept."""
_WIDTH, _HEIGHT = 12_192_000, 6_858_000  # EMU: 13.33 by 7.5 inches
_EDGE, _TITLE_TOP, _TITLE, _LINE = 0.04, 0.05, 0.13, 0.06  # of the width; of the height


@dataclass(frozen=True)
class ChartSlide:
    """A slide: the finding as its title, what the axis shows, where the figures are from, the words for it, charts."""

    title: str
    unit: str
    note: str
    words: str
    charts: tuple[Native, ...]


def chart_slides(blocks: tuple[Block, ...]) -> Iterator[ChartSlide]:
    """A slide for each chart of an outline; one without a title of its own has that of the heading above it."""
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Figure) and block.record:
            yield ChartSlide(
                block.title or heading, block.unit, block.note, block.words, natives(json.loads(block.record))
            )


def slides(blocks: tuple[Block, ...], properties: Properties, theme: Theme, templates: Path | None) -> bytes:
    """The slides as bytes; the same outline gives the same bytes.

    Raises UsageError when the team's template cannot be used, CheckError when the finished file does not hold every
    figure of every chart.
    """
    presentation, before = _opened(templates)
    _cover(presentation, blocks, properties)
    made = tuple(chart_slides(blocks))
    for each in made:
        _add(presentation, each, theme)
    about = presentation.core_properties
    about.title, about.author, about.last_modified_by = properties.title, properties.author, properties.author
    about.created = about.modified = properties.stamp
    about.revision = 1
    written = io.BytesIO()
    presentation.save(written)
    content = settled(written.getvalue(), properties.stamp)
    insist(content, [each.charts for each in made], before + 1)
    return content


def _opened(templates: Path | None) -> tuple[Any, int]:
    """The presentation to add to, and how many slides it has."""
    import pptx

    own = team_template(TEMPLATE, templates)
    if own is None:
        made: Any = pptx.Presentation()
        made.slide_width, made.slide_height = _WIDTH, _HEIGHT
        return made, 0
    try:
        found = pptx.Presentation(own)
    except Exception as error:  # a file of a stranger's can make the library fail in any way
        raise UsageError(f"{TEMPLATE} is no PowerPoint file: {type(error).__name__}. Save it as .pptx.") from None
    if not len(found.slide_layouts):
        raise UsageError(f"{TEMPLATE} has no layout for a slide.")
    return found, len(found.slides)


def _layout(presentation: Any, name: str, place: int) -> Any:
    """The layout of that name, else the one at that place, else the first."""
    layouts = list(presentation.slide_layouts)
    named = [each for each in layouts if each.name == name]
    return named[0] if named else layouts[place] if place < len(layouts) else layouts[0]


def _cover(presentation: Any, blocks: tuple[Block, ...], properties: Properties) -> None:
    """The title, the verdict of the brief, and what the foot of every page says."""
    slide = presentation.slides.add_slide(_layout(presentation, "Title Slide", 0))
    verdict = next((block.text for block in blocks if isinstance(block, Heading) and block.level == 2), "")
    shock = next((block.text for block in blocks if isinstance(block, Paragraph) and block.kind == "banner"), "")
    texts = [properties.title, "\n".join(filter(None, (verdict, shock, properties.footer)))]
    width, height = _size(presentation)
    for number, (text, top, share) in enumerate(zip(texts, (0.25, 0.5), (0.22, 0.3), strict=True)):
        box = _title(slide) if number == 0 else _second(slide)
        area = Area(int(width * _EDGE), int(height * top), int(width * (1 - 2 * _EDGE)), int(height * share))
        _write(slide, text, area, 32 if number == 0 else 18, box)


def _add(presentation: Any, made: ChartSlide, theme: Theme) -> None:
    slide = presentation.slides.add_slide(_layout(presentation, "Title Only", 5))
    width, height = _size(presentation)
    left, inner = int(width * _EDGE), int(width * (1 - 2 * _EDGE))
    top = int(height * _TITLE_TOP)
    _write(slide, made.title, Area(left, top, inner, int(height * _TITLE)), 24, _title(slide))
    top += int(height * _TITLE)
    if made.unit:
        _write(slide, made.unit, Area(left, top, inner, int(height * _LINE)), 12)
    top += int(height * _LINE)
    bottom = int(height * (1 - _TITLE_TOP - _LINE))
    if made.note:
        _write(slide, made.note, Area(left, bottom, inner, int(height * _LINE)), 10)
    each = inner // max(1, len(made.charts))
    for number, native in enumerate(made.charts):
        place(
            slide,
            native,
            Area(left + number * each, top, each, bottom - top),
            theme,
            made.words,
            alone=len(made.charts) == 1,
        )


def _size(presentation: Any) -> tuple[int, int]:
    return int(presentation.slide_width or _WIDTH), int(presentation.slide_height or _HEIGHT)


def _title(slide: Any) -> Any:
    return slide.shapes.title


def _second(slide: Any) -> Any:
    """The second place for text of a layout, None where it has none."""
    others = [each for each in slide.placeholders if each.placeholder_format.idx != 0]
    return others[0] if others else None


def _write(slide: Any, text: str, area: Area, size: int, box: Any = None) -> None:
    """A text in a place of the layout, or in a box of its own."""
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Pt

    shape = box if box is not None else slide.shapes.add_textbox(area.left, area.top, area.width, area.height)
    shape.left, shape.top, shape.width, shape.height = area.left, area.top, area.width, area.height
    shape.text_frame.word_wrap, shape.text_frame.auto_size = True, MSO_AUTO_SIZE.NONE
    shape.text_frame.text = text
    for paragraph in shape.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(size)
