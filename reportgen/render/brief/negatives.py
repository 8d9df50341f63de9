"""Numbers below zero in the tables of the page, as the theme has them; sentences say below and above in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportgen.render.brief.figures import MINUS

_CELL = re.compile(rf'<td class="(n\b[^"]*?) ?negative">{MINUS}([^<]*)</td>')
"""A cell of a number below zero, as the templates make it: the class is theirs, no text of a user's is one."""


def themed(page: str, numbers: Mapping[str, str]) -> str:
    """The page with its cells below zero in parentheses, in the colour of trouble, or both, as `numbers` asks."""
    parentheses, coloured = numbers["negative"] == "parentheses", numbers["negative_colour"] == "bad"
    if not parentheses and not coloured:
        return page

    def cell(found: re.Match[str]) -> str:
        shown = f"({found[2]})" if parentheses else MINUS + found[2]
        return f'<td class="{found[1]} negative{" bad" if coloured else ""}">{shown}</td>'

    return _CELL.sub(cell, page)
