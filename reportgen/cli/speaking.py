"""How a command speaks: lines on the output and beside it, for consoles that know few characters and full disks."""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

_PLAIN = {
    "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>", "→": "->", "…": "...",
    "·": "-", "├": "|", "└": "`", "│": "|", "─": "-", "≈": "~", "Σ": "sum", "\u202f": " ", "\u00a0": " ", "“": '"',
    "”": '"', "‘": "'", "’": "'",
}  # fmt: skip


class OutputError(Exception):
    """The output cannot be written, such as a file on a full disk."""


def say(text: object = "") -> None:
    """A line on the output, which is what was asked for: BrokenPipeError or OutputError when it cannot be written."""
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None


def say_aside(text: str) -> None:
    """A line on the error output; nobody reads it where it cannot be written."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True)


def print_json(content: Mapping[str, Any]) -> None:
    """JSON in plain ASCII: it survives any console and any pipe."""
    import json

    say(json.dumps(content, indent=2))


def one_line(text: object) -> str:
    """A text as one line that a terminal takes as text: what a workbook holds may hold anything."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def counted(number: int, noun: str) -> str:
    """A number with its noun, singular or plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tell_kept(kept: Path | None) -> None:
    """Where something that was in the way is now, if anything was."""
    if kept is not None:
        say_aside(f"WARNING: what stood there was not as reportgen had left it; it is kept as {one_line(kept)}")


def fall_silent() -> None:
    """What follows must not fail on the same output again, the flush at the end of the process included."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # lives as long as the process


def speak_plainly() -> None:
    """Let consoles with few characters show near ones instead of failing."""
    codecs.register_error("reportgen.plain", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="reportgen.plain")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(sign, "?") for sign in text), error.end
