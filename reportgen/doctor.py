"""What this machine lacks for a full pack, and the command that mends it."""

from __future__ import annotations

import contextlib
import importlib.metadata
import io
import platform
import re
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from reportgen.resources import sample_workbook, templates_folder

OLDEST_PYTHON = (3, 11)
PANGO = {
    "Linux": "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig",
    "Darwin": "brew install pango libffi",
    "Windows": "install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
}
FONTS = {
    "Linux": "sudo apt install fonts-dejavu-core",
    "Darwin": "brew install --cask font-dejavu",
    "Windows": "in the MSYS2 shell: pacman -S mingw-w64-ucrt-x86_64-fontconfig mingw-w64-ucrt-x86_64-ttf-dejavu",
}
"""The command for Debian and Ubuntu, for macOS with Homebrew, and for Windows."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, what was seen, and what mends it."""

    what: str
    well: bool
    seen: str
    mend: str = ""


def examine_machine(folder: Path) -> tuple[Finding, ...]:
    """Everything that a pack needs: Python, packages, templates, Pango, fonts, a folder that can be written."""
    return (_python(), *_packages(), _own_files(), _pango(), _fonts(), _folder(folder), _size())


def why_no_pdf() -> str | None:
    """Why a PDF cannot be made here, with the command that mends it; None when it can."""
    reason = _pango_error()
    return None if reason is None else f"{reason} To mend it: {_for_this_system(PANGO)}"


def _for_this_system(commands: dict[str, str]) -> str:
    return commands.get(platform.system(), commands["Linux"])


def _python() -> Finding:
    well = sys.version_info >= OLDEST_PYTHON
    wanted = ".".join(str(part) for part in OLDEST_PYTHON)
    return Finding("Python", well, platform.python_version(), f"install Python {wanted} or newer")


def _packages() -> list[Finding]:
    """The declared dependencies of the installed reportgen, with the version found."""
    findings = []
    for line in importlib.metadata.requires("reportgen") or []:
        name, least = re.split(r"\s*>=\s*", line.split(";")[0], maxsplit=1)
        if "extra ==" in line:
            continue
        mend = f'{Path(sys.executable).name} -m pip install --upgrade "{name}>={least}"'
        try:
            found = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            findings.append(Finding(name, False, "not installed", mend))
            continue
        findings.append(Finding(name, _numbers(found) >= _numbers(least), found, mend))
    return findings


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version, comparable."""
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+")[0])[:3])


def _own_files() -> Finding:
    missing = [str(path) for path in (templates_folder(), sample_workbook()) if not path.exists()]
    seen = f"missing: {', '.join(missing)}" if missing else str(templates_folder())
    return Finding("templates and sample", not missing, seen, "install reportgen again")


def _pango_error() -> str | None:
    """The first sentence of what WeasyPrint says when its libraries do not load."""
    from reportgen.render.brief.engine import libraries_by_file_name

    said = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            warnings.catch_warnings(),
            libraries_by_file_name(),
        ):
            warnings.simplefilter("ignore")  # of deprecations in WeasyPrint the user can do nothing about
            import weasyprint.text.ffi  # noqa: F401  # loading it is the test
    except ImportError:
        return "WeasyPrint is not installed."
    except OSError as error:
        found = re.search(r"library '([^']+)'", str(error))
        return (
            f"the library {found.group(1)} (Pango) is not on this machine."
            if found
            else "Pango is not on this machine."
        )
    return None


def _pango() -> Finding:
    reason = _pango_error()
    return Finding("Pango (for the PDF brief)", reason is None, reason or "found", _for_this_system(PANGO))


def _fonts() -> Finding:
    """A brief brings its own font if the templates hold one; else some font of the machine must do."""
    own = [path for kind in ("*.ttf", "*.otf", "*.woff2") for path in templates_folder().rglob(kind)]
    if own:
        return Finding("fonts", True, f"{len(own)} with the templates")
    found = next((str(path) for folder in _font_folders() for path in folder.rglob("*.[to]tf")), None)
    return Finding("fonts", found is not None, found or "none found", _for_this_system(FONTS))


def _font_folders() -> list[Path]:
    known = (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
        "C:/Windows/Fonts",
    )
    return [folder for folder in (*map(Path, known), Path.home() / ".fonts") if folder.is_dir()]


def _size() -> Finding:
    """What fits into a workbook, whatever the machine."""
    from reportgen.render.workbook.size import WHAT_FITS

    return Finding("size", True, f"{WHAT_FITS}; beyond, build --format json gives the figures alone")


def _folder(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("folder", True, f"{folder} can be written")
    except OSError as error:
        return Finding("folder", False, f"{folder}: {error.strerror}", "go to a folder of your own, or use --out")
