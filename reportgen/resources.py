"""Where the files that come with reportgen are: in the installed package, or at the top of the source tree."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """The folder of the brief's templates, fonts and theme."""
    installed = _PACKAGE / "_data" / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def sample_workbook() -> Path:
    """The illustrative input workbook."""
    installed = _PACKAGE / "_data" / "sample.xlsx"
    return installed if installed.is_file() else _PACKAGE.parent / "inputs" / "sample.xlsx"
