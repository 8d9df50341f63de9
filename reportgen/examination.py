"""A workbook read and judged: what its sheets show, what the model's lines imply, and what moved is wrong or odd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.deliver.previous_pack import previous_workbook
from reportgen.intake import reader
from reportgen.plausibility.implied import implied
from reportgen.plausibility.movement import moved
from reportgen.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.inputs import Inputs
    from reportgen.problems import Problem


def examine(path: Path, packs: Path | None = None, *, stale_ok: bool = False) -> reader.Examination:
    """All that is wrong or odd with the workbook at `path`. Raises nothing for any content of the file.

    It is held against the week before as well: the newest earlier pack of its title in the folder `packs`, or what its
    forms noted of last week. `stale_ok` lets history and flows pass that end long before the as-of day.
    """
    return reader.examine(path, _further(packs), stale_ok=stale_ok)


def read_workbook(path: Path, packs: Path | None = None, *, stale_ok: bool = False) -> Inputs:
    """The inputs of the workbook at `path`; its warnings come with them. Arguments as for `examine`.

    Raises InputError with every problem, warnings included, when there is an error among them.
    """
    return reader.read_workbook(path, _further(packs), stale_ok=stale_ok)


def week_before(inputs: Inputs, packs: Path | None) -> Inputs | None:
    """The inputs of the week before: of a pack as it was delivered, else these with the values noted of last week.

    None where neither says anything.
    """
    found = None
    if packs is not None:
        found = previous_workbook(packs, inputs.value("Report", "as_of"), str(inputs.value("Report", "report_title")))
    if found is not None:
        try:
            return reader.read_workbook(found, stale_ok=True)
        except InputError:  # a pack of an earlier edition, which this one reads no more
            pass
    noted = {f"Market.{name}": value for name, value in inputs.last_week.get("Market", {}).items()}
    return inputs.with_values(noted) if noted else None


def _further(packs: Path | None) -> reader.Further:
    """The rules about figures that the inputs imply, and about what moved."""

    def rules(inputs: Inputs, told: Sequence[Problem]) -> list[Problem]:
        found, before = implied(inputs, told), week_before(inputs, packs)
        return found if before is None else [*found, *moved(before, inputs, [*told, *found])]

    return rules
