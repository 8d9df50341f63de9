"""What the brief's HTML may read: files of the templates folders, and data written in the page itself. Nothing else."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reportgen.render.brief.engine import weasyprint
from reportgen.render.template_files import read_template_file

BASE = "file:///templates/"
"""Where the page pretends to be, on every machine: relative addresses in it start here."""
_PREFIX = "/templates/"


def fetcher(folders: tuple[Path, ...]) -> Any:
    """What opens an address for WeasyPrint; its `fetch` raises ValueError or OSError for what may not be read.

    A file is looked up in the folders, in order, so that a user's own replaces the bundled one.
    """
    urls = weasyprint().urls

    class TemplatesOnly(urls.URLFetcher):  # type: ignore[name-defined,misc]  # the package is loaded at this moment
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url, headers)
            name = named(url)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, read_template_file(name, folders), {"Content-Type": kind})

    return TemplatesOnly(allowed_protocols=("data", "file"), allow_redirects=False)


def named(address: str) -> str:
    """The name, inside the templates folder, of an address below `BASE`; ValueError for one that is not below it."""
    parts = urlsplit(address)
    if parts.scheme.lower() != "file" or parts.netloc or not parts.path.startswith(_PREFIX):
        raise ValueError(f"{address} is outside the templates folder")
    return unquote(parts.path.removeprefix(_PREFIX))
