"""A server for one reader on this machine: it answers on 127.0.0.1, to addresses that begin with its token, by GET.

Other programs and web pages on this machine could reach it too: the token keeps out who has not been given the
address, and the check of Host keeps out pages that have made a name of their own lead here.
"""

from __future__ import annotations

import hmac
import http.server
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

from reportgen.preview.pages import Page, page_of
from reportgen.problems import UsageError

if TYPE_CHECKING:
    from reportgen.preview.session import Session

HOST = "127.0.0.1"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}


class PreviewServer(http.server.ThreadingHTTPServer):
    """The server of one session; its `address` is what to open. UsageError when the port is taken."""

    daemon_threads = True

    def __init__(self, session: Session, port: int = 0) -> None:
        self.session, self.token = session, secrets.token_urlsafe(24)
        try:
            super().__init__((HOST, port), _Answer)
        except OSError as error:
            raise UsageError(
                f"port {port} cannot be used ({error.strerror or error}). Choose another: --port."
            ) from None

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    def is_ours(self, host: str) -> bool:
        """True for the names by which this server is called from this machine."""
        return host in (f"{HOST}:{self.server_port}", f"localhost:{self.server_port}")

    def page(self, path: str) -> Page | None:
        """The page of a path, None when there is none or the token is wrong."""
        token, slash, name = path.removeprefix("/").partition("?")[0].partition("/")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()) or not slash:
            return None
        return page_of(name, self.session.view, self.session.workbook.name)


class _Answer(http.server.BaseHTTPRequestHandler):
    """One answer."""

    server: PreviewServer
    server_version, sys_version = "reportgen", ""
    timeout = 30  # seconds that a request may take to arrive

    def do_GET(self) -> None:
        if not self.server.is_ours(self.headers.get("Host", "")):
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        page = self.server.page(self.path)
        if page is None:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self._answer(HTTPStatus.OK, page)

    do_HEAD = do_GET  # noqa: N815  # the name that http.server looks for

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal tells of builds, not of requests."""

    def _refuse(self, status: HTTPStatus) -> None:
        self._answer(status, Page(f"{status.phrase}\n".encode(), "text/plain; charset=utf-8"))

    def _answer(self, status: HTTPStatus, page: Page) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **page.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", page.kind)
        self.send_header("Content-Length", str(len(page.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.content)
