"""How a command ends: plain sentences instead of tracebacks, and an exit code.

Exit codes: 0 fine, 1 problems in the input, 2 usage or a disk that cannot be written, 3 a check failed or reportgen
itself did, 130 stopped from outside.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING

import click

from reportgen.cli.speaking import OutputError, counted, fall_silent, one_line, say_aside, speak_plainly

if TYPE_CHECKING:
    from reportgen.problems import InputError

FAILED = 3
STOPPED = 130
_OBJECTS_BETWEEN_SWEEPS = 50_000  # a run is short: looking for garbage as often as Python does costs a tenth of it
DEBUG = "REPORTGEN_DEBUG"


def run(commands: click.Group, arguments: list[str]) -> int:
    """Run one command of the group; the exit code."""
    speak_plainly()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    try:
        # not commands.main(): that ends a broken pipe with exit code 1, which says "problems in the input" here
        with commands.make_context("reportgen", arguments) as context:
            result = commands.invoke(context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        with contextlib.suppress(OSError):
            wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        say_aside("stopped; nothing is half-written")
        return STOPPED
    except BrokenPipeError:
        fall_silent()  # whoever read the output has seen enough
        return 0
    except Exception as error:
        return _ended_by(error)


def tell(error: InputError) -> None:
    """Every problem of a workbook, a line each."""
    from reportgen.problems import Severity

    for each in error.problems:
        say_aside(f"{each.severity.value}: {one_line(each)}")
    errors = sum(each.severity is Severity.ERROR for each in error.problems)
    say_aside(f"{counted(errors, 'error')}; nothing was written.")


def _ended_by(error: Exception) -> int:
    from reportgen.problems import InputError, ReportgenError

    if os.environ.get(DEBUG):
        raise error
    if isinstance(error, InputError):
        tell(error)
        return error.exit_code
    if isinstance(error, ReportgenError):
        say_aside("\n".join(f"error: {one_line(line)}" for line in str(error).splitlines()))
        return error.exit_code
    if isinstance(error, OutputError):
        say_aside(
            f"error: the output cannot be written: {error}. Files that the command makes are whole, or not there."
        )
        return click.UsageError.exit_code
    if isinstance(error, OSError):
        reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        say_aside(f"error: {one_line(reason)}")
        return click.UsageError.exit_code
    say_aside(
        f"error: reportgen met something that it was not made for ({one_line(_where(error))}); nothing was delivered. "
        f"Please report this line, with the workbook if you may. With {DEBUG}=1 set, the details are shown.",
    )
    return FAILED


def _where(error: Exception) -> str:
    """Kind, text and place of an unexpected error, short enough for a line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119  # pathlib would be loaded for a name
    return f"{type(error).__name__}: {str(error)[:200]}{place}"
