"""Figures as they were delivered: those of the active shock's row of the snapshot, beside the live ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.formula.functions import absolute, known, lookup, otherwise, when
from reportgen.model.block import Section
from reportgen.model.lines import blocks

delivered = Section(
    blocks.market,
    "Checks",
    "Against the snapshot",
    "The figures under the active shock as they were delivered, and 1 while the live ones are the same to a millionth.",
)

WATCHED: Mapping[str, tuple[str, str, str]] = {
    "risk_score": ("risk score", "0-100", "0.0"),
    "market_score": ("market score", "0-100", "0.0"),
    "price": ("price", "USD/BTC", ""),
    "hashprice": ("hashprice", "USD/PH/day", ""),
    "aisc_average": ("average AISC", "USD/BTC", ""),
    "aisc_net_average": ("average AISC net of AI", "USD/BTC", ""),
    "aisc_net_average_flat": ("average AISC net of AI in a flat network", "USD/BTC", ""),
    "aisc_net_average_observed": ("average AISC net of AI with growth as observed", "USD/BTC", ""),
    "direct_cost_average": ("average direct cost", "USD/BTC", ""),
    "share_below_direct_cost": ("share below direct cost", "share of hash rate", "0.0%"),
    "share_below_sustaining": ("share below sustaining cost", "share of hash rate", "0.0%"),
    "share_below_aisc_net": ("share below AISC net of AI", "share of hash rate", "0.0%"),
    "network_coverage": ("network coverage", "share", "0.0%"),
    "forced_sales": ("bitcoin for bills", "BTC/day", ""),
    "forced_sales_network": ("bitcoin for bills, network", "BTC/day", ""),
    "treasury_draw_network": ("treasury draw, network", "BTC/day", ""),
    "collateral_called_network": ("called collateral, network", "BTC", ""),
    "severe_miner_sales": ("severe miner sales", "BTC/day", ""),
    "etf_mean_long_btc": ("mean ETF flow", "BTC/day", ""),
    "ribbon_today": ("hash ribbon", "share", "0.00%"),
}
"""What is held against the snapshot, the figures of the first sheet among it: in words, unit, number format."""


@delivered.line(unit="row", number_format="0")
def snapshot_row(active_shock, snapshot):
    """Row of the snapshot that the active shock stands for; the first without a shock."""
    return lookup(active_shock, snapshot.shock, snapshot.number, 1)


def _declare(name: str, words: str, unit: str, number_format: str) -> None:
    """Declare a figure as it was delivered, and whether the live one is the same."""

    def then(snapshot_row: Any, snapshot: Any) -> Any:
        return lookup(snapshot_row, snapshot.number, getattr(snapshot, name))

    def kept(market: Any) -> Any:
        return when(_same(getattr(market, name), getattr(market, f"delivered_{name}")), 1, 0)

    then.__name__, then.__doc__ = f"delivered_{name}", f"{words[0].upper()}{words[1:]} as delivered."
    kept.__name__, kept.__doc__ = f"kept_{name}", f"1 while {words} is as delivered, or n/a then and now."
    delivered.line(unit=unit, label=f"Delivered {words}", number_format=number_format)(then)
    delivered.line(unit="0/1", label=f"As delivered: {words}", number_format="0")(kept)


def _same(live: Any, then: Any) -> Any:
    """The same to a millionth, or both n/a; what cancels is measured against one."""
    now, was = otherwise(live, 0), otherwise(then, 0)
    return (known(live) == known(then)) & (absolute(now - was) <= (1 + absolute(now) + absolute(was)) / 10**6)


for _name, _told in WATCHED.items():
    _declare(_name, *_told)


@delivered.line(unit="0/1", number_format="0")
def as_delivered(market):
    """1 while the live figures are those that were delivered; 0 once an edited input has moved one."""
    kept = [getattr(market, f"kept_{name}") for name in WATCHED]
    return when(sum(1 - each for each in kept) == 0, 1, 0)
