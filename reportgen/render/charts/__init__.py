"""One function a chart: figures and words → SVG. No chart has a word of its own: templates give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.render.charts.contributions import contributions, score_scale
from reportgen.render.charts.cost_curve import cost_curve
from reportgen.render.charts.dials import dials
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.epochs import epochs
from reportgen.render.charts.heat_map import heat_map
from reportgen.render.charts.pressure import pressure
from reportgen.render.charts.price_ladder import price_ladder
from reportgen.render.charts.ribbon import ribbon
from reportgen.render.charts.score_record import score_record
from reportgen.render.charts.stacked_costs import stacked_costs
from reportgen.render.charts.tornado import tornado
from reportgen.render.charts.under_water import under_water

CHARTS: Mapping[str, Callable[..., Drawing]] = {
    chart.__name__: chart
    for chart in (
        contributions,
        cost_curve,
        dials,
        epochs,
        heat_map,
        pressure,
        price_ladder,
        ribbon,
        score_record,
        score_scale,
        stacked_costs,
        tornado,
        under_water,
    )
}
"""Every chart by the name that templates call it by."""

__all__ = ["CHARTS"]
