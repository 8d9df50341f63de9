"""Native charts on one sheet: they move when an input is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.model.block import ModelError
from reportgen.render.workbook.charts import CHARTS, Chart, Plot
from reportgen.render.workbook.page import LINK_WIDTH, STATUS_ROW, Page
from reportgen.render.workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xlsxwriter.workbook import Workbook

SHEET = TITLE = "Charts"
HELP = "Every chart moves when an input is changed, but for the shocks, which are a snapshot."
ALL_DRAWN, NOT_DRAWN = "Every row of the lists is drawn", "are not drawn that were added"
WIDTH, HEIGHT = 620, 340
CHART_ROWS, CHART_COLUMNS = 18, 9  # that a chart takes, the first column being wider than the others
CLEAR = 4  # pixels above a chart: its edge stays off the page before
LABELS_OF_DAYS = 8  # dates written below a chart of days
MOST_NAMES = 40  # bars with a name each that can still be told apart


def write_charts(book: Workbook, page: Page, plan: Plan) -> None:
    """Every chart whose figures exist, two side by side; a line names those that are left out.

    Raises ModelError for a chart of an unknown kind or of a line that its block does not have.
    """
    page.sheet.set_column(0, 0, LINK_WIDTH)
    drawing = _Drawing(book, page, plan)
    drawn = 0
    left_out: list[str] = []
    for declared in CHARTS:
        if not _fits(declared, plan):
            continue
        if not all(_has_numbers(plan.solution.columns[declared.block, plot.line]) for plot in declared.plots):
            left_out.append(declared.title)
            continue
        chart = KINDS[declared.kind](drawing, declared)
        title = _title(declared, plan.solution.rows[declared.block])
        chart.set_title({"name": title, "overlay": False, "name_font": drawing.font(12, bold=True)})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        chart.show_na_as_empty_cell()
        row, column = 3 + CHART_ROWS * (drawn // 2), CHART_COLUMNS * (drawn % 2)
        page.sheet.insert_chart(row, column, chart, {"description": title, "object_position": 3, "y_offset": CLEAR})
        drawn += 1
    page.sheet.set_h_pagebreaks([3 + CHART_ROWS * 2 * (half + 1) for half in range(drawn // 4)])
    page.title(
        TITLE, f"{HELP} Left out for want of figures: {'; '.join(left_out)}." if left_out else HELP, (LINK_WIDTH,)
    )
    _say_what_is_not_drawn(page, plan)


def _say_what_is_not_drawn(page: Page, plan: Plan) -> None:
    """Charts end with the rows that were delivered: a line says so once more are counted."""
    added = []
    for block in dict.fromkeys(chart.block for chart in CHARTS):
        numbers = plan.ranges.get((block, (block, "number")))
        if numbers is not None:
            counted = f"COUNT({numbers.sheet}!{numbers.whole()})"
            added.append(f"MAX(0,{counted}-{plan.solution.rows[block]})")
    if added:
        rows = "+".join(added)
        words = f'IF({rows}=0,"{ALL_DRAWN}","Rows {NOT_DRAWN} since delivery: a new pack draws them")'
        at = STATUS_ROW, CHART_COLUMNS
        page.formula(*at, f"={words}", ALL_DRAWN, page.styles.get("help"))
        page.alarm(*at, NOT_DRAWN, "alarm")


def _title(chart: Chart, rows: int) -> str:
    cut = chart.kind in NAMED and rows > MOST_NAMES
    return f"{chart.title} (the first {MOST_NAMES} of {rows:,})" if cut else chart.title


def _fits(chart: Chart, plan: Plan) -> bool:
    """False for a model without the chart's block; ModelError for a chart that this model can never show."""
    if chart.kind not in KINDS:
        raise ModelError(f"chart {chart.title!r} is of kind {chart.kind!r}; the kinds are: {', '.join(KINDS)}")
    if chart.block not in plan.graph.blocks:
        return False
    for plot in chart.plots:
        if (chart.block, plot.line) not in plan.graph.lines:
            raise ModelError(f"chart {chart.title!r} shows {plot.line}, which is no line of {chart.block}")
    if (chart.block, chart.across) not in plan.solution.columns:
        raise ModelError(f"chart {chart.title!r} runs over {chart.across}, which is no column of {chart.block}")
    return True


def _has_numbers(values: Any) -> bool:
    return bool(np.any(~np.isnan(values)))


