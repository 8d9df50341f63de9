"""Colours and fonts: one file that the workbook, the charts and the brief's style sheet read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.problems import UsageError
from reportgen.render.template_files import read_template_file
from reportgen.resources import templates_folder

FILE, LARGEST = "theme.toml", 100_000
"""The file, and its most bytes: a theme has a few dozen lines, and much TOML takes minutes to read."""
_KINDS = {
    "fonts": (re.compile(r"\w[\w \-]{0,60}"), "name of a font such as Calibri"),
    "colours": (re.compile(r"#[0-9A-Fa-f]{6}"), "colour such as #0F4C81"),
}


@dataclass(frozen=True)
class Theme:
    """Fonts by use (workbook, brief) and colours by role (#RRGGBB)."""

    fonts: Mapping[str, str]
    colours: Mapping[str, str]


def load_theme(folder: Path | None = None) -> Theme:
    """The theme of a templates folder; roles that it leaves out keep the standard ones.

    Raises UsageError when the file is not TOML, names a role that there is not, or a colour or font is not one.
    """
    standard = _read(templates_folder())
    assert standard is not None  # it comes with the package
    own = None if folder is None else _read(folder)
    if own is None:
        return standard
    for kind, roles, known in (("font", own.fonts, standard.fonts), ("colour", own.colours, standard.colours)):
        for role in roles:
            if role not in known:
                raise UsageError(f"{FILE}: there is no {kind} {role!r}; there are: {', '.join(known)}.")
    return Theme({**standard.fonts, **own.fonts}, {**standard.colours, **own.colours})


def _read(folder: Path) -> Theme | None:
    try:
        text = tomllib.loads(read_template_file(FILE, (folder,), LARGEST).decode("utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError, OSError) as error:  # TOML and its encoding are ValueErrors
        raise UsageError(f"{FILE} is not a theme file: {error}") from None
    unknown = [name for name in text if name not in _KINDS]
    if unknown:
        raise UsageError(f"{FILE}: there is no table [{unknown[0]}]; there are [fonts] and [colours].")
    return Theme(*(_checked(name, text.get(name, {})) for name in _KINDS))


def _checked(name: str, roles: object) -> dict[str, str]:
    if not isinstance(roles, dict):
        raise UsageError(f"{FILE}: {name} is not a table: write [{name}] on a line and a role on each line below.")
    pattern, example = _KINDS[name]
    for role, value in roles.items():
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise UsageError(f"{FILE}: {role} = {str(value)[:60]!r} is not a {example}.")
    return roles
