"""Reads spoiled workbooks and exports and says which end badly; `make fuzz N=20000` tries as many of each as told."""

from __future__ import annotations

import datetime as dt
import resource
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from reportgen.intake.copies.annotate import write_annotated
from reportgen.intake.copies.roll import roll
from reportgen.intake.exports.history_import import import_etf, import_network
from reportgen.intake.reader import examine
from reportgen.model.solve import solve
from reportgen.pipeline import build_pack
from reportgen.problems import CheckError, ReportgenError, Severity
from tests.intake import second_mutator
from tests.intake.mutations import mutant
from tests.intake.workbooks import small, write_openpyxl

MUTANTS_IN_SUITE = 600
LONGEST = 10.0
"""Seconds of processor time that a workbook may take, from the file to a pack or to its problems."""
MOST_MEMORY = 600
"""Megabytes of the whole process, over all mutants that it has tried."""
PACKED_IN_SUITE = 16
"""Every so many mutants go all the way to a workbook, if they are sound: a pack takes half a second."""


def fault(number: int, folder: Path, *, pack: bool) -> str:
    """What is wrong with how a spoiled workbook of the first mutator ends; "" when it ends well."""
    return _ends_well(mutant(number), folder, pack=pack, copies=False)


def second_fault(number: int, folder: Path, *, pack: bool) -> str:
    """The same for the second mutator: every third one is an export, the others are workbooks, some of them copied."""
    if number % 3 == 0:
        return _import_ends_well(number, folder)
    return _ends_well(second_mutator.workbook(number), folder, pack=pack, copies=number % 4 == 1)


def _ends_well(content: bytes, folder: Path, *, pack: bool, copies: bool) -> str:
    """What is wrong with how a workbook ends; "" when it ends in figures or in problems with a place.

    With `pack`, a sound one is built to the end, and one with errors must leave nothing behind; with `copies`, it is
    marked and rolled too.
    """
    path, out = folder / "mutant.xlsx", folder / "out"
    path.write_bytes(content)
    began = time.process_time()
    try:
        found = examine(path)
        if pack:
            _refused(lambda: build_pack(path, out, formats=("xlsx",), force=True))
        elif found.inputs is not None:
            solve(found.inputs)
        if copies:
            target = folder / "copy.xlsx"
            for change in (
                lambda: write_annotated(path, target, found.problems, force=True),
                lambda: roll(path, dt.date(2100, 1, 1), target, force=True),
            ):
                target.unlink(missing_ok=True)
                if _refused(change) is target.exists():
                    return "a copy in spite of a refusal, or none without"
    except Exception as error:  # whatever it is: that is what is looked for
        return f"{type(error).__name__}: {error}"
    wrong = _cost(began) or _badly_told(found.inputs is not None, found.problems, found.errors)
    if not wrong and found.inputs is None and out.exists() and any(out.iterdir()):
        wrong = "errors, and yet something was written"
    shutil.rmtree(out, ignore_errors=True)
    (folder / "copy.xlsx").unlink(missing_ok=True)
    return wrong or _left_behind(folder)


def _badly_told(read: bool, problems: tuple[object, ...], errors: tuple[object, ...]) -> str:
    from reportgen.problems import Problem

    if read is bool(errors):
        return "inputs in spite of errors" if read else "neither inputs nor errors"
    for each in problems:
        assert isinstance(each, Problem)
        if not each.where.file or not each.message or not each.hint or not str(each).isprintable():
            return f"no place or no words: {each!r}"
        if read and each.severity is Severity.ERROR:
            return "inputs in spite of errors"
    return ""


def _import_ends_well(number: int, folder: Path) -> str:
    week, source, target = folder / "week.xlsx", folder / "export.csv", folder / "copy.xlsx"
    if not week.exists():
        write_openpyxl(week, small())
    source.write_bytes(second_mutator.export(number))
    began = time.process_time()
    merged = import_etf if number % 2 else import_network
    try:
        refused = _refused(lambda: merged(source, week, target, force=True))
        if refused is target.exists():
            return "a copy in spite of a refusal, or none without"
        if not refused and any(each.code.startswith("file_") for each in examine(target).problems):
            return "a copy that cannot be read"
    except Exception as error:  # whatever it is: that is what is looked for
        return f"{type(error).__name__}: {error}"
    target.unlink(missing_ok=True)
    return _cost(began) or _left_behind(folder)


def _refused(change: Callable[[], object]) -> bool:
    """True when a change is refused in words; a failed check of our own is no good end and goes up."""
    try:
        change()
    except CheckError:
        raise
    except ReportgenError as refused:
        if not str(refused):
            raise
        return True
    return False


def _cost(began: float) -> str:
    took = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
    if took > LONGEST:
        return f"took {took:.1f} s"
    return f"the process has taken {memory} MB" if memory > MOST_MEMORY else ""


def _left_behind(folder: Path) -> str:
    left = [path.name for path in folder.iterdir() if path.name not in ("mutant.xlsx", "week.xlsx", "export.csv")]
    return f"left behind: {', '.join(left)}" if left else ""


def main() -> None:
    """Tries as many mutants of each mutator as the first argument says, from the second one on."""
    warnings.simplefilter("error")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began, bad = time.perf_counter(), 0
    for name, tried in (("first", fault), ("second", second_fault)):
        with tempfile.TemporaryDirectory() as folder:
            for number in range(first, first + count):
                found = tried(number, Path(folder), pack=number % 4 == 0)
                if found:
                    bad += 1
                    print(f"{name} mutator, {number}: {found}", flush=True)
    print(f"{count} mutants of each mutator, {bad} faults, {time.perf_counter() - began:.0f} s")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
