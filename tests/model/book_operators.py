"""The model book a second time: machines, debts, and each operator's cost, liquidity and covenants."""

from __future__ import annotations

from tests.model.book_numbers import MONTH, Number, Record, clip, day, difference, less, plus, ratio, total

RUNWAY_CAP = 60
CALL_NEAR, CALL_FAR = 0.10, 0.30  # collateral at risk and call pressure end so far above a margin call


def owned(rows: list[Record], name: str) -> list[int]:
    """Numbers of the rows of one operator, whose name is typed in any case."""
    return [number for number, row in enumerate(rows) if row["operator"].casefold() == name.casefold()]


def fleet_row(given: Record, now: Record, row: Record, power: float) -> Record:
    owner = given["Operators"][owned(given["Operators"], row["operator"])[0]]
    found: Record = {}
    if "total_hash_rate" in row:
        found["row_hash_rate"] = row["total_hash_rate"] * 1e6
        found["efficiency"] = row["total_efficiency"]
        found["row_power"] = found["row_hash_rate"] * row["total_efficiency"] / 1e6
    else:
        found["row_hash_rate"] = row["units"] * row["unit_hash_rate"]
        found["efficiency"] = row["unit_power"] / row["unit_hash_rate"]
        found["row_power"] = row["units"] * row["unit_power"] / 1e6
    found["hashcost"] = found["efficiency"] * 24 * owner["power_price"] * power * owner["site_overhead"]
    earned = now["hashprice"] * (1 - owner["pool_fee"])
    found["shutdown_price"] = now["price"] * found["hashcost"] / earned
    found["breakeven_power_price"] = earned / (24 * found["efficiency"] * owner["site_overhead"])
    found["online"] = 0 if less(earned, found["hashcost"]) else 1
    found["row_replacement_capex"] = found["row_hash_rate"] * row["replacement_price"] / row["remaining_life"]
    return found


def debt_row(now: Record, row: Record) -> Record:
    found: Record = {"ltv": ratio(row["principal"], row["btc_collateral"] * now["price"])}
    covenant = row.get("max_ltv")
    call = None if covenant is None else ratio(row["principal"], row["btc_collateral"] * covenant)
    found["margin_call_price"] = call
    found["ltv_breach"] = 1 if call is not None and less(now["price"], call) else 0
    return found


def operator(given: Record, figures: Record, row: Record, power: float) -> Record:
    """All lines of one operator."""
    found: Record = {}
    debts = [
        {**given["Debt"][number], **figures["debt"][number]} for number in owned(given.get("Debt", []), row["operator"])
    ]
    found.update(mining(given, figures, row, power))
    found.update(financing(given, figures["market"], row, debts))
    found.update(contracts(given, row))
    found.update(per_btc(figures["market"], row, found))
    found.update(cash_flows(figures["market"], row, found))
    found.update(maturities(given, row, debts, found))
    found.update(collateral(figures["market"]["price"], debts))
    found["covenant_breach"] = int(
        any(debt["ltv_breach"] for debt in debts) or less(found["liquidity"], row["minimum_liquidity"])
    )
    return found


def mining(given: Record, figures: Record, row: Record, power: float) -> Record:
    """Hash rate, production, direct cost and capital cost."""
    now, put = figures["market"], given["Market"]
    own = owned(given["Fleet"], row["operator"])
    machines = [{**given["Fleet"][number], **figures["fleet"][number]} for number in own]
    found: Record = {"installed_hash_rate": total(machines, "row_hash_rate")}
    found["hash_rate"] = found["installed_hash_rate"] * row["uptime"]
    found["network_share"] = found["hash_rate"] / now["network_hash_rate"]
    megawatts = total(machines, "row_power")
    found["fleet_efficiency"] = ratio(megawatts * 1e6, found["installed_hash_rate"])
    reward = now["block_subsidy"] + put["fees_per_block"]
    found["production"] = found["hash_rate"] * now["blocks_per_th_day"] * reward * MONTH * (1 - row["pool_fee"])
    found["energy"] = megawatts * row["uptime"] * row["site_overhead"] * 24 * MONTH
    found["electricity"] = found["energy"] * 1000 * row["power_price"] * power
    site = row["hosting"] + row["site_maintenance"] + row["site_labour"] - row["curtailment_credit"]
    found["direct_cost"] = found["electricity"] + site
    found["replacement_capex"] = total(machines, "row_replacement_capex")
    found["fleet_value"] = sum(machine["row_hash_rate"] * machine["replacement_price"] for machine in machines)
    found["share_defence_capex"] = max(0, now["monthly_network_growth"]) * found["fleet_value"]
    found["sustaining_capex"] = found["replacement_capex"] + found["share_defence_capex"]
    return found


def financing(given: Record, now: Record, row: Record, debts: list[Record]) -> Record:
    """Interest, repayment, liquidity and what is put aside to rebuild it."""
    found: Record = {"interest": sum(debt["principal"] * debt["interest_rate"] / 12 for debt in debts)}
    found["repayment"] = total(debts, "monthly_repayment")
    found["free_btc"] = difference(row["btc_held"], total(debts, "btc_collateral"))
    found["liquidity"] = row["cash"] + max(0, found["free_btc"]) * now["price"]
    lacking = max(0, row["minimum_liquidity"] - found["liquidity"])
    found["liquidity_build"] = lacking / given["Market"]["liquidity_rebuild_months"]
    service = found["interest"] + found["repayment"]
    found["corporate_financing"] = row["corporate_overhead"] + service + found["liquidity_build"]
    return found


