"""Reads spoiled workbooks and says which end badly; `make fuzz N=20000` tries as many as told."""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from pathlib import Path

from reportgen.intake.reader import examine
from reportgen.model.solve import solve
from reportgen.pipeline import build_pack
from reportgen.problems import CheckError, ReportgenError, Severity
from tests.intake.mutations import mutant

MUTANTS_IN_SUITE = 2_000
LONGEST = 10.0
"""Seconds that a workbook may take, from the file to a pack or to its problems."""
PACKED_IN_SUITE = 16
"""Every so many mutants go all the way to a workbook, if they are sound: a pack takes half a second."""


def fault(number: int, folder: Path, *, pack: bool) -> str:
    """What is wrong with how a spoiled workbook ends; "" when it ends in figures or in problems with a place.

    With `pack`, a sound one is built to the end, and one with errors must leave nothing behind.
    """
    path, out = folder / "mutant.xlsx", folder / "out"
    path.write_bytes(mutant(number))
    began = time.perf_counter()
    try:
        found = examine(path)
        if pack:
            _build(path, out)
        elif found.inputs is not None:
            solve(found.inputs)
    except Exception as error:  # whatever it is: that is what is looked for
        return f"{type(error).__name__}: {error}"
    if time.perf_counter() - began > LONGEST:
        return f"took {time.perf_counter() - began:.1f} s"
    if found.inputs is None and not found.errors:
        return "neither inputs nor errors"
    if found.inputs is not None and any(each.severity is Severity.ERROR for each in found.problems):
        return "inputs in spite of errors"
    if found.inputs is None and out.exists() and any(out.iterdir()):
        return "errors, and yet something was written"
    for each in found.problems:
        if not each.where.file or not each.message or not each.hint or not str(each).isprintable():
            return f"no place or no words: {each!r}"
    _empty(out)
    return ""


def _build(path: Path, out: Path) -> None:
    """Builds the workbook of a pack; a refusal with its reasons is a good end, a failed check of our own is not."""
    try:
        build_pack(path, out, formats=("xlsx",), force=True)
    except CheckError:
        raise
    except ReportgenError as refused:
        if not str(refused):
            raise


def _empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def main() -> None:
    """Tries as many mutants as the first argument says, from the second one on."""
    warnings.simplefilter("error")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MUTANTS_IN_SUITE
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began, bad = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            found = fault(number, Path(folder), pack=number % 4 == 0)
            if found:
                bad += 1
                print(f"mutant {number}: {found}", flush=True)
    print(f"{count} mutants, {bad} faults, {time.perf_counter() - began:.0f} s")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
