"""The components of the risk score: one table, from which the input sheet, the model and the outputs take them."""

from __future__ import annotations

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

    `name` is its name on the sheet Risk, `measure` the one-value line of the model that it looks at, `label` its name
    in tables and charts. `words` name it in a sentence ("driven by ..."): pairs of a bound and words, of which the
    first whose bound the measure exceeds are taken, the last in any case. ValueError, naming the component and what
    is wrong, for one that could not be shown everywhere.
    """

    name: str
    measure: str
    dial: str
    label: str
    words: tuple[tuple[float, str], ...]
    kind: Measured = Measured.SHARE

    def __post_init__(self) -> None:
        empty = [item.name for item in fields(self) if not getattr(self, item.name)]
        if empty or not all(words.strip() for _, words in self.words):
            raise ValueError(f"the risk component {self.name!r} has no {', no '.join(empty or ['words'])}")
        if self.dial not in DIALS:
            raise ValueError(f"the risk component {self.name!r} is on no known dial: {self.dial!r}, not {DIALS}")

    def spoken(self, measure: float) -> str:
        """The words for a value of the measure, as it is shown."""
        return next((words for bound, words in self.words if measure > bound), self.words[-1][1])


def _always(words: str) -> tuple[tuple[float, str], ...]:
    return ((0.0, words),)


RISK_COMPONENTS = (
    RiskComponent(
        "cash_cost_underwater",
        measure="share_below_direct_cost",
        dial="income",
        label="Hash rate below direct cost",
        words=_always("hash rate below direct cost"),
    ),
    RiskComponent(
        "aisc_underwater",
        measure="share_below_aisc_net",
        dial="income",
        label="Hash rate below net AISC",
        words=_always("hash rate below net AISC"),
    ),
    RiskComponent(
        "hash_ribbon",
        measure="ribbon_depth",
        dial="shut-downs",
        label="Hash ribbon inversion",
        words=((0.0, "the inverted hash ribbon"), (-1.0, "the hash ribbon")),
    ),
    RiskComponent(
        "forced_selling",
        measure="forced_selling",
        dial="balance sheets",
        label="Forced miner selling",
        words=_always("the bitcoin that operators must sell to pay their bills"),
        kind=Measured.TIMES,
    ),
    RiskComponent(
        "etf_absorption",
        measure="etf_outflow_ratio",
        dial="absorption",
        label="ETF flows v miner sales",
        words=(
            (0.0, "ETF outflows"),
            (-1.0, "ETF inflows that fall short of miner sales"),
            (float("-inf"), "ETF flows"),
        ),
        kind=Measured.TIMES,
    ),
    RiskComponent(
        "solvency",
        measure="distressed_share",
        dial="balance sheets",
        label="Short runway or covenant breach",
        words=_always("operators with a short runway or a covenant breach"),
    ),
)
