"""Figures as they were delivered: those of the active shock's row of the snapshot, beside the live ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportgen.formula.functions import absolute, at, known, minimum, otherwise, row_of, when
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


@delivered.line(unit="row", number_format="0", label="Row of the active shock in the snapshot", working=True)
def snapshot_found(snapshot):
    """Row of the snapshot that the active shock names; n/a when there is none of that name."""
    return row_of(1, snapshot.active)


@delivered.line(unit="row", number_format="0")
def snapshot_row(snapshot_found):
    """Row of the snapshot that the active shock stands for; the first without a shock."""
    return otherwise(snapshot_found, 1)


def _declare(name: str, words: str, unit: str, number_format: str) -> None:
    """Declare a figure as it is and as it was delivered, and how far the two are apart."""

    def live(market: Any) -> Any:
        return getattr(market, name)

    def then(snapshot_row: Any, snapshot: Any) -> Any:
        return at(snapshot_row, getattr(snapshot, name))

    def moved(market: Any) -> Any:
        now, was = getattr(market, f"live_{name}"), getattr(market, f"delivered_{name}")
        return absolute(now - was) / (1 + absolute(now) + absolute(was))

    live.__name__, live.__doc__ = f"live_{name}", f"{words[0].upper()}{words[1:]} as it is now."
    then.__name__, then.__doc__ = f"delivered_{name}", f"{words[0].upper()}{words[1:]} as delivered."
    moved.__name__ = f"moved_{name}"
    moved.__doc__ = f"How far {words} has moved, as a share of its size; what cancels is measured against one."
    delivered.line(unit=unit, label=f"Live {words}", number_format=number_format, working=True)(live)
    delivered.line(unit=unit, label=f"Delivered {words}", number_format=number_format)(then)
    delivered.line(unit="share of its size", label=f"Moved: {words}", number_format="0.0%", working=True)(moved)


def _declare_kept(name: str, words: str) -> None:
    """Declare whether a figure is as it was delivered: the same to a millionth, or n/a then and now."""

    def kept(market: Any) -> Any:
        now, was, moved = (getattr(market, f"{each}_{name}") for each in ("live", "delivered", "moved"))
        return when(known(moved), when(moved <= 1 / 10**6, 1, 0), when(known(now) | known(was), 0, 1))

    kept.__name__, kept.__doc__ = f"kept_{name}", f"1 while {words} is as delivered, or n/a then and now."
    delivered.line(unit="0/1", label=f"As delivered: {words}", number_format="0")(kept)


for _name, _told in WATCHED.items():
    _declare(_name, *_told)
for _name, _told in WATCHED.items():
    _declare_kept(_name, _told[0])


@delivered.line(unit="0/1", number_format="0")
def as_delivered(market):
    """1 while the live figures are those that were delivered; 0 once an edited input has moved one."""
    return minimum(*(getattr(market, f"kept_{name}") for name in WATCHED))
