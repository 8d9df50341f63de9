"""A view names each figure once: the line of the model that it shows, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields
from typing import Any, Protocol, TypeVar

from reportgen.render.brief.figures import Figure, named

View = TypeVar("View")
_STYLE = "style"


class Source(Protocol):
    """A solution, for its one-value lines, or one of its rows."""

    def number(self, name: str, /) -> float:
        """The value of a line or field; NaN is n/a."""

    def text(self, name: str, /) -> str:
        """The value of a text line or field."""


def shown(style: Callable[[float], Figure], line: str = "") -> Any:
    """A field of a view that shows a line of the model (its namesake unless `line` says another) in a style."""
    return field(metadata={_STYLE: lambda source, name: style(source.number(line or name))})


def told(line: str = "", style: Callable[[str], str] = named) -> Any:
    """A field of a view that holds a text of the model, cut to the length that tables have room for."""
    return field(metadata={_STYLE: lambda source, name: style(source.text(line or name))})


def is_set(line: str = "") -> Any:
    """A field of a view that is True where a 0/1 line of the model is 1."""
    return field(metadata={_STYLE: lambda source, name: source.number(line or name) == 1})


def read(view: type[View], source: Source, **given: Any) -> View:
    """A view with each of its fields read from the source; `given` are those that are no line of the model.

    KeyError for a field that names no line, TypeError for one that is neither read nor given.
    """
    return view(**{**_read_fields(view, source, given), **given})


def _read_fields(view: type[Any], source: Source, given: Mapping[str, Any]) -> dict[str, Any]:
    declared = (item for item in fields(view) if item.name not in given and item.default is MISSING)
    return {item.name: item.metadata[_STYLE](source, item.name) for item in declared if _STYLE in item.metadata}
