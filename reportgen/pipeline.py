"""An input workbook is read, checked, solved, drawn and delivered: the one file that knows all rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.deliver.names import file_name, pack_folder
from reportgen.documents import Document
from reportgen.problems import Problem, UsageError

if TYPE_CHECKING:
    from reportgen.model.solve import Solution

FORMATS = ("xlsx", "pdf")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Pack:
    """What was delivered: the folder, its files, and what there is to know about them.

    `left_out` says, by format, why something is missing.
    """

    folder: Path
    files: tuple[Path, ...]
    manifest: Mapping[str, Any]
    warnings: tuple[Problem, ...]
    left_out: Mapping[str, str]


def silent(step: str) -> None:
    """Progress that nobody watches."""


def build_pack(
    workbook: Path,
    out: Path = Path("outputs"),
    *,
    formats: tuple[str, ...] | None = None,
    templates: Path | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Pack:
    """Read, check, solve, draw and deliver one input workbook.

    Without `formats` the pack holds what this machine can make, and says what it left out; a format that is asked for
    by name must be made. Raises InputError, UsageError or CheckError; nothing was written then.
    """
    from reportgen.intake.reader import read_workbook
    from reportgen.model.solve import solve

    _refuse_unknown(formats)
    progress(f"reading {workbook}")
    inputs = read_workbook(workbook)
    progress("solving the model")
    solution = solve(inputs)
    progress("loading what sets the pages")
    left_out = _left_out(formats)
    documents, formulas = _drawn(solution, _wanted(formats, left_out), templates, progress)
    progress("delivering")
    return _delivered(solution, documents, formulas, left_out, out, force)


def _refuse_unknown(formats: tuple[str, ...] | None) -> None:
    unknown = [name for name in formats or FORMATS if name not in FORMATS]
    if unknown or formats == ():
        named = ", ".join(unknown) or "(none given)"
        raise UsageError(f"no such format: {named}. Known formats: {', '.join(FORMATS)}.")


def _left_out(formats: tuple[str, ...] | None) -> dict[str, str]:
    """Formats that this machine cannot make; UsageError when one of them was asked for by name."""
    if formats is not None and "pdf" not in formats:
        return {}
    from reportgen.doctor import why_no_pdf

    reason = why_no_pdf()
    if reason is None:
        return {}
    if formats is not None:
        raise UsageError(f"the PDF brief cannot be made: {reason}")
    return {"pdf": reason}


def _wanted(formats: tuple[str, ...] | None, left_out: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in FORMATS if name in (formats or FORMATS) and name not in left_out)


def _drawn(
    solution: Solution, wanted: tuple[str, ...], templates: Path | None, progress: Progress
) -> tuple[list[Document], int]:
    """The documents, and the number of formulas that an independent engine has confirmed.

    The workbook is always drawn and re-performed: that is the check of the figures, and the brief carries it.
    """
    from reportgen.render.workbook.reperform import assured
    from reportgen.render.workbook.writer import write_workbook

    as_of, title = solution.value("as_of"), str(solution.value("report_title"))
    progress("drawing the workbook")
    workbook = Document(file_name(as_of, title, "xlsx"), write_workbook(solution, templates))
    progress("re-performing every formula")
    formulas = assured(workbook.content).formulas
    documents = [workbook] if "xlsx" in wanted else []
    if "pdf" in wanted:
        from reportgen.render.brief.pdf import write_brief

        progress("drawing the brief")
        brief = write_brief(solution, workbook, formulas, templates)
        documents.append(Document(file_name(as_of, title, "pdf"), brief))
    return documents, formulas


def _delivered(
    solution: Solution,
    documents: list[Document],
    formulas: int,
    left_out: Mapping[str, str],
    out: Path,
    force: bool,
) -> Pack:
    from reportgen.deliver.figures import as_json, figures
    from reportgen.deliver.files import MANIFEST, write_pack
    from reportgen.deliver.manifest import manifest

    documents = [*documents, Document("figures.json", as_json(figures(solution)))]
    listed = manifest(solution, documents, formulas, left_out)
    documents.append(Document(MANIFEST, as_json(listed)))
    folder = out / pack_folder(solution.value("as_of"), str(solution.value("report_title")))
    write_pack(folder, documents, force)
    files = tuple(folder / each.name for each in documents)
    warnings = (*solution.inputs.warnings, *solution.inputs.kept_warnings)
    return Pack(folder, files, listed, warnings, left_out)
