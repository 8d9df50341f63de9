"""The model book a second time: every day of the network's history, and the record of the market score."""

from __future__ import annotations

import math
from itertools import groupby

from tests.model.book_numbers import Number, Record, day, difference, less, mean, median, ratio, weighted
from tests.model.book_risk import scored

YEAR = 365
WEEK = 7
PRICE_HORIZON, HASH_HORIZON = 90, 30
FELL = 0.05
PARTS = ("miner_income", "hash_ribbon", "hash_drawdown")


def daily(given: Record) -> list[Record]:
    """The days from the first row to the newest, a missing one filled by the last value, with all their figures."""
    rows = given.get("Network_History", [])
    known = {day(row["date"]): row for row in rows}
    days: list[Record] = []
    for date in range(min(known), max(known) + 1) if known else ():
        last = known[date] if date in known else days[-1]
        values = {name: last[name] for name in ("hash_rate", "btc_price")}
        days.append({"day": date, **values, "filled": int(date not in known)})
    moving_averages(days)
    states(days)
    incomes(given, days)
    drawdowns(days)
    weights = {row["component"]: row for row in given.get("Risk", [])}
    for row in days:
        row.update(market_scores(row, weights))
    return days


def trailing(values: list[float], length: int) -> list[Number]:
    """The mean of the last so many, n/a while there are fewer."""
    return [
        sum(values[upto - length + 1 : upto + 1]) / length if upto >= length - 1 else None
        for upto in range(len(values))
    ]


def moving_averages(days: list[Record]) -> None:
    for name, column, length in (
        ("sma_7", "hash_rate", 7),
        ("sma_30", "hash_rate", 30),
        ("sma_60", "hash_rate", 60),
        ("price_sma_10", "btc_price", 10),
        ("price_sma_20", "btc_price", 20),
    ):
        for row, value in zip(days, trailing([row[column] for row in days], length), strict=True):
            row[name] = value


def states(days: list[Record]) -> None:
    """Ribbon, length of the inversion, and the state of each day."""
    state, run = "normal", 0
    for row in days:
        known = row["sma_60"] is not None
        row["ribbon"] = difference(row["sma_30"] / row["sma_60"], 1) if known else None
        row["inverted"] = int(less(row["sma_30"], row["sma_60"])) if known else None
        run = run + 1 if row["inverted"] else 0
        row["days_inverted"] = run
        if row["inverted"]:
            state = "capitulation"
        elif state in ("capitulation", "recovery"):
            state = "buy signal" if less(row["price_sma_20"], row["price_sma_10"]) else "recovery"
        else:
            state = "normal"
        row["state"] = state if known else "n/a"


def incomes(given: Record, days: list[Record]) -> None:
    """What miners earned a day in subsidy, and how that stands to the mean of its year."""
    put, as_of = given["Market"], day(given["Report"]["as_of"])
    for row in days:
        height = put["block_height"] - (as_of - row["day"]) * put["blocks_per_day"]
        row["revenue"] = 50 / 2 ** math.floor(height / 210_000) * put["blocks_per_day"] * row["btc_price"]
    for row, value in zip(days, trailing([row["revenue"] for row in days], YEAR), strict=True):
        row["revenue_mean"] = value
        row["income"] = ratio(row["revenue"], value)


def drawdowns(days: list[Record]) -> None:
    """How far the 30-day mean stands below its largest of a year, or of the days that there are."""
    for upto, row in enumerate(days):
        window = [each["sma_30"] for each in days[max(0, upto - YEAR + 1) : upto + 1] if each["sma_30"] is not None]
        row["drawdown"] = 1 - row["sma_30"] / max(window) if window else None


def market_scores(row: Record, weights: Record) -> Record:
    """The score of a day that has a year before it, and its three parts alone."""
    if row["income"] is None:
        return {"market_score": None, "parts": {}}
    measured = {"miner_income": row["income"], "hash_ribbon": -row["ribbon"], "hash_drawdown": row["drawdown"]}
    parts = {name: scored(measured[name], weights[name]) for name in PARTS if name in weights}
    return {
        "market_score": weighted((score, weights[name]["weight"]) for name, score in parts.items()),
        "parts": parts,
    }


