"""A process beside this one that sets pages: it loads what that takes while the figures are computed, and sets the
pages while the workbook is drawn and re-performed.

It is this very Python with a line of ours, and no copy of the process that starts it: that works on every system and
from a notebook. It says when it is ready, gets parcels on its input (their length in eight bytes, then the manuscript,
the view of each step of limits, and the workbook) and answers with a line of JSON and the PDF. When its input ends, it
ends.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from reportgen.problems import CheckError, UsageError
from reportgen.render.brief.limits import STEPS

if TYPE_CHECKING:
    from reportgen.render.brief.manuscript import Manuscript, Views

READY = b"ready\n"
LENGTH = 8  # bytes that say how long a parcel is
_CHILD = "import sys; from reportgen.render.brief.press_process import answer; answer(*sys.argv[1:])"
_START_SECONDS = 60.0
_STANDS_ALONE = ("reportgen.render.charts.", "reportgen.render.brief.figures", "reportgen.render.brief.limits")
"""Modules of classes that load no part of the model."""


class PressLostError(Exception):
    """The process ended without an answer."""


@dataclass(frozen=True)
class Press:
    """The process. It takes one manuscript and one workbook, and gives one PDF."""

    process: subprocess.Popen[bytes]

    def ready(self) -> bool:
        """Wait until it has loaded its libraries; False when it could not. To be asked once, before all else."""
        assert self.process.stdout is not None
        with self.ended_after(_START_SECONDS):
            return self.process.stdout.readline() == READY

    def begin(self, manuscript: Manuscript, views: Views, limits: tuple[float, int] | None = None) -> None:
        """Have the pages set, within so many seconds and megabytes. PressLostError when nobody is there to do it."""
        packed = pickle.dumps if manuscript.own else without_classes
        self._send(pickle.dumps((manuscript, limits)))
        for step in STEPS:
            self._send(packed(views(step)))

    def _send(self, parcel: bytes) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(len(parcel).to_bytes(LENGTH, "big") + parcel)
            self.process.stdin.flush()
        except OSError as error:
            raise PressLostError(str(error)) from None

    def pages(self, workbook: bytes) -> bytes:
        """The PDF, with the workbook attached.

        UsageError or CheckError in the words of the process, PressLostError when it dies without one.
        """
        self._send(workbook)
        assert self.process.stdout is not None
        head, _, pdf = self.process.stdout.read().partition(b"\n")
        try:
            told = json.loads(head)
        except ValueError:
            raise PressLostError("it ended without an answer") from None
        if told["error"] is not None:
            raise (CheckError if told["check"] else UsageError)(told["error"])
        return pdf

    @contextlib.contextmanager
    def ended_after(self, seconds: float) -> Iterator[Callable[[], bool]]:
        """The process is ended when what is done meanwhile takes longer; what is given tells whether it was in time."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        watch = threading.Timer(seconds, end)
        watch.daemon = True
        watch.start()
        try:
            yield lambda: not late.is_set()
        finally:
            watch.cancel()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):  # what was not sent cannot be sent any more
                if pipe is not None:
                    pipe.close()


def without_classes(view: object) -> bytes:
    """A view as a pickle of plain records: its own classes would load the whole model where it is unpacked.

    The texts of an error would name the records; so it is for the package's own templates, which make none.
    """
    packed = io.BytesIO()
    _Plain(packed, pickle.HIGHEST_PROTOCOL).dump(view)
    return packed.getvalue()


class _Plain(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if kind is not type and is_dataclass(kind) and not kind.__module__.startswith(_STANDS_ALONE):
            return SimpleNamespace, (), vars(value)
        return NotImplemented


@contextlib.contextmanager
def opened(bundled: bool) -> Iterator[Press | None]:
    """A press, stopped at the end with all that it left on the disk; None where no process can be started.

    `bundled`: it will be given pages of the package's own templates.
    """
    with contextlib.ExitStack() as stack:
        press = None
        with contextlib.suppress(OSError):
            if _can_be_called():
                scratch = stack.enter_context(
                    tempfile.TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True)
                )
                press = Press(_started(scratch, bundled))
                stack.callback(press.stop)
        yield press


def _can_be_called() -> bool:
    """False inside a program that is not Python (a frozen one, a server): called again, it would not run our line."""
    return Path(sys.executable or "").stem.lower().startswith(("python", "pypy")) and not hasattr(sys, "frozen")


def _started(scratch: str, bundled: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # this very Python, with a text of ours
        [sys.executable, "-P", "-c", _CHILD, scratch, *(["bundled"] if bundled else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(scratch),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _environment(scratch: str) -> dict[str, str]:
    """Finds the modules that this process finds, and leaves its temporary files where they are removed."""
    found = os.pathsep.join(os.path.abspath(folder) for folder in sys.path)  # noqa: PTH100  # "" is the present folder
    return {**os.environ, "PYTHONPATH": found, "TMPDIR": scratch, "TEMP": scratch, "TMP": scratch}
