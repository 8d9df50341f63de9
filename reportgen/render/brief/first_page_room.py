"""How the room of the first page is shared out between the table of who is forced and the team's comment.

Heights are in millimetres, measured on pages as they are set. They need not be exact: where the three answers do not
end on the first page, the next limits are tried.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.render.brief.limits import Limits

SCREEN = "screen"
_PAPER = {"A4": 271.0, "Letter": 253.4, SCREEN: 10_000.0}
"""Between the margins; a screen has no end."""
_ALWAYS = 190.0
"""All but what stands below: title, verdict, keys, the three questions with their pictures."""
_TABLE, _ROW, _BANNER, _NOTE, _TITLE_LINE = 13.0, 4.9, 13.0, 9.0, 7.3
_HEADING, _LINE, _SIGN = 5.0, 4.35, 4.5
"""The heading of the comment, a line of it, and the sign that it goes on."""
_TITLE = 58
"""Letters of the title on one line."""


@dataclass(frozen=True)
class Taken:
    """What else is on the first page: warnings above the verdict, a note of what the score lacks, the title."""

    paper: str
    banners: int
    score_note: bool
    title: str
    commented: bool


def rows_of_table(taken: Taken, limits: Limits) -> int:
    """The most operators that the table may name; at least three."""
    left = _left(taken) - _TABLE - (_HEADING + _SIGN if taken.commented else 0.0)
    return max(3, min(limits.pressed, int(left / _ROW) - 2))


def lines_of_comment(taken: Taken, limits: Limits, rows: int) -> int:
    """Lines of the comment that have room beside a table of so many rows, those of sums among them."""
    if taken.paper == SCREEN:
        return int(_PAPER[SCREEN] / _LINE)
    left = _left(taken) - (_TABLE + rows * _ROW if rows else 0.0) - _HEADING - _SIGN
    return max(0, min(limits.comment_lines, int(left / _LINE)))


def _left(taken: Taken) -> float:
    more = _BANNER * taken.banners + _NOTE * taken.score_note + _TITLE_LINE * (len(taken.title) // _TITLE)
    return _PAPER[taken.paper] - _ALWAYS - more
