"""What holds or does not at one price: the conditions that the triggers of the model book name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Record = dict[str, Any]
Name = tuple[str, str, str]  # operator, facility, trigger

SHORT_RUNWAY = 6


def conditions(records: Record, figures: Record) -> dict[Name, list[bool]]:
    """Whether each condition holds in these figures; facilities of the same name stand in their order."""
    price, found = figures["market"]["price"], defaultdict(list)
    spelled = {row["operator"].casefold(): row["operator"] for row in records["Operators"]}
    for put, own in zip(records["Operators"], figures["operators"], strict=True):
        direct = own["direct_cost_per_btc"]
        if direct is not None:
            found["lights-off"].append((put["operator"], "", price < direct))
            sustaining = direct + own["sustaining_capex_per_btc"]
            found["not sustaining"].append((put["operator"], "", price < sustaining))
            found["below AISC"].append((put["operator"], "", price < own["aisc_net"]))
        found["runway"].append((put["operator"], "", own["runway"] < SHORT_RUNWAY))
        short = own["liquidity"] < (put.get("minimum_liquidity") or 0)
        found["minimum liquidity"].append((put["operator"], "", short))
    for row in figures["debt"]:
        owner = spelled[row["operator"].casefold()]
        found["margin call"].append((owner, row["facility"], bool(row["ltv_breach"])))
    named: dict[Name, list[bool]] = defaultdict(list)
    for trigger, holding in found.items():
        for operator, facility, holds in holding:
            named[operator, facility, trigger].append(holds)
    return named


def flipped(records: Record, above: Record, below: Record) -> set[Name]:
    """The conditions that hold below a price and not above it; one that goes the other way is an error."""
    before, after = conditions(records, above), conditions(records, below)
    assert all(then <= now for name in before for then, now in zip(before[name], after[name], strict=True))
    return {name for name in before if before[name] != after[name]}


def due_within(figures: Record, below: float, above: float) -> set[Name]:
    """The triggers that stand between two prices."""
    return {
        (row["operator"], row["facility"] or "", row["trigger"])
        for row in figures["triggers"]
        if below < row["trigger_price"] <= above
    }
