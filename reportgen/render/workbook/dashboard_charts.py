"""The charts of the first sheet: four side by side, of the same cells as those of the sheet Charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportgen.render.workbook.charts import CONTRIBUTIONS, COST_CURVE, UNDER_WATER
from reportgen.render.workbook.dashboard_blocks import FLOW_ROW, FLOWS
from reportgen.render.workbook.dashboard_grid import BETWEEN, CHART_HEIGHT, CHART_ROW, SHEET, chart_width
from reportgen.render.workbook.live_words import as_fixed
from reportgen.render.workbook.native_charts import Drawing, fits, has_numbers

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

MOST = 9
"""Names that a small chart has room for."""
FLOWS_TITLE, FLOW_FORMAT = "BTC a day: − to market, + off it", "+#,##0;-#,##0;0"
LEFT_OUT = "not drawn for want of figures"
SMALL = (
    replace(COST_CURVE, title="Net AISC by hash share, USD '000", up_format="#,##0,"),
    replace(UNDER_WATER, title="Under water, by price in USD '000", across_format="#,##0,"),
)
POINTS = replace(CONTRIBUTIONS, title="Points of the risk score")


def write_dashboard_charts(book: Workbook, page: Page, plan: Plan) -> tuple[str, ...]:
    """Place the charts; the answer names those that are left out, as a figure of theirs does not exist."""
    drawing = Drawing(book, page, plan, MOST, small=True)
    left_out = []
    for place, declared in enumerate((*SMALL, None, POINTS)):
        if declared is None:
            chart, told = _flows(drawing)
        elif fits(declared, plan) and has_numbers(declared, plan):
            chart, told = drawing.draw(declared), drawing.description(declared)
        else:
            left_out.append(declared.title)
            continue
        _place(page, chart, told, place)
    return tuple(left_out)


def _place(page: Page, chart: Any, told: str, place: int) -> None:
    width = chart_width()
    chart.set_size({"width": width, "height": CHART_HEIGHT - 2})
    at = {"x_offset": place * (width + BETWEEN), "y_offset": 1}
    page.sheet.insert_chart(CHART_ROW, 0, chart, {"description": told, "object_position": 3, **at})


def _flows(drawing: Drawing) -> tuple[Any, str]:
    """Forced selling, issuance and ETF flow, each with its sign, as the cells beside the dials have them."""
    first, last = FLOW_ROW + 1, FLOW_ROW + len(FLOWS)
    chart = drawing.chart("bar")
    chart.add_series(
        {
            "name": FLOWS_TITLE,
            "categories": f"={SHEET}!$A${first}:$A${last}",
            "values": f"={SHEET}!$B${first}:$B${last}",
            "fill": {"color": drawing.page.styles.colours["direct"]},
            "border": {"none": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": FLOWS_TITLE, "overlay": False, "name_font": drawing.font(11, bold=True)})
    drawing.lying(chart, "BTC per day", FLOW_FORMAT, numbered=True)
    numbers = ((label, float(drawing.plan.solution.value(name))) for name, label in FLOWS)
    told = "; ".join(f"{label} {as_fixed(value, 1) if value == value else 'n/a'}" for label, value in numbers)
    return chart, f"{FLOWS_TITLE}. BTC per day. As delivered: {told}."
