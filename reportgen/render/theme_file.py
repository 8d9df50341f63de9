"""theme.toml: its tables, and what the value of each role may be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from reportgen.problems import UsageError, shortened
from reportgen.render.template_files import read_template_file

FILE, LARGEST = "theme.toml", 100_000
"""The file, and its most bytes: a theme has a few dozen lines, and much TOML takes minutes to read."""
Tables = Mapping[str, Mapping[str, str]]

_KINDS = {"fonts": "font", "colours": "colour", "page": "setting", "numbers": "setting"}
"""What a role of each table is called."""
_FONT = (re.compile(r"\w[\w \-]{0,60}"), "name of a font such as Calibri")
_COLOUR = (re.compile(r"#[0-9A-Fa-f]{6}"), "colour such as #0F4C81")
_LOGO = (re.compile(r"|[\w\-./ ]{1,200}\.png", re.IGNORECASE), 'PNG file of the folder, such as "logo.png"')
_SETTINGS = {
    "size": (re.compile("A4|Letter"), 'paper size: "A4" or "Letter"'),
    "logo": _LOGO,
    "negative": (re.compile("minus|parentheses"), 'style: "minus" or "parentheses"'),
    "negative_colour": (re.compile("none|bad"), 'choice: "none" or "bad"'),
}
"""What the value of a setting may be, and how that is said."""


def read_tables(folder: Path, standard: Tables | None) -> Tables | None:
    """The tables of the folder's theme by name, None when it has no such file.

    UsageError for a file that is not TOML, or has a table, role or value that there is not: roles are those of the
    `standard` theme, where it is given.
    """
    try:
        text = tomllib.loads(read_template_file(FILE, (folder,), LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError, OSError) as error:  # TOML and its encoding are ValueErrors
        raise UsageError(f"{FILE} is not a theme file: {error}") from None
    for name, roles in text.items():
        _check_table(name, roles, standard)
    return text


def _check_table(name: str, roles: object, standard: Tables | None) -> None:
    if name not in _KINDS:
        known = ", ".join(f"[{each}]" for each in _KINDS)
        raise UsageError(f"{FILE}: there is no table [{shortened(name)}]; there are {known}.")
    if not isinstance(roles, dict):
        raise UsageError(f"{FILE}: {name} is not a table: write [{name}] on a line and a role on each line below.")
    for role, value in roles.items():
        if standard is not None and role not in standard[name]:
            known = ", ".join(standard[name])
            raise UsageError(f"{FILE}: there is no {_KINDS[name]} {shortened(role)!r}; there are: {known}.")
        pattern, example = {"fonts": _FONT, "colours": _COLOUR}.get(name) or _SETTINGS[role]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise UsageError(f"{FILE}: {role} = {str(value)[:60]!r} is not a {example}.")
