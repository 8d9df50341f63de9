"""What each rule is called, how bad a breach is, where it comes from, and what to do: `rules.toml` beside this file."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.problems import Severity

_LIST = Path(__file__).with_name("rules.toml")
_NOT_FOLLOWED = Path(__file__).with_name("not_followed.toml")


@dataclass(frozen=True)
class Rule:
    """A rule: its code, and what is said about it."""

    code: str
    chapter: str
    severity: Severity
    title: str
    rule: str
    why: str
    source: str
    remedy: str


@functools.cache
def rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of the manual."""
    with _LIST.open("rb") as stream:
        chapters = tomllib.load(stream)
    return {
        code: Rule(code, chapter, **(entry | {"severity": Severity(entry["severity"])}))
        for chapter, entries in chapters.items()
        for code, entry in entries.items()
    }


@functools.cache
def not_followed() -> Mapping[str, str]:
    """Rules of FAST that the auditor does not ask for, each with the reason."""
    with _NOT_FOLLOWED.open("rb") as stream:
        return tomllib.load(stream)
