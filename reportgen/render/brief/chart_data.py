"""A chart as what it shows: the page for other documents carries the figures of each chart in place of its drawing."""

from __future__ import annotations

import dataclasses
import inspect
import json
import math
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any

ATTRIBUTE = "data-chart"


@dataclasses.dataclass(frozen=True)
class Described:
    """A chart by name, with the words that stand for it and what it was to show."""

    name: str
    words: str
    shown: Mapping[str, Any]

    def __html__(self) -> str:
        """An image without a picture, which carries the chart's name and figures as JSON."""
        record = json.dumps({"name": self.name, **self.shown}, ensure_ascii=False, allow_nan=False)
        return f'<img alt="{escape(self.words)}" {ATTRIBUTE}="{escape(record)}">'


def described(name: str, chart: Callable[..., Any], *given: Any, **named: Any) -> Described:
    """What a template would have a chart show; arguments as for the chart, without the theme. TypeError as it would."""
    bound = inspect.signature(chart).bind(None, *given, **named)
    bound.apply_defaults()
    shown = bound.arguments
    words = unescape(str(shown.pop("alt", "")))
    record = {key: _plain(value) for key, value in list(shown.items())[1:]}
    return Described(name, words, record)


def _plain(value: Any) -> Any:
    """As JSON has it: null for a number that is not known."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "tolist"):  # an array, or a number of one
        return _plain(value.tolist())
    return str(value)
