"""An example of every chart, and what tests read from a drawing."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from typing import Any

from reportgen.render.charts import CHARTS
from reportgen.render.charts.contributions import Component
from reportgen.render.charts.cost_curve import Block
from reportgen.render.charts.dials import Dial
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.epochs import EpochPoint
from reportgen.render.charts.heat_map import Cell
from reportgen.render.charts.pressure import Flow, FlowGroup
from reportgen.render.charts.price_ladder import Mark
from reportgen.render.charts.ribbon import DateTick, RibbonDay, Span
from reportgen.render.charts.score_record import ScoreDay
from reportgen.render.charts.stacked_costs import CostBar
from reportgen.render.charts.tornado import Effect
from reportgen.render.charts.under_water import Level
from reportgen.render.theme import load_theme

NAN = math.nan
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('x')</script>&\"<b>"
_KEYS = (
    *("direct", "sustaining", "financing", "ai", "net", "price", "missing", "across", "up", "short", "long", "below"),
    *(
        "down",
        "today",
        "difficulty",
        "online",
        "settled",
        "top_down",
        "bottom_up",
        "funds",
        "forced",
        "reference",
        "etf_long",
    ),
    "etf_short",
)
WORDS = {name: name for name in _KEYS}


def cost_bars(count: int, name: str) -> list[CostBar]:
    return [CostBar(f"{name} {n}", 40e3 + n * 3e3, 20e3, 9e3, 5e3, 64e3 + n * 3e3, "64,000") for n in range(count)]


def stacked(count: int, name: str = "Operator of some length", **options: Any) -> Drawing:
    bars = cost_bars(count, name)
    return CHARTS["stacked_costs"](load_theme(), bars, price=90e3, words=WORDS, alt="Costs", **options)


def drawn(name: str) -> Drawing:
    """A chart with an example of its own; KeyError for a chart that has none here."""
    return CHARTS[name](load_theme(), alt="a", **EXAMPLES[name])


EXAMPLES: dict[str, dict[str, Any]] = {
    "contributions": {
        "components": [Component(5, 15, "solvency", "5 / 15"), Component(NAN, 15, "hash_ribbon", "n/a")],
        "missing": "missing",
    },
    "cost_curve": {"blocks": [Block("A", 50e3, 0.5), Block(HOSTILE, 150e3, 0.5)], "price": 90e3, "words": WORDS},
    "dials": {"items": [Dial("Income", 30.0, "30"), Dial(HOSTILE, NAN, "n/a", beside=True)]},
    "epochs": {"points": [EpochPoint(0, 1, 1), EpochPoint(1, 0.9, 0.8)], "settled": 1, "words": WORDS},
    "heat_map": {
        "rows": [[Cell("40", 0.5), Cell("20", -0.5)], [Cell("n/a", NAN), Cell("0", 0.0)]],
        "across": ["−10%", "0%"],
        "down": ["0%", "+10%"],
        "middle": (0, 1),
        "words": WORDS,
    },
    "pressure": {
        "groups": [
            FlowGroup("funds", "etf", (Flow(HOSTILE, -200, "−200"), Flow("B", 100, "100"), Flow("C", NAN, "n/a")))
        ],
        "words": WORDS,
    },
    "price_ladder": {
        "marks": [Mark("short", 80e3, -0.11, 0.5), Mark("long", 99e3, 0.1, 0.2), Mark("long", 200e3, 1.2, 0.3)],
        "kinds": ["short", "long"],
        "price": 90e3,
        "words": WORDS,
    },
    "ribbon": {
        "days": [RibbonDay(45_000 + n, 1000 + n, 1001, (n - 5) / 1000) for n in range(10)],
        "inverted": [Span(45_000, 45_004)],
        "dates": [DateTick(45_001, "Mar 23")],
        "words": WORDS,
    },
    "score_record": {
        "days": [ScoreDay(45_000.0 + n, 10.0 * n) for n in range(10)],
        "windows": [Span(45_002, 45_004)],
        "dates": [DateTick(45_001, "Mar 23")],
        "words": WORDS,
    },
    "score_scale": {"score": 32.0, "bands": ["low", "high"], "band_width": 50},
    "stacked_costs": {"bars": cost_bars(3, "Operator of some length"), "price": 90e3, "words": WORDS},
    "tornado": {
        "effects": [Effect(HOSTILE, 5, "+5", -9e3, "−9,000"), Effect("B", NAN, "n/a", NAN, "n/a")],
        "left_title": "l",
        "right_title": "r",
    },
    "under_water": {
        "levels": [Level(40e3, 1, 1, 1), Level(90e3, 0.1, 0.2, 0.3)],
        "price": 90e3,
        "words": WORDS,
    },
}


def texts(drawing: Drawing) -> list[ET.Element]:
    return list(ET.fromstring(drawing.svg).iter(f"{SVG}text"))
