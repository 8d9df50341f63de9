"""One function a chart: figures and words → SVG. No chart has a word of its own: templates give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.render.charts.contributions import contributions, score_scale
from reportgen.render.charts.cost_curve import cost_curve
from reportgen.render.charts.dials import dials
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.epochs import epochs
from reportgen.render.charts.hashprice_record import hashprice_record
from reportgen.render.charts.heat_map import heat_map
from reportgen.render.charts.market_flows import market_flows
from reportgen.render.charts.maturities import maturities
from reportgen.render.charts.pressure import pressure
from reportgen.render.charts.price_ladder import price_ladder
from reportgen.render.charts.ribbon import ribbon
from reportgen.render.charts.score_record import score_record
from reportgen.render.charts.shutdown_prices import shutdown_prices
from reportgen.render.charts.stacked_costs import stacked_costs
from reportgen.render.charts.tornado import tornado
from reportgen.render.charts.under_water import under_water
from reportgen.render.charts.waterfall import waterfall

CHARTS: Mapping[str, Callable[..., Drawing]] = {
    chart.__name__: chart
    for chart in (
        contributions,
        cost_curve,
        dials,
        epochs,
        hashprice_record,
        heat_map,
        market_flows,
        maturities,
        pressure,
        price_ladder,
        ribbon,
        score_record,
        score_scale,
        shutdown_prices,
        stacked_costs,
        tornado,
        under_water,
        waterfall,
    )
}
"""Every chart by the name that templates call it by."""

__all__ = ["CHARTS"]
