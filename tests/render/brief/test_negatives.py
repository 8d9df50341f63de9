"""Numbers below zero in the tables look as the theme says; words keep their signs."""

from __future__ import annotations

import dataclasses
import re

import pytest

from reportgen.render.brief.manuscript import Medium
from reportgen.render.brief.pages import html
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from tests.worked_case import worked_case

from .cases import view_of

VIEW = view_of(worked_case())


def cells(negative: str, colour: str, medium: Medium = Medium.PRINT) -> list[tuple[str, str]]:
    theme = dataclasses.replace(load_theme(), numbers={"negative": negative, "negative_colour": colour})
    page = html(VIEW, theme, (templates_folder(),), medium=medium)
    assert "Forced selling" in page
    assert "−96.2" in page  # a key figure: no cell of a table
    return re.findall(r'<td class="(n[^"]*)">([^<]*)</td>', page)


@pytest.mark.parametrize("medium", [Medium.PRINT, Medium.SCREEN])
def test_cells_below_zero_stand_in_parentheses_or_colour_as_the_theme_says(medium: Medium) -> None:
    plain = cells("minus", "none", medium)
    below = [index for index, (_, shown) in enumerate(plain) if shown.startswith("−")]
    assert len(below) > 10
    assert all(("negative" in kind.split()) == (index in below) for index, (kind, _) in enumerate(plain))
    assert not any("negative bad" in kind for kind, _ in plain)
    enclosed = cells("parentheses", "none", medium)
    assert [shown for _, shown in enclosed] == [
        f"({shown[1:]})" if index in below else shown for index, (_, shown) in enumerate(plain)
    ]
    coloured = cells("minus", "bad", medium)
    assert [shown for _, shown in coloured] == [shown for _, shown in plain]
    assert [index for index, (kind, _) in enumerate(coloured) if "negative bad" in kind] == below
    assert cells("parentheses", "bad", medium)[below[0]] == (coloured[below[0]][0], enclosed[below[0]][1])


def test_what_other_documents_are_made_from_keeps_the_minus() -> None:
    assert cells("parentheses", "bad", Medium.DATA) == cells("minus", "none", Medium.DATA)
