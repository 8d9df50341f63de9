"""Reads spoiled workbooks and says which end badly: `cd tests && python -m intake.fuzz 20000` tries as many as told."""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from pathlib import Path

from reportgen.intake.reader import examine
from reportgen.model.solve import solve
from reportgen.problems import Severity

from .mutations import mutant

MUTANTS_IN_SUITE = 2_000
LONGEST = 10.0


def fault(number: int, path: Path) -> str:
    """What is wrong with how a spoiled workbook ends; "" when it ends in figures or in problems with a place."""
    path.write_bytes(mutant(number))
    began = time.perf_counter()
    try:
        found = examine(path)
        if found.inputs is not None:
            solve(found.inputs)
    except Exception as error:  # whatever it is: that is what is looked for
        return f"{type(error).__name__}: {error}"
    if time.perf_counter() - began > LONGEST:
        return f"took {time.perf_counter() - began:.1f} s"
    if found.inputs is None and not found.errors:
        return "neither inputs nor errors"
    if found.inputs is not None and any(each.severity is Severity.ERROR for each in found.problems):
        return "inputs in spite of errors"
    for each in found.problems:
        if not each.where.file or not each.message or not each.hint or not str(each).isprintable():
            return f"no place or no words: {each!r}"
    return ""


def main() -> None:
    """Tries as many mutants as the first argument says, from the second one on."""
    warnings.simplefilter("error")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MUTANTS_IN_SUITE
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began, bad = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            found = fault(number, Path(folder) / "mutant.xlsx")
            if found:
                bad += 1
                print(f"mutant {number}: {found}")
    print(f"{count} mutants, {bad} faults, {time.perf_counter() - began:.0f} s")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
