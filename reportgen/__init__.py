"""reportgen: what a bitcoin costs each miner, and what miners could be forced to sell.

The whole interface for programs:

    inputs = reportgen.read_workbook("inputs/sample.xlsx")
    solution = reportgen.solve(inputs)
    solution.tables["operators"]
    reportgen.build_pack("inputs/sample.xlsx", "outputs")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from reportgen.inputs import Inputs
    from reportgen.model.cases import CaseSolution
    from reportgen.model.solve import Solution
    from reportgen.pipeline import Pack

__all__ = ["build_pack", "read_workbook", "solve"]

# Imports stand inside: "import reportgen", which every command does, must cost nothing.


def read_workbook(path: str | os.PathLike[str], *, stale_ok: bool = False) -> Inputs:
    """The checked inputs of a workbook; InputError, with every problem, when it has errors.

    History and flows that end long before the as-of day are an error, with `stale_ok` a warning.
    """
    from pathlib import Path

    from reportgen import examination

    return examination.read_workbook(Path(path), stale_ok=stale_ok)


@overload
def solve(inputs: Inputs) -> Solution: ...


@overload
def solve(
    inputs: Inputs, *, cases: pd.DataFrame | Mapping[str, Any], lines: Iterable[str] | None = None
) -> CaseSolution: ...


def solve(
    inputs: Inputs,
    *,
    cases: pd.DataFrame | Mapping[str, Any] | None = None,
    lines: Iterable[str] | None = None,
) -> Solution | CaseSolution:
    """Every figure, under the active shock; `solution.tables` holds a pandas table for each block.

    With `cases`, a table whose columns say what changes ("btc_price", "Operators.power_price*", see
    `reportgen.input_changes`), every figure of every case: the tables have a level for the case, named by the index of
    `cases`. `lines` limits them to some lines ("risk_score", "operators.aisc_net"), and the time to what these need.
    """
    from reportgen.model import solve as model

    solution = model.solve(inputs)
    if cases is None:
        return solution
    from reportgen.model.cases import solved_cases

    return solved_cases(solution, cases, lines)


def build_pack(
    workbook: str | os.PathLike[str],
    out: str | os.PathLike[str] = "outputs",
    *,
    formats: tuple[str, ...] | None = None,
    templates: str | os.PathLike[str] | None = None,
    force: bool = False,
    name_input: bool = False,
    stale_ok: bool = False,
) -> Pack:
    """Workbook, brief, figures and manifest in a folder below `out`; what `reportgen build` does."""
    from pathlib import Path

    from reportgen import pipeline

    chosen = None if templates is None else Path(templates)
    return pipeline.build_pack(
        Path(workbook),
        Path(out),
        formats=formats,
        templates=chosen,
        force=force,
        name_input=name_input,
        stale_ok=stale_ok,
    )
