"""Templates and figures → HTML. Sandboxed, everything escaped, nothing undefined goes unnoticed."""

from __future__ import annotations

import functools
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from reportgen.problems import UsageError
from reportgen.render.brief.view import Brief
from reportgen.render.charts import CHARTS
from reportgen.render.theme import Theme

if TYPE_CHECKING:
    from jinja2 import Environment

PAGE = "brief.html.j2"
_ENDING = ".j2"


def html(view: Brief, theme: Theme, folders: tuple[Path, ...], unprintable: bool = False) -> str:
    """The page of a view; templates are looked up in the folders, in order.

    `unprintable` says that some characters are left out.

    Raises UsageError, with file and line, for a template that does not work.
    """
    from jinja2 import TemplateError, TemplateSyntaxError

    charts = {name: functools.partial(chart, theme) for name, chart in CHARTS.items()}
    try:
        page = _environment(folders).get_template(PAGE)
        return page.render(view=view, charts=charts, theme=theme, unprintable=unprintable)
    except TemplateSyntaxError as error:
        raise UsageError(f"template {error.name}, line {error.lineno}: {error.message}") from None
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # only an error of a template may be told as one: one of the charts is ours, and shows where it is
        place = _place(error.__traceback__, folders)
        if place is None:
            raise
        raise UsageError(f"template {place}: {error}") from None


@functools.lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> Environment:
    """Keeps compiled templates for the next page; a file that was changed in between is compiled again."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        optimized=False,  # a process draws few briefs: folding constants costs more than it saves
    )


def _place(trace: TracebackType | None, folders: tuple[Path, ...]) -> str | None:
    """File and line of the innermost frame, if that is a template."""
    found: str | None = None
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        folder = next((folder for folder in folders if path.is_relative_to(folder)), None)
        if path.name.endswith(_ENDING) and folder is not None:
            found = f"{path.relative_to(folder).as_posix()}, line {trace.tb_lineno}"
        elif not _is_jinja(trace.tb_frame.f_globals):
            found = None
        trace = trace.tb_next
    return found


def _is_jinja(names: dict[str, Any]) -> bool:
    return str(names.get("__name__", "")).partition(".")[0] in ("jinja2", "markupsafe")
