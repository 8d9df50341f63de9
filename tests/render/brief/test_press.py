"""A process beside the build sets the pages: the same bytes with and without it, no error lost, nothing left behind."""

from __future__ import annotations

import json
import pickle
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from reportgen.model.solve import Solution, solve
from reportgen.problems import CheckError, InputError, UsageError
from reportgen.render.brief import pdf, press
from reportgen.render.brief.limits import STEPS
from reportgen.render.brief.pdf import brief_under_way, write_brief
from reportgen.render.brief.press_process import Delivery
from reportgen.render.brief.view import brief_view
from tests.running import ROOT
from tests.worked_case import worked_case

from .cases import WORKBOOK

HERE = b"made in this process"
DEAD = "print('ready', flush=True); import os; os.abort()"
MUTE = "import os; os.abort()"


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


@pytest.fixture
def short_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made in this process takes no time."""
    monkeypatch.setattr(pdf, "write_brief", lambda *_: HERE)


def made_beside(solution: Solution, begun_with: int = 7) -> bytes:
    with brief_under_way(None) as brief:
        brief.begin(solution, WORKBOOK.name, begun_with)
        return brief.finished(solution, WORKBOOK, 7)


def test_the_process_sets_the_pages_to_the_last_byte_as_they_are_set_here(
    solution: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = write_brief(solution, WORKBOOK, 7)
    monkeypatch.setattr(pdf, "write_brief", lambda *_: pytest.fail("the process did not set them"))
    assert made_beside(solution) == here


@pytest.mark.usefixtures("short_cut")
@pytest.mark.parametrize("child", [DEAD, MUTE, "print('hello')", "import nothing_of_that_name"])
def test_pages_are_set_here_when_the_process_dies_or_cannot_load(
    solution: Solution, monkeypatch: pytest.MonkeyPatch, child: str
) -> None:
    monkeypatch.setattr(press, "_CHILD", child)
    assert made_beside(solution) == HERE


@pytest.mark.usefixtures("short_cut")
@pytest.mark.parametrize("program", ["", "/opt/office/excel.exe", "/nowhere/python3"])
def test_pages_are_set_here_inside_a_program_that_is_not_python(
    solution: Solution, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with brief_under_way(None) as brief:
        assert brief.press is None
        assert not brief.can_be_made()
    assert made_beside(solution) == HERE


@pytest.mark.usefixtures("short_cut")
def test_pages_that_were_begun_with_another_count_of_formulas_are_set_again(
    solution: Solution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_CHILD", "print('ready', flush=True); import sys; sys.stdin.read()")
    assert made_beside(solution, begun_with=8) == HERE


@pytest.mark.parametrize(("check", "kind"), [(True, CheckError), (False, UsageError)])
def test_an_error_of_the_process_is_passed_on_in_its_words(
    solution: Solution, monkeypatch: pytest.MonkeyPatch, check: bool, kind: type[Exception]
) -> None:
    said = json.dumps({"error": "no font holds ⌘", "check": check})
    monkeypatch.setattr(press, "_CHILD", f"print('ready', flush=True); print({said!r})")
    monkeypatch.setattr(press.Press, "_send", lambda *_: None)
    with pytest.raises(kind, match=r"^no font holds ⌘$"):
        made_beside(solution)


def test_without_templates_that_can_be_confined_nothing_is_set(
    solution: Solution, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(UsageError, match="are set in a process of their own, which cannot be started"):
        write_brief(solution, WORKBOOK, 7, tmp_path)


def test_views_are_delivered_in_any_order_and_more_than_once() -> None:
    parcels: queue.Queue[bytes] = queue.Queue()
    for number in range(len(STEPS)):
        parcels.put(pickle.dumps(number))
    parcels.put(b"PK")
    delivery = Delivery(parcels)
    assert [delivery.view(STEPS[2]), delivery.view(STEPS[0]), delivery.workbook(), delivery.view(STEPS[3])] == [
        2,
        0,
        b"PK",
        3,
    ]


def test_a_view_that_is_handed_over_needs_no_module_of_the_model_and_says_the_same(solution: Solution) -> None:
    view = brief_view(solution, WORKBOOK.name, 7, STEPS[0])
    packed = press.without_classes(view)
    assert b"reportgen.model" not in packed
    assert same(view, pickle.loads(packed))


def same(view: object, plain: object) -> bool:
    if isinstance(plain, SimpleNamespace):
        told = {name for name in dir(view) if not name.startswith("_")}
        return told == vars(plain).keys() and all(same(getattr(view, name), getattr(plain, name)) for name in told)
    if isinstance(view, tuple):
        assert isinstance(plain, tuple)
        return len(view) == len(plain) and all(map(same, view, plain))
    return repr(view) == repr(plain)


def test_a_refused_input_ends_the_process_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import tempfile

    from reportgen.pipeline import build_pack
    from tests.intake.workbooks import write_openpyxl

    started: list[subprocess.Popen[bytes]] = []
    start = press._started

    def seen(*given: Any) -> subprocess.Popen[bytes]:
        started.append(start(*given))
        return started[-1]

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(press, "_started", seen)
    with pytest.raises(InputError):
        build_pack(write_openpyxl(tmp_path / "week.xlsx", {"Market": [["Item", "Value"]]}), tmp_path / "out")
    assert [process.poll() is not None for process in started] == [True]
    assert list((tmp_path / "scratch").iterdir()) == []


KILLED = """
import time
from reportgen.render.brief.press import opened
with opened(bundled=True) as press:
    press.ready()
    print(press.process.pid, press.process.args[-1], flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for the process in /proc")
def test_a_build_that_is_killed_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, env=environment) as build:
        assert build.stdout is not None
        pid = build.stdout.readline().split()[0]
        assert running(pid)
        assert list(tmp_path.iterdir())
        build.send_signal(signal.SIGKILL)
    ends = time.monotonic() + 10
    while running(pid) and time.monotonic() < ends:
        time.sleep(0.02)
    assert not running(pid)
    assert list(tmp_path.iterdir()) == []


def running(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
