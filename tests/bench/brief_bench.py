"""How long the brief of the sample takes in a process that has made one before: `python -m tests.bench.brief_bench`.

With `--against FOLDER`, another copy of the project is measured by turns with this one, each in a process of its own
that stays, and the ratio is printed. Processor time counts, and the quickest of some turns: other work on the machine
does not.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
TURNS = 8
LIMIT = 0.8
"""Of the time of 0.2.0, when the brief had smaller type and five charts fewer."""
_CHILD = """
import sys, time
import reportgen
from reportgen.documents import Document
from reportgen.model.solve import solve
from reportgen.render.brief.pdf import write_brief

solution = solve(reportgen.read_workbook(sys.argv[1]))
workbook = Document("week.xlsx", bytes(1000))
write_brief(solution, workbook, 1)
for _ in sys.stdin:
    start = time.process_time()
    write_brief(solution, workbook, 1)
    print(time.process_time() - start, flush=True)
"""


class Warm:
    """A process that has made a brief, with the code of a folder."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD, str(folder / "inputs" / "sample.xlsx")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(folder)},
        )
        self.quickest = float("inf")

    def turn(self) -> None:
        """Make another brief."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.quickest = min(self.quickest, float(self.process.stdout.readline()))

    def end(self) -> None:
        """Let the process go."""
        self.process.communicate()


def main() -> None:
    """Print the seconds of processor time, and the ratio to another copy if one is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another copy of the project")
    against: Path | None = parser.parse_args().against
    warm = {folder: Warm(folder) for folder in (HERE, *([against.resolve()] if against else []))}
    for _ in range(TURNS):
        for process in warm.values():
            process.turn()
    for process in warm.values():
        process.end()
    first, *others = (process.quickest for process in warm.values())
    print(f"brief of the sample, warm: {first:.2f} s of processor time")
    for other in others:
        ratio = first / other
        print(f"there: {other:.2f} s; ratio {ratio:.2f}, limit {LIMIT}: {'ok' if ratio <= LIMIT else 'OVER'}")


if __name__ == "__main__":
    main()
