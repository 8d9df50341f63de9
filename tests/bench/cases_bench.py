"""How long many cases take beside one: `python -m tests.bench.cases_bench`; exit code 1 over a limit."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.inputs import Inputs
from reportgen.intake.reader import read_workbook
from reportgen.model.cases import solved_cases
from reportgen.model.solve import solve
from tests.bench.solve_bench import peak
from tests.model.generated import generated

SAMPLE = Path(__file__).parents[2] / "inputs" / "sample.xlsx"
LIMITS = {"sample": (10_000, 150), "50 operators": (256, 10)}  # cases, and times one case's time
MOST_MEMORY = 1_000  # MB
REPEATS = 5


def varied(cases: int) -> dict[str, Any]:
    """Price, difficulty and power, each drawn on its own."""
    draw = np.random.default_rng(1)
    return {
        "btc_price": draw.uniform(30_000, 200_000, cases),
        "network_difficulty": draw.uniform(80, 250, cases),
        "Operators.power_price*": draw.uniform(0.6, 1.6, cases),
    }


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the table; every figure of every case is computed and kept."""
    late = False
    sizes: dict[str, Inputs] = {
        "sample": read_workbook(SAMPLE),
        "50 operators": generated(50, 200, 100, 25, history=800, etf_days=480),
    }
    print(f"{'inputs':<14} {'cases':>8} {'one case':>10} {'all cases':>10} {'times':>8} {'limit':>8} {'peak MB':>8}")
    for name, inputs in sizes.items():
        cases, limit = LIMITS[name]
        solution, changes = solve(inputs), varied(cases)
        one = fastest(partial(solve, inputs))
        every = fastest(partial(solved_cases, solution, changes))
        print(f"{name:<14} {cases:>8,} {one:>10.3f} {every:>10.3f} {every / one:>8.1f} {limit:>8} {peak():>8,.0f}")
        late |= every > limit * one or peak() > MOST_MEMORY
    sys.exit(late)


if __name__ == "__main__":
    main()
