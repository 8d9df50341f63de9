"""The model book a second time: plain loops over plain records, written from its text, without the project's code.

Records are those of the worked case (a dict a row, None for a blank); dates are ISO texts. None is n/a.
This module holds the input as the book takes it, the market and the order of the whole; the rest stands beside it.
"""

from __future__ import annotations

import math

from tests.model import book_averages as averages
from tests.model import book_history as history
from tests.model import book_operators as operators
from tests.model import book_pressure as pressure
from tests.model import book_risk as risk
from tests.model import book_stress as stress
from tests.model import book_triggers as triggers
from tests.model.book_numbers import Number, Record, day, mean, monthly, ratio

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
UP_TO_AS_OF = ("Network_History", "ETF_Flows", "Events")


class NoGrowthError(Exception):
    """network_growth is blank and the history is too short to observe it."""


def filled(records: Record) -> Record:
    """The records with the defaults of the book in the blanks, and without the rows dated after as_of."""
    found: Record = {}
    last = day(records["Report"]["as_of"])
    for sheet, given in records.items():
        default = DEFAULTS.get(sheet, {})
        rows = [given] if isinstance(given, dict) else given
        if sheet in UP_TO_AS_OF:
            rows = sorted((row for row in rows if day(row["date"]) <= last), key=lambda row: str(row["date"]))
        full = [{**default, **{name: value for name, value in row.items() if value is not None}} for row in rows]
        found[sheet] = full[0] if isinstance(given, dict) else full
    return found


def case(given: Record) -> Record:
    """What the active shock changes, as factors on price, difficulty and power, and the halvings that it adds."""
    wanted = given["Market"].get("active_shock")
    chosen = [shock for shock in given.get("Shocks", []) if wanted and shock["shock"] == wanted]
    shock = {**DEFAULTS["Shocks"], **(chosen[0] if chosen else {})}
    return {
        "price": 1 + shock["price_change"],
        "difficulty": 1 + shock["difficulty_change"],
        "power": 1 + shock["power_price_change"],
        "halvings": 1 if shock["halving"] else 0,
    }


def solved(records: Record) -> Record:
    """Every figure of the book, by block, under the active shock."""
    return Book(records).figures()


class Book:
    """One workbook, to be solved in as many cases as are asked for; its days are worked out once."""

    def __init__(self, records: Record) -> None:
        self.given = filled(records)
        self.days = history.daily(self.given)
        self.case = case(self.given)

    def figures(self) -> Record:
        """Every figure as the workbook stands."""
        found = self.at()
        found["record"] = history.record(self.days)
        found.update(history.windows(self.days, self.given.get("Stress_Windows", [])))
        return found

    def at(self, price: float = 1.0, difficulty: float = 1.0, power: float = 1.0) -> Record:
        """The figures with price, difficulty and power multiplied, beside what the active shock changes."""
        factors = {"price": price, "difficulty": difficulty, "power": power}
        changed = {name: value * factors.get(name, 1) for name, value in self.case.items()}
        return model(self.given, self.days, {**changed, "halvings": self.case["halvings"]})

    def at_price(self, price: float) -> Record:
        """The figures at this price in USD, which replaces that of the market and its shock."""
        return model(self.given, self.days, {**self.case, "price": price / self.given["Market"]["btc_price"]})

    def under(self, shock: str | None) -> Record:
        """The figures with this shock in place of the active one."""
        other = {**self.given, "Market": {**self.given["Market"], "active_shock": shock}}
        return model(self.given, self.days, case(other))

    def snapshot(self) -> list[Record]:
        """The nearest triggers, each with the model solved at its price."""
        return triggers.snapshot(self.at(), self.at_price)

    def grid(self) -> list[Record]:
        return stress.grid(self.at)

    def reverse_stress(self) -> list[Record]:
        return stress.reverse_stress(self.at, self.at()["market"])


def model(given: Record, days: list[Record], changed: Record) -> Record:
    """The figures in one case of price, difficulty, power and halvings; the days are the same in every case."""
    figures: Record = {"days": days, "market": market(given, days, changed)}
    now = figures["market"]
    figures["fleet"] = [
        {
            "operator": row["operator"],
            "machine": row["machine"],
            **operators.fleet_row(given, now, row, changed["power"]),
        }
        for row in given["Fleet"]
    ]
    figures["debt"] = [
        {"operator": row["operator"], "facility": row["facility"], **operators.debt_row(now, row)}
        for row in given.get("Debt", [])
    ]
    figures["operators"] = [
        {"operator": row["operator"], **operators.operator(given, figures, row, changed["power"])}
        for row in given["Operators"]
    ]
    now.update(averages.averages(figures))
    figures["cost_curve"] = averages.cost_curve(given, figures)
    figures["ranking"] = averages.ranking(figures)
    flows = pressure.etf_flows(given, now)
    now.update(pressure.flow_figures(flows))
    figures["scenarios"] = [
        {"scenario": row["scenario"], **pressure.scenario(given, now, flows, row)} for row in given["Scenarios"]
    ]
    figures["self_correction"], summary = pressure.self_correction(given, figures)
    now.update(summary)
    now.update(history.percentile(days))
    figures["risk"], figures["dials"], now["risk_score"] = risk.risk(given, figures)
    now["risk_band"] = None if now["risk_score"] is None else risk.band(now["risk_score"])
    figures["triggers"] = triggers.triggers(given, figures)
    return figures


def market(given: Record, days: list[Record], changed: Record) -> Record:
    put = given["Market"]
    found: Record = {}
    found["price"] = put["btc_price"] * changed["price"]
    found["difficulty"] = put["network_difficulty"] * 1e12 * changed["difficulty"]
    found["block_subsidy"] = 50 / 2 ** (math.floor(put["block_height"] / 210_000) + changed["halvings"])
    found["network_hash_rate"] = found["difficulty"] * 2**32 / 600 / 1e12
    found["blocks_per_th_day"] = 1e12 * 86_400 / (found["difficulty"] * 2**32)
    found["issuance"] = found["block_subsidy"] * put["blocks_per_day"]
    found["issuance_30d"] = found["issuance"] * 30
    reward = found["block_subsidy"] + put["fees_per_block"]
    found["hashprice"] = 1000 * found["blocks_per_th_day"] * reward * found["price"]
    found["blocks_to_retarget"] = 2016 - put["block_height"] % 2016
    recent = since_retarget(given)
    found["expected_retarget"] = None if recent is None else recent * 1e6 / found["network_hash_rate"] - 1
    found["observed_growth"] = history.observed_growth(days)
    found["growth_used"] = put.get("network_growth", found["observed_growth"])
    if found["growth_used"] is None:
        raise NoGrowthError
    found["days_to_halving"] = (210_000 - put["block_height"] % 210_000) / put["blocks_per_day"]
    found["supply_ceiling_30d"] = found["issuance_30d"] + put["miner_treasury"]
    found["monthly_network_growth"] = monthly(found["growth_used"])
    found["puell"] = ratio(found["issuance"] * found["price"], days[-1]["revenue_mean"] if days else None)
    return found


def since_retarget(given: Record) -> Number:
    """Mean hash rate (EH/s) of the rows dated within the days since the last retarget, at least three."""
    put = given["Market"]
    length = max(3, math.floor((put["block_height"] % 2016) / put["blocks_per_day"]))
    first = day(given["Report"]["as_of"]) - length
    return mean([row["hash_rate"] for row in given.get("Network_History", []) if day(row["date"]) > first])
