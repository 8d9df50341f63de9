"""Templates and figures → HTML. Sandboxed, everything escaped, nothing undefined goes unnoticed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from reportgen.problems import UsageError, shortened
from reportgen.render.brief.chart_data import described
from reportgen.render.brief.drawings import callable_charts
from reportgen.render.brief.limits import STEPS
from reportgen.render.brief.manuscript import Manuscript, Medium, Views
from reportgen.render.brief.negatives import themed
from reportgen.render.brief.screen_text import STYLE, StyleElement, framed, style_element
from reportgen.render.charts import CHARTS
from reportgen.render.template_files import place_of, read_template_file
from reportgen.render.theme import Theme
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from jinja2 import Environment

    from reportgen.render.brief.view import Brief

PAGE, SCREEN = "brief.html.j2", "screen.html.j2"
_ENDING = ".j2"
_LONGEST_REASON = 300
"""Characters of a library's own words: names that a template asks for may be of any length."""


def html(
    view: Brief,
    theme: Theme,
    folders: tuple[Path, ...],
    unprintable: Collection[str] = (),
    medium: Medium = Medium.PRINT,
) -> str:
    """The page of a view; templates are looked up in the folders, in order.

    `unprintable` are characters in whose place a question mark is set, in the charts too.

    Raises UsageError, with file and line, for a template that does not work.
    """
    from jinja2 import TemplateSyntaxError

    marks = dict.fromkeys(map(ord, unprintable), "?")
    charts: dict[str, Callable[..., Any]]
    if medium is Medium.DATA:
        charts = {name: functools.partial(described, name, chart) for name, chart in CHARTS.items()}
    else:
        charts = callable_charts(theme, marks)
    try:
        page = _environment(folders).get_template(SCREEN if medium is Medium.SCREEN else PAGE)
        style = _style(theme, folders) if medium is Medium.SCREEN else None
        text = page.render(view=view, charts=charts, theme=theme, style=style, unprintable=bool(marks))
        text = text if medium is Medium.DATA else themed(text, theme.numbers)
        return framed(text) if medium is Medium.SCREEN else text.translate(marks)
    except TemplateSyntaxError as error:
        said = _one_line(error.message or "")
        raise UsageError(f"template {shortened(error.name or PAGE)}, line {error.lineno}: {said}") from None
    except UsageError:
        raise
    except Exception as error:  # a template can make anything fail
        place = template_place(error.__traceback__, folders)
        if place is None:  # no template is to blame: one of the charts is ours, and shows where it is
            raise
        raise UsageError(f"template {place}: {reason_of(error)}") from None


def _style(theme: Theme, folders: tuple[Path, ...]) -> StyleElement:
    try:
        return style_element(theme, read_template_file(STYLE, folders))
    except (ValueError, OSError) as error:
        raise UsageError(f"{STYLE}: {error}") from None


def page_of(manuscript: Manuscript, views: Views) -> str:
    """The page of a manuscript that is not set on paper: with all that the widest limits let through."""
    return html(views(STEPS[0]), manuscript.theme, manuscript.folders, medium=manuscript.medium)


def compile_templates(folder: Path) -> None:
    """Compile every template of a folder, which a page of it would otherwise do when it is made."""
    for path in sorted(folder.rglob(f"*{_ENDING}")):
        _environment((folder,)).get_template(path.relative_to(folder).as_posix())


def reason_of(error: Exception) -> str:
    """What went wrong, for a sentence: on one line, and not longer than one is read."""
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    if isinstance(error, MemoryError):
        return "it takes more memory than it may have"
    return _one_line(str(error)) or type(error).__name__


def _one_line(said: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in said)
    return shown if len(shown) <= _LONGEST_REASON else f"{shown[:_LONGEST_REASON]}..."


@functools.lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> Environment:
    """Keeps compiled templates for the next page; a file that was changed in between is compiled again."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FunctionLoader(functools.partial(_source, folders)),
        autoescape=True,
        undefined=StrictUndefined,
        optimized=False,  # a process draws few briefs: folding constants costs more than it saves
    )


def _source(folders: tuple[Path, ...], name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text of a template, where it is, and whether that is still so; None when there is none."""
    try:
        content = read_template_file(name, folders)
        path = next(path for folder in folders if (path := place_of(name, folder)) is not None)
        changed = path.stat().st_mtime_ns
        return content.decode("utf-8"), str(path), lambda: path.stat().st_mtime_ns == changed
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        told = f"it is not UTF-8 text ({error.reason}). Save it as UTF-8."
        raise UsageError(f"template {shortened(name)}: {told}") from None
    except (ValueError, OSError) as error:
        raise UsageError(f"template {shortened(name)}: {reason_of(error)}") from None


def template_place(trace: TracebackType | None, folders: tuple[Path, ...]) -> str | None:
    """File and line of the template that an error comes from; None when it is one of the package's own code.

    What a template of the user's hands to a chart is the template's fault, not the chart's.
    """
    found: str | None = None
    own = False
    while trace is not None:
        here = place_in(trace.tb_frame, trace.tb_lineno, folders)
        if here is not None:
            found, own = here
        elif not own and not _is_jinja(trace.tb_frame.f_globals):
            found = None
        trace = trace.tb_next
    return found


def place_in(frame: FrameType, line: int, folders: tuple[Path, ...]) -> tuple[str, bool] | None:
    """File and line of a frame that runs a template, and whether that is the user's own; None for other frames."""
    path = Path(frame.f_code.co_filename)
    folder = next((folder for folder in folders if path.is_relative_to(folder)), None)
    if folder is None or path.suffix != _ENDING:
        return None
    return f"{path.relative_to(folder).as_posix()}, line {line}", folder != templates_folder()


def _is_jinja(names: dict[str, Any]) -> bool:
    return str(names.get("__name__", "")).partition(".")[0] in ("jinja2", "markupsafe")
