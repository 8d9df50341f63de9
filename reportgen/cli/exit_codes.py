"""How a command ends: plain sentences instead of tracebacks, an exit code, and consoles that know few characters.

Exit codes: 0 fine, 1 problems in the input, 2 usage, 3 a check failed or reportgen itself did.
"""

from __future__ import annotations

import codecs
import gc
import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems import InputError

FAILED = 3
STOPPED = 130
_OBJECTS_BETWEEN_SWEEPS = 50_000  # a run is short: looking for garbage as often as Python does costs a tenth of it
DEBUG = "REPORTGEN_DEBUG"
_PLAIN = {
    "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "≠": "<>", "→": "->", "…": "...",
    "·": "-", "├": "|", "└": "`", "│": "|", "─": "-", "≈": "~", "Σ": "sum", "\u202f": " ", "\u00a0": " ", "“": '"',
    "”": '"', "‘": "'", "’": "'",
}  # fmt: skip


def run(commands: click.Group, arguments: list[str]) -> int:
    """Run one command of the group; the exit code."""
    _speak_plainly()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    try:
        # not commands.main(): that ends a broken pipe with exit code 1, which says "problems in the input" here
        with commands.make_context("reportgen", arguments) as context:
            result = commands.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was written", err=True)
        return STOPPED
    except BrokenPipeError:
        # whoever read the output has seen enough; what follows must not fail on the same pipe again
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # lives as long as the process
        return 0
    except Exception as error:
        return _ended_by(error)


def one_line(text: object) -> str:
    """A text as one line that a terminal takes as text: what a workbook holds may hold anything."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def tell_kept(kept: Path | None) -> None:
    """Where something that was in the way is now, if anything was."""
    if kept is not None:
        click.echo(
            f"WARNING: what stood there was not as reportgen had left it; it is kept as {one_line(kept)}", err=True
        )


def tell(error: InputError) -> None:
    """Every problem of a workbook, a line each."""
    from reportgen.problems import Severity

    for each in error.problems:
        click.echo(f"{each.severity.value}: {one_line(each)}", err=True)
    errors = sum(each.severity is Severity.ERROR for each in error.problems)
    click.echo(f"{counted(errors, 'error')}; nothing was written.", err=True)


def counted(number: int, noun: str) -> str:
    """A number with its noun, singular or plural."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _ended_by(error: Exception) -> int:
    from reportgen.problems import InputError, ReportgenError

    if os.environ.get(DEBUG):
        raise error
    if isinstance(error, InputError):
        tell(error)
        return error.exit_code
    if isinstance(error, ReportgenError):
        click.echo("\n".join(f"error: {one_line(line)}" for line in str(error).splitlines()), err=True)
        return error.exit_code
    if isinstance(error, OSError):
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        click.echo(f"error: {one_line(reason)}", err=True)
        return click.UsageError.exit_code
    click.echo(
        f"error: reportgen met something that it was not made for ({one_line(_where(error))}); nothing was delivered. "
        f"Please report this line, with the workbook if you may. With {DEBUG}=1 set, the details are shown.",
        err=True,
    )
    return FAILED


def _where(error: Exception) -> str:
    """Kind, text and place of an unexpected error, short enough for a line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119  # pathlib would be loaded for a name
    return f"{type(error).__name__}: {str(error)[:200]}{place}"


def _speak_plainly() -> None:
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
