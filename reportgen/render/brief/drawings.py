"""The charts as templates call them: every drawing is made once, though pages may be set several times."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.render.charts import CHARTS
from reportgen.render.charts.drawing import Drawing
from reportgen.render.theme import Theme

_KEPT = 64
"""Drawings kept: those of two briefs and more."""


@dataclass(frozen=True)
class _Wanted:
    """A drawing by all that it is made of; what makes it is not compared."""

    made_of: str
    make: Callable[[], Drawing] = field(compare=False)


class _UnknownError(Exception):
    """Something whose content cannot be told, such as an object of a template's."""


def callable_charts(theme: Theme, marks: Mapping[int, str]) -> dict[str, Callable[..., Drawing]]:
    """Every chart by its name, in a theme; characters of `marks` are replaced in what is drawn.

    In the page a drawing is encoded, out of reach of what replaces characters there.
    """
    return {name: functools.partial(_drawing, name, theme, dict(marks)) for name in CHARTS}


def _drawing(name: str, theme: Theme, marks: dict[int, str], /, *given: Any, **named: Any) -> Drawing:
    given, named = _plain(given), _plain(named)
    make = functools.partial(CHARTS[name], theme, *given, **named)
    try:
        made = _made(_Wanted(_told((name, theme.colours, theme.fonts, given, named)), make))
    except _UnknownError:
        made = make()
    if not marks:
        return made
    return dataclasses.replace(made, svg=made.svg.translate(marks), alt=made.alt.translate(marks))


@functools.lru_cache(maxsize=_KEPT)
def _made(wanted: _Wanted) -> Drawing:
    return wanted.make()


def _plain(value: Any) -> Any:
    """The same without markup: what macros give is escaped already, and a drawing escapes it itself."""
    if isinstance(value, str):
        unescape = getattr(value, "unescape", None)
        return unescape() if unescape is not None else value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map(_plain, value))
    return value


def _told(value: Any) -> str:
    """All of a value in words, by which it is known again. _UnknownError for one whose words may not be all of it."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_told(key)}:{_told(each)}" for key, each in value.items()) + "}"
    if type(value) in (list, tuple):
        return "(" + ",".join(map(_told, value)) + ")"
    if isinstance(value, (str, int, float)) or value is None or type(value).__module__.startswith("reportgen.render."):
        return repr(value)
    raise _UnknownError
