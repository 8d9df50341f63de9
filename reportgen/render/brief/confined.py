"""Pages from a user's own templates, set in a process of their own, which is ended when it takes too much.

A template is a program: it can run for ever, and a few letters of CSS or SVG can ask for more memory than there is.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from types import FrameType

from reportgen.problems import ReportgenError, UsageError, shortened
from reportgen.render.brief.manuscript import Manuscript, Views
from reportgen.render.brief.pages import place_in, reason_of
from reportgen.render.brief.press import Press, PressLostError
from reportgen.render.theme_file import FILE as THEME

SECONDS, MEGABYTES = 60.0, 1000
_GRACE = 10.0  # seconds for the process to start, and to say where it stood when its time was up
_NAMED = 4  # files of the folder that a sentence names
_LOOKED_AT = 200


def set_pages_apart(
    press: Press | None,
    manuscript: Manuscript,
    views: Views,
    workbook: bytes,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> bytes:
    """The PDF, as `set_pages` gives it, from a process that has so much time and memory.

    Raises UsageError, naming the template, for whatever goes wrong in it and where there is no such process,
    CheckError as `set_pages` does.
    """
    if press is None:
        raise UsageError(
            f"The templates in {manuscript.own} are set in a process of their own, which cannot be started"
        )
    try:
        with press.ended_after(seconds + _GRACE) as in_time:
            press.begin(manuscript, views, (seconds, megabytes))
            return press.pages(workbook)
    except PressLostError:
        late = _too_long(_listed(manuscript), seconds)
        # in time it died without a word: libraries that get no memory end the process
        raise UsageError(_too_large(_listed(manuscript), megabytes) if in_time() else late) from None


@contextlib.contextmanager
def confined(
    manuscript: Manuscript, seconds: float, megabytes: int, timed_out: Callable[[str], None]
) -> Iterator[None]:
    """Inside the process: so much time and memory for what is done meanwhile, and a sentence for all that fails in it.

    When the time is up, `timed_out` gets the sentence and the process ends: nothing else can end it.
    """
    watch = threading.Timer(seconds, _stop, (timed_out, manuscript, seconds, threading.get_ident()))
    watch.daemon = True
    watch.start()
    _limit_memory(megabytes)
    try:
        yield
    except MemoryError:
        raise UsageError(_too_large(_listed(manuscript), megabytes)) from None
    except ReportgenError:
        raise
    except Exception as failed:  # whatever it was, these templates made it fail: the bundled ones do not
        raise UsageError(f"{_listed(manuscript)} cannot be set: {reason_of(failed)}") from None
    finally:
        watch.cancel()


def _stop(timed_out: Callable[[str], None], manuscript: Manuscript, seconds: float, thread: int) -> None:
    """Time is up: say what ran, and end the process."""
    place = _running(sys._current_frames().get(thread), manuscript.folders)
    timed_out(_too_long(f"template {place}" if place else _listed(manuscript), seconds))
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
            yield shortened(path.relative_to(folder).as_posix())


def _too_long(what: str, seconds: float) -> str:
    return (
        f"{what}: the pages are not set after {seconds:.0f} seconds. Look for a loop without end, or make it simpler."
    )


def _too_large(what: str, megabytes: int) -> str:
    return (
        f"{what}: setting the pages takes more than {megabytes:,} MB of memory. Look for large images or much nesting."
    )
