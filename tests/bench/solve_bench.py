"""How long a whole solve takes, and how it grows: `python -m tests.bench.solve_bench`.

The largest case is 10,000 operators with 40,000 machines, 50,000 debts and 4,000 days of history, under four shocks.
"""

from __future__ import annotations

import resource
import sys
import time

from reportgen.inputs import Inputs
from reportgen.model.lines import business
from reportgen.model.solve import solve
from tests.model.generated import generated

SIZES = (10, 100, 1_000, 10_000)
REPEATS = 3


def inputs_for(operators: int) -> Inputs:
    """Inputs of one size: four machines and five debts an operator, a fixed history."""
    return generated(operators, 4 * operators, 5 * operators, operators, history=4_000, etf_days=660)


def fastest(inputs: Inputs) -> float:
    """Seconds of the fastest of a few solves."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        solve(inputs)
        taken.append(time.perf_counter() - start)
    return min(taken)


def peak() -> float:
    """Largest memory of this process so far, in MB."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Print the table and the growth from the second largest to the largest size."""
    business()
    print(f"{'operators':>10} {'machines':>10} {'debts':>10} {'seconds':>10} {'peak MB':>10}")
    seconds = {}
    for operators in SIZES:
        seconds[operators] = fastest(inputs_for(operators))
        print(
            f"{operators:>10,} {4 * operators:>10,} {5 * operators:>10,} {seconds[operators]:>10.2f} {peak():>10,.0f}"
        )
    small, large = SIZES[-2:]
    print(f"{large / small:.0f} times the operators take {seconds[large] / seconds[small]:.1f} times as long")


if __name__ == "__main__":
    main()
