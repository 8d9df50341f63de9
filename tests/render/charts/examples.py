"""An example of every chart for a market of any number of operators, and what tests read from a drawing."""

from __future__ import annotations

import functools
import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

from reportgen.render.charts import CHARTS
from reportgen.render.charts.contributions import BANDS, Component
from reportgen.render.charts.cost_curve import Block
from reportgen.render.charts.days import DateTick, Span
from reportgen.render.charts.dials import Dial
from reportgen.render.charts.drawing import Drawing
from reportgen.render.charts.epochs import EpochPoint
from reportgen.render.charts.hashprice_record import HashpriceDay
from reportgen.render.charts.heat_map import Cell
from reportgen.render.charts.market_flows import MarketFlow
from reportgen.render.charts.maturities import Due
from reportgen.render.charts.pressure import Flow, FlowGroup
from reportgen.render.charts.price_ladder import BandEntry, Mark
from reportgen.render.charts.ribbon import RibbonDay
from reportgen.render.charts.score_record import ScoreDay
from reportgen.render.charts.shutdown_prices import Machine
from reportgen.render.charts.stacked_costs import CostBar
from reportgen.render.charts.tornado import Effect
from reportgen.render.charts.under_water import Cost
from reportgen.render.charts.waterfall import Step
from reportgen.render.theme import load_theme

NAN = math.nan
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('x')</script>&\"<b>"
PRICE = 90e3
COUNTS = (1, 8, 25, 60)
"""Operators of the markets that every chart is drawn for."""
WORDS = {
    "direct": "Direct cost", "sustaining": "Direct and sustaining", "financing": "Corporate and financing",
    "ai": "AI credit, taken off", "net": "Net AISC", "price": "Price 90,000", "missing": "n/a: no production",
    "across": "share of the hash rate, cheapest first", "up": "USD/BTC", "short": "30 days", "long": "60 days",
    "below": "ribbon", "down": "difficulty", "today": "46.1", "difficulty": "Difficulty", "online": "Online",
    "settled": "settled: day 126", "top_down": "Could sell, by scenario (dark: new coins)", "bottom_up": "Operators",
    "funds": "Exchange-traded funds", "forced": "Forced selling", "etf_long": "Mean of 20 days",
    "etf_short": "Mean of 5 days", "issuance": "Issuance", "selling": "coins come to the market",
    "buying": "coins are taken off it", "score": "Band of the score", "share": "of hash rate",
    "hashprice": "Hashprice, USD/PH/day", "hashprice_today": "38.2", "difficulty_today": "146 T",
    "margin": "Net margin", "lights-off": "direct cost", "runway": "short runway", "below AISC": "net AISC",
}  # fmt: skip
_NAMES = (
    "Amalgamated Mining Holdings Company…", "Summit", "شركة التعدين العربية المتحدة", "北方電力マイニング株式会社",
    "חברת הכרייה הישראלית", "Northern Plains Digital Power plc", "W", "Öresund Rechenzentrum & Söhne AG",
)  # fmt: skip


def names(count: int) -> list[str]:
    """Names of operators: long and short ones, in four scripts."""
    return [f"{_NAMES[number % len(_NAMES)]} {number}"[:36] for number in range(count)]


def spread_over(count: int, low: float, high: float) -> list[float]:
    """As many figures, evenly from one to the other."""
    return [low + (high - low) * (number + 0.5) / count for number in range(count)]


def cost_bars(count: int, name: str = "") -> list[CostBar]:
    called = [f"{name} {n}" for n in range(count)] if name else names(count)
    return [
        CostBar(called[n], cost * 0.5, cost * 0.3, cost * 0.2, 5e3, cost - 5e3, f"{cost - 5e3:,.0f}")
        for n, cost in enumerate(spread_over(count, 35e3, 330e3))
    ]


def stacked(count: int, name: str = "Operator of some length", **options: Any) -> Drawing:
    return CHARTS["stacked_costs"](load_theme(), cost_bars(count, name), price=PRICE, words=WORDS, alt="a", **options)


def drawn(name: str, count: int = 2, **changed: Any) -> Drawing:
    """A chart with an example of its own; KeyError for a chart that has none here."""
    return CHARTS[name](load_theme(), alt="a", **EXAMPLES[name](count) | changed)


def _marks(count: int) -> list[Mark]:
    kinds = ("lights-off", "below AISC", "runway")
    return [
        Mark(kinds[n % 3], PRICE * (1 + at), at, 1 / count, names(count)[n] if n < 3 else "")
        for n, at in enumerate(spread_over(count, -0.7, 0.6))
    ]


def _costs(count: int) -> list[Cost]:
    return [Cost(1.0 + n % 3, cost * 0.5, cost * 0.8, cost) for n, cost in enumerate(spread_over(count, 30e3, 150e3))]


def _grid(label: str, role: str = "") -> list[list[Cell]]:
    return [[Cell(label, (row + column - 6) / 8, role) for column in range(9)] for row in range(7)]


def _days(count: int) -> range:
    return range(45_000, 45_030 + count * 6)


_LED = CostBar("Led by AI", 40e3, 20e3, 9e3, 900e3, -831e3, "−831,000")
_IDLE = CostBar("No fleet", NAN, NAN, NAN, NAN, NAN, "n/a")
_SCENARIOS = tuple(Flow(name, -300.0 * n, f"−{300 * n:,}", -200.0 * n) for n, name in enumerate(names(5)))
_FUNDS = (Flow(HOSTILE[:36], -200, "−200"), Flow("", 1_100, "+1,100", key="etf_long"), Flow("C", NAN, "n/a"))

