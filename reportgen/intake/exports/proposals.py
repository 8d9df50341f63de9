"""What an export says of the as-of day itself: price, difficulty and block height, proposed for Market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.intake.exports.export_columns import plain_name
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.intake.exports.export_table import ExportTable
    from reportgen.intake.exports.history_export import Figures

DIFFICULTIES = (
    "difflast", "difficultylast", "lastdifficulty", "difficulty", "networkdifficulty", "miningdifficulty",
    "btcdifficulty", "bitcoindifficulty", "diffmean", "difficultymean", "meandifficulty", "averagedifficulty",
    "avgdifficulty",
)  # fmt: skip
HEIGHTS = ("blkhgt", "blockheight", "height", "lastblock", "bestheight", "tipheight")
"""Names of columns as exports have them, in the order in which they are taken: a day's last value before its mean."""
HASHES_PER_BLOCK_OF_EH = 1e18 * 600
"""Hashes in ten minutes of 1 EH/s: a difficulty times 2^32, over this, is the hash rate that it stands for."""
_FARTHEST = 2.0
"""Times that the hash rate of a difficulty may be off the day's: real days stay within 1.6."""


@dataclass(frozen=True)
class Proposal:
    """A value for a field of Market, and the day (serial) of the export's row that it is from."""

    field: str
    value: float
    day: float

    @property
    def source(self) -> str:
        """The words for the Source beside the value; the name of the file stays in the house."""
        return f"network export, row of {iso_day(self.day)}"


@dataclass(frozen=True)
class Proposals:
    """The values that an export allows to propose, and why others are not."""

    values: tuple[Proposal, ...]
    remarks: tuple[str, ...]


def proposals(table: ExportTable, figures: Figures, after: float, until: float) -> Proposals:
    """Price, difficulty (T) and block height of the newest row from `after` (exclusive) up to `until` (serial days).

    Only what the export gives is proposed, nothing is estimated; a difficulty only if it fits the day's hash rate.
    """
    days = [row for row, day in enumerate(figures.days) if after < day <= until]
    if not days:
        span = f"between {iso_day(after + 1)} and {iso_day(until)}"
        return Proposals((), (f"nothing is proposed for Market: the export has no day {span}.",))
    day = figures.days[days[-1]]
    hash_rate, price = figures.values[days[-1]]
    row = max(index for index, each in enumerate(table.days) if each == day)
    found, remarks = [], []
    if price is not None:
        found.append(Proposal("btc_price", price, day))
    difficulty = _named(table, row, DIFFICULTIES)
    if difficulty is not None and hash_rate is not None:
        in_t = _in_trillions(difficulty, hash_rate)
        if in_t is None:
            remarks.append(f"no difficulty is proposed: {difficulty:,.6g} does not fit {hash_rate:,.4g} EH/s.")
        else:
            found.append(Proposal("network_difficulty", in_t, day))
    height = _named(table, row, HEIGHTS)
    if height is not None:
        if height.is_integer() and BY_NAME["Market"].field("block_height").bounds.admit(height):
            found.append(Proposal("block_height", height, day))
        else:
            remarks.append(f"no block height is proposed: {height:,.6g} is none.")
    if day < until:
        remarks.append(f"the newest day of the export is {iso_day(day)}: what is proposed is of that day.")
    return Proposals(tuple(found), tuple(remarks))


def _named(table: ExportTable, row: int, names: Sequence[str]) -> float | None:
    """The number of a row in the column whose name comes first among `names`; None without one."""
    by_name = {plain_name(header): column for column, header in reversed(list(enumerate(table.header)))}
    column = next((by_name[name] for name in names if name in by_name), None)
    number = None if column is None else table.number(row, column)
    return number if number is not None and number > 0 else None


def _in_trillions(difficulty: float, hash_rate: float) -> float | None:
    """A difficulty, in full or in T, as T: what fits the hash rate of its day (EH/s); None when neither does."""
    for in_t in (difficulty / 1e12, difficulty):
        implied = in_t * 1e12 * 2.0**32 / HASHES_PER_BLOCK_OF_EH
        if 1 / _FARTHEST < implied / hash_rate < _FARTHEST:
            return in_t
    return None
