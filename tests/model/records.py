"""Small workbooks made up by hypothesis, as records: every sheet, with its blanks, its zeros and its odd ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.worked_case import CASE

AS_OF = dt.date(2025, 12, 5)
NAMES = ("Alpha", "Beta", "Gamma", "Delta")
MACHINES = ((104, 3068), (140, 3010), (200, 3500), (234, 3510), (270, 3645), (50, 4900))

Strategy = st.SearchStrategy[Any]
yes_or_no: Strategy = st.booleans()


def between(least: float, most: float) -> Strategy:
    return st.floats(least, most, allow_nan=False, allow_infinity=False).map(lambda value: round(value, 6))


def money(most: float) -> Strategy:
    return st.just(0.0) | between(0, most)


def optional(values: Strategy) -> Strategy:
    return st.none() | values


markets = st.fixed_dictionaries({
    "btc_price": between(5_000, 250_000),
    "network_difficulty": between(20, 400),
    "block_height": st.integers(0, 2_000_000),
    "blocks_per_day": optional(between(100, 200)),
    "fees_per_block": money(1),
    "network_growth": optional(between(-0.5, 1)),
    "miner_treasury": money(100_000),
    "etf_reference_outflow": optional(money(5e8)),
    "liquidity_rebuild_months": optional(between(1, 24)),
    "switch_speed": optional(between(0, 1) | st.just(1.0)),
    "active_shock": st.none() | st.sampled_from(["Price", "Halving"]),
})  # fmt: skip
operators = st.fixed_dictionaries({
    "power_price": between(-0.05, 0.2),
    "site_overhead": optional(between(1, 2)),
    "uptime": between(0, 1) | st.just(0.0),
    "hosting": optional(money(1e6)),
    "site_maintenance": optional(money(1e6)),
    "site_labour": optional(money(1e6)),
    "curtailment_credit": optional(money(3e6)),
    "pool_fee": optional(between(0, 0.2)),
    "corporate_overhead": optional(money(5e6)),
    "cash": optional(between(-1e6, 1e8)),
    "btc_held": optional(money(5_000)),
    "minimum_liquidity": optional(money(5e7)),
    "depreciation": optional(money(1e7)),
    "stock_compensation": optional(money(2e6)),
})  # fmt: skip
price_and_life = {"replacement_price": money(20), "remaining_life": between(1, 60)}
machines = st.builds(
    lambda model, rest: {"machine": "Machine", "unit_hash_rate": model[0], "unit_power": model[1], **rest},
    st.sampled_from(MACHINES),
    st.fixed_dictionaries({"units": st.integers(0, 50_000), **price_and_life}),
)
as_reported = st.fixed_dictionaries({
    "machine": st.just("Other, as reported"),
    "total_hash_rate": between(0.1, 20),
    "total_efficiency": between(13, 60),
    **price_and_life,
})  # fmt: skip
fleets = machines | machines | as_reported


def dated(days: Strategy) -> Strategy:
    """Dates so many days after the as-of day."""
    return days.map(lambda count: (AS_OF + dt.timedelta(count)).isoformat())


maturities = dated(st.sampled_from([-400, -1, 0, 1, 365, 366]) | st.integers(2, 364) | st.integers(367, 3_000))
debts = st.fixed_dictionaries({
    "facility": st.sampled_from(["Loan", "Notes", "Equipment"]),
    "principal": money(2e8),
    "interest_rate": money(0.3),
    "monthly_repayment": optional(money(1e6)),
    "btc_collateral": optional(money(3_000)),
    "max_ltv": optional(between(0.1, 1)),
    "maturity": optional(maturities),
})  # fmt: skip
days_around = dated(st.integers(-900, 400))
contracts = st.fixed_dictionaries({
    "customer": st.just("Tenant"),
    "monthly_revenue": money(2e7),
    "monthly_cost": money(5e6),
    "start": days_around | st.just(AS_OF.isoformat()),
    "end": optional(days_around | st.just(AS_OF.isoformat())),
})  # fmt: skip
scenarios = st.fixed_dictionaries({
    "scenario": st.just("Case"),
    "horizon_days": st.integers(1, 365),
    "issuance_sold": between(0, 1),
    "inventory_sold": between(0, 1),
    "otc_share": optional(between(0, 1)),
})  # fmt: skip


SHORT = (0, 1, 15, 45, 59, 60, 61, 120)
LONG = (364, 365, 394, 395, 430, 560)
TURNS = (-0.02, -0.005, 0.0, 0.004, 0.02)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Months, or more than a year, of days with gaps, whose hash rate turns; some stand after the as-of day."""
    length = draw(st.sampled_from(draw(st.sampled_from([SHORT, LONG]))))
    later = draw(st.sampled_from([0, 0, 1, 9, -3]))
    turns = draw(st.lists(st.sampled_from(TURNS), min_size=6, max_size=6))
    gaps = draw(st.sets(st.integers(1, max(length - 2, 1)), max_size=6))
    slower = min(1.0, 120 / max(length, 1))
    rate, price, rows = 900.0, 80_000.0, []
    for number in range(length + max(later, 0)):
        turn = min(number * 6 // max(length, 1), 5)
        rate *= 1 + turns[turn] * slower
        price *= 1 + turns[5 - turn] * slower / 2
        if number not in gaps or number in (0, length - 1):
            date = AS_OF + dt.timedelta(number - length + 1 + min(later, 0))
            rows.append({"date": date.isoformat(), "hash_rate": round(rate, 3), "btc_price": round(price, 2)})
    return rows


@st.composite
def etf_flows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Days of three funds: flows, zeros and blanks, the newest often not there yet, some after the as-of day."""
    length = draw(st.sampled_from([0, 1, 4, 21, 30]))
    later = draw(st.sampled_from([0, 0, 2]))
    flow = st.none() | st.just(0.0) | between(-900, 900)
    funds = st.fixed_dictionaries({"AAA": flow, "BBB": flow, "CCC": flow, "Total": st.just(99.0)})
    rows = draw(st.lists(funds, min_size=length, max_size=length))
    newest = AS_OF + dt.timedelta(later)
    return [
        {"date": (newest - dt.timedelta(length - 1 - number)).isoformat(), **row} for number, row in enumerate(rows)
    ]


@st.composite
def windows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Periods that a team calls stress, within the newest half year."""
    found = []
    for number in range(draw(st.integers(0, 2))):
        first = draw(st.integers(-180, -10))
        ends = {"from": AS_OF + dt.timedelta(first), "to": AS_OF + dt.timedelta(first + draw(st.integers(0, 60)))}
        found.append({"window": f"Window {number}", **{name: date.isoformat() for name, date in ends.items()}})
    return found


def observed(history: list[dict[str, Any]]) -> bool:
    """Whether growth over a year can be read from this history, so that the typed one may be blank."""
    days = [dt.date.fromisoformat(row["date"]) for row in history if row["date"] <= AS_OF.isoformat()]
    return bool(days) and (max(days) - min(days)).days >= 394


def tied(draw: st.DrawFn, records: dict[str, Any]) -> None:
    """Sets an operator equal to another but for its units, and the price on what a lender calls at."""
    first, *others = [row["operator"] for row in records["Operators"]]
    if others and draw(yes_or_no):
        records["Operators"][1] = {**records["Operators"][0], "operator": others[0]}
        own = [row for row in records["Fleet"] if row["operator"].title() == first]
        rest = [row for row in records["Fleet"] if row["operator"].title() != others[0]]
        twins = [{**row, "operator": others[0]} for row in own]
        for row in twins:
            row.update({name: row[name] * 3 for name in ("units", "total_hash_rate") if name in row})
        records["Fleet"] = [*rest, *twins]
    secured = [row for row in records["Debt"] if row["btc_collateral"] and row["max_ltv"]]
    if secured and draw(yes_or_no):
        loan = secured[0]
        loan["principal"] = records["Market"]["btc_price"] * (loan["btc_collateral"] * loan["max_ltv"])


@st.composite
def workbooks(draw: st.DrawFn) -> dict[str, Any]:
    """A whole input workbook as records by sheet."""
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    market, history = draw(markets), draw(histories())
    if market["network_growth"] is None and not observed(history):
        market = {**market, "network_growth": 0.2}
    shocks = [
        {"shock": "Price", "price_change": draw(between(-0.9, 1)), "power_price_change": draw(between(-0.5, 1))},
        {"shock": "Halving", "difficulty_change": draw(between(-0.5, 1)), "halving": True},
    ]
    if draw(st.booleans()):
        market, shocks = {**market, "active_shock": None}, []
    risk = [dict(row, weight=draw(st.sampled_from([row["weight"], 0, 1.5]))) for row in CASE["input"]["Risk"]]
    owners = st.sampled_from(names) | st.sampled_from(names).map(str.upper)

    def of(rows: Strategy, most: int) -> list[dict[str, Any]]:
        length = draw(st.sampled_from([most // 2, 0, 1, most]))
        return [{"operator": draw(owners), **draw(rows)} for _ in range(length)]

    records = {
        "Report": CASE["input"]["Report"],
        "Market": market,
        "Operators": [{"operator": name, **draw(operators)} for name in names],
        "Fleet": of(fleets, 7),
        "Debt": of(debts, 4),
        "AI_HPC": of(contracts, 4),
        "Network_History": history,
        "ETF_Flows": draw(etf_flows()),
        "Scenarios": [dict(draw(scenarios), scenario=f"Case {number}") for number in range(draw(st.integers(1, 2)))],
        "Shocks": shocks,
        "Risk": draw(st.sampled_from([risk, risk[:3], []])),
        "Stress_Windows": draw(windows()),
    }
    tied(draw, records)
    return records
