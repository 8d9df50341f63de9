"""Speed and memory of the command against their limits: `make bench`.

Ratios, not seconds: what counts is how much the command takes beyond loading its libraries, on the same machine at
the same time. Both sides run by turns and the quickest run of each counts, so that other work on the machine does not;
where that is not enough, they run more turns.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "inputs" / "sample.xlsx"
REPORTGEN = [sys.executable, "-m", "reportgen"]
LIBRARIES = [sys.executable, "-c", "import pandas, openpyxl, xlsxwriter, weasyprint, matplotlib.figure"]
CLICK = [sys.executable, "-c", "import click"]
TURNS, MOST_TURNS = 5, 20
BUILD_LIMIT, HELP_LIMIT, MEMORY_LIMIT = 2.0, 2.5, 400.0


@dataclass(frozen=True)
class Run:
    """One process: seconds from start to end, the most memory that it held, in MB, and seconds of processor time."""

    seconds: float
    megabytes: float
    processor: float


def main() -> None:
    """Measure and print, with OVER where a limit does not hold: a busy machine is no reason to refuse a change."""
    with tempfile.TemporaryDirectory() as folder:
        build = [*REPORTGEN, "build", str(SAMPLE), "--out"]
        builds, libraries = by_turns([*build, f"{folder}/{{}}"], LIBRARIES, BUILD_LIMIT)
        helps, clicks = by_turns([*REPORTGEN, "--help"], CLICK, HELP_LIMIT)
        rows = [
            ("build of the sample / loading its libraries", ratio(builds, libraries), BUILD_LIMIT),
            ("--help / loading click", ratio(helps, clicks), HELP_LIMIT),
            ("peak memory of the build, MB", max(run.megabytes for run in builds), MEMORY_LIMIT),
        ]
        print(f"{'':50}{'measured':>10}{'limit':>8}")
        for what, measured, limit in rows:
            print(f"{what:50}{measured:10.2f}{limit:8.1f}  {'ok' if measured <= limit else 'OVER'}")
        print(
            f"\nbuild {quickest(builds):.2f} s, libraries {quickest(libraries):.2f} s, "
            f"--help {quickest(helps):.3f} s, click {quickest(clicks):.3f} s"
        )
        print("\nWhere the time goes (one build)")
        print(
            subprocess.run(
                [sys.executable, __file__, "steps", folder], check=True, capture_output=True, text=True
            ).stdout
        )


def by_turns(first: list[str], second: list[str], limit: float) -> tuple[list[Run], list[Run]]:
    """Both commands, one after the other, some times; more if they are over the limit by then.

    `{}` in a word becomes the number of the turn.
    """
    runs: tuple[list[Run], list[Run]] = ([], [])
    for turn in range(MOST_TURNS):
        for command, found in zip((first, second), runs, strict=True):
            found.append(measured([word.replace("{}", str(turn)) for word in command]))
        if turn + 1 >= TURNS and ratio(*runs) <= limit:
            break
    return runs


def measured(command: list[str]) -> Run:
    """Run a command to its end. RuntimeError when it fails."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said[-2000:]}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(time.perf_counter() - start, usage.ru_maxrss / unit, usage.ru_utime + usage.ru_stime)


def quickest(runs: list[Run]) -> float:
    """Seconds of the quickest run."""
    return min(run.seconds for run in runs)


def ratio(first: list[Run], second: list[Run]) -> float:
    """How many times as long the first takes."""
    return quickest(first) / quickest(second)


def steps(folder: str) -> None:
    """One build in this process, with the seconds of every step."""
    marks = [("loading the command", time.perf_counter())]
    from reportgen.pipeline import build_pack

    def mark(step: str) -> None:
        marks.append((step.split(str(SAMPLE.parent))[0].strip(), time.perf_counter()))

    build_pack(SAMPLE, Path(folder) / "steps", progress=mark)
    marks.append(("", time.perf_counter()))
    whole = marks[-1][1] - marks[0][1]
    for (step, begun), (_, ended) in itertools.pairwise(marks):
        print(f"  {step:40}{ended - begun:8.3f} s {(ended - begun) / whole:7.1%}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["steps"]:
        steps(sys.argv[2])
    else:
        main()