EXAMPLES: dict[str, Callable[[int], dict[str, Any]]] = {
    "contributions": lambda count: {
        "components": [Component(5, 15, f"component {n} of the risk score", "5.0 / 15.0") for n in range(count)]
        + [Component(NAN, 15, "hash_ribbon", "n/a")],
        "missing": "missing",
    },
    "cost_curve": lambda count: {
        "blocks": [
            Block(name, cost, 1 / count)
            for name, cost in zip(names(count), spread_over(count, -160e3, 330e3), strict=True)
        ],
        "price": PRICE,
        "words": WORDS,
    },
    "dials": lambda count: {"items": [Dial("Miner income", 30.0, "30"), Dial("Absorption", NAN, "n/a", beside=True)]},
    "epochs": lambda count: {
        "points": [EpochPoint(14.0 * n, 1 - 0.1 * math.sin(n), 1 - 0.2 * math.sin(n)) for n in range(count + 1)],
        "settled": 14.0 * (count // 2),
        "words": WORDS,
    },
    "hashprice_record": lambda count: {
        "days": [
            HashpriceDay(day, 40 + 10 * math.sin(day), NAN if day < 45_005 else 95 + day / 1e3) for day in _days(count)
        ],
        "dates": [DateTick(day, "Mar 2023") for day in _days(count)[::30]],
        "words": WORDS,
    },
    "heat_map": lambda count: {
        "rows": _grid("−344%") if count > 8 else _grid("54", "band_elevated"),
        "across": ["−40%", "−30%", "−20%", "−10%", "0%", "+10%", "+20%", "+30%", "+40%"],
        "down": ["−20%", "−10%", "0%", "+10%", "+20%", "+30%", "+40%"],
        "middle": (2, 4),
        "words": WORDS,
    },
    "market_flows": lambda count: {
        "flows": [
            MarketFlow("forced", -16.5 * count, f"−{16.5 * count:,.1f}", -5.0),
            MarketFlow("issuance", -450, "−450"),
            MarketFlow("long", 0.0, "0.0"),
            MarketFlow("short", NAN, "n/a"),
            MarketFlow("funds", 2_000.0 - 300 * count, f"{2_000 - 300 * count:,}"),
        ],
        "words": WORDS,
    },
    "maturities": lambda count: {
        "periods": [
            Due(f"Q{n % 4 + 1} {26 + n // 4}", n * 60e6, f"{n * 60} m" if n else "", n * 60e6 * (n < 3))
            for n in range(9)
        ]
    },
    "pressure": lambda count: {
        "groups": [
            FlowGroup("top_down", "accent", _SCENARIOS[:count]),
            FlowGroup("funds", "etf", _FUNDS if count < 25 else (_FUNDS[0], _FUNDS[2], Flow("None", 0.0, "0.0"))),
        ],
        "words": WORDS,
    },
    "price_ladder": lambda count: {
        "marks": _marks(count),
        "kinds": ["lights-off", "below AISC", "runway"],
        "price": PRICE,
        "words": WORDS,
        "bands": [BandEntry("high", BANDS[3], -0.05, "−5.0%"), BandEntry("severe", BANDS[4], -0.065, "−6.5%")],
        "band_now": BANDS[2],
    },
    "ribbon": lambda count: {
        "days": [RibbonDay(day, 1000 + day % 7, 1001, math.sin(day / 9) / 30) for day in _days(count)],
        "inverted": [Span(45_000, 45_004)],
        "dates": [DateTick(day, "Mar 2023") for day in _days(count)[::30]],
        "words": WORDS,
    },
    "score_record": lambda count: {
        "days": [ScoreDay(day, 50 + 50 * math.sin(day / 5)) for day in _days(count)],
        "windows": [Span(45_010, 45_020)],
        "dates": [DateTick(day, "Mar 2023") for day in _days(count)[::30]],
        "words": WORDS,
    },
    "score_scale": lambda count: {
        "score": count * 99 / 60, "bands": ["low", "guarded", "elevated", "high", "severe"], "label": f"{count:.1f}",
    },
    "shutdown_prices": lambda count: {
        "machines": [
            Machine(name, at * 0.8, at, at * 1.3, f"{100 / count:.1f}%")
            for name, at in zip(names(count), spread_over(count, -220e3, 270e3), strict=True)
        ]
        + [Machine("Not known", NAN, NAN, NAN, "1.0%")],
        "price": PRICE,
        "words": WORDS,
    },
    "stacked_costs": lambda count: {"bars": [*cost_bars(count), _LED, _IDLE], "price": PRICE, "words": WORDS},
    "tornado": lambda count: {
        "effects": [
            Effect(name, 10.0 - n, f"{10 - n:+}.0", -9e3 * n, f"−{9_000 * n:,}") for n, name in enumerate(names(count))
        ]
        + [Effect("B", NAN, "n/a", NAN, "n/a")],
        "left_title": "Change of the risk score, points",
        "right_title": "Change of price less net AISC, USD/BTC",
    },
    "under_water": lambda count: {"costs": _costs(count), "price": PRICE, "words": WORDS},
    "waterfall": lambda count: {
        "steps": [
            Step("price", 90e3, "90,000", "price", total=True),
            Step("direct", -40e3, "−40,000", "direct"),
            Step("sustaining", -30e3, "−30,000", "sustaining"),
            Step("financing", -15e3 * count, f"−{15_000 * count:,}", "financing"),
            Step("ai", 5e3, "+5,000", "ai"),
            Step("margin", 25e3 - 15e3 * count, f"{25_000 - 15_000 * count:,}", "bad", total=True),
        ],
        "words": WORDS,
    },
}  # fmt: skip


@functools.cache
def texts_of(svg: str) -> tuple[ET.Element, ...]:
    return tuple(ET.fromstring(svg).iter(f"{SVG}text"))


def texts(drawing: Drawing) -> list[ET.Element]:
    return list(texts_of(drawing.svg))
