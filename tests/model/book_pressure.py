"""The model book a second time: flows of the funds, sales by scenario, and the self-correction of the network."""

from __future__ import annotations

from tests.model.book_numbers import Number, Record, clip, less, mean, plus, ratio, total

EPOCHS = 26
SETTLED = 0.01


def etf_flows(given: Record, now: Record) -> list[Record]:
    """The reported days: the newest rows that are blank or zero are not, nor is a wholly blank row."""
    rows = list(given.get("ETF_Flows", []))
    prices = {row["date"]: row["btc_price"] for row in given.get("Network_History", [])}
    while rows and not any(value for name, value in rows[-1].items() if name not in ("date", "Total")):
        rows.pop()
    found = []
    for row in rows:
        flows = [value for name, value in row.items() if name not in ("date", "Total")]
        if flows:
            usd = sum(flows) * 1e6
            found.append({"date": row["date"], "usd": usd, "btc": usd / prices.get(row["date"], now["price"])})
    return found


def flow_figures(flows: list[Record]) -> Record:
    def newest(name: str, days: int) -> Number:
        return mean([row[name] for row in flows[-days:]])

    return {
        "etf_days": len(flows),
        "etf_mean_short_usd": newest("usd", 5),
        "etf_mean_long_usd": newest("usd", 20),
        "etf_mean_short_btc": newest("btc", 5),
        "etf_mean_long_btc": newest("btc", 20),
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
    found["etf_exceedance"] = ratio(sum(not less(-flow["btc"], sales) for flow in flows), len(flows))
    found["etf_absorption"] = ratio(now["etf_mean_long_btc"], sales)
    return found


def self_correction(given: Record, figures: Record) -> tuple[list[Record], Record]:
    """26 epochs; a network that stands still makes its epoch, and the days up to then, n/a, as no machine does."""
    now, found = figures["market"], []
    speed = given["Market"]["switch_speed"]
    difficulty: Number = 1.0
    online: Number = 1.0
    passed: Number = 0.0
    for epoch in range(EPOCHS + 1):
        if epoch:
            difficulty = (
                None if online is None or difficulty is None else difficulty * clip(online / difficulty, 0.25, 4)
            )
        hashprice = ratio(now["hashprice"], difficulty)
        economic = economic_share(given, figures, hashprice)
        if epoch:
            online = None if online is None or economic is None else online + speed * (economic - online)
        days = None if difficulty is None else ratio(14 * difficulty, online)
        passed = plus(passed, days)
        found.append({
            "epoch": epoch, "difficulty_share": difficulty, "hashprice": hashprice, "economic": economic,
            "online": online, "days": days, "cumulative_days": passed,
            "issuance": ratio(now["block_subsidy"] * 2016, days),
        })  # fmt: skip
    return found, summary(found)


def economic_share(given: Record, figures: Record, hashprice: Number) -> Number:
    """Share of the installed hash rate that earns its power at this hash price."""
    fees = {row["operator"].casefold(): row["pool_fee"] for row in given["Operators"]}
    earning = [
        row["row_hash_rate"]
        for row in figures["fleet"]
        if hashprice is not None and not less(hashprice * (1 - fees[row["operator"].casefold()]), row["hashcost"])
    ]
    return None if hashprice is None else ratio(sum(earning), total(figures["fleet"], "row_hash_rate"))


def summary(epochs: list[Record]) -> Record:
    last = epochs[-1]
    if last["online"] is None:
        return {"lowest_online": None, "final_difficulty_share": None, "settled_epoch": None}
    settled = EPOCHS
    while settled and all(
        not less(SETTLED * last[name], abs(epochs[settled - 1][name] - last[name]))
        for name in ("online", "difficulty_share")
    ):
        settled -= 1
    return {
        "lowest_online": min(row["online"] for row in epochs),
        "final_difficulty_share": last["difficulty_share"],
        "settled_epoch": settled if settled < EPOCHS else None,
    }
