"""What the columns of the record are: they are no lines, and stand in the same places as lines do.

Source: model section 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CHANGE, SHARE = "+0.0%;-0.0%;0.0%", "0%"


@dataclass(frozen=True)
class Term:
    """A column: name as in figures.json, label, unit, meaning, how it is reached, and how its numbers are shown."""

    name: str
    label: str
    unit: str
    meaning: str
    how: str
    number_format: str = "0"


BANDS = (
    Term(
        "from_score", "Score from", "0-100",
        "Lowest market score of the band; the last band is open above.",
        "number of the band × risk band width",
    ),
    Term(
        "weeks", "Weeks", "weeks",
        "Weeks whose market score is in the band; the score is sampled every seventh day, back from the newest.",
        "the number of sampled days with market score in the band",
    ),
    Term(
        "spells", "Spells", "runs of weeks",
        "Runs of consecutive weeks in the band: weeks of one spell are one case, not many.",
        "the number of weeks in the band whose week before is not in it",
    ),
    Term(
        "price_90d_median", "Price 90 days later, median", "change",
        "Median change of the price over the 90 days after a week of the band; weeks younger than that are left out.",
        "the median of price 90 days later / price − 1", CHANGE,
    ),
    Term(
        "price_90d_positive", "Higher price 90 days later", "share of weeks",
        "Share of the weeks of the band after which the price was higher 90 days later.",
        "the share of weeks with price 90 days later / price − 1 > 0", SHARE,
    ),
    Term(
        "drawdown_90d_median", "Lowest price of the next 90 days, median", "change",
        "Median of the lowest price of the 90 days after a week of the band against that week's; not above zero.",
        "the median of the smallest of 0 and the lowest price of the next 90 days / price − 1", CHANGE,
    ),
    Term(
        "hash_fall_30d", "Hash rate at least 5% lower 30 days later", "share of weeks",
        "Share of the weeks of the band after which the 7-day mean hash rate was at least 5 % lower 30 days later.",
        "the share of weeks with 7-day mean hash rate 30 days later / 7-day mean hash rate − 1 ≤ −5 %", SHARE,
    ),
)  # fmt: skip
"""Columns of the table by bands of the market score."""

AUC = Term(
    "auc", "Market score and its components", "chance",
    "Chance that a week inside a stress window scores higher than one outside, ties one half; 0.50 is no better than "
    "chance.",
    "(the number of pairs in which the week inside scores higher + half of the ties) / all pairs", "0.00",
)  # fmt: skip
HIGHEST = Term(
    "highest", "Highest score of the days in each window", "0-100",
    "Highest market score of the days of a stress window; n/a without a scored day.",
    "the largest of market score of the days of the window", "0.0",
)  # fmt: skip

TERMS: Mapping[str, tuple[Term, ...]] = {"record": BANDS, "auc": (AUC,), "stress_windows": (HIGHEST,)}
"""Table of figures.json → its columns."""