def observed_growth(days: list[Record]) -> Number:
    """Growth of the 30-day mean hash rate within a year."""
    earlier = days[-1 - YEAR]["sma_30"] if len(days) > YEAR else None
    return None if earlier is None else days[-1]["sma_30"] / earlier - 1


def percentile(days: list[Record]) -> Record:
    """Today's market score, and the share of days that scored no more."""
    scores = [row["market_score"] for row in days if row["market_score"] is not None]
    if not scores or days[-1]["market_score"] is None:
        return {"market_score": None, "market_score_percentile": None}
    today = scores[-1]
    return {
        "market_score": today,
        "market_score_percentile": sum(not less(today, score) for score in scores) / len(scores),
    }


def weeks_of(days: list[Record]) -> list[int]:
    """Numbers of the days that the record samples: weekly back from the newest, oldest first."""
    return [number for number in range(len(days) - 1, -1, -WEEK) if days[number]["market_score"] is not None][::-1]


def record(days: list[Record]) -> list[Record]:
    """What followed the weeks of each band of the score."""
    weeks = weeks_of(days)
    band_of = {week: band(days[week]["market_score"]) for week in weeks}
    runs = [number for number, _ in groupby(band_of[week] for week in weeks)]
    found = []
    for number in range(5):
        own = [week for week in weeks if band_of[week] == number]
        changes = [price_change(days, week) for week in own if week + PRICE_HORIZON < len(days)]
        falls = [hash_fell(days, week) for week in own if week + HASH_HORIZON < len(days)]
        found.append({
            "from_score": 20 * number,
            "weeks": len(own),
            "spells": runs.count(number),
            "price_90d_median": median([change for change, _ in changes]),
            "price_90d_positive": mean([change > 0 for change, _ in changes]),
            "drawdown_90d_median": median([lowest for _, lowest in changes]),
            "hash_fall_30d": mean(falls),
        })  # fmt: skip
    return found


def band(score: float) -> int:
    """Which of the five bands of 20 points a score stands in."""
    return sum(not less(score, bound) for bound in (20, 40, 60, 80))


def price_change(days: list[Record], week: int) -> tuple[float, float]:
    """The price 90 days later, and the lowest until then, against that day's."""
    now, after = days[week]["btc_price"], [row["btc_price"] for row in days[week + 1 : week + PRICE_HORIZON + 1]]
    return after[-1] / now - 1, min(0.0, min(after) / now - 1)


def hash_fell(days: list[Record], week: int) -> bool:
    return not less((1 - FELL) * days[week]["sma_7"], days[week + HASH_HORIZON]["sma_7"])


def windows(days: list[Record], given: list[Record]) -> Record:
    """How well the score, and each part alone, tells the weeks inside the stress windows from those outside."""
    weeks = weeks_of(days)
    spans = [(day(row["from"]), day(row["to"])) for row in given]
    inside = [week for week in weeks if any(first <= days[week]["day"] <= last for first, last in spans)]
    outside = [week for week in weeks if week not in inside]
    found = {"market_score": auc(days, inside, outside, None)}
    found.update({part: auc(days, inside, outside, part) for part in PARTS})
    highest = []
    for row, (first, last) in zip(given, spans, strict=True):
        scores = [each["market_score"] for each in days if first <= each["day"] <= last]
        highest.append({
            "window": row["window"],
            "highest": max((score for score in scores if score is not None), default=None),
        })  # fmt: skip
    return {"auc": found, "stress_windows": highest}


def auc(days: list[Record], inside: list[int], outside: list[int], part: str | None) -> Number:
    """Chance that a week inside scores higher than one outside, ties one half."""

    def score(week: int) -> Number:
        value: Number = days[week]["parts"].get(part) if part else days[week]["market_score"]
        return value

    wins, pairs = 0.0, 0
    for one in inside:
        for other in outside:
            high, low = score(one), score(other)
            if high is not None and low is not None:
                wins += 1.0 if less(low, high) else 0.0 if less(high, low) else 0.5
                pairs += 1
    return ratio(wins, pairs)
