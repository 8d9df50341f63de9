"""The same input gives the same bytes, whatever the clock, the folder, the time zone and the locale."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import time
import zipfile
from pathlib import Path

from pypdf import PdfReader

from tests.intake.workbooks import changed, write_openpyxl
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
    assert manifest["input"] == {"file": None, "sha256": hashlib.sha256(SAMPLE.read_bytes()).hexdigest()}
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


def test_nothing_that_is_sent_names_the_input_file_unless_it_is_asked_for(tmp_path: Path) -> None:
    odd = write_openpyxl(tmp_path / "secret client.xlsx", changed("Operators", 2, 2, 0.6))
    files = packed(tmp_path, odd, "outputs", {})
    manifest = json.loads(files["manifest.json"])
    assert manifest["warnings"]
    for name, content in files.items():
        assert "secret" not in readable(name, content), name
    built = reportgen("build", odd, "--name-input", "--format", "xlsx", "--out", "named", "--json", cwd=tmp_path)
    assert json.loads(built.stdout)["manifest"]["input"]["file"] == "secret client.xlsx"
    assert json.loads(built.stdout)["manifest"]["warnings"][0]["file"] == "secret client.xlsx"


def readable(name: str, content: bytes) -> str:
    """All text of a file of a pack."""
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(part).decode("utf-8", "replace") for part in archive.namelist())
    if name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        return " ".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)])
    return content.decode("utf-8")
