"""The model book a second time: plain loops over plain records, written from its text, without the project's code.

Records are those of the worked case (a dict a row, None for a blank); dates are ISO texts. None is n/a.
"""

from __future__ import annotations

import math

from tests.model import book_network as network
from tests.model.book_network import Record, day, plus, ratio

MONTH = 365 / 12
DEFAULTS: dict[str, Record] = {
    "Market": {
        "blocks_per_day": 144, "etf_reference_outflow": 100_000_000, "liquidity_rebuild_months": 12,
        "switch_speed": 0.5,
    },
    "Operators": {
        "site_overhead": 1.05, "hosting": 0, "site_maintenance": 0, "site_labour": 0, "curtailment_credit": 0,
        "pool_fee": 0, "corporate_overhead": 0, "cash": 0, "btc_held": 0, "minimum_liquidity": 0,
    },
    "Debt": {"monthly_repayment": 0, "btc_collateral": 0},
    "Scenarios": {"otc_share": 0},
    "Shocks": {"price_change": 0, "difficulty_change": 0, "power_price_change": 0, "halving": False},
}  # fmt: skip


def filled(records: Record) -> Record:
    """The records with the defaults of the book in the blanks."""
    found: Record = {}
    for sheet, given in records.items():
        default = DEFAULTS.get(sheet, {})
        rows = [given] if isinstance(given, dict) else given
        full = [{**default, **{name: value for name, value in row.items() if value is not None}} for row in rows]
        found[sheet] = full[0] if isinstance(given, dict) else full
    return found


def solved(records: Record) -> Record:
    """Every figure of the book, by block."""
    given = filled(records)
    figures: Record = {"market": market(given)}
    figures["fleet"] = [fleet_row(given, figures["market"], row) for row in given["Fleet"]]
    figures["debt"] = [debt_row(figures["market"], row) for row in given.get("Debt", [])]
    figures["operators"] = [operator(given, figures, row) for row in given["Operators"]]
    figures["market"].update(averages(figures))
    figures["cost_curve"] = cost_curve(figures)
    flows = network.etf_flows(given, figures["market"])
    figures["market"].update(network.flow_figures(flows))
    figures["scenarios"] = [network.scenario(given, figures["market"], flows, row) for row in given["Scenarios"]]
    figures["days"] = network.ribbon(given.get("Network_History", []))
    figures["self_correction"], summary = network.self_correction(given, figures)
    figures["market"].update(summary)
    figures["risk"], score = network.risk(given, figures)
    figures["market"]["risk_score"] = score
    return figures


def active(given: Record) -> Record:
    wanted = given["Market"].get("active_shock")
    for shock in given.get("Shocks", []):
        if wanted and shock["shock"] == wanted:
            return dict(shock)
    return DEFAULTS["Shocks"]


def market(given: Record) -> Record:
    put, shock = given["Market"], active(given)
    found: Record = {}
    found["price"] = put["btc_price"] * (1 + shock["price_change"])
    found["difficulty"] = put["network_difficulty"] * 1e12 * (1 + shock["difficulty_change"])
    halvings = math.floor(put["block_height"] / 210_000) + (1 if shock["halving"] else 0)
    found["block_subsidy"] = 50 / 2**halvings
    found["network_hash_rate"] = found["difficulty"] * 2**32 / 600 / 1e12
    found["blocks_per_th_day"] = 1e12 * 86_400 / (found["difficulty"] * 2**32)
    found["issuance"] = found["block_subsidy"] * put["blocks_per_day"]
    found["issuance_30d"] = found["issuance"] * 30
    reward = found["block_subsidy"] + put["fees_per_block"]
    found["hashprice"] = 1000 * found["blocks_per_th_day"] * reward * found["price"]
    found["blocks_to_retarget"] = 2016 - put["block_height"] % 2016
    history = given.get("Network_History", [])
    last = max((day(row["date"]) for row in history), default=0)
    recent = [row["hash_rate"] for row in history if day(row["date"]) > last - 7]
    mean = sum(recent) / len(recent) if recent else None
    found["expected_retarget"] = None if mean is None else mean * 1e6 / found["network_hash_rate"] - 1
    found["days_to_halving"] = (210_000 - put["block_height"] % 210_000) / put["blocks_per_day"]
    found["supply_ceiling_30d"] = found["issuance_30d"] + put["miner_treasury"]
    found["monthly_network_growth"] = (1 + put["network_growth"]) ** (1 / 12) - 1
    return found


def of_operator(rows: list[Record], name: str) -> list[int]:
    return [number for number, row in enumerate(rows) if row["operator"].casefold() == name.casefold()]


