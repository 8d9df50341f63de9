"""The model book a second time: the components of the risk score, its dials and the score."""

from __future__ import annotations

from tests.model.book_numbers import Number, Record, clip, less, ratio, weighted

DIALS = {
    "income": ("cash_pressure", "aisc_pressure", "miner_income"),
    "shut-downs": ("hash_ribbon", "hash_drawdown"),
    "balance sheets": ("solvency_pressure", "call_pressure", "forced_selling"),
    "absorption": ("etf_absorption",),
}
DIAL_OF = {component: dial for dial, components in DIALS.items() for component in components}
CALLED_OVER_DAYS = 90
BANDS = {20: "low", 40: "guarded", 60: "elevated", 80: "high"}


def pressure(cost: Number, price: float) -> Number:
    """0 while a cost is at most 80 % of the price, 1 from 120 % on."""
    return None if cost is None else clip((cost / price - 0.8) / 0.4)


def measures(figures: Record) -> dict[str, Number]:
    now, rows = figures["market"], figures["operators"]
    today = figures["days"][-1] if figures["days"] else {"ribbon": None, "drawdown": None}

    def by_hash(values: list[Number]) -> Number:
        return weighted((value, row["hash_rate"]) for value, row in zip(values, rows, strict=True))

    sold = now["treasury_draw_network"]
    if sold is not None:
        sold += now["collateral_at_risk_network"] / CALLED_OVER_DAYS
    absorbed = ratio(now["etf_mean_long_btc"], max(row["miner_sales"] for row in figures["scenarios"]))
    return {
        "cash_pressure": by_hash([pressure(row["direct_cost_per_btc"], now["price"]) for row in rows]),
        "aisc_pressure": by_hash([pressure(row["aisc_net"], now["price"]) for row in rows]),
        "miner_income": now["puell"],
        "hash_ribbon": None if today["ribbon"] is None else -today["ribbon"],
        "hash_drawdown": today["drawdown"],
        "solvency_pressure": by_hash([row["solvency_pressure"] for row in rows]),
        "call_pressure": by_hash([row["call_pressure"] for row in rows]),
        "forced_selling": ratio(sold, now["issuance"]),
        "etf_absorption": None if absorbed is None else -absorbed,
    }


def scored(measure: Number, row: Record) -> Number:
    """0 at the calm value of the component, 100 at its stress value."""
    return None if measure is None else 100 * clip((measure - row["calm"]) / (row["stress"] - row["calm"]))


def risk(given: Record, figures: Record) -> tuple[list[Record], list[Record], Number]:
    """The components in the order of the input, the dials, and the score."""
    measured, found = measures(figures), []
    for row in given.get("Risk", []):
        measure = measured[row["component"]]
        found.append({
            "component": row["component"], "dial": DIAL_OF[row["component"]], "measure": measure,
            "score": scored(measure, row), "weight": row["weight"],
        })  # fmt: skip
    weights = sum(row["weight"] for row in found if row["score"] is not None)
    for row in found:
        row["contribution"] = None if row["score"] is None else ratio(row["score"] * row["weight"], weights)
    dials = [{"dial": dial, "score": dial_score(found, dial)} for dial in DIALS]
    return found, dials, weighted((row["score"], row["weight"]) for row in found)


def dial_score(components: list[Record], dial: str) -> Number:
    """Weighted mean of its components; of equal weights when those that there are weigh nothing."""
    own = [row for row in components if row["dial"] == dial and row["score"] is not None]
    equal = not any(row["weight"] for row in own)
    return weighted((row["score"], 1.0 if equal else row["weight"]) for row in own)


def band(score: float) -> str:
    return next((name for bound, name in BANDS.items() if less(score, bound)), "severe")
