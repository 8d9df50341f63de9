"""What the pages of a brief are set from; it loads nothing of what sets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.render.brief.limits import Limits
from reportgen.render.theme import Theme

if TYPE_CHECKING:
    from reportgen.render.brief.view import Brief

Views = Callable[[Limits], "Brief"]
"""The figures and texts of a brief under some limits."""


class Medium(Enum):
    """What the page is for: to be set on paper, to be read in a browser, or, with each chart's figures, to be made into
    other documents.
    """

    PRINT = "print"
    SCREEN = "screen"
    DATA = "data"


@dataclass(frozen=True)
class Manuscript:
    """What a brief is set from, beside its figures.

    `folders` hold the templates (those in `own` are the user's), `attachment` is the name of the workbook in it,
    `stamp` the day that the file says it was made on, `medium` what the page is for.
    """

    theme: Theme
    folders: tuple[Path, ...]
    own: Path | None
    attachment: str
    title: str
    stamp: dt.datetime
    medium: Medium = Medium.PRINT