def power_price(given: Record, row: Record) -> float:
    return float(row["power_price"] * (1 + active(given)["power_price_change"]))


def fleet_row(given: Record, now: Record, row: Record) -> Record:
    owner = given["Operators"][of_operator(given["Operators"], row["operator"])[0]]
    found: Record = {}
    found["row_hash_rate"] = row["units"] * row["unit_hash_rate"]
    found["row_power"] = row["units"] * row["unit_power"] / 1e6
    found["efficiency"] = row["unit_power"] / row["unit_hash_rate"]
    found["hashcost"] = found["efficiency"] * 24 * power_price(given, owner) * owner["site_overhead"]
    found["shutdown_price"] = now["price"] * found["hashcost"] / now["hashprice"]
    found["breakeven_power_price"] = now["hashprice"] / (24 * found["efficiency"] * owner["site_overhead"])
    found["online"] = 1 if now["hashprice"] >= found["hashcost"] else 0
    found["row_replacement_capex"] = found["row_hash_rate"] * row["replacement_price"] / row["remaining_life"]
    return found


def debt_row(now: Record, row: Record) -> Record:
    found: Record = {"ltv": ratio(row["principal"], row["btc_collateral"] * now["price"])}
    covenant = row.get("max_ltv")
    found["margin_call_price"] = None if covenant is None else ratio(row["principal"], row["btc_collateral"] * covenant)
    call = found["margin_call_price"]
    found["ltv_breach"] = 1 if call is not None and now["price"] < call else 0
    return found


def operator(given: Record, figures: Record, row: Record) -> Record:
    now, put = figures["market"], given["Market"]
    own = of_operator(given["Fleet"], row["operator"])
    machines = [{**given["Fleet"][number], **figures["fleet"][number]} for number in own]
    owed = of_operator(given.get("Debt", []), row["operator"])
    debts = [{**given["Debt"][number], **figures["debt"][number]} for number in owed]
    found: Record = {}
    found["installed_hash_rate"] = sum(machine["row_hash_rate"] for machine in machines)
    found["hash_rate"] = found["installed_hash_rate"] * row["uptime"]
    found["network_share"] = found["hash_rate"] / now["network_hash_rate"]
    power = sum(machine["row_power"] for machine in machines)
    found["fleet_efficiency"] = ratio(power * 1e6, found["installed_hash_rate"])
    reward = now["block_subsidy"] + put["fees_per_block"]
    found["production"] = found["hash_rate"] * now["blocks_per_th_day"] * reward * MONTH * (1 - row["pool_fee"])
    found["energy"] = power * row["uptime"] * row["site_overhead"] * 24 * MONTH
    found["electricity"] = found["energy"] * 1000 * power_price(given, row)
    site = row["hosting"] + row["site_maintenance"] + row["site_labour"] - row["curtailment_credit"]
    found["direct_cost"] = found["electricity"] + site
    found["replacement_capex"] = sum(machine["row_replacement_capex"] for machine in machines)
    value = sum(machine["row_hash_rate"] * machine["replacement_price"] for machine in machines)
    found["share_defence_capex"] = max(0, now["monthly_network_growth"]) * value
    found["sustaining_capex"] = found["replacement_capex"] + found["share_defence_capex"]
    found["interest"] = sum(debt["principal"] * debt["interest_rate"] / 12 for debt in debts)
    found["repayment"] = sum(debt["monthly_repayment"] for debt in debts)
    gap = max(0, row["minimum_liquidity"] - row["cash"])
    found["liquidity_build"] = gap / put["liquidity_rebuild_months"]
    service = found["interest"] + found["repayment"]
    found["corporate_financing"] = row["corporate_overhead"] + service + found["liquidity_build"]
    as_of = day(given["Report"]["as_of"])
    running = [
        contract
        for contract in given.get("AI_HPC", [])
        if contract["operator"].casefold() == row["operator"].casefold()
        and day(contract["start"]) <= as_of
        and (contract.get("end") is None or day(contract["end"]) >= as_of)
    ]
    found["ai_margin"] = sum(contract["monthly_revenue"] - contract["monthly_cost"] for contract in running)
    revenue = sum(contract["monthly_revenue"] for contract in running)
    for layer in ("direct_cost", "sustaining_capex", "corporate_financing"):
        found[f"{layer}_per_btc"] = ratio(found[layer], found["production"])
    per_btc = [found[f"{layer}_per_btc"] for layer in ("direct_cost", "sustaining_capex", "corporate_financing")]
    found["aisc"] = plus(*per_btc)
    found["ai_credit"] = ratio(found["ai_margin"], found["production"])
    found["aisc_net"] = None if found["aisc"] is None else found["aisc"] - found["ai_credit"]
    overhead = row["corporate_overhead"]
    found["aisc_wgc"] = ratio(found["direct_cost"] + found["sustaining_capex"] + overhead, found["production"])
    found["cash_need"] = found["direct_cost"] + overhead + service - found["ai_margin"]
    found["cash_breakeven"] = ratio(found["cash_need"], found["production"])
    found["aisc_margin"] = None if found["aisc_net"] is None else (now["price"] - found["aisc_net"]) / now["price"]
    found["stress_level"] = stress_level(now["price"], per_btc, found["aisc_net"])
    found["ai_led"] = 1 if revenue > 0 and revenue >= found["production"] * now["price"] else 0
    earned = found["production"] * now["price"]
    found["operating_cash_flow"] = earned - found["direct_cost"] - overhead + found["ai_margin"]
    found["cash_flow_after_debt"] = found["operating_cash_flow"] - service
    found["free_cash_flow"] = found["cash_flow_after_debt"] - found["sustaining_capex"]
    found["btc_sales_needed"] = max(0, found["cash_need"]) / now["price"]
    found["treasury_draw"] = max(0, found["btc_sales_needed"] - found["production"])
    found["free_btc"] = row["btc_held"] - sum(debt["btc_collateral"] for debt in debts)
    found["liquidity"] = row["cash"] + found["free_btc"] * now["price"]
    flow = found["cash_flow_after_debt"]
    spare = found["liquidity"] - row["minimum_liquidity"]
    found["runway"] = min(60, max(0, spare / -flow)) if flow < 0 else 60
    found["interest_cover"] = ratio(found["operating_cash_flow"], found["interest"])
    found["ai_interest_cover"] = ratio(found["ai_margin"], found["interest"])
    breached = any(debt["ltv_breach"] for debt in debts)
    found["covenant_breach"] = 1 if breached or found["liquidity"] < row["minimum_liquidity"] else 0
    return found


