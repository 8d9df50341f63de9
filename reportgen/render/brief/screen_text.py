"""What a browser needs around the page: the style in it, and a frame around what is too wide for a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.problems import UsageError
from reportgen.render.brief.variables import rule
from reportgen.render.theme import Theme

STYLE = "screen.css"
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CHART = re.compile(r"<img\b[^>]*>")
_FRAME = '<div class="scroll" role="region" aria-label="{}, scrolls sideways on a narrow screen" tabindex="0">'


@dataclass(frozen=True)
class StyleElement:
    """A style sheet inside the page. Templates print it as it is; what could end it was refused."""

    text: str

    def __html__(self) -> str:
        """The element."""
        return f"<style>{self.text}</style>"


def style_element(theme: Theme, css: bytes) -> StyleElement:
    """The style of the page as an element of its head. UsageError for a style sheet that would end the element."""
    try:
        text = css.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{STYLE}: it is not UTF-8 text ({error.reason}). Save it as UTF-8.") from None
    if "<" in text or re.search(r"@import|url\(\s*['\"]?(?!data:)", text, re.IGNORECASE):
        raise UsageError(f"{STYLE}: the page stands alone: no <, @import or url() of another file may be in its style.")
    return StyleElement(f"{rule(theme)}\n{text}")


def framed(page: str) -> str:
    """The page with each table and chart in a frame of its own that scrolls: the page itself does not."""
    page = _TABLE.sub(lambda found: f"{_FRAME.format('Table')}{found[0]}</div>", page.lstrip())
    return _CHART.sub(lambda found: f"{_FRAME.format('Chart')}{found[0]}</div>", page)
