"""The model book a second time, its second half: flows, ribbon, self-correction and risk. No code of the project."""

from __future__ import annotations

import datetime as dt
from typing import Any

Record = dict[str, Any]


def ratio(above: float | None, below: float | None) -> float | None:
    """n/a when either is, and when the divisor is nothing."""
    return None if above is None or below is None or below == 0 else above / below


def plus(*values: float | None) -> float | None:
    return None if None in values else sum(value for value in values if value is not None)


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def etf_flows(given: Record, now: Record) -> list[Record]:
    """The reported days: the newest rows that are blank or zero are not, nor is a wholly blank row."""
    rows = list(given.get("ETF_Flows", []))
    prices = {row["date"]: row["btc_price"] for row in given.get("Network_History", [])}
    while rows and not any(value for name, value in rows[-1].items() if name not in ("date", "Total")):
        rows.pop()
    found = []
    for row in rows:
        flows = [value for name, value in row.items() if name not in ("date", "Total") and value is not None]
        if flows:
            usd = sum(flows) * 1e6
            found.append({"date": row["date"], "usd": usd, "btc": usd / prices.get(row["date"], now["price"])})
    return found


def flow_figures(flows: list[Record]) -> Record:
    def mean(name: str, days: int) -> float | None:
        return ratio(sum(row[name] for row in flows[-days:]), len(flows[-days:]))

    return {
        "etf_days": len(flows),
        "etf_mean_short_usd": mean("usd", 5),
        "etf_mean_long_usd": mean("usd", 20),
        "etf_mean_short_btc": mean("btc", 5),
        "etf_mean_long_btc": mean("btc", 20),
        "etf_largest_day": max((row["usd"] for row in flows), default=None),
        "etf_smallest_day": min((row["usd"] for row in flows), default=None),
    }


def scenario(given: Record, now: Record, flows: list[Record], row: Record) -> Record:
    put = given["Market"]
    found: Record = {"issuance_sales": now["issuance"] * row["issuance_sold"]}
    found["inventory_sales"] = put["miner_treasury"] * row["inventory_sold"] / row["horizon_days"]
    found["miner_sales"] = sales = found["issuance_sales"] + found["inventory_sales"]
    found["total_sales"] = sales * row["horizon_days"]
    found["miner_sales_usd"] = sales * now["price"]
    found["visible_sales"] = sales * (1 - row["otc_share"])
    found["etf_reference_btc"] = put["etf_reference_outflow"] / now["price"]
    found["etf_to_miner"] = ratio(found["etf_reference_btc"], sales)
    found["etf_exceedance"] = ratio(sum(-flow["btc"] >= sales for flow in flows), len(flows))
    found["etf_absorption"] = ratio(now["etf_mean_long_btc"], sales)
    return found


def ribbon(history: list[Record]) -> list[Record]:
    if not history:
        return []
    known = {day(row["date"]): row for row in history}
    days, last = [], None
    for date in range(min(known), max(known) + 1):
        last = known.get(date, last)
        assert last is not None
        days.append({"hash_rate": last["hash_rate"], "btc_price": last["btc_price"], "filled": int(date not in known)})

    def mean(name: str, upto: int, length: int) -> float | None:
        window = [row[name] for row in days[upto - length + 1 : upto + 1]] if upto >= length - 1 else []
        return sum(window) / length if window else None

    state, run = "normal", 0
    for number, row in enumerate(days):
        row["sma_30"], row["sma_60"] = mean("hash_rate", number, 30), mean("hash_rate", number, 60)
        row["price_sma_10"], row["price_sma_20"] = mean("btc_price", number, 10), mean("btc_price", number, 20)
        row["ribbon"] = None if row["sma_60"] is None else row["sma_30"] / row["sma_60"] - 1
        row["inverted"] = None if row["ribbon"] is None else int(row["ribbon"] < 0)
        run = run + 1 if row["inverted"] else 0
        row["days_inverted"] = run
        if row["inverted"]:
            state = "capitulation"
        elif state in ("capitulation", "recovery"):
            state = "buy signal" if row["price_sma_10"] > row["price_sma_20"] else "recovery"
        else:
            state = "normal"
        row["state"] = "n/a" if row["inverted"] is None else state
    return days


def self_correction(given: Record, figures: Record) -> tuple[list[Record], Record]:
    """26 epochs; a network that stands still makes its epoch, and the days up to then, n/a."""
    now, rows = figures["market"], figures["fleet"]
    installed = sum(row["row_hash_rate"] for row in rows)
    if installed == 0:
        return [], {}
    speed = given["Market"]["switch_speed"]
    difficulty, online, total, found = 1.0, 1.0, 0.0, []
    stopped = False
    for epoch in range(27):
        if epoch:
            difficulty *= min(4.0, max(0.25, online / difficulty))
        hashprice = now["hashprice"] / difficulty
        economic = sum(row["row_hash_rate"] for row in rows if row["hashcost"] <= hashprice) / installed
        if epoch:
            online += speed * (economic - online)
        days = ratio(14 * difficulty, online)
        stopped = stopped or days is None
        total += days or 0.0
        found.append({
            "epoch": epoch, "difficulty_share": difficulty, "hashprice": hashprice, "economic": economic,
            "online": online, "days": days, "cumulative_days": None if stopped else total,
            "issuance": ratio(now["block_subsidy"] * 2016, days),
        })  # fmt: skip
    settled = 26
    last = found[-1]
    while settled and all(
        abs(found[settled - 1][name] - last[name]) <= 0.01 * last[name] for name in ("online", "difficulty_share")
    ):
        settled -= 1
    return found, {
        "lowest_online": min(row["online"] for row in found),
        "final_difficulty_share": last["difficulty_share"],
        "settled_epoch": settled if settled < 26 else None,
    }


def risk(given: Record, figures: Record) -> tuple[list[Record], float | None]:
    now, rows = figures["market"], figures["operators"]
    severe = max(row["miner_sales"] for row in figures["scenarios"])
    newest = figures["days"][-1]["ribbon"] if figures["days"] else None
    outflow = None if now["etf_mean_long_btc"] is None else -now["etf_mean_long_btc"]
    weak = sum(row["hash_rate"] for row in rows if row["runway"] < 6 or row["covenant_breach"])
    measures = {
        "cash_cost_underwater": now["share_below_direct_cost"],
        "aisc_underwater": now["share_below_aisc_net"],
        "hash_ribbon": None if newest is None else -newest,
        "forced_selling": ratio(now["forced_sales_network"], now["issuance"]),
        "etf_absorption": ratio(outflow, severe),
        "solvency": ratio(weak, sum(row["hash_rate"] for row in rows)),
    }
    found, points, weights = [], 0.0, 0.0
    for row in given.get("Risk", []):
        measure = measures[row["component"]]
        score = None
        if measure is not None:
            score = 100 * min(1.0, max(0.0, (measure - row["calm"]) / (row["stress"] - row["calm"])))
            points, weights = points + score * row["weight"], weights + row["weight"]
        found.append({"component": row["component"], "measure": measure, "score": score})
    return found, ratio(points, weights)
