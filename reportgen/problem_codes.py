"""Every problem that a workbook can have: its stable code, how bad it is, what causes it and what mends it.

The list itself is `problem_codes.toml` beside this file: the checks, their messages and `docs/problems.md` stand on it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.problems import Problem, Severity, Where

_LIST = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Code:
    """A kind of problem: its stable name, severity, title, and for the manual its cause, remedy and chapter.

    A `private` one tells of what is not sent (cells, the week before), so it is not sent either. One that `explains` is
    about the size of a figure: what that figure implies for the rest of its row needs no warning of its own. An error
    that is `acceptable` can be confirmed on the sheet Accepted, as a warning can.
    """

    name: str
    severity: Severity
    title: str
    cause: str
    remedy: str
    chapter: str
    private: bool = False
    explains: bool = False
    acceptable: bool = False

    @property
    def may_be_accepted(self) -> bool:
        """True for a problem that the sheet Accepted can silence."""
        return self.acceptable or self.severity is Severity.WARNING


def problem(code: str, where: Where, message: str, hint: str = "") -> Problem:
    """A problem of a listed code; without a hint of its own it carries the remedy of its code.

    Raises KeyError for a code that is not listed.
    """
    listed = codes()[code]
    return Problem(code, listed.severity, where, message, hint or listed.remedy)


@functools.cache
def codes() -> Mapping[str, Code]:
    """All codes by name, in the order of the manual."""
    with _LIST.open("rb") as stream:
        chapters = tomllib.load(stream)
    return {
        name: Code(name, chapter=chapter, **(entry | {"severity": Severity(entry["severity"])}))
        for chapter, entries in chapters.items()
        for name, entry in entries.items()
    }


def manual() -> str:
    """The text of docs/problems.md: every code with title, cause and remedy."""
    parts = [
        "# Problems and warnings\n",
        "Every message of `reportgen check` and `reportgen build` has one of these codes. Errors stop the build;\n"
        "warnings do not: they are printed, and stand on the last page of the brief and in the manifest.\n",
    ]
    chapter = ""
    for code in codes().values():
        if code.chapter != chapter:
            chapter = code.chapter
            parts.append(f"## {chapter}\n")
        parts.append(f"### `{code.name}`\n")
        parts.append(f"**{code.title}** ({code.severity.value}). {code.cause}\n")
        parts.append(f"What to do: {code.remedy}\n")
    return "\n".join(parts)
