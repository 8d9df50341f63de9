"""The style of the pages, and the fonts that it brings: made ready once for as long as its text is the same."""

from __future__ import annotations

import atexit
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.problems import UsageError
from reportgen.render.brief.engine import weasyprint
from reportgen.render.brief.files import BASE, fetcher
from reportgen.render.brief.variables import rule, values
from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from reportgen.render.theme import Theme

STYLE = "brief.css"
_USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")


@dataclass(frozen=True)
class Style:
    """A style sheet that was read, and the fonts that it brings; what opens its files; the theme as CSS variables."""

    opener: Any
    fonts: Any
    sheet: Any
    variables: str

    def sheets(self, page: str) -> list[Any]:
        """The sheets for a page. The variables are among them only if it uses one: each element inherits them all."""
        return [self.more(self.variables), self.sheet] if _USED.search(page) else [self.sheet]

    def more(self, rules: str) -> Any:
        """A sheet of further rules."""
        return weasyprint().CSS(string=rules, base_url=BASE, url_fetcher=self.opener, font_config=self.fonts)


def style_of(folders: tuple[Path, ...], theme: Theme) -> Style:
    """The style of the pages of some templates folders. Raises UsageError when it cannot be read."""
    known = values(theme)
    # put in here, and not for each element that a rule is for: that takes a tenth of a brief
    text = _USED.sub(lambda found: known.get(found[1], found[0]), _text(fetcher(folders)))
    paper = f"@page {{ size: {theme.paper_size} }}"
    making = _kept if folders == (templates_folder(),) else _made
    return making(folders, paper + text, rule(theme))


def _made(folders: tuple[Path, ...], text: str, variables: str) -> Style:
    package, opener = weasyprint(), fetcher(folders)
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = package.CSS(string=text, base_url=BASE, url_fetcher=opener, font_config=fonts)
    return Style(opener, fonts, sheet, variables)


_kept = functools.lru_cache(maxsize=1)(_made)
"""For the package's own templates: to look for the fonts of a machine takes as long as to set half a page."""
atexit.register(_kept.cache_clear)  # the fonts remove their temporary files, and need a working Python for it


def _text(opener: Any) -> str:
    try:
        return str(opener.fetch(BASE + STYLE).read().decode("utf-8"))
    except (ValueError, OSError) as error:
        raise UsageError(f"{STYLE}: {error}") from None
