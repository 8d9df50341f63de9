"""Pages from a user's own templates, set in a process of their own, which is ended when it takes too much.

A template is a program: it can run for ever, and a few letters of CSS or SVG can ask for more memory than there is.
The process gets the manuscript on its input and answers with a line of JSON, then the PDF.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from reportgen.problems import CheckError, ReportgenError, UsageError
from reportgen.render.brief.pages import place_in, reason_of
from reportgen.render.brief.typesetting import Manuscript, set_pages
from reportgen.render.theme import FILE as THEME

SECONDS, MEGABYTES = 60.0, 1000
_GRACE = 10.0  # seconds for the process to start, and to say where it stood when its time was up
_NAMED = 4  # files of the folder that a sentence names
_LOOKED_AT = 200
_CHILD = "from reportgen.render.brief.confined import answer; answer()"


def set_pages_apart(manuscript: Manuscript, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> bytes:
    """The PDF, as `set_pages` gives it, from a process that has so much time and memory.

    Raises UsageError, naming the template, for whatever goes wrong in it, CheckError as `set_pages` does.
    """
    with tempfile.TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True) as scratch:
        try:
            ran = subprocess.run(  # noqa: S603  # this very Python, with a text of ours
                [sys.executable, "-P", "-c", _CHILD],
                input=pickle.dumps((manuscript, seconds, megabytes)),
                capture_output=True,
                env=_environment(scratch),
                timeout=seconds + _GRACE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UsageError(_too_long(_listed(manuscript), seconds)) from None
    head, _, pdf = ran.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:  # it died without a word: libraries that get no memory end the process
        raise UsageError(_too_large(_listed(manuscript), megabytes)) from None
    if told["error"] is None:
        return pdf
    raise (CheckError if told["check"] else UsageError)(told["error"])


def _environment(scratch: str) -> dict[str, str]:
    """Finds the modules that this process finds, and leaves its temporary files where they are removed."""
    found = os.pathsep.join(os.path.abspath(folder) for folder in sys.path)  # noqa: PTH100  # "" is the present folder
    return {**os.environ, "PYTHONPATH": found, "TMPDIR": scratch, "TEMP": scratch, "TMP": scratch}


def answer() -> None:
    """What the process does: read a manuscript, set it, and answer."""
    manuscript, seconds, megabytes = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started this
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not get into the answer
    watch = threading.Timer(seconds, _stop, (out, manuscript, seconds, threading.get_ident()))
    watch.daemon = True
    watch.start()
    _limit_memory(megabytes)
    error, check, pdf = None, False, b""
    try:
        pdf = set_pages(manuscript)
    except MemoryError:
        error = _too_large(_listed(manuscript), megabytes)
    except ReportgenError as refused:
        error, check = str(refused), isinstance(refused, CheckError)
    except Exception as failed:  # whatever it was, these templates made it fail: the bundled ones do not
        error = f"{_listed(manuscript)} cannot be set: {reason_of(failed)[:200]}"
    watch.cancel()
    _say(out, error, check, pdf)


def _say(out: BinaryIO, error: str | None, check: bool = False, pdf: bytes = b"") -> None:
    out.write(json.dumps({"error": error, "check": check}).encode() + b"\n" + pdf)
    out.flush()


def _stop(out: BinaryIO, manuscript: Manuscript, seconds: float, thread: int) -> None:
    """Time is up: say what ran, and end the process, which nothing else can."""
    place = _running(sys._current_frames().get(thread), manuscript.folders)
    _say(out, _too_long(f"template {place}" if place else _listed(manuscript), seconds))
    os._exit(0)


def _running(frame: FrameType | None, folders: tuple[Path, ...]) -> str | None:
    """File and line of the innermost template on a stack."""
    while frame is not None:
        template = frame.f_globals.get(
            "__jinja_template__"
        )  # knows its lines: the frame counts those of the compiled code
        line = frame.f_lineno if template is None else template.get_corresponding_lineno(frame.f_lineno)
        here = place_in(frame, line, folders)
        if here is not None:
            return here[0]
        frame = frame.f_back
    return None


def _limit_memory(megabytes: int) -> None:
    """Where the platform has such a limit: what the process may ask for beyond what it holds by now."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        from reportgen.render.brief.engine import weasyprint

        weasyprint()  # the libraries are part of what is held
        asked, held = (
            int(pages) * resource.getpagesize() for pages in Path("/proc/self/statm").read_text().split()[:2]
        )
        most = asked + max(0, megabytes * 2**20 - held)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _listed(manuscript: Manuscript) -> str:
    """The folder and some of its files, for a sentence."""
    assert manuscript.own is not None
    names = sorted(islice(_files(manuscript.folders[0]), _LOOKED_AT))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"the templates in {manuscript.own} ({', '.join(names[:_NAMED]) or 'no files'}{more})"


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if not path.is_dir() and path.name != THEME:
            yield path.relative_to(folder).as_posix()


def _too_long(what: str, seconds: float) -> str:
    return (
        f"{what}: the pages are not set after {seconds:.0f} seconds. Look for a loop without end, or make it simpler."
    )


def _too_large(what: str, megabytes: int) -> str:
    return (
        f"{what}: setting the pages takes more than {megabytes:,} MB of memory. Look for large images or much nesting."
    )
