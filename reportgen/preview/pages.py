"""The pages of the preview: the frame around the brief, its style and script, the files, and what is wrong."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.problems import Problem, Severity

if TYPE_CHECKING:
    from reportgen.preview.building import Built
    from reportgen.preview.session import View

HTML = "text/html; charset=utf-8"
_KINDS = {
    "html": HTML,
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OWN = {"preview.css": "text/css; charset=utf-8", "preview.js": "text/javascript; charset=utf-8"}
"""Files beside this one."""
_FRAME_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'"
_BRIEF_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""The brief may come from a stranger's templates: no script runs in it, and it loads nothing."""


@dataclass(frozen=True)
class Page:
    """What is answered: content, its media type, and headers of its own."""

    content: bytes
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)


def page_of(name: str, view: View, workbook: str) -> Page | None:
    """The page of that name ("" for the first), None when there is none."""
    if name == "":
        return Page(_frame(view, workbook).encode(), HTML, {"Content-Security-Policy": _FRAME_POLICY})
    if name == "state":
        return Page(json.dumps({"number": view.number, "busy": view.busy}).encode(), "application/json")
    if name in _OWN:
        return Page(Path(__file__).with_name(name).read_bytes(), _OWN[name])
    return _file(name, view.good)


def _file(name: str, good: Built | None) -> Page | None:
    """A file of the last build that could be looked at."""
    stem, _, suffix = name.partition(".")
    if good is None or stem != "brief" or suffix not in good.files:
        return None
    file_name, content = good.files[suffix]
    headers = {"Content-Security-Policy": _BRIEF_POLICY} if suffix == "html" else {}
    if suffix == "xlsx":  # names of packs are letters, digits and hyphens
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Page(content, _KINDS[suffix], headers)


def _frame(view: View, workbook: str) -> str:
    formats = () if view.good is None else tuple(view.good.files)
    links = " ".join(f'<a href="brief.{each}">{each.upper()}</a>' for each in formats)
    shown = next((each for each in ("html", "pdf") if each in formats), "")
    frame = f'<iframe src="brief.{shown}" title="The brief"></iframe>' if shown else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(workbook)}: preview</title>"
        '<link rel="stylesheet" href="preview.css"><script src="preview.js" defer></script></head>\n'
        f'<body data-number="{view.number}"><header><h1>{escape(workbook)}</h1>'
        f'<p class="state" role="status">{_state(view)}</p><nav>{links}</nav></header>\n'
        f"{_told(view)}{frame}</body></html>\n"
    )


def _state(view: View) -> str:
    if view.newest is None:
        return "being built …"
    if view.newest.well:
        return "as it is now"
    return "cannot be built as it is now; below is the last that could" if view.good else "cannot be built as it is now"


def _told(view: View) -> str:
    """What is wrong or odd, by sheet, as `check` tells it."""
    if view.newest is None:
        return ""
    if view.newest.failure:
        lines = "".join(f"<li>{escape(line)}</li>" for line in view.newest.failure.splitlines())
        return f'<section class="error"><h2>Nothing was built</h2><ul>{lines}</ul></section>\n'
    problems = view.newest.problems
    if not problems:
        return ""
    errors = sum(each.severity is Severity.ERROR for each in problems)
    kind = "error" if errors else "warning"
    title = f"{_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}"
    return f'<section class="{kind}"><h2>{title}</h2>{_by_sheet(problems)}</section>\n'


def _by_sheet(problems: Iterable[Problem]) -> str:
    grouped = itertools.groupby(problems, lambda each: each.where.sheet)
    return "".join(f"<h3>{escape(sheet or 'The file')}</h3><ul>{_items(group)}</ul>" for sheet, group in grouped)


def _items(problems: Iterable[Problem]) -> str:
    return "".join(
        f'<li class="{each.severity.value}"><strong>{escape(f"{each.where.cell} {each.where.label}".strip())}</strong> '
        f"{escape(each.message)} {escape(each.hint)}</li>"
        for each in problems
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
