"""What the preview shows now: the newest build, and the last one that could be looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.preview.building import Built, built
from reportgen.preview.watching import changes


@dataclass(frozen=True)
class View:
    """One state of the preview: `number` grows with each build, `good` is the last build with something to look at."""

    number: int = 0
    busy: bool = True
    newest: Built | None = None
    good: Built | None = None


class Session:
    """Builds a workbook whenever it or a template changes, in a thread of its own, until it is ended."""

    def __init__(
        self, workbook: Path, templates: Path | None, stale_ok: bool, told: Callable[[Built], None] = lambda _: None
    ) -> None:
        self.workbook, self.templates, self.stale_ok = workbook, templates, stale_ok
        self._told, self._view, self._ended = told, View(), threading.Event()
        self._thread = threading.Thread(target=self._build_at_changes, daemon=True)

    @property
    def view(self) -> View:
        """What there is to be shown now: replaced as a whole, so that a page shows one state."""
        return self._view

    def start(self) -> None:
        """Begin to build."""
        self._thread.start()

    def end(self) -> None:
        """Build no more, and wait for the build that is under way."""
        self._ended.set()
        self._thread.join(timeout=60)

    def _build_at_changes(self) -> None:
        for _ in changes(self.workbook, self.templates, self._ended.is_set):
            self._view = replace(self._view, busy=True)
            newest = built(self.workbook, self.templates, self.stale_ok)
            good = newest if newest.well else self._view.good
            self._view = View(self._view.number + 1, False, newest, good)
            self._told(newest)