def stress_level(price: float, per_btc: list[float | None], aisc_net: float | None) -> int | None:
    direct, sustaining, _ = per_btc
    if direct is None or sustaining is None or aisc_net is None:
        return None
    if price < direct:
        return 3
    if price < direct + sustaining:
        return 2
    return 1 if price < aisc_net else 0


def weighted(rows: list[Record], name: str) -> float | None:
    known = [row for row in rows if row[name] is not None]
    return ratio(sum(row[name] * row["production"] for row in known), sum(row["production"] for row in known))


def share_above(rows: list[Record], level: float, *names: str) -> float | None:
    """Share of hash rate whose figure (the sum of these) is above a price."""
    above = 0.0
    for row in rows:
        figure = plus(*(row[name] for name in names))
        above += row["hash_rate"] if figure is not None and figure > level else 0
    return ratio(above, sum(row["hash_rate"] for row in rows))


DIRECT = ("direct_cost_per_btc",)
SUSTAINING = ("direct_cost_per_btc", "sustaining_capex_per_btc")


def averages(figures: Record) -> Record:
    rows, price = figures["operators"], figures["market"]["price"]
    found: Record = {
        "aisc_average": weighted(rows, "aisc"),
        "aisc_net_average": weighted(rows, "aisc_net"),
        "direct_cost_average": weighted(rows, "direct_cost_per_btc"),
        "share_below_direct_cost": share_above(rows, price, *DIRECT),
        "share_below_sustaining": share_above(rows, price, *SUSTAINING),
        "share_below_aisc_net": share_above(rows, price, "aisc_net"),
        "network_coverage": sum(row["network_share"] for row in rows),
        "forced_sales": sum(row["btc_sales_needed"] for row in rows) / MONTH,
        "treasury_draw_total": sum(row["treasury_draw"] for row in rows) / MONTH,
    }
    found["forced_sales_network"] = ratio(found["forced_sales"], found["network_coverage"])
    found["treasury_draw_network"] = ratio(found["treasury_draw_total"], found["network_coverage"])
    return found


def cost_curve(figures: Record) -> list[Record]:
    rows, found = figures["operators"], []
    for step in range(25):
        level = figures["market"]["price"] * (0.4 + 0.05 * step)
        need = [max(0, row["cash_need"]) / level for row in rows]
        draw = [max(0, sold - row["production"]) for sold, row in zip(need, rows, strict=True)]
        found.append({
            "level": level,
            "below_direct": share_above(rows, level, *DIRECT),
            "below_sustaining": share_above(rows, level, *SUSTAINING),
            "below_aisc_net": share_above(rows, level, "aisc_net"),
            "forced_sales": sum(need) / MONTH,
            "treasury_draw": sum(draw) / MONTH,
        })  # fmt: skip
    return found
