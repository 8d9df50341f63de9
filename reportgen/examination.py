"""A workbook read and judged: what its sheets show, and what the model's lines imply, is wrong or odd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.intake import reader
from reportgen.plausibility.implied import implied
from reportgen.plausibility.movement import moved

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.inputs import Inputs
    from reportgen.problems import Problem


def examine(path: Path, previous: Inputs | None = None, *, stale_ok: bool = False) -> reader.Examination:
    """All that is wrong or odd with the workbook at `path`. Raises nothing for any content of the file.

    With the inputs of the week before as `previous`, also what moved since then more than a week explains. `stale_ok`
    lets history and flows pass that end long before the as-of day.
    """
    return reader.examine(path, _further(previous), stale_ok=stale_ok)


def read_workbook(path: Path, previous: Inputs | None = None, *, stale_ok: bool = False) -> Inputs:
    """The inputs of the workbook at `path`; its warnings come with them. Arguments as for `examine`.

    Raises InputError with every problem, warnings included, when there is an error among them.
    """
    return reader.read_workbook(path, _further(previous), stale_ok=stale_ok)


def _further(previous: Inputs | None) -> reader.Further:
    """The rules about figures that the inputs imply, and about what moved."""

    def rules(inputs: Inputs, told: Sequence[Problem]) -> list[Problem]:
        found = implied(inputs, told)
        return found if previous is None else [*found, *moved(previous, inputs, [*told, *found])]

    return rules
