"""One native chart or table on a slide: its figures in a workbook of its own behind it, colours of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.render.office.native import Bars, Days, Grid, Native, Plane

if TYPE_CHECKING:
    from reportgen.render.theme import Theme

_SIZE, _SMALL = 12, 10  # points: of labels, of many labels
_MANY = 14
"""Categories from which labels are small."""


@dataclass(frozen=True)
class Area:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


def place(slide: Any, native: Native, area: Area, theme: Theme, words: str, alone: bool = True) -> None:
    """Put a chart or table on the slide; `words` stand for it where it cannot be seen.

    One of several is titled with the name of its series.
    """
    if isinstance(native, Grid):
        shape = _table(slide, native, area, theme)
    else:
        kind, data = _chart_data(native)
        shape = slide.shapes.add_chart(kind, area.left, area.top, area.width, area.height, data)
        series = native.paths if isinstance(native, Plane) else native.series
        _dress(shape.chart, native, theme, series[0].name if not alone and len(series) == 1 else "")
    shape._element._nvXxPr.cNvPr.set("descr", words)


def _chart_data(native: Bars | Days | Plane) -> tuple[Any, Any]:
    """PowerPoint's kind of chart, and its figures."""
    from pptx.chart.data import CategoryChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE as KIND

    if isinstance(native, Plane):
        scatter: Any = XyChartData
        points = scatter()
        for path in native.paths:
            series = points.add_series(path.name)
            for x, y in path.points:
                series.add_data_point(x, y)
        return KIND.XY_SCATTER_LINES_NO_MARKERS, points
    made: Any = CategoryChartData
    data = made(number_format=native.number_format)
    data.categories = native.days if isinstance(native, Days) else native.categories
    for each in native.series:
        data.add_series(each.name, each.values)
    if isinstance(native, Days):
        return KIND.LINE, data
    if native.stacked:
        return KIND.COLUMN_STACKED if native.upright else KIND.BAR_STACKED, data
    return KIND.COLUMN_CLUSTERED if native.upright else KIND.BAR_CLUSTERED, data


def _dress(chart: Any, native: Bars | Days | Plane, theme: Theme, title: str) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    count = len(native.categories) if isinstance(native, Bars) else 0
    chart.has_title = bool(title)
    if title:
        chart.chart_title.text_frame.text = title
    chart.font.size = Pt(_SMALL if count > _MANY else _SIZE)
    chart.font.color.rgb = _colour(theme, "ink")
    several = len(native.paths if isinstance(native, Plane) else native.series) > 1
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.value_axis.major_gridlines.format.line.color.rgb = _colour(theme, "line")
    chart.value_axis.tick_labels.number_format_is_linked = False
    shown = native.up_format if isinstance(native, Plane) else native.number_format
    chart.value_axis.tick_labels.number_format = shown or "General"
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if not isinstance(native, Days) and native.most is not None:
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, native.most
    if isinstance(native, Bars):
        _bars(chart, native, theme)
    elif isinstance(native, Days):
        for series, own in zip(chart.plots[0].series, native.series, strict=True):
            _stroke(series, theme, own.colour)
    else:
        _plane(chart, native, theme)


def _bars(chart: Any, native: Bars, theme: Theme) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    plot = chart.plots[0]
    plot.gap_width = 50
    if native.stacked:
        plot.overlap = 100
    if not native.upright:
        chart.category_axis.reverse_order = True  # the first at the top, as in the brief
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH  # turned round with it: below the bars
    for series, own in zip(plot.series, native.series, strict=True):
        if own.colour:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _colour(theme, own.colour)
        else:
            series.format.fill.background()
        series.invert_if_negative = False


def _plane(chart: Any, native: Plane, theme: Theme) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION

    axis = chart.category_axis
    if not native.up_format:
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.has_major_gridlines = False
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = native.across_format, False
    for each, text in ((axis, native.across), (chart.value_axis, native.up)):
        each.has_title = bool(text)
        if text:
            each.axis_title.text_frame.text = text
    for series, path in zip(chart.plots[0].series, native.paths, strict=True):
        _stroke(series, theme, path.colour)
        if not path.joined:
            series.format.line.fill.background()
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _colour(theme, path.colour)
            series.marker.format.line.color.rgb = _colour(theme, path.colour)


def _stroke(series: Any, theme: Theme, colour: str) -> None:
    from pptx.util import Pt

    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = _colour(theme, colour), Pt(2)


def _table(slide: Any, grid: Grid, area: Area, theme: Theme) -> Any:
    from pptx.util import Pt

    rows, columns = len(grid.down) + 1, len(grid.across) + 1
    shape = slide.shapes.add_table(rows, columns, area.left, area.top, area.width, min(area.height, rows * 420_000))
    table = shape.table
    texts = [(grid.corner, *grid.across), *((name, *row) for name, row in zip(grid.down, grid.texts, strict=True))]
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            cell: Any = table.cell(row, column)
            cell.text = text
            head = not row or not column
            share = None if head else grid.shares[row - 1][column - 1]
            cell.fill.solid()
            cell.fill.fore_color.rgb = _tint(theme, share) if not head else _colour(theme, "band")
            run = cell.text_frame.paragraphs[0].runs
            for each in run:
                each.font.size, each.font.bold = Pt(_SMALL), head
                each.font.color.rgb = _colour(theme, "ink")
    return shape


def _tint(theme: Theme, share: float | None) -> Any:
    """The colour of a cell: the worse the more of the colour of selling, the better the more of that of buying."""
    from pptx.dml.color import RGBColor

    strength = min(0.45, abs(share or 0.0) * 0.45)
    made: Any = RGBColor
    own, paper = (bytes.fromhex(theme.colours[name][1:]) for name in ("sell" if (share or 0) > 0 else "buy", "paper"))
    return made(*(round(strength * one + (1 - strength) * other) for one, other in zip(own, paper, strict=True)))


def _colour(theme: Theme, role: str) -> Any:
    from pptx.dml.color import RGBColor

    made: Any = RGBColor
    return made.from_string(theme.colours[role].removeprefix("#"))
