"""The model book a second time: at which price what breaks, and the whole model solved again at those prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.model.book_numbers import Number, Record, less, ratio, total
from tests.model.book_operators import owned

RUNWAY_MONTHS = 6
LEAST_PRICE = 0.01  # the book has prices above 0; the model's convention is a cent
NEAREST = 10
SNAPSHOT = ("risk_score", "share_below_aisc_net", "treasury_draw_network", "collateral_called_network")
Trigger = tuple[str, str, Number]


def triggers(given: Record, figures: Record) -> list[Record]:
    """One row for each operator (facility) and kind whose price is a cent or more, dearest first."""
    now, found = figures["market"], []
    everything = total(figures["operators"], "hash_rate")
    for row, own in zip(given["Operators"], figures["operators"], strict=True):
        for facility, kind, price in of_operator(given, figures, row, own):
            if price is not None and not less(price, LEAST_PRICE):
                found.append({
                    "operator": row["operator"],
                    "facility": facility,
                    "trigger": kind,
                    "trigger_price": price,
                    "distance": price / now["price"] - 1,
                    "crossed": int(less(now["price"], price)),
                    "hash_share": ratio(own["hash_rate"], everything),
                })  # fmt: skip
    return sorted(found, key=lambda row: -row["trigger_price"])


def of_operator(given: Record, figures: Record, row: Record, own: Record) -> Iterator[Trigger]:
    direct, sustaining = own["direct_cost_per_btc"], own["sustaining_capex_per_btc"]
    yield "", "lights-off", direct
    yield "", "not sustaining", None if direct is None else direct + sustaining
    yield "", "below AISC", below_aisc(given, row, own)
    for number in owned(given.get("Debt", []), row["operator"]):
        yield given["Debt"][number]["facility"], "margin call", figures["debt"][number]["margin_call_price"]
    yield "", "runway", short_runway(row, own)
    yield "", "minimum liquidity", below_minimum(row, own)


def below_aisc(given: Record, row: Record, own: Record) -> Number:
    """The price that equals net AISC at that price: below it, liquidity may have to be rebuilt out of production."""
    if not own["production"]:
        return None
    months, free = given["Market"]["liquidity_rebuild_months"], max(0, own["free_btc"])
    bills = own["cash_need"] + own["sustaining_capex"]
    rebuilding = bills + (row["minimum_liquidity"] - row["cash"]) / months
    return float(max(bills / own["production"], rebuilding / (own["production"] + free / months)))


def short_runway(row: Record, own: Record) -> Number:
    """The price below which the liquidity lasts less than six months of a negative cash flow."""
    need, made = own["cash_need"], own["production"]
    divisor = max(0, own["free_btc"]) + RUNWAY_MONTHS * made
    lasting = ratio(RUNWAY_MONTHS * need - row["cash"] + row["minimum_liquidity"], divisor)
    if not made:  # the flow is negative at every price, or at none
        return lasting if need > 0 else None
    return None if lasting is None else float(min(lasting, need / made))


def below_minimum(row: Record, own: Record) -> Number:
    if own["free_btc"] <= 0:
        return None
    return float((row["minimum_liquidity"] - row["cash"]) / own["free_btc"])


def snapshot(figures: Record, at_price: Callable[[float], Record]) -> list[Record]:
    """The nearest ten triggers that the price has not crossed, with the whole model solved at each."""
    below = [row for row in figures["triggers"] if not row["crossed"]]
    found = []
    for row in below[:NEAREST]:
        there = at_price(row["trigger_price"])["market"]
        named = {name: row[name] for name in ("operator", "facility", "trigger", "trigger_price")}
        found.append({**named, **{name: there[name] for name in SNAPSHOT}})
    return found
