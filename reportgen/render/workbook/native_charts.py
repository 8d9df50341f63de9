"""Native charts drawn: series of cells, axes with units, a title and a text for who cannot see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.model.block import ModelError
from reportgen.render.workbook.charts import Chart, Plot

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.workbook import Workbook

    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

LABELS_OF_DAYS = 8  # dates written below a chart of days
DAYS_OF_MONTH = 30.4
MOST_NAMES = 40  # bars with a name each that can still be told apart
UPRIGHT = 6  # names below columns that have room side by side; more are turned
LETTERS = 10  # points of all that stands in a chart: printed at some three quarters


def fits(chart: Chart, plan: Plan) -> bool:
    """False for a model without the chart's block, or with too few rows; ModelError for one that it can never show."""
    if chart.kind not in KINDS:
        raise ModelError(f"chart {chart.title!r} is of kind {chart.kind!r}; the kinds are: {', '.join(KINDS)}")
    if chart.block not in plan.graph.blocks:
        return False
    for plot in chart.plots:
        if (chart.block, plot.line) not in plan.graph.lines:
            raise ModelError(f"chart {chart.title!r} shows {plot.line}, which is no line of {chart.block}")
    if (chart.block, chart.across) not in plan.solution.columns:
        raise ModelError(f"chart {chart.title!r} runs over {chart.across}, which is no column of {chart.block}")
    return not chart.beyond or plan.solution.rows[chart.block] > chart.beyond


def has_numbers(chart: Chart, plan: Plan) -> bool:
    """Whether each of its lines has a number at all."""
    columns = plan.solution.columns
    return all(bool(np.any(~np.isnan(columns[chart.block, plot.line]))) for plot in chart.plots)


@dataclass(frozen=True)
class Drawing:
    """What every chart needs: series by line, colours, fonts.

    `most`: names that there is room for; `small`: units stand in the title, and numbers beside bars, without an axis.
    `names`: of blocks whose names may be long, the column and first row on the page where they stand cut to the room.
    """

    book: Workbook
    page: Page
    plan: Plan
    most: int = MOST_NAMES
    small: bool = False
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def draw(self, declared: Chart) -> Any:
        """The chart, with its title; for `Worksheet.insert_chart`."""
        chart = KINDS[declared.kind](self, declared)
        chart.set_title({"name": self.title(declared), "overlay": False, "name_font": self.font(11, bold=True)})
        chart.show_na_as_empty_cell()
        return chart

    def title(self, chart: Chart) -> str:
        """What it shows, and how many of how many where not all rows are drawn."""
        rows, drawn = self.plan.solution.rows[chart.of or chart.block], self.members(chart)
        if chart.newest:
            return f"{chart.title}, last two years" if rows > chart.newest else chart.title
        cut = chart.kind in NAMED and drawn < rows
        return f"{chart.title} ({drawn} of {rows:,})" if cut else chart.title

    def description(self, chart: Chart) -> str:
        """What there is to see, for who cannot: lines, and their lowest and highest value as delivered."""
        lines = [self.plan.graph.lines[chart.block, plot.line] for plot in chart.plots]
        first, last = self._rows(chart)
        told = []
        for line in lines:
            values = self.plan.solution.columns[chart.block, line.name][first:last]
            known = values[~np.isnan(values)]
            if len(known):
                told.append(f"{line.label} from {_shown(known.min(), line.unit)} to {_shown(known.max(), line.unit)}")
        unit = "" if self.small else f" {chart.up_title}."
        return f"{self.title(chart)}.{unit} As delivered: {'; '.join(told)}."

    def members(self, chart: Chart) -> int:
        """How many rows are drawn."""
        first, last = self._rows(chart)
        return last - first

    def font(self, size: int = LETTERS, bold: bool = False) -> dict[str, Any]:
        """A font of the theme."""
        styles = self.page.styles
        return {"name": styles.font, "size": size, "bold": bold, "color": styles.colours["ink"]}

    def series(self, chart: Chart, plot: Plot) -> dict[str, Any]:
        """One series."""
        return {
            "name": self.plan.graph.lines[chart.block, plot.line].label,
            "categories": self._named(chart),
            "values": self._area(chart, plot.line),
            **self._look(plot),
        }

    def axis(self, name: str, number_format: str, **options: Any) -> dict[str, Any]:
        """The axis of the values, with its grid."""
        grid = {"visible": True, "line": {"color": self.page.styles.colours["line"], "width": 0.5}}
        return {
            "name": "" if self.small else name,
            "num_format": number_format,
            "major_gridlines": grid,
            "line": {"none": True},
            **self._axis_fonts,
            **options,
        }

    def axes(self, chart: Any, declared: Chart, **across: Any) -> None:
        """The two axes of an upright chart."""
        limits = {"min": 0, "max": 1} if declared.up_is_share else {}
        below = {
            "name": "" if self.small else declared.across_title,
            "label_position": "low",
            **self._axis_fonts,
            **across,
        }
        chart.set_x_axis(below)
        chart.set_y_axis(self.axis(declared.up_title, declared.up_format, **limits))

    def lying(self, chart: Any, unit: str, number_format: str, *, numbered: bool = False) -> None:
        """The two axes of bars that lie, the first on top, with no legend; a small chart has no numbers below them.

        Unless it is `numbered`. The place of the bars is given, as some programs else leave names out.
        """
        # XlsxWriter calls the horizontal axis of a bar chart x, and that is the one of the values
        shown = {"label_position": "none" if self.small and not numbered else "high"}
        chart.set_x_axis(self.axis(unit, number_format, **shown))
        chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": self.font(), "interval_unit": 1})
        chart.set_legend({"none": True})
        left = 0.42 if self.small else 0.32
        height = 0.78 if shown["label_position"] == "none" else 0.66
        chart.set_plotarea(
            {"layout": {"x": left, "y": 0.18 if self.small else 0.13, "width": 0.94 - left, "height": height}}
        )

    def beside(self, number_format: str) -> dict[str, Any]:
        """The numbers beside the bars of a small chart, which has no axis for them."""
        labels = {"value": True, "font": self.font(), "num_format": number_format}
        return {"data_labels": labels} if self.small else {}

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """An empty chart with the legend below."""
        chart = self.book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_legend({"position": "bottom", "font": self.font()})
        return chart

    @property
    def _axis_fonts(self) -> dict[str, Any]:
        return {"name_font": self.font(), "num_font": self.font()}

    def _rows(self, chart: Chart) -> tuple[int, int]:
        """The first row that is drawn, and the one behind the last.

        Of days, the first on which all lines have a number: a text would be drawn as zero.
        """
        rows = max(1, self.plan.solution.rows[chart.block])
        if chart.kind in NAMED:
            return 0, min(rows, self.most)
        if chart.kind != "days":
            return 0, rows
        values = np.array([self.plan.solution.columns[chart.block, plot.line] for plot in chart.plots])
        first = int(np.argmin(np.isnan(values).any(axis=0)))
        return max(first, rows - chart.newest if chart.newest else 0), rows

    def _named(self, chart: Chart) -> str:
        """The cells of what a chart runs over."""
        if chart.block not in self.names:
            return self._area(chart, chart.across)
        (first, last), (column, top) = self._rows(chart), self.names[chart.block]
        letters = column_letters(column + 1)
        return f"={self.page.sheet.get_name()}!${letters}${top + first + 1}:${letters}${top + last}"

    def _area(self, chart: Chart, name: str) -> str:
        cells = self.plan.range_of(chart.block, (chart.block, name))
        first, last = self._rows(chart)
        return f"={cells.sheet}!{cells.cell(first)}:{cells.cell(last - 1)}"

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
                return line | {"marker": {"type": "circle", "size": 5, "fill": {"color": tint}}}
            case "diamonds":
                return {"line": {**line["line"], "none": True}, "marker": {"type": "diamond", "size": 8, **fill}}


