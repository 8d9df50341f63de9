"""An input workbook is read, checked, solved, drawn and delivered: the one file that knows all rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.deliver.names import file_name, pack_folder
from reportgen.documents import Document
from reportgen.formats import Drawn, Format, UnderWay, chosen, left_out, started

if TYPE_CHECKING:
    from reportgen.deliver.manifest import Making
    from reportgen.model.solve import Solution
    from reportgen.problems import Problem

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Pack:
    """What was delivered: the folder, its files, and what there is to know about them.

    `left_out` says, by format, why something is missing; `failed_checks` what should hold in the workbook and does not;
    `kept` where the pack that stood there is now, if it had been edited.
    """

    folder: Path
    files: tuple[Path, ...]
    manifest: Mapping[str, Any]
    warnings: tuple[Problem, ...]
    left_out: Mapping[str, str]
    failed_checks: tuple[str, ...]
    kept: Path | None = None


def silent(step: str) -> None:
    """Progress that nobody watches."""


def build_pack(
    workbook: Path,
    out: Path = Path("outputs"),
    *,
    formats: tuple[str, ...] | None = None,
    templates: Path | None = None,
    force: bool = False,
    name_input: bool = False,
    stale_ok: bool = False,
    progress: Progress = silent,
) -> Pack:
    """Read, check, solve, draw and deliver one input workbook.

    Without `formats` the pack holds those of the usual ones that this machine can make, and says what it left out; a
    format that is asked for by name must be made. `name_input` has the manifest give the name of the input file;
    `stale_ok` lets history and flows pass that end long before the as-of day, which the brief then says. What
    moved since the newest earlier pack of the title in `out` is asked about, but not told in the pack: the same input
    gives the same bytes. Raises InputError, UsageError or CheckError; nothing was written then.
    """
    with started(chosen(formats), templates) as (makers, begun):
        from reportgen.examination import read_workbook
        from reportgen.model.solve import solve

        progress(f"reading {workbook}")
        inputs = read_workbook(workbook, out, stale_ok=stale_ok)
        progress("solving the model")
        solution = solve(inputs)
        progress("loading what sets the pages")
        lacking = left_out(makers, asked=formats is not None)
        makers = {name: each for name, each in makers.items() if name not in lacking}
        documents, formulas = _made(solution, makers, begun, templates, progress)
    progress("delivering")
    from reportgen.deliver.manifest import Making

    libraries = tuple(name for each in makers.values() for name in each.libraries)
    return _delivered(solution, documents, Making(libraries, formulas, lacking, name_input), out, force)


def _made(
    solution: Solution,
    makers: Mapping[str, Format],
    begun: Sequence[UnderWay],
    templates: Path | None,
    progress: Progress,
) -> tuple[list[Document], int]:
    """The documents, and how many formulas were re-performed: none where the figures alone are asked for."""
    documents: list[Document] = []
    if not any(each.make for each in makers.values()):
        return documents, 0
    drawn = _drawn(solution, begun, templates, progress)
    for name, each in makers.items():
        if each.step:
            progress(each.step)
        if each.make is not None:
            documents.append(Document(_named(solution, name), each.make(drawn)))
    return documents, drawn.formulas


def _drawn(solution: Solution, begun: Sequence[UnderWay], templates: Path | None, progress: Progress) -> Drawn:
    """The workbook is drawn, re-performed and audited for every format but the figures: that is their check.

    What is under way goes on as soon as the formulas are counted.
    """
    from reportgen.release import released
    from reportgen.render.workbook.writer import write_workbook

    name = _named(solution, "xlsx")

    def counted(formulas: int) -> None:
        for each in begun:
            each.begin(solution, name, formulas)

    progress("drawing the workbook")
    workbook = Document(name, write_workbook(solution, templates, counted))
    progress("re-performing every formula, auditing the workbook")
    return Drawn(solution, workbook, released(workbook), templates)


def _named(solution: Solution, suffix: str) -> str:
    return file_name(solution.value("as_of"), str(solution.value("report_title")), suffix)


def _delivered(solution: Solution, documents: list[Document], making: Making, out: Path, force: bool) -> Pack:
    from reportgen.deliver.figures import figures
    from reportgen.deliver.files import MANIFEST, write_pack
    from reportgen.deliver.manifest import manifest
    from reportgen.documents import as_json
    from reportgen.model.check_results import failed

    documents = [*documents, Document("figures.json", as_json(figures(solution)))]
    listed = manifest(solution, documents, making)
    documents.append(Document(MANIFEST, as_json(listed)))
    folder = out / pack_folder(solution.value("as_of"), str(solution.value("report_title")))
    kept = write_pack(folder, documents, force)
    files = tuple(folder / each.name for each in documents)
    warnings = (*solution.inputs.warnings, *solution.inputs.kept_warnings)
    return Pack(folder, files, listed, warnings, making.left_out, failed(solution), kept)
