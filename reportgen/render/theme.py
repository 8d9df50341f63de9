"""Colours and fonts: one file that the workbook, the charts and the brief's style sheet read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.problems import UsageError
from reportgen.resources import templates_folder

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_FONT = re.compile(r"[\w][\w \-]{0,60}")


@dataclass(frozen=True)
class Theme:
    """Fonts by use (workbook, brief) and colours by role (#RRGGBB)."""

    fonts: Mapping[str, str]
    colours: Mapping[str, str]


def load_theme(folder: Path | None = None) -> Theme:
    """The theme of a templates folder; roles that it leaves out keep the standard ones.

    Raises UsageError when the file is not TOML, or a colour or font is not one.
    """
    theme = _read(templates_folder() / "theme.toml")
    if folder is not None and (folder / "theme.toml").is_file():
        own = _read(folder / "theme.toml")
        theme = Theme({**theme.fonts, **own.fonts}, {**theme.colours, **own.colours})
    return theme


def _read(path: Path) -> Theme:
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} is not a theme file: {error}") from None
    fonts, colours = text.get("fonts", {}), text.get("colours", {})
    for role, value, pattern in (
        *((role, value, _FONT) for role, value in fonts.items()),
        *((role, value, _COLOUR) for role, value in colours.items()),
    ):
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise UsageError(f"{path.name}: {role} = {value!r} is not a colour like #0F4C81 or a font name")
    return Theme(fonts, colours)
