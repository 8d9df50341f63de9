"""The workbooks that a new user begins with: the sample, and a blank one. A file that is there is never overwritten."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from reportgen.problems import UsageError
from reportgen.resources import sample_workbook


def write_sample(target: Path, force: bool = False) -> Path:
    """The illustrative workbook, at `target`; UsageError when another file is there, unless `force`."""
    return _place(target, lambda path: _copy(sample_workbook(), path), force)


def write_blank(target: Path, operators: int | None = None, force: bool = False) -> Path:
    """An empty workbook with rows ready, at `target`; UsageError when another file is there, unless `force`."""
    from reportgen.intake.form.blank_workbook import write_template

    return _place(
        target, lambda path: write_template(path) if operators is None else write_template(path, operators), force
    )


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _place(target: Path, write: Callable[[Path], None], force: bool) -> Path:
    """Write into a hidden folder beside the target, then rename: nobody sees half a workbook."""
    if target.exists() and not force:
        raise UsageError(f"{target} is already there. Add --force to overwrite it, or choose another folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".reportgen-making-", dir=target.parent) as making:
        made = Path(making) / target.name
        write(made)
        os.replace(made, target)  # noqa: PTH105  # Path.rename refuses to replace on Windows
    return target
