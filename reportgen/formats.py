"""The output formats of a pack: one entry each says how it is made, what it needs and with which libraries."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from reportgen.problems import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.documents import Document
    from reportgen.model.solve import Solution


@dataclass(frozen=True)
class Drawn:
    """What every format is made from: the figures, and the workbook whose formulas were re-performed."""

    solution: Solution
    workbook: Document
    formulas: int
    templates: Path | None


def _nothing_lacks() -> None:
    return None


class UnderWay(Protocol):
    """The file of a format of which some is done while the figures are computed and the workbook is drawn."""

    def can_be_made(self) -> bool:
        """True when this machine can make it; False when that is not known."""

    def begin(self, solution: Solution, workbook: str, formulas: int) -> None:
        """The figures are there, and how many formulas the workbook of that name holds."""

    def finished(self, solution: Solution, workbook: Document, formulas: int) -> bytes:
        """The bytes of the file, when all is there."""


@dataclass(frozen=True)
class Format:
    """One format: `make` gives the bytes of the file, `step` is what progress says meanwhile ("" for no word).

    Without `make` the format is figures.json alone, which every pack holds: no workbook is drawn for it.

    `lacks` gives the reason why this machine cannot make it, or None. `usual` formats are made when none is asked for
    by name. `libraries` are those whose version can change a byte of the file, for the manifest. `started` begins it
    before anything is read, for a folder of templates; without that it is made at the end.
    """

    make: Callable[[Drawn], bytes] | None
    step: str = ""
    lacks: Callable[[], str | None] = _nothing_lacks
    usual: bool = True
    libraries: tuple[str, ...] = ()
    started: Callable[[Path | None], AbstractContextManager[UnderWay]] | None = None


def _workbook(drawn: Drawn) -> bytes:
    return drawn.workbook.content


def _brief(drawn: Drawn) -> bytes:
    from reportgen.render.brief.pdf import write_brief

    return write_brief(drawn.solution, drawn.workbook, drawn.formulas, drawn.templates)


def _brief_under_way(templates: Path | None) -> AbstractContextManager[UnderWay]:
    from reportgen.render.brief.pdf import brief_under_way

    return brief_under_way(templates)


def _screen(drawn: Drawn) -> bytes:
    from reportgen.render.brief.screen import screen_page

    return screen_page(drawn.solution, drawn.workbook.name, drawn.formulas, drawn.templates).encode()


def _document(drawn: Drawn) -> bytes:
    from reportgen.render.office.made import write_document

    return write_document(_page_with_figures(drawn), drawn.solution, drawn.templates)


def _slides(drawn: Drawn) -> bytes:
    from reportgen.render.office.made import write_slides

    return write_slides(_page_with_figures(drawn), drawn.solution, drawn.templates)


def _page_with_figures(drawn: Drawn) -> str:
    from reportgen.render.brief.manuscript import Medium
    from reportgen.render.brief.screen import screen_page

    return screen_page(drawn.solution, drawn.workbook.name, drawn.formulas, drawn.templates, Medium.DATA)


def _lacks(package: str, library: str) -> str | None:
    """Why this machine cannot make a file of an office program."""
    import importlib.util

    if importlib.util.find_spec(package) is not None:
        return None
    return f'{library} is not installed. With it: pip install "reportgen[office]"'


def _lacks_for_brief() -> str | None:
    from reportgen.doctor import why_no_pdf

    return why_no_pdf()


FORMATS = {
    "xlsx": Format(_workbook),
    "pdf": Format(
        _brief,
        "drawing the brief",
        _lacks_for_brief,
        libraries=("jinja2", "weasyprint"),
        started=_brief_under_way,
    ),
    "html": Format(_screen, "drawing the page", usual=False, libraries=("jinja2",)),
    "docx": Format(
        _document,
        "writing the Word document",
        lambda: _lacks("docx", "python-docx"),
        usual=False,
        libraries=("jinja2", "lxml", "python-docx"),
    ),
    "pptx": Format(
        _slides,
        "drawing the slides",
        lambda: _lacks("pptx", "python-pptx"),
        usual=False,
        libraries=("jinja2", "lxml", "python-pptx", "xlsxwriter"),
    ),
    "json": Format(None, usual=False),
}
"""By name, which is also the ending of the file; a pack lists its files in this order."""


def chosen(asked: tuple[str, ...] | None) -> dict[str, Format]:
    """The formats that are asked for, or the usual ones. UsageError when that is none, or one that is unknown."""
    unknown = [name for name in asked or () if name not in FORMATS]
    if unknown or asked == ():
        named = ", ".join(unknown) or "(none given)"
        raise UsageError(f"no such format: {named}. Known formats: {', '.join(FORMATS)}.")
    return {name: each for name, each in FORMATS.items() if (each.usual if asked is None else name in asked)}


@contextlib.contextmanager
def started(
    formats: Mapping[str, Format], templates: Path | None
) -> Iterator[tuple[dict[str, Format], tuple[UnderWay, ...]]]:
    """The formats, those that can be begun early under way, and what is under way; it is given up at the end."""
    ready: dict[str, Format] = {}
    begun: list[UnderWay] = []
    with contextlib.ExitStack() as stack:
        for name, each in formats.items():
            ready[name] = each
            if each.started is not None:
                begun.append(stack.enter_context(each.started(templates)))
                ready[name] = _under_way(each, begun[-1])
        yield ready, tuple(begun)


def _under_way(declared: Format, begun: UnderWay) -> Format:
    return replace(
        declared,
        lacks=lambda: None if begun.can_be_made() else declared.lacks(),
        make=lambda drawn: begun.finished(drawn.solution, drawn.workbook, drawn.formulas),
    )


def left_out(formats: Mapping[str, Format], asked: bool) -> dict[str, str]:
    """Those that this machine cannot make, by name with the reason. UsageError when they were asked for by name."""
    reasons = {name: reason for name, each in formats.items() if (reason := each.lacks()) is not None}
    if asked and reasons:
        raise UsageError("; ".join(f"the {name} cannot be made: {reason}" for name, reason in reasons.items()))
    return reasons
