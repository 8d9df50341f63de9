"""Colours, fonts, paper, logo and number styles: one file that workbook, charts, brief and mail read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.problems import UsageError
from reportgen.render.contrast import refuse_low_contrast
from reportgen.render.template_files import read_template_file
from reportgen.render.theme_file import FILE, Tables, read_tables
from reportgen.resources import templates_folder

LARGEST_LOGO = 1_000_000
MOST_PIXELS = 4_000
"""Bytes of a logo, and pixels of its width and height: several times what a page has use for."""
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Logo:
    """A picture of the house, PNG, with its width and height in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Theme:
    """Fonts by use (workbook, brief), colours by role (#RRGGBB), how numbers look, the paper and the logo.

    `numbers` holds `negative` ("minus" or "parentheses") and `negative_colour` ("none" or "bad").
    """

    fonts: Mapping[str, str]
    colours: Mapping[str, str]
    numbers: Mapping[str, str]
    paper_size: str
    logo: Logo | None


def load_theme(folder: Path | None = None) -> Theme:
    """The theme of a templates folder; roles that it leaves out keep the standard ones.

    Raises UsageError when the file is not TOML, names a role that there is not, a value is not one that the role can
    have, the logo is no PNG of the folder, or a text would be hard to read on its ground.
    """
    standard = read_tables(templates_folder(), None)
    own = None if folder is None else read_tables(folder, standard)
    tables: Tables = {name: {**roles, **(own or {}).get(name, {})} for name, roles in (standard or {}).items()}
    if own is not None:
        refuse_low_contrast(tables["colours"], FILE)
    page = tables["page"]
    logo = None if not page["logo"] or folder is None else _logo(page["logo"], folder)
    return Theme(tables["fonts"], tables["colours"], tables["numbers"], page["size"], logo)


def _logo(name: str, folder: Path) -> Logo:
    try:
        content = read_template_file(name, (folder,), LARGEST_LOGO)
    except (ValueError, OSError) as error:
        raise UsageError(f"{FILE}: the logo cannot be read: {error}") from None
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or len(content) < 24:
        raise UsageError(f"{FILE}: the logo {name!r} is not a PNG picture. Save it as PNG.")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise UsageError(f"{FILE}: the logo {name!r} has {width} × {height} pixels; at most {MOST_PIXELS:,} each way.")
    return Logo(content, width, height)
