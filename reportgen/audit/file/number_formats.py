"""Number formats: of what kind they are, and a number as one shows it."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re

_UNSAID = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SPELLED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]+)?|\.[0#?]+")
_POWER = re.compile(r"([0#?.,]+)E([+-])(0+)", re.IGNORECASE)
LONGEST_GENERAL = 11
FIRST_DAY = dt.date(1899, 12, 30)


@functools.lru_cache(maxsize=10_000)
def kind_of(code: str) -> str:
    """What a number format is for: number, percent, date, text; "general" for the standard one."""
    said = _UNSAID.sub("", code.partition(";")[0]).casefold().strip()
    if said in ("", "general"):
        return "general"
    if said == "@":
        return "text"
    if "%" in said:
        return "percent"
    return "date" if any(letter in said for letter in "dmyhs") else "number"


def shown(number: float, code: str) -> str:
    """A number as a format shows it, near enough to be measured."""
    sections = code.split(";")
    if number < 0 and len(sections) > 1:
        return _by_section(-number, sections[1])
    if number == 0 and len(sections) > 2:
        return _by_section(number, sections[2])
    text = _by_section(abs(number), sections[0])
    return f"-{text}" if number < 0 else text


def _by_section(number: float, section: str) -> str:
    kind = kind_of(section)
    if kind == "text" or kind == "general":
        return _general(number)
    if kind == "date":
        return _day(number, section)
    if power := _POWER.search(section):
        places = len(power[1].partition(".")[2])
        return _spelled(section[: power.start()]) + f"{number:.{places}E}" + _spelled(section[power.end() :])
    found = _DIGITS.search(_hidden(section))
    if found is None:
        return _spelled(section)
    scaled = number * 100 ** _UNSAID.sub("", section).count("%")
    digits = found[0]
    thousands = len(digits) - len(digits.rstrip(",")) if digits.endswith(",") else 0
    after = section[found.end() :]
    while after.startswith(","):
        thousands, after = thousands + 1, after[1:]
    whole, _, decimals = digits.rstrip(",").partition(".")
    written = f"{scaled / 1000**thousands:{',' if ',' in whole else ''}.{len(decimals)}f}"
    return _spelled(section[: found.start()]) + written + _spelled(after)


def _hidden(section: str) -> str:
    """The section with what stands for itself replaced by as many blanks."""
    return _UNSAID.sub(lambda match: " " * len(match[0]), section)


def _spelled(text: str) -> str:
    return _SPELLED.sub(lambda match: match[1] or match[2] or (" " if match[0].startswith("_") else ""), text)


def _general(number: float) -> str:
    text = f"{number:.10g}"
    return text if len(text) <= LONGEST_GENERAL else f"{number:.5E}"


def _day(number: float, section: str) -> str:
    if not math.isfinite(number) or not 0 <= number < 2_958_466:
        return "#" * 10
    return "0000-00-00 00:00"[: max(10, len(_spelled(section)))]
