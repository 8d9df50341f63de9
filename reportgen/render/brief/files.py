"""What the brief's HTML may read: files of the templates folders, and data written in the page itself. Nothing else."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from reportgen.render.brief.engine import weasyprint

BASE = "file:///templates/"
"""Where the page pretends to be, on every machine: relative addresses in it start here."""
_PREFIX = "/templates/"


def fetcher(folders: tuple[Path, ...]) -> Any:
    """What opens an address for WeasyPrint; its `fetch` raises ValueError for what may not be read.

    A file is looked up in the folders, in order, so that a user's own replaces the bundled one.
    """
    urls = weasyprint().urls

    class TemplatesOnly(urls.URLFetcher):  # type: ignore[name-defined,misc]  # the package is loaded at this moment
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.lower().startswith("data:"):
                return super().fetch(url, headers)
            path = find(url, folders)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return TemplatesOnly(allowed_protocols=("data", "file"), allow_redirects=False)


def find(address: str, folders: tuple[Path, ...]) -> Path:
    """The file of an address below `BASE`; ValueError when it is outside the folders or not there."""
    parts = urlsplit(address)
    if parts.scheme.lower() != "file" or parts.netloc or not parts.path.startswith(_PREFIX):
        raise ValueError(f"{address} is outside the templates folder")
    name = unquote(parts.path.removeprefix(_PREFIX))
    for folder in folders:
        root = folder.resolve()
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise ValueError(f"{name} is outside the templates folder")
        if path.is_file():
            return path
    raise ValueError(f"{name} is not in the templates folder")
