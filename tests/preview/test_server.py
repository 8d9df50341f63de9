"""The preview's server: its own pages to who has the address, and nothing to anybody else."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.preview.building import Built
from reportgen.preview.server import PreviewServer
from reportgen.preview.session import Session, View
from reportgen.problems import Problem, Severity, UsageError, Where

HOSTILE = '<script>alert(1)</script>"&'
FILES = {"html": ("brief.html", b"<p>brief</p>"), "xlsx": ("miner-cost-2025-12-05.xlsx", b"PK")}


def wrong(severity: Severity = Severity.ERROR, sheet: str = "Fleet") -> Problem:
    return Problem("F1", severity, Where("week.xlsx", sheet, "D7", HOSTILE), f"found {HOSTILE}", "Type 22.")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PreviewServer]:
    with PreviewServer(Session(tmp_path / f"{HOSTILE[:8]}week.xlsx", None, False)) as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def show(server: PreviewServer, view: View) -> None:
    server.session._view = view


def answer(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, headers=headers)
    found = connection.getresponse()
    return found.status, dict(found.headers), found.read().decode()


def ours(server: PreviewServer, name: str = "") -> str:
    return f"/{server.token}/{name}"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80", ""])
def test_a_page_that_gave_itself_a_name_that_leads_here_gets_nothing(server: PreviewServer, host: str) -> None:
    assert answer(server, ours(server), Host=host)[0] == 403


@pytest.mark.parametrize("path", ["/", "/x/", "/state", "//", "/%2e%2e/", "/../../etc/passwd", "*"])
def test_without_the_token_there_is_nothing(server: PreviewServer, path: str) -> None:
    assert answer(server, path)[0] == 404
    assert answer(server, f"/{server.token}")[0] == 404
    assert answer(server, ours(server))[0] == 200


@pytest.mark.parametrize(
    "name", ["x", "../", "../../pyproject.toml", "pages.py", "preview.js/", "brief", "brief.", "brief.pdf", "week.xlsx"]
)
def test_only_its_own_pages_are_served(server: PreviewServer, name: str) -> None:
    show(server, View(1, False, Built(FILES), Built(FILES)))
    assert answer(server, ours(server, name))[0] == 404
    assert answer(server, ours(server, "brief.html"))[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_can_only_be_read(server: PreviewServer, method: str) -> None:
    assert answer(server, ours(server), method)[0] == 501
    assert answer(server, ours(server), "HEAD")[2] == ""


def test_no_script_runs_in_the_brief_and_nothing_is_loaded_from_elsewhere(server: PreviewServer) -> None:
    show(server, View(1, False, Built(FILES), Built(FILES)))
    _, headers, _ = answer(server, ours(server, "brief.html"))
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    _, headers, _ = answer(server, ours(server))
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cache-Control"] == "no-store"
    _, headers, _ = answer(server, ours(server, "brief.xlsx"))
    assert headers["Content-Disposition"] == 'attachment; filename="miner-cost-2025-12-05.xlsx"'


def test_the_page_shows_what_is_wrong_by_sheet_and_the_last_brief_that_could_be_built(server: PreviewServer) -> None:
    refused = Built(problems=(wrong(), wrong(Severity.WARNING), wrong(Severity.WARNING, "Debt")))
    show(server, View(2, False, refused, Built(FILES)))
    page = answer(server, ours(server))[2]
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "1 error, 2 warnings" in page
    assert page.index("<h3>Fleet</h3>") < page.index("D7") < page.index("Type 22.") < page.index("<h3>Debt</h3>")
    assert "below is the last that could" in page
    assert 'src="brief.html"' in page
    show(server, View(2, False, refused, None))
    page = answer(server, ours(server))[2]
    assert "iframe" not in page
    assert "below" not in page


def test_a_failure_without_a_cell_is_told_in_its_words(server: PreviewServer) -> None:
    show(server, View(2, False, Built(failure=f"template parts/{HOSTILE}, line 3: no such thing"), None))
    page = answer(server, ours(server))[2]
    assert "Nothing was built" in page
    assert "line 3: no such thing" in page
    assert "<script>alert" not in page


def test_a_port_that_is_taken_is_told(server: PreviewServer) -> None:
    with pytest.raises(UsageError, match="Choose another: --port"):
        PreviewServer(server.session, server.server_port)
