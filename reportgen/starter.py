"""The workbooks that a new user begins with: the sample, and a blank one. Nothing that is there is lost by it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from reportgen.placing import put_file, refuse_taken, workplace
from reportgen.problems import UsageError
from reportgen.resources import sample_workbook, templates_folder


def write_sample(target: Path, force: bool = False) -> Path | None:
    """Put the illustrative workbook at `target`; where another file that stood there is kept now.

    UsageError when something is there, unless `force`.
    """
    return _placed(target, lambda path: _copy(sample_workbook(), path), force)


def write_blank(target: Path, operators: int | None = None, force: bool = False) -> Path | None:
    """Put an empty workbook with rows ready at `target`; where another file that stood there is kept now.

    UsageError when something is there, unless `force`.
    """
    from reportgen.intake.form.blank_workbook import write_template

    return _placed(
        target, lambda path: write_template(path) if operators is None else write_template(path, operators), force
    )


def write_templates(target: Path) -> tuple[Path, ...]:
    """Copy the standard templates, theme and fonts into a new folder `target`; its files, in order.

    UsageError when something of that name is there, or it cannot be written: a team's own templates are never replaced.
    """
    refuse_taken(target)
    try:
        with workplace(target.parent) as place:
            made = place.folder / target.name
            shutil.copytree(templates_folder(), made, copy_function=shutil.copyfile)
            made.rename(target)
    except OSError as error:
        raise UsageError(f"{target}: the folder cannot be written ({error.strerror or error}).") from None
    return tuple(sorted(path for path in target.rglob("*") if path.is_file()))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _placed(target: Path, write: Callable[[Path], None], force: bool) -> Path | None:
    if not force:
        refuse_taken(target)
    try:
        with workplace(target.parent) as place:
            made = place.folder / target.name
            write(made)
            return put_file(made, target, force=force, ours=lambda _: False)
    except OSError as error:  # of a full disk the system names the file that was read
        raise UsageError(f"{target}: the file cannot be written ({error.strerror or error}).") from None
