"""Runs of reportgen that are killed, or that start at the same moment, and what must hold on the disk afterwards.

A run is a real process. It is killed by SIGKILL, which no program can catch: at a random moment, or just before the
n-th time that it makes, writes, renames or removes something below a folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.running import ROOT

AT_EACH_STEP = """
import os, signal, sys

folder, left = os.environ["KILL_BELOW"], int(os.environ["KILL_BEFORE"])
STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod", "shutil.rmtree"}

def step(path):
    global left
    if str(path).startswith(folder):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

def seen(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if event in STEPS or writes:
        step(arguments[0])

sys.addaudithook(seen)
fsync = os.fsync

def counted(number):
    step(os.readlink(f"/proc/self/fd/{number}") if os.path.exists("/proc/self/fd") else folder)
    fsync(number)

os.fsync = counted
"""


def environment(folder: Path, kill_before: int = 0, below: Path | None = None) -> dict[str, str]:
    """For a process that is killed before its n-th step below a folder; `folder` holds what makes Python do so."""
    found = {**os.environ, "PYTHONPATH": str(ROOT)}
    if kill_before:
        folder.mkdir(exist_ok=True)
        (folder / "sitecustomize.py").write_text(AT_EACH_STEP)
        found |= {
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
            "KILL_BELOW": str(below),
            "KILL_BEFORE": str(kill_before),
        }
    return found


def build_of(workbook: Path, out: Path, *options: str) -> list[str]:
    """The command that builds a workbook."""
    return [sys.executable, "-m", "reportgen", "build", str(workbook), "--format", "xlsx", "--out", str(out), *options]


def run(command: list[str], env: dict[str, str], seconds: float | None = None) -> int:
    """The exit code of a command, which is killed after so many seconds if it is not done; negative when killed."""
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    return process.returncode


def killed_at_each_step(command: list[str], folder: Path, below: Path, prepare: Callable[[], None]) -> Iterator[int]:
    """Runs the command again and again, killed one step later each time, until it is not killed any more."""
    for step in range(1, 10_000):
        prepare()
        code = run(command, environment(folder, step, below))
        if code == 0:
            return
        assert code == -9, code
        yield step


def killed_at_random(command: list[str], times: int, prepare: Callable[[], None]) -> Iterator[float]:
    """Runs the command so often, killed at a moment between its start and its usual end."""
    begun = time.monotonic()
    prepare()
    run(command, environment(Path()))
    whole = time.monotonic() - begun
    moments = random.Random(7)
    for _ in range(times):
        prepare()
        moment = moments.uniform(0, whole)
        run(command, environment(Path()), moment)
        yield moment


def at_once(commands: list[list[str]]) -> list[int]:
    """Exit codes of commands that start together."""
    processes = [
        subprocess.Popen(command, env=environment(Path()), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    return [process.wait(timeout=300) for process in processes]


def whole(folder: Path) -> bool:
    """True for a pack that has exactly the files of its manifest, each with its hash."""
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"}
    return {each["name"]: each["sha256"] for each in listed} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
