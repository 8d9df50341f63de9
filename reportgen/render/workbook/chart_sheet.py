"""Native charts on one sheet: they move when an input is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

SHEET = "Charts"
HELP = "Every chart moves when an input is changed, but for the shocks, which are a snapshot."
WIDTH, HEIGHT = 620, 340
CHART_ROWS, CHART_COLUMNS = 18, 10


def write_charts(book: Workbook, page: Page, plan: Plan) -> None:
    """Every chart whose figures exist, two side by side; a line names those that are left out."""
    page.title("Charts", HELP)
    drawing = _Drawing(book, page, plan)
    drawn = 0
    left_out: list[str] = []
    for title, needs, make in CHARTS:
        if any((block, name) not in plan.graph.lines for block, name in needs):
            continue
        if not all(_has_numbers(plan, block, name) for block, name in needs):
            left_out.append(title)
            continue
        chart = make(drawing)
        chart.set_title({"name": title, "overlay": False, "name_font": drawing.font(12, bold=True)})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        chart.show_na_as_empty_cell()
        row, column = 3 + CHART_ROWS * (drawn // 2), CHART_COLUMNS * (drawn % 2)
        page.sheet.insert_chart(row, column, chart, {"description": title, "object_position": 3})
        drawn += 1
    page.sheet.set_h_pagebreaks([3 + CHART_ROWS * 2 * (half + 1) for half in range(drawn // 4)])
    if left_out:
        page.text(2, 3, f"Left out for want of figures: {'; '.join(left_out)}.", "help")


def _has_numbers(plan: Plan, block: str, name: str) -> bool:
    values = plan.solution.columns[block, name]
    return len(values) > 0 and any(value == value for value in values)


class _Drawing:
    """What every chart needs: series by line, colours, fonts."""

    def __init__(self, book: Workbook, page: Page, plan: Plan) -> None:
        self.book, self.plan, self.colours = book, plan, page.styles.colours
        self._font = page.styles.font

    def font(self, size: int, bold: bool = False) -> dict[str, Any]:
        return {"name": self._font, "size": size, "bold": bold, "color": self.colours["ink"]}

    def area(self, block: str, name: str, first: int = 0) -> str:
        spot = self.plan.spot(block, (block, name))
        return f"={spot.sheet}!{spot.cell(first)}:{spot.cell(spot.members - 1)}"

    def series(self, block: str, name: str, across: str, colour: str, **options: Any) -> dict[str, Any]:
        line = self.plan.graph.lines[block, name]
        first = options.pop("first", 0)
        areas = {"categories": self.area(block, across, first), "values": self.area(block, name, first)}
        tint = self.colours[colour]
        if options.pop("bar", False):
            look: dict[str, Any] = {"fill": {"color": tint}, "border": {"none": True}}
        else:
            look = {"line": {"color": tint, "width": 1.75, **options.pop("line", {})}, "marker": {"type": "none"}}
        return {"name": line.label, **areas, **look, **options}

    def axis(self, name: str, number_format: str, **options: Any) -> dict[str, Any]:
        grid = {"visible": True, "line": {"color": self.colours["line"], "width": 0.5}}
        fonts = {"name_font": self.font(9), "num_font": self.font(9)}
        return {
            "name": name,
            "num_format": number_format,
            "major_gridlines": grid,
            "line": {"none": True},
            **fonts,
            **options,
        }

    def axes(self, chart: Chart, across: str, up: dict[str, Any], **across_options: Any) -> None:
        fonts = {"name_font": self.font(9), "num_font": self.font(9)}
        chart.set_x_axis({"name": across, "label_position": "low", **fonts, **across_options})
        chart.set_y_axis(up)

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        chart = self.book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_legend({"position": "bottom", "font": self.font(9)})
        return chart


def _layers(draw: _Drawing) -> Any:
    chart = draw.chart("column", "stacked")
    for name, colour in (
        ("direct_cost_per_btc", "direct"), ("sustaining_capex_per_btc", "sustaining"),
        ("corporate_financing_per_btc", "financing"),
    ):  # fmt: skip
        chart.add_series(draw.series("operators", name, "operator", colour, bar=True, gap=60))
    lines = draw.chart("line")
    lines.add_series(draw.series("operators", "spot", "operator", "price"))
    lines.add_series(
        draw.series("operators", "aisc_net", "operator", "ai", line={"none": True})
        | {"marker": {"type": "diamond", "size": 8, "fill": {"color": draw.colours["ai"]}, "border": {"none": True}}}
    )
    chart.combine(lines)
    draw.axes(chart, "", draw.axis("USD per BTC", "#,##0"))
    return chart


def _pressure(draw: _Drawing) -> Any:
    chart = draw.chart("column")
    chart.add_series(draw.series("scenarios", "miner_sales", "scenario", "direct", bar=True, gap=80))
    chart.add_series(draw.series("scenarios", "visible_sales", "scenario", "financing", bar=True))
    chart.add_series(draw.series("scenarios", "etf_reference_btc", "scenario", "etf", bar=True))
    draw.axes(chart, "", draw.axis("BTC per day", "#,##0"))
    return chart


def _cost_curve(draw: _Drawing) -> Any:
    chart = draw.chart("scatter", "straight_with_markers")
    curve = draw.series("ranked", "aisc_net", "cumulative_share", "direct")
    chart.add_series(curve | {"marker": {"type": "circle", "size": 6, "fill": {"color": draw.colours["direct"]}}})
    chart.add_series(draw.series("ranked", "spot", "cumulative_share", "price", line={"dash_type": "dash"}))
    up = draw.axis("USD per BTC", "#,##0")
    draw.axes(chart, "Cumulative share of the operators' hash rate", up, num_format="0%", min=0, max=1)
    return chart


def _under_water(draw: _Drawing) -> Any:
    chart = draw.chart("scatter", "straight")
    for name, colour in (("below_direct", "bad"), ("below_sustaining", "warn"), ("below_aisc_net", "ai")):
        chart.add_series(draw.series("cost_curve", name, "level", colour))
    under = draw.axis("Share of hash rate under water", "0%", min=0, max=1)
    draw.axes(chart, "Bitcoin price, USD", under, num_format="#,##0")
    return chart


def _ribbon(draw: _Drawing) -> Any:
    chart = draw.chart("line")
    values = draw.plan.solution.columns["days", "sma_60"]
    known = next(place for place, value in enumerate(values) if value == value)  # a text would be drawn as zero
    chart.add_series(draw.series("days", "sma_30", "date", "direct", first=known))
    chart.add_series(draw.series("days", "sma_60", "date", "etf", first=known))
    days = draw.plan.solution.rows["days"]
    unit = {"interval_unit": max(1, days // 8), "interval_tick": max(1, days // 8)}
    draw.axes(chart, "", draw.axis("EH/s", "#,##0"), num_format="mmm yy", **unit)
    return chart


def _epochs(draw: _Drawing) -> Any:
    chart = draw.chart("line")
    chart.add_series(draw.series("self_correction", "difficulty_share", "epoch", "direct"))
    chart.add_series(draw.series("self_correction", "online", "epoch", "etf"))
    draw.axes(chart, "Difficulty epoch", draw.axis("Share of today", "0%"))
    return chart


def _bars(block: str, name: str, key: str, colour: str, up: str, number_format: str) -> Callable[[_Drawing], Any]:
    def make(draw: _Drawing) -> Any:
        chart = draw.chart("bar")
        chart.add_series(draw.series(block, name, key, colour, bar=True, gap=50))
        # XlsxWriter calls the horizontal axis of a bar chart x, and that is the one of the values
        chart.set_x_axis(draw.axis(up, number_format))
        chart.set_y_axis({"reverse": True, "label_position": "low", "num_font": draw.font(9)})
        chart.set_legend({"none": True})
        return chart

    return make


CHARTS: tuple[tuple[str, tuple[tuple[str, str], ...], Callable[[_Drawing], Any]], ...] = (
    ("All-in sustaining cost by operator, and the price", (("operators", "aisc"), ("operators", "spot")), _layers),
    ("Miner sales against ETF reference outflow", (("scenarios", "miner_sales"),), _pressure),
    ("Cost curve: net AISC by cumulative hash share", (("ranked", "aisc_net"),), _cost_curve),
    ("Share of hash rate under water, by price", (("cost_curve", "below_aisc_net"),), _under_water),
    ("Hash ribbon: 30- and 60-day mean hash rate", (("days", "sma_60"),), _ribbon),
    ("Self-correction: difficulty and online share", (("self_correction", "online"),), _epochs),
    (
        "Runway by operator",
        (("operators", "runway"),),
        _bars("operators", "runway", "operator", "direct", "Months (60: 60 or more)", "0"),
    ),
    (
        "Contributions to the risk score",
        (("risk", "contribution"),),
        _bars("risk", "contribution", "component", "bad", "Points", "0.0"),
    ),
    (
        "Shocks: change of the risk score (snapshot)",
        (("snapshot", "score_change"),),
        _bars("snapshot", "score_change", "shock", "warn", "Points", "+0.0;-0.0;0"),
    ),
)
