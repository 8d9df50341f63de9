from __future__ import annotations

import time
from pathlib import Path

import pytest

from .fuzz import MUTANTS_IN_SUITE, fault

BATCHES = 20


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_spoiled_workbook_ends_in_figures_or_in_problems_that_name_a_place(tmp_path: Path, batch: int) -> None:
    began = time.perf_counter()
    faults = [
        f"mutant {number}: {found}"
        for number in range(batch, MUTANTS_IN_SUITE, BATCHES)
        if (found := fault(number, tmp_path / "mutant.xlsx"))
    ]
    assert faults == []
    assert time.perf_counter() - began < 60
    assert [path.name for path in tmp_path.iterdir()] == ["mutant.xlsx"]