@dataclass(frozen=True)
class _Drawing:
    """What every chart needs: series by line, colours, fonts."""

    book: Workbook
    page: Page
    plan: Plan

    def font(self, size: int, bold: bool = False) -> dict[str, Any]:
        styles = self.page.styles
        return {"name": styles.font, "size": size, "bold": bold, "color": styles.colours["ink"]}

    def series(self, chart: Chart, plot: Plot, first: int = 0) -> dict[str, Any]:
        """One series, from member `first` on."""
        return {
            "name": self.plan.graph.lines[chart.block, plot.line].label,
            "categories": self._area(chart, chart.across, first),
            "values": self._area(chart, plot.line, first),
            **self._look(plot),
        }

    def axis(self, name: str, number_format: str, **options: Any) -> dict[str, Any]:
        """The axis of the values, with its grid."""
        grid = {"visible": True, "line": {"color": self.page.styles.colours["line"], "width": 0.5}}
        return {
            "name": name,
            "num_format": number_format,
            "major_gridlines": grid,
            "line": {"none": True},
            **self._axis_fonts,
            **options,
        }

    def axes(self, chart: Any, declared: Chart, **across: Any) -> None:
        """The two axes of an upright chart."""
        limits = {"min": 0, "max": 1} if declared.up_is_share else {}
        chart.set_x_axis({"name": declared.across_title, "label_position": "low", **self._axis_fonts, **across})
        chart.set_y_axis(self.axis(declared.up_title, declared.up_format, **limits))

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """An empty chart with the legend below."""
        chart = self.book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_legend({"position": "bottom", "font": self.font(9)})
        return chart

    @property
    def _axis_fonts(self) -> dict[str, Any]:
        return {"name_font": self.font(9), "num_font": self.font(9)}

    def _area(self, chart: Chart, name: str, first: int) -> str:
        cells = self.plan.range_of(chart.block, (chart.block, name))
        delivered = max(1, self.plan.solution.rows[chart.block])
        members = min(delivered, MOST_NAMES) if chart.kind in NAMED else delivered
        return f"={cells.sheet}!{cells.cell(first)}:{cells.cell(members - 1)}"

    def _look(self, plot: Plot) -> dict[str, Any]:
        tint = self.page.styles.colours[plot.colour]
        fill = {"fill": {"color": tint}, "border": {"none": True}}
        line: dict[str, Any] = {"line": {"color": tint, "width": 1.75}, "marker": {"type": "none"}}
        match plot.look:
            case "bar":
                return {**fill, "gap": plot.gap} if plot.gap else fill
            case "line":
                return line
            case "dashed line":
                return line | {"line": {**line["line"], "dash_type": "dash"}}
            case "line with dots":
                return line | {"marker": {"type": "circle", "size": 6, "fill": {"color": tint}}}
            case "diamonds":
                return {"line": {**line["line"], "none": True}, "marker": {"type": "diamond", "size": 8, **fill}}


def _columns(draw: _Drawing, declared: Chart, subtype: str | None = None) -> Any:
    chart = draw.chart("column", subtype)
    for plot in declared.plots:
        if plot.look == "bar":
            chart.add_series(draw.series(declared, plot))
    over = [plot for plot in declared.plots if plot.look != "bar"]
    if over:
        lines = draw.chart("line")
        for plot in over:
            lines.add_series(draw.series(declared, plot))
        chart.combine(lines)
    draw.axes(chart, declared)
    return chart


def _stacked_columns(draw: _Drawing, declared: Chart) -> Any:
    return _columns(draw, declared, "stacked")


def _curves(draw: _Drawing, declared: Chart) -> Any:
    """Curves over a number."""
    dotted = any(plot.look == "line with dots" for plot in declared.plots)
    chart = draw.chart("scatter", "straight_with_markers" if dotted else "straight")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot))
    limits = {"min": 0, "max": 1} if declared.across_is_share else {}
    draw.axes(chart, declared, num_format=declared.across_format, **limits)
    return chart


def _days(draw: _Drawing, declared: Chart) -> Any:
    """Lines over dates, from the first day on which all of them have a number: a text would be drawn as zero."""
    columns = draw.plan.solution.columns
    values = np.array([columns[declared.block, plot.line] for plot in declared.plots])
    first = int(np.argmin(np.isnan(values).any(axis=0)))
    chart = draw.chart("line")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot, first=first))
    step = max(1, values.shape[1] // LABELS_OF_DAYS)
    draw.axes(chart, declared, num_format=declared.across_format, interval_unit=step, interval_tick=step)
    return chart


def _lines(draw: _Drawing, declared: Chart) -> Any:
    chart = draw.chart("line")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot))
    draw.axes(chart, declared)
    return chart


def _bars(draw: _Drawing, declared: Chart) -> Any:
    """Bars that lie, one a row, the first on top."""
    chart = draw.chart("bar")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot))
    # XlsxWriter calls the horizontal axis of a bar chart x, and that is the one of the values
    chart.set_x_axis(draw.axis(declared.up_title, declared.up_format))
    chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": draw.font(9)})
    chart.set_legend({"none": True})
    return chart


KINDS: Mapping[str, Callable[[_Drawing, Chart], Any]] = {
    "columns": _columns,
    "stacked columns": _stacked_columns,
    "curves": _curves,
    "days": _days,
    "lines": _lines,
    "bars": _bars,
}
NAMED = ("columns", "stacked columns", "bars")  # kinds with a name below or beside each bar
