"""What the process does that `press` starts: load, take a manuscript and a workbook, set the pages, answer."""

from __future__ import annotations

import gc
import json
import os
import pickle
import queue
import shutil
import signal
import sys
import threading
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO

from reportgen.problems import CheckError, ReportgenError
from reportgen.render.brief.engine import weasyprint
from reportgen.render.brief.limits import STEPS, Limits
from reportgen.render.brief.manuscript import Manuscript, Medium
from reportgen.render.brief.pages import compile_templates, page_of
from reportgen.render.brief.press import LENGTH, READY
from reportgen.render.brief.style import style_of
from reportgen.render.brief.typesetting import set_pages
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder

_OBJECTS_BETWEEN_SWEEPS = 50_000  # a run is short: looking for garbage as often as Python does costs a tenth of it


def answer(scratch: str, *bundled: str) -> None:
    """Serve one manuscript, then end; end at once when the process that started this one is gone.

    `scratch` is the folder for temporary files, `bundled` says that the templates are those of the package: they are
    compiled before the manuscript is there.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one hears of it too, and ends it
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    parcels: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, parcels, scratch), daemon=True).start()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not get into the answer
    try:
        weasyprint()
        out.write(READY)
        out.flush()
        if bundled:
            compile_templates(templates_folder())
            style_of((templates_folder(),), load_theme())  # looks for the fonts of the machine meanwhile
        _serve(parcels, out)
    except BaseException:
        os._exit(1)
    os._exit(0)  # at once: there is nothing to put in order, and the other thread waits for a pipe that stays open


def _receive(source: BinaryIO, parcels: queue.Queue[bytes], scratch: str) -> None:
    """Take parcels off the pipe as they come, so that nobody waits for it; at its end nobody is there any more."""
    while head := source.read(LENGTH):
        parcels.put(source.read(int.from_bytes(head, "big")))
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def _serve(parcels: queue.Queue[bytes], out: BinaryIO) -> None:
    """Make the file and say how it went; what is neither a file nor a known error is no answer, and is raised."""
    manuscript, limits = pickle.loads(parcels.get())  # noqa: S301  # from the process that started this one
    delivery = Delivery(parcels)
    try:
        with _within(limits, manuscript, delivery, out):
            if manuscript.medium is Medium.PRINT:
                made = set_pages(manuscript, delivery.view, delivery.workbook)
            else:
                made = page_of(manuscript, delivery.view).encode()
    except ReportgenError as refused:
        _say(out, str(refused), check=isinstance(refused, CheckError))
    else:
        _say(out, None, made)


class Delivery:
    """What comes in parcels, kept: the view of each step of limits, then the workbook."""

    def __init__(self, parcels: queue.Queue[bytes]) -> None:
        self._parcels = parcels
        self._kept: list[bytes] = []

    def view(self, limits: Limits) -> Any:
        """The view of these limits, as a record."""
        return pickle.loads(self._parcel(STEPS.index(limits)))  # noqa: S301  # from the process that started this one

    def workbook(self) -> bytes:
        """The bytes of the workbook."""
        return self._parcel(len(STEPS))

    def _parcel(self, place: int) -> bytes:
        while len(self._kept) <= place:
            self._kept.append(self._parcels.get())
        return self._kept[place]


def _within(
    limits: tuple[float, int] | None, manuscript: Manuscript, delivery: Delivery, out: BinaryIO
) -> AbstractContextManager[None]:
    if limits is None:
        return nullcontext()
    from reportgen.render.brief.confined import confined

    delivery.workbook()  # all is there before the limits begin: it is none of what they are for
    return confined(manuscript, *limits, timed_out=lambda sentence: _say(out, sentence))


def _say(out: BinaryIO, error: str | None, made: bytes = b"", check: bool = False) -> None:
    out.write(json.dumps({"error": error, "check": check}).encode() + b"\n" + made)
    out.flush()
