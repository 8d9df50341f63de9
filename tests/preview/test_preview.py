"""The preview as it is used: a real process, a real workbook that is saved again, real templates."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from reportgen.preview.watching import changes, seen
from tests.intake.workbooks import changed, write_openpyxl
from tests.running import ROOT, worked_case_workbook


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Path, str, subprocess.Popen[str]]]:
    """A workbook, a folder of templates, and the preview of them."""
    workbook = worked_case_workbook(tmp_path / "week.xlsx")
    (tmp_path / "house").mkdir()
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "preview",
        str(workbook),
        "--no-open",
        "--templates",
        str(tmp_path / "house"),
    ]
    with subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield workbook, process.stdout.readline().strip(), process
        process.kill()


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        content = answer.read()
    assert isinstance(content, bytes)
    return content


def after_build(address: str, number: int) -> bytes:
    """The first page once it shows that build."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if json.loads(fetched(f"{address}state"))["number"] >= number:
            return fetched(address)
        time.sleep(0.1)
    raise AssertionError(f"build {number} did not come")


def test_what_is_saved_is_shown_with_what_is_wrong_and_the_end_is_quiet(
    desk: tuple[Path, str, subprocess.Popen[str]], tmp_path: Path
) -> None:
    workbook, address, process = desk
    assert address.startswith("http://127.0.0.1:")
    assert b"as it is now" in after_build(address, 1)
    assert fetched(f"{address}brief.pdf").startswith(b"%PDF")
    (tmp_path / "house" / "brief.css").write_text("p { color: red }")
    assert b"as it is now" in after_build(address, 2)
    write_openpyxl(workbook, changed("Market", 2, 2, -5))
    page = after_build(address, 3)
    assert b"1 error" in page
    assert b"<h3>Market</h3>" in page
    assert b"the last that could" in page
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    told = process.stderr.read()
    assert "Traceback" not in told
    assert told.count(" built; ") == 2
    assert told.endswith("preview ended\n")


def test_a_file_that_is_written_again_is_a_change_and_one_that_is_read_is_not(tmp_path: Path) -> None:
    workbook, templates = tmp_path / "week.xlsx", tmp_path / "house"
    (templates / "parts").mkdir(parents=True)
    workbook.write_bytes(b"one")
    first = seen(workbook, templates)
    workbook.read_bytes()
    assert seen(workbook, templates) == first
    (templates / "parts" / "cover.html.j2").write_text("x")
    second = seen(workbook, templates)
    workbook.write_bytes(b"two more")
    assert len({first, second, seen(workbook, templates)}) == 3
    workbook.unlink()
    assert seen(workbook, None) == ()


def test_nothing_is_told_twice_and_nothing_after_the_end(tmp_path: Path) -> None:
    workbook = tmp_path / "week.xlsx"
    workbook.write_bytes(b"one")
    looks = iter([False, False, False, True])
    assert len(list(islice(changes(workbook, None, lambda: next(looks)), 5))) == 1
