"""The components of the risk score: one table, from which the input sheet, the model and the outputs take them."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from enum import Enum

DIALS = ("income", "shut-downs", "balance sheets", "absorption")
"""The dials that components belong to, in the order in which they are shown."""


class Measured(Enum):
    """What kind of number a component measures, and so how it is shown."""

    SHARE = "share"
    TIMES = "times"


@dataclass(frozen=True)
class RiskComponent:
    """One component of the risk score.

    `name` is its name on the sheet Risk, `measure` the one-value line of the model that it looks at, `label` its
    name in tables and charts; it `falls` where a lower measure is the more stressed one. `words` name it in a
    sentence ("driven by ..."): pairs of a bound and words, of which the first whose bound the measure exceeds are
    taken, the last in any case. ValueError, naming the component and what is wrong, for one that could not be shown
    everywhere.
    """

    name: str
    measure: str
    dial: str
    label: str
    words: tuple[tuple[float, str], ...]
    kind: Measured = Measured.SHARE
    falls: bool = False

    def __post_init__(self) -> None:
        empty = [item.name for item in fields(self) if item.name != "falls" and not getattr(self, item.name)]
        if empty or not all(words.strip() for _, words in self.words):
            raise ValueError(f"the risk component {self.name!r} has no {', no '.join(empty or ['words'])}")
        if self.dial not in DIALS:
            raise ValueError(f"the risk component {self.name!r} is on no known dial: {self.dial!r}, not {DIALS}")

    def spoken(self, measure: float) -> str:
        """The words for a value of the measure, as it is shown."""
        return next((words for bound, words in self.words if measure > bound), self.words[-1][1])


def _always(words: str) -> tuple[tuple[float, str], ...]:
    return ((0.0, words),)


# fmt: off
RISK_COMPONENTS = (
    RiskComponent(
        "cash_pressure", measure="cash_pressure_average", dial="income",
        label="Cash cost pressure", words=_always("direct cost near or above the price"),
    ),
    RiskComponent(
        "aisc_pressure", measure="aisc_pressure_average", dial="income",
        label="AISC pressure", words=_always("net AISC near or above the price"),
    ),
    RiskComponent(
        "miner_income", measure="puell", dial="income", kind=Measured.TIMES, falls=True,
        label="Miner income",
        words=((1.0, "miner income"), (-math.inf, "miner income below its mean of a year")),
    ),
    RiskComponent(
        "hash_ribbon", measure="ribbon_depth", dial="shut-downs",
        label="Hash ribbon inversion", words=((0.0, "the inverted hash ribbon"), (-1.0, "the hash ribbon")),
    ),
    RiskComponent(
        "hash_drawdown", measure="hash_drawdown", dial="shut-downs",
        label="Hash rate drawdown", words=_always("hash rate below its highest of a year"),
    ),
    RiskComponent(
        "solvency_pressure", measure="solvency_pressure_average", dial="balance sheets",
        label="Solvency pressure", words=_always("thin cushions against a year of bills and maturities"),
    ),
    RiskComponent(
        "call_pressure", measure="call_pressure_average", dial="balance sheets",
        label="Margin-call pressure", words=_always("margin calls near the price"),
    ),
    RiskComponent(
        "forced_selling", measure="forced_selling", dial="balance sheets", kind=Measured.TIMES,
        label="Forced miner selling", words=_always("treasury draw or collateral at risk"),
    ),
    RiskComponent(
        "etf_absorption", measure="etf_outflow_ratio", dial="absorption", kind=Measured.TIMES,
        label="ETF flows v miner sales",
        words=((0.0, "ETF outflows"), (-1.0, "ETF inflows that fall short of miner sales"), (-math.inf, "ETF flows")),
    ),
)

REPLACED = (
    ("cash_cost_underwater", "cash_pressure"),
    ("aisc_underwater", "aisc_pressure"),
    ("solvency", "solvency_pressure"),
)
"""Components of the first edition of the model, and what stands in their place."""
