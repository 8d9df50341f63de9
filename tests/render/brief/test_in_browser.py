"""The HTML brief in a real browser, as wide as a phone and as a desk."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.examination import read_workbook
from reportgen.model.solve import solve
from reportgen.render.brief.screen import screen_page
from tests.browser import Browser, browser, why_none
from tests.running import SAMPLE

pytestmark = pytest.mark.skipif(bool(why_none()), reason=why_none() or "there is a browser")

_LOW_CONTRAST = """
const light = c => { const p = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 });
  return 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2] };
const parts = text => text.match(/[\\d.]+/g).map(Number);
const ground = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c.slice(0, 3) } return [255, 255, 255] };
const low = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
  const a = light(parts(getComputedStyle(e).color).slice(0, 3)), b = light(ground(e));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) low.push(e.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
}
return low;
"""
_WIDER = """
const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > wide + 0.5)
  .map(e => e.outerHTML.slice(0, 80));
"""
_LOADED = """
return performance.getEntriesByType('resource').map(e => e.name).filter(name => !name.startsWith('data:'));
"""
_SMALL = """
return [...document.querySelectorAll('body *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => parseFloat(getComputedStyle(e).fontSize) < 13)
  .map(e => e.outerHTML.slice(0, 80));
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("screen") / "brief.html"
    path.write_text(screen_page(solve(read_workbook(SAMPLE)), "week.xlsx", 1234), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def program() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_read_without_scrolling_sideways_and_says_nothing_to_the_console(
    program: Browser, address: str, width: int, tmp_path: Path
) -> None:
    program.open(width)
    try:
        program.go(address)
        assert program.run("return document.documentElement.scrollWidth") <= width
        assert program.run(_WIDER) == []
        assert program.console() == []
        assert program.run(_LOW_CONTRAST) == []
        assert program.run(_SMALL) == []
        levels = program.run("return [...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.tagName[1])")
        assert levels[0] == 1
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
        assert program.run("return [...document.images].every(e => e.complete && e.naturalWidth > 0 && e.alt)")
        assert (
            program.run(
                "return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length"
            )
            == 0
        )
    finally:
        program.close()
