"""A build for the preview: the files of the pack in memory, or what is wrong, in the words of the command line."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.problems import InputError, Problem, ReportgenError

SHOWN = ("html", "pdf", "xlsx")
"""The formats that the preview offers, as far as this machine can make them."""


@dataclass(frozen=True)
class Built:
    """What came of a build: its files by format with their names, or what is wrong; warnings come with either.

    `failure` is a sentence about something that is wrong with no cell: a template, a check, the machine.
    """

    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    failure: str = ""

    @property
    def well(self) -> bool:
        """True when there is something to be looked at."""
        return bool(self.files)


def built(workbook: Path, templates: Path | None, stale_ok: bool) -> Built:
    """Build the workbook in a folder that is gone afterwards. Raises nothing for any content of the files."""
    from reportgen.formats import FORMATS
    from reportgen.pipeline import build_pack

    formats = tuple(name for name in SHOWN if name in FORMATS and FORMATS[name].lacks() is None)
    try:
        with tempfile.TemporaryDirectory(prefix="reportgen-preview-") as folder:
            pack = build_pack(workbook, Path(folder), formats=formats, templates=templates, stale_ok=stale_ok)
            named = {path.suffix.removeprefix("."): path for path in pack.files}
            files = {name: (named[name].name, named[name].read_bytes()) for name in formats}
    except InputError as wrong:
        return Built(problems=wrong.problems)
    except (ReportgenError, OSError) as wrong:
        return Built(failure=str(wrong))
    except Exception as unexpected:  # the preview goes on: the next change may be the remedy
        return Built(failure=f"reportgen met something that it was not made for ({type(unexpected).__name__}).")
    return Built(files, pack.warnings)
