"""What the first page alone shows: how far each higher band is, who is forced, which flows come to market."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.solve import Row, Solution
from reportgen.render.brief.figures import Figure, amount, btc, counted, months, per_btc, percent
from reportgen.render.brief.rounding import added
from reportgen.render.charts.letters import fitted
from reportgen.render.charts.market_flows import MarketFlow

_PRESSES = ("treasury_draw", "collateral_called", "shortfall", "refinancing_gap")
_NAME, _TABLE = 156.0, 10.7
"""Width of a name on one line of the table, and the size of its letters, in CSS pixels."""
_MILLION, _IN_MILLIONS = 1e6, 999_500


@dataclass(frozen=True)
class BandStep:
    """A higher band of the score: the price at which it begins, all else equal, and how far that is from today's.

    Both are n/a where no fall of the price that was tried reaches it.
    """

    band: str
    price: Figure
    change: Figure


@dataclass(frozen=True)
class PressedRow:
    """An operator that is forced to sell or cannot pay: bitcoin drawn a month and called, USD not paid and not covered.

    A row without a name is a sum; it has no runway.
    """

    operator: str
    network_share: Figure
    treasury_draw: Figure
    collateral_called: Figure
    shortfall: Figure
    refinancing_gap: Figure
    runway: Figure | None
    burning: bool
    short: bool


@dataclass(frozen=True)
class PressedView:
    """The operators on which bills, lenders or maturities press, the most forced first, as many as fit.

    The `others` stand in one row where there are more; `total` is the sum of all. Amounts in USD are in millions where
    their column's sum is (`shortfall_in_millions`, `gap_in_millions`). The rows of a column add up to its sum as they
    are shown.
    """

    rows: tuple[PressedRow, ...]
    others: PressedRow | None
    others_count: Figure
    total: PressedRow | None
    shortfall_in_millions: bool
    gap_in_millions: bool


@dataclass(frozen=True)
class FirstPageView:
    """`steps` are the bands above the score's own; `flows` are signed: coins that come to market are below 0."""

    steps: tuple[BandStep, ...]
    pressed: PressedView
    flows: tuple[MarketFlow, ...]


def first_page_view(solution: Solution, most: int) -> FirstPageView:
    """The figures of the first page that no other page has; its table names at most so many operators."""
    return FirstPageView(steps=_steps(solution), pressed=pressed_view(solution, most), flows=_flows(solution))


def _steps(solution: Solution) -> tuple[BandStep, ...]:
    if math.isnan(solution.number("risk_score")) or not solution.number("total_hash_rate") > 0:
        return ()  # without a score or machines nothing is reached because nothing is known
    price = solution.number("price")
    return tuple(
        BandStep(row.text("target"), per_btc(price * (1 + change)), percent(change, sign=True))
        for row in solution.rows_of("reverse_stress")
        if row.text("measure") == "score" and row.text("driver") == "price" and (change := row.number("change")) != 0
    )


def pressed_view(solution: Solution, most: int) -> PressedView:
    """The operators on which bills, lenders or maturities press, as many as fit."""
    found = sorted((row for row in solution.rows_of("operators") if _presses(row)), key=_pressed)
    shown, hidden = found[:most], found[most:]
    columns = {name: _column(name, shown, hidden) for name in _STYLES}
    rows = tuple(
        _row(solution, row, {name: cells[index] for name, cells in columns.items()}) for index, row in enumerate(shown)
    )
    sums = {name: cells[len(shown) :] for name, cells in columns.items()}
    return PressedView(
        rows=rows,
        others=_sum({name: cells[0] for name, cells in sums.items()}) if hidden else None,
        others_count=counted(len(hidden)),
        total=_sum({name: cells[-1] for name, cells in sums.items()}) if len(found) > 1 else None,
        shortfall_in_millions=_in_millions(found, "shortfall"),
        gap_in_millions=_in_millions(found, "refinancing_gap"),
    )


def lines_of(pressed: PressedView) -> int:
    """Rows of the table, those of sums among them."""
    return len(pressed.rows) + (pressed.others is not None) + (pressed.total is not None)


def _presses(row: Row) -> bool:
    return any(row.number(name) > 0 for name in _PRESSES)


def _pressed(row: Row) -> tuple[float, ...]:
    forced = row.number("collateral_called") + row.number("treasury_draw")
    return (-forced, *(-row.number(name) for name in ("shortfall", "refinancing_gap", "hash_rate")), row.index)


def _column(name: str, shown: list[Row], hidden: list[Row]) -> tuple[Figure, ...]:
    """The cells of a column from the top: operators, the others together where there are any, the sum of all."""
    parts = [row.number(name) for row in shown]
    if hidden:
        parts.append(math.fsum(row.number(name) for row in hidden))
    whole = math.fsum(parts)
    style, decimals = _STYLES[name](whole)
    return (*added(whole, parts, decimals, style), style(whole))


Style = tuple[Callable[[float], Figure], int]
"""How a column is shown, and to how many decimals of its own unit."""


def _bitcoin(whole: float) -> Style:
    decimals = 0 if whole >= 99.5 else 1
    return lambda value: amount(value, decimals if value else 0), decimals


def _dollars(whole: float) -> Style:
    if whole < _IN_MILLIONS:
        return amount, 0
    return lambda value: amount(value / _MILLION, 1 if value else 0), -5


def _share(_whole: float) -> Style:
    return percent, 3


_STYLES: dict[str, Callable[[float], Style]] = {
    "network_share": _share,
    "treasury_draw": _bitcoin,
    "collateral_called": _bitcoin,
    "shortfall": _dollars,
    "refinancing_gap": _dollars,
}


def _in_millions(rows: list[Row], name: str) -> bool:
    return math.fsum(row.number(name) for row in rows) >= _IN_MILLIONS


def _row(solution: Solution, row: Row, cells: dict[str, Figure]) -> PressedRow:
    return PressedRow(
        **cells,
        operator=fitted(" ".join(row.text("operator").split()), _NAME, _TABLE, strong=True),
        runway=months(row.number("runway"), solution.number("runway_cap")),
        burning=row.number("cash_flow_after_debt") < 0,
        short=row.number("runway") < solution.number("solvency_runway"),
    )


def _sum(cells: dict[str, Figure]) -> PressedRow:
    return PressedRow(**cells, operator="", runway=None, burning=False, short=False)


def _flows(solution: Solution) -> tuple[MarketFlow, ...]:
    """Coins that come to market are below 0, those that funds take off it above; what is not known is NaN."""
    own, network = -solution.number("forced_flow"), -solution.number("forced_flow_network")
    issuance, funds = -solution.number("issuance"), solution.number("etf_mean_long_btc")
    return (
        MarketFlow("forced", network, btc(network).text, own),
        MarketFlow("issuance", issuance, btc(issuance).text),
        MarketFlow("funds", funds, btc(funds).text),
    )