def contracts(given: Record, row: Record) -> Record:
    """Margin and revenue of the AI contracts that run on the as-of day."""
    as_of = day(given["Report"]["as_of"])
    running = [
        given["AI_HPC"][number]
        for number in owned(given.get("AI_HPC", []), row["operator"])
        if day(given["AI_HPC"][number]["start"]) <= as_of
        and ("end" not in given["AI_HPC"][number] or day(given["AI_HPC"][number]["end"]) >= as_of)
    ]
    revenue = total(running, "monthly_revenue")
    return {"ai_margin": revenue - total(running, "monthly_cost"), "ai_revenue": revenue}


def per_btc(now: Record, row: Record, own: Record) -> Record:
    """The layers per BTC and per PH, and the published measures beside them."""
    found: Record = {}
    layers = ("direct_cost", "sustaining_capex", "corporate_financing")
    made, overhead, interest = own["production"], row["corporate_overhead"], own["interest"]
    for layer in layers:
        found[f"{layer}_per_btc"] = ratio(own[layer], made)
    found["aisc"] = plus(*(found[f"{layer}_per_btc"] for layer in layers))
    found["ai_credit"] = ratio(own["ai_margin"], made)
    found["aisc_net"] = None if found["aisc"] is None else found["aisc"] - found["ai_credit"]
    found["aisc_wgc"] = ratio(own["direct_cost"] + own["sustaining_capex"] + overhead, made)
    cash_cost = own["direct_cost"] + overhead + interest
    found["cash_cost_per_btc"] = ratio(cash_cost, made)
    booked = [row[name] for name in ("depreciation", "stock_compensation") if name in row]
    found["accounting_cost_per_btc"] = ratio(cash_cost + sum(booked), made) if booked else None
    petahashes = own["hash_rate"] / 1000
    found["direct_hashcost"] = ratio(own["direct_cost"] / MONTH, petahashes)
    found["all_in_hashcost"] = ratio(sum(own[layer] for layer in layers) / MONTH, petahashes)
    found["cash_breakeven"] = ratio(cash_cost + own["repayment"] - own["ai_margin"], made)
    found["aisc_margin"] = None if found["aisc_net"] is None else (now["price"] - found["aisc_net"]) / now["price"]
    found["stress_level"] = stress_level(now["price"], found)
    revenue = own["ai_revenue"]
    found["ai_led"] = int(revenue > 0 and not less(revenue, made * now["price"]))
    return found


def stress_level(price: float, own: Record) -> int | None:
    if own["aisc_net"] is None:
        return None
    if less(price, own["direct_cost_per_btc"]):
        return 3
    if less(price, own["direct_cost_per_btc"] + own["sustaining_capex_per_btc"]):
        return 2
    return int(less(price, own["aisc_net"]))


def cash_flows(now: Record, row: Record, own: Record) -> Record:
    """What the month brings, what has to be sold for it, and how long the liquidity lasts."""
    price, made, overhead = now["price"], own["production"], row["corporate_overhead"]
    service = own["interest"] + own["repayment"]
    found: Record = {}
    found["operating_cash_flow"] = difference(made * price + own["ai_margin"], own["direct_cost"] + overhead)
    found["cash_flow_after_debt"] = flow = difference(found["operating_cash_flow"], service)
    found["free_cash_flow"] = flow - own["sustaining_capex"]
    found["cash_need"] = own["direct_cost"] + overhead + service - own["ai_margin"]
    found["btc_sales_needed"] = max(0, found["cash_need"]) / price
    lacking = max(0, found["btc_sales_needed"] - made)
    found["treasury_draw"] = min(lacking, max(0, own["free_btc"]))
    found["shortfall"] = (lacking - found["treasury_draw"]) * price
    spare = own["liquidity"] - row["minimum_liquidity"]
    found["runway"] = min(RUNWAY_CAP, max(0, spare / -flow)) if flow < 0 else RUNWAY_CAP
    found["interest_cover"] = ratio(found["operating_cash_flow"], own["interest"])
    found["ai_interest_cover"] = ratio(own["ai_margin"], own["interest"])
    return found


def maturities(given: Record, row: Record, debts: list[Record], own: Record) -> Record:
    """What falls due within a year, and what is left after that year."""
    as_of = day(given["Report"]["as_of"])
    due = [debt for debt in debts if "maturity" in debt and as_of < day(debt["maturity"]) <= as_of + 365]
    found: Record = {"due_12m": total(due, "principal")}
    spare = own["liquidity"] - row["minimum_liquidity"]
    found["refinancing_gap"] = max(0, found["due_12m"] - max(0, spare))
    bills = 12 * (own["direct_cost"] + row["corporate_overhead"] + own["interest"] + own["repayment"])
    left = spare + 12 * own["cash_flow_after_debt"] - found["due_12m"]
    found["year_end_cushion"] = left / bills if bills > 0 else None
    found["solvency_pressure"] = 0 if found["year_end_cushion"] is None else clip(0.5 - found["year_end_cushion"])
    return found


def nearness(price: float, call: Number, far: float) -> float:
    """1 from the call on, 0 once the price stands `far` (a share of it) above."""
    return 0 if call is None else clip(1 - (price - call) / price / far)


def collateral(price: float, debts: list[Record]) -> Record:
    calls = [debt["margin_call_price"] for debt in debts if debt["margin_call_price"] is not None]
    highest = max(calls, default=None)
    return {
        "collateral_called": sum(debt["btc_collateral"] for debt in debts if debt["ltv_breach"]),
        "collateral_at_risk": sum(
            debt["btc_collateral"] * nearness(price, debt["margin_call_price"], CALL_NEAR) for debt in debts
        ),
        "highest_margin_call": highest,
        "call_pressure": nearness(price, highest, CALL_FAR),
    }
