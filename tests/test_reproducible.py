"""The same input gives the same bytes, whatever the clock, the folder, the time zone and the locale."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from pathlib import Path

from tests.running import SAMPLE, reportgen

ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONUTF8": "0",
    "PYTHONHASHSEED": "7",
    "HOME": "/",
}


def packed(folder: Path, workbook: Path, out: str, env: dict[str, str]) -> dict[str, bytes]:
    built = reportgen("build", workbook, "--out", out, cwd=folder, env=env)
    assert built.returncode == 0, built.stderr
    return {path.name: path.read_bytes() for path in (folder / out).glob("*/*/*")}


def test_two_builds_at_other_times_in_other_folders_are_byte_identical(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "a folder" / "thère"
    here.mkdir()
    there.mkdir(parents=True)
    first = packed(here, SAMPLE, "outputs", {"TZ": "America/New_York", "PYTHONHASHSEED": "1"})
    shutil.copy(SAMPLE, there)
    time.sleep(2.1)  # zip archives count in steps of two seconds
    second = packed(there, there / SAMPLE.name, "elsewhere", ELSEWHERE)
    assert {path.rsplit(".")[-1] for path in first} == {"xlsx", "pdf", "json"}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in second.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in first.items()
    }


def test_the_manifest_gives_the_hash_of_the_input_and_of_every_file(tmp_path: Path) -> None:
    files = packed(tmp_path, SAMPLE, "outputs", {})
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["input"] == {"file": "sample.xlsx", "sha256": hashlib.sha256(SAMPLE.read_bytes()).hexdigest()}
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    assert [each["bytes"] for each in manifest["files"]] == [len(files[each["name"]]) for each in manifest["files"]]
    assert set(manifest["checks"]["results"].values()) == {"holds"}
    assert manifest["checks"]["formulas_re_performed"] > 5_000
    assert {"reportgen", "python", "numpy", "xlsxwriter", "weasyprint"} <= manifest["versions"].keys()
    text = json.dumps(manifest)
    assert str(tmp_path) not in text
    assert str(SAMPLE.parent) not in text
