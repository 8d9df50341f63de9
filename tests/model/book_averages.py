"""The model book a second time: averages and shares over all operators, and the cost curve."""

from __future__ import annotations

from functools import cmp_to_key

from tests.model.book_numbers import MONTH, Number, Record, less, monthly, plus, ratio, total, weighted

DIRECT = ("direct_cost_per_btc",)
SUSTAINING = ("direct_cost_per_btc", "sustaining_capex_per_btc")


def share_above(rows: list[Record], level: float, *names: str) -> Number:
    """Share of hash rate whose figure (the sum of these) is above a price."""
    above = 0.0
    for row in rows:
        figure = plus(*(row[name] for name in names))
        above += row["hash_rate"] if figure is not None and less(level, figure) else 0
    return ratio(above, total(rows, "hash_rate"))


def averages(figures: Record) -> Record:
    rows, now = figures["operators"], figures["market"]

    def average(name: str) -> Number:
        return weighted((row[name], row["production"]) for row in rows)

    found: Record = {
        "aisc_average": average("aisc"),
        "aisc_net_average": average("aisc_net"),
        "direct_cost_average": average("direct_cost_per_btc"),
        "cash_cost_average": average("cash_cost_per_btc"),
        "aisc_net_average_flat": average_at_growth(rows, 0.0),
        "aisc_net_average_observed": average_at_growth(rows, now["observed_growth"]),
        "share_below_direct_cost": share_above(rows, now["price"], *DIRECT),
        "share_below_sustaining": share_above(rows, now["price"], *SUSTAINING),
        "share_below_aisc_net": share_above(rows, now["price"], "aisc_net"),
        "network_coverage": total(rows, "network_share"),
        "forced_sales": total(rows, "btc_sales_needed") / MONTH,
        "treasury_draw_total": total(rows, "treasury_draw") / MONTH,
        "due_12m_total": total(rows, "due_12m"),
        "refinancing_gap_total": total(rows, "refinancing_gap"),
    }
    for name in ("collateral_called", "collateral_at_risk"):
        found[f"{name}_total"] = total(rows, name)
        found[f"{name}_network"] = ratio(found[f"{name}_total"], found["network_coverage"])
    found["forced_sales_network"] = ratio(found["forced_sales"], found["network_coverage"])
    found["treasury_draw_network"] = ratio(found["treasury_draw_total"], found["network_coverage"])
    return found


def average_at_growth(rows: list[Record], growth: Number) -> Number:
    """Net AISC over all operators, had the network grown at this yearly rate."""
    if growth is None:
        return None
    defence = max(0.0, monthly(growth))
    other = ("direct_cost", "replacement_capex", "corporate_financing")
    cost = [
        sum(row[layer] for layer in other) + defence * row["fleet_value"] - row["ai_margin"]
        for row in rows
        if row["production"]
    ]
    return ratio(sum(cost), total(rows, "production"))


def cost_curve(given: Record, figures: Record) -> list[Record]:
    """The shares and the sales at price levels from 40 % to 160 % of spot."""
    rows, found = figures["operators"], []
    calls = [{**put, **row} for put, row in zip(given.get("Debt", []), figures["debt"], strict=True)]
    for step in range(25):
        level = figures["market"]["price"] * (0.4 + 0.05 * step)
        need = [max(0, row["cash_need"]) / level for row in rows]
        lacking = [max(0, sold - row["production"]) for sold, row in zip(need, rows, strict=True)]
        draw = [min(short, max(0, row["free_btc"])) for short, row in zip(lacking, rows, strict=True)]
        found.append({
            "level": level,
            "below_direct": share_above(rows, level, *DIRECT),
            "below_sustaining": share_above(rows, level, *SUSTAINING),
            "below_aisc_net": share_above(rows, level, "aisc_net"),
            "forced_sales": sum(need) / MONTH,
            "treasury_draw": sum(draw) / MONTH,
            "collateral_called": sum(
                row["btc_collateral"]
                for row in calls
                if row["margin_call_price"] is not None and less(level, row["margin_call_price"])
            ),
        })  # fmt: skip
    return found


def ranking(figures: Record) -> list[Record]:
    """The classic curve: operators from the lowest net AISC on, equal ones in their order; n/a for those without."""
    known = [row for row in figures["operators"] if row["aisc_net"] is not None]
    everything, so_far, found = total(figures["operators"], "hash_rate"), 0.0, []
    for row in sorted(known, key=cmp_to_key(_dearer)):
        share = row["hash_rate"] / everything
        so_far += share
        named = {name: row[name] for name in ("operator", "aisc_net", "hash_rate")}
        found.append({**named, "hash_share": share, "cumulative_share": so_far})
    columns = ("operator", "aisc_net", "hash_rate", "hash_share", "cumulative_share")
    return found + [dict.fromkeys(columns)] * (len(figures["operators"]) - len(known))


def _dearer(left: Record, right: Record) -> int:
    return int(less(right["aisc_net"], left["aisc_net"])) - int(less(left["aisc_net"], right["aisc_net"]))
