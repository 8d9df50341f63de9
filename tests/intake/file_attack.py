"""Each attack of a small file at full size, on every command, in real processes, with what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.intake.attacks import ATTACKS

LONGEST, MOST_MEMORY, STOPPED = 10.0, 600, 60.0
"""Seconds of processor time, megabytes, and seconds after which a command is stopped."""
EXPORT = "date,hash_rate (EH/s),price\n2025-12-06,1070,91000\n"
COMMANDS = (
    ("check", "week.xlsx"),
    ("check", "week.xlsx", "--annotate"),
    ("build", "week.xlsx", "--format", "xlsx"),
    ("roll", "week.xlsx", "--as-of", "2100-01-01"),
    ("import", "network", "export.csv", "week.xlsx"),
    ("update", "week.xlsx", "--network", "export.csv"),
    ("explain", "week.xlsx", "price"),
    ("record", "week.xlsx"),
    ("stress", "week.xlsx"),
)
_WRITE = "import sys, pathlib; from tests.intake.attacks import ATTACKS as a; m, _, n = a[sys.argv[1]]; "
_WRITE += "pathlib.Path(sys.argv[2]).write_bytes(m(n))"


def measured(folder: Path, *arguments: str) -> tuple[int, float, float, str]:
    """Exit code, seconds of processor time, peak megabytes and error output of a command run in the folder.

    The peak of a process counts what its parent held when it began: call this from a process that holds little.
    """
    errors = folder / "errors.txt"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "reportgen", *arguments]
    with errors.open("wb") as stream:
        process = subprocess.Popen(
            ["timeout", str(STOPPED), *command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=stream
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    said = errors.read_text(encoding="utf-8", errors="replace")
    errors.unlink()
    return process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def bad_end(code: int, seconds: float, megabytes: float, said: str) -> str:
    """What is wrong with how a command ended; "" when nothing is."""
    if code not in (0, 1, 2):
        return f"exit code {code}: {said[-300:]}"
    if "Traceback" in said:
        return f"a traceback: {said[-300:]}"
    if seconds > LONGEST:
        return f"{seconds:.1f} s"
    return f"{megabytes:.0f} MB" if megabytes > MOST_MEMORY else ""


def main() -> None:
    """Tries every attack."""
    bad = 0
    for name in ATTACKS:
        with tempfile.TemporaryDirectory() as folder:
            bad += attacked(name, Path(folder))
    assert bad == 0, f"{bad} bad ends"


def attacked(name: str, place: Path) -> int:
    """Tries an attack on every command, says how each ended, and counts the bad ends."""
    bad = 0
    subprocess.run([sys.executable, "-c", _WRITE, name, str(place / "week.xlsx")], check=True)
    size = (place / "week.xlsx").stat().st_size / 1e6
    for arguments in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "week.xlsx").symlink_to(place / "week.xlsx")
            (Path(folder) / "export.csv").write_text(EXPORT)
            code, seconds, megabytes, said = measured(Path(folder), *arguments)
        wrong = bad_end(code, seconds, megabytes, said)
        bad += bool(wrong)
        words = " ".join(each for each in arguments if "." not in each)
        mark = f"BAD ({wrong})" if wrong else "well"
        print(f"{name} ({size:.2f} MB), {words}: {mark}, exit {code}, {seconds:.1f} s, {megabytes:.0f} MB", flush=True)
    return bad


if __name__ == "__main__":
    main()
