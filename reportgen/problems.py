"""What can be wrong, where it is, and the errors that carry it to the user.

Every problem has a stable code, a place that a finance person can find, and a hint that says what to type. Problems
are collected; an error class is raised once, with all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MOST_LISTED = 200
"""Problems that a text lists; the rest is counted."""


def shortened(text: str) -> str:
    """A text for a message: at most 60 characters, control characters shown as ?."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= 60 else shown[:57] + "..."


class Severity(Enum):
    """How bad a problem is: an error stops the build, a warning is printed and delivered with it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Where:
    """A place in a file: any part may be empty, as not every problem sits in one cell."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    label: str = ""

    def __str__(self) -> str:
        spot = "!".join(part for part in (self.sheet, self.cell) if part)
        name = f'"{self.label}"' if self.label else ""
        inside = " ".join(part for part in (spot, name) if part)
        return " ".join(part for part in (self.file, f"[{inside}]" if inside else "") if part)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong (or odd, as a warning): its code, its place, what was found and what to do.

    One that stands for several cells of a column has their range as its place, and names each of them in `cells`;
    `count` is the number of problems that it stands for.
    """

    code: str
    severity: Severity
    where: Where
    message: str
    hint: str = ""
    cells: tuple[str, ...] = ()
    count: int = 1

    def __str__(self) -> str:
        place = str(self.where)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} {self.hint}".rstrip()

    def as_record(self) -> dict[str, str]:
        """The problem as plain strings, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.where.file,
            "sheet": self.where.sheet,
            "cell": self.where.cell,
            "label": self.where.label,
            "message": self.message,
            "hint": self.hint,
        }


class ReportgenError(Exception):
    """An error that the user can act on: its text is the whole message, its exit code goes to the shell."""

    exit_code = 1


class InputError(ReportgenError):
    """The input workbook has problems; nothing was written."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = len(problems) - MOST_LISTED
        lines = [str(problem) for problem in problems[:MOST_LISTED]]
        super().__init__("\n".join([*lines, f"and {more} more problems"] if more > 0 else lines))


class UsageError(ReportgenError):
    """The command was asked for something that it cannot do (an existing pack, an unknown name, a missing tool)."""

    exit_code = 2


class CheckError(ReportgenError):
    """The figures did not survive their own checks; nothing was delivered."""

    exit_code = 3