def _shown(value: float, unit: str) -> str:
    """A number of a text for who cannot see the chart: shares in per cent, the others with few digits."""
    if unit.startswith("share"):
        return f"{value:.1%}"
    return f"{value:,.0f} {unit}".rstrip() if abs(value) >= 100 else f"{value:,.1f} {unit}".rstrip()


def _columns(draw: Drawing, declared: Chart, subtype: str | None = None) -> Any:
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
    if draw.members(declared) > UPRIGHT:  # its place is given, as some programs leave little to it
        draw.axes(chart, declared, num_font={**draw.font(), "rotation": -45}, name="")
        chart.set_plotarea({"layout": {"x": 0.14, "y": 0.12, "width": 0.83, "height": 0.42}})
    else:
        draw.axes(chart, declared)
    return chart


def _stacked_columns(draw: Drawing, declared: Chart) -> Any:
    return _columns(draw, declared, "stacked")


def _curves(draw: Drawing, declared: Chart) -> Any:
    """Curves over a number."""
    dotted = any(plot.look == "line with dots" for plot in declared.plots) and draw.members(declared) <= MOST_NAMES
    chart = draw.chart("scatter", "straight_with_markers" if dotted else "straight")
    for plot in declared.plots:
        series = draw.series(declared, plot)
        chart.add_series(series if dotted else series | {"marker": {"type": "none"}})
    limits = {"min": 0, "max": 1} if declared.across_is_share else {}
    draw.axes(chart, declared, num_format=declared.across_format, **limits)
    return chart


def _days(draw: Drawing, declared: Chart) -> Any:
    """Lines over dates, labelled at whole months."""
    chart = draw.chart("line")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot))
    months = max(1, round(draw.members(declared) / DAYS_OF_MONTH / LABELS_OF_DAYS))
    dates = {"date_axis": True, "major_unit": months, "major_unit_type": "months"}
    draw.axes(chart, declared, num_format=declared.across_format, **dates)
    return chart


def _lines(draw: Drawing, declared: Chart) -> Any:
    chart = draw.chart("line")
    for plot in declared.plots:
        chart.add_series(draw.series(declared, plot))
    draw.axes(chart, declared)
    return chart


def _bars(draw: Drawing, declared: Chart) -> Any:
    """Bars that lie, one a row, the first on top."""
    chart = draw.chart("bar")
    for plot in declared.plots:
        chart.add_series({**draw.series(declared, plot), **draw.beside(declared.up_format)})
    draw.lying(chart, declared.up_title, declared.up_format)
    return chart


KINDS: Mapping[str, Callable[[Drawing, Chart], Any]] = {
    "columns": _columns,
    "stacked columns": _stacked_columns,
    "curves": _curves,
    "days": _days,
    "lines": _lines,
    "bars": _bars,
}
NAMED = ("columns", "stacked columns", "bars")  # kinds with a name below or beside each bar
