"""A real browser without a screen, for pages: Debian's chromium and chromedriver, spoken to as the standard says."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def why_none() -> str:
    """Why this machine has no browser for tests, "" when it has one."""
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    return f"{' and '.join(missing)} not installed" if missing else ""


class Browser:
    """One window."""

    def __init__(self, address: str) -> None:
        self._address, self._session = address, ""

    def open(self, width: int, height: int = 900) -> None:
        """A window as large as that, as a phone or a desk has it."""
        options = {
            "args": list(_ARGUMENTS),
            "mobileEmulation": {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 1, "touch": False}},
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self._session = self._ask("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def close(self) -> None:
        """Close the window."""
        self._ask(f"/session/{self._session}", None, "DELETE")

    def go(self, address: str) -> None:
        """Load a page and wait for it."""
        self._ask(f"/session/{self._session}/url", {"url": address})

    def run(self, script: str) -> Any:
        """What a piece of JavaScript returns."""
        return self._ask(f"/session/{self._session}/execute/sync", {"script": script, "args": []})

    def console(self) -> list[str]:
        """What the browser had to say about the page."""
        return [entry["message"] for entry in self._ask(f"/session/{self._session}/se/log", {"type": "browser"})]

    def picture(self, path: Path) -> None:
        """What is to be seen, as a PNG file."""
        path.write_bytes(base64.b64decode(self._ask(f"/session/{self._session}/screenshot", None)))

    def _ask(self, path: str, body: dict[str, Any] | None, method: str = "") -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self._address + path, data, {"Content-Type": "application/json"}, method=method or None
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A browser that is ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until = time.monotonic() + 30
            while True:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                assert time.monotonic() < until, "chromedriver did not start"
                time.sleep(0.05)
            yield Browser(f"http://127.0.0.1:{port}")
        finally:
            process.kill()
