"""A pack is written whole or not at all, and never over another one unless that was asked for."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.deliver.figures import as_json
from reportgen.deliver.files import write_pack
from reportgen.documents import Document
from reportgen.problems import UsageError
from tests.running import ROOT

STOPS = """
import os, sys, time
from pathlib import Path
from tests.deliver.test_files import pack
from reportgen.deliver import files

def stand_still(*arguments):
    print("standing still", flush=True)
    time.sleep(60)

moment, target = sys.argv[1], Path(sys.argv[2])
if moment == "between two files":
    calls = []
    os.fsync = lambda number: calls.append(number) or (stand_still() if len(calls) == 2 else None)
else:
    rename = Path.rename
    def renamed(self, to):
        found = rename(self, to)
        if self == target:
            stand_still()
        return found
    Path.rename = renamed
files.write_pack(target, pack("second"), force=True)
"""


def pack(content: str) -> tuple[Document, ...]:
    files = [Document("a.xlsx", content.encode()), Document("figures.json", b"{}\n")]
    listed = {"files": [{"name": each.name} for each in files]}
    return (*files, Document("manifest.json", as_json(listed)))


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def contents(documents: tuple[Document, ...]) -> dict[str, bytes]:
    return {each.name: each.content for each in documents}


def test_a_pack_is_all_of_its_files(tmp_path: Path) -> None:
    write_pack(tmp_path / "day" / "title", pack("first"))
    assert found(tmp_path / "day" / "title") == contents(pack("first"))
    assert [path.name for path in (tmp_path / "day").iterdir()] == ["title"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("mask", "folder", "file"), [(0o022, 0o755, 0o644), (0o027, 0o750, 0o640)])
def test_folder_and_files_can_be_read_by_whom_the_user_lets_read(
    tmp_path: Path, mask: int, folder: int, file: int
) -> None:
    before = os.umask(mask)
    try:
        write_pack(tmp_path / "title", pack("first"))
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "title").stat().st_mode) == folder
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "title").iterdir()} == {file}


def test_the_same_pack_again_touches_nothing(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    before = (tmp_path / "title" / "a.xlsx").stat().st_mtime_ns
    write_pack(tmp_path / "title", pack("first"))
    assert (tmp_path / "title" / "a.xlsx").stat().st_mtime_ns == before


def test_a_different_pack_is_refused_and_the_earlier_one_stays(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    with pytest.raises(UsageError, match=r"different pack.*--force"):
        write_pack(tmp_path / "title", pack("second"))
    assert found(tmp_path / "title") == contents(pack("first"))


def test_with_force_the_earlier_pack_is_replaced_and_nothing_is_left_over(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    write_pack(tmp_path / "title", pack("second"), force=True)
    assert found(tmp_path / "title") == contents(pack("second"))
    assert [path.name for path in tmp_path.iterdir()] == ["title"]


def test_force_does_not_delete_a_file_that_somebody_else_put_there(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    (tmp_path / "title" / "my notes.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"my notes\.docx"):
        write_pack(tmp_path / "title", pack("second"), force=True)
    assert (tmp_path / "title" / "my notes.docx").read_bytes() == b"mine"


def test_an_empty_folder_is_filled_without_force(tmp_path: Path) -> None:
    (tmp_path / "title").mkdir()
    write_pack(tmp_path / "title", pack("first"))
    assert found(tmp_path / "title") == contents(pack("first"))


def test_a_file_where_the_folder_belongs_is_named(tmp_path: Path) -> None:
    (tmp_path / "title").write_text("in the way")
    with pytest.raises(UsageError, match="is in the way"):
        write_pack(tmp_path / "title", pack("first"), force=True)


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file")
    with pytest.raises(UsageError, match="cannot write to"):
        write_pack(tmp_path / "outputs" / "day" / "title", pack("first"))


@pytest.mark.skipif(os.name == "nt", reason="a process is stopped by a signal")
@pytest.mark.parametrize("moment", ["between two files", "between the old pack and the new"])
def test_a_process_killed_midway_leaves_no_partial_pack(tmp_path: Path, moment: str) -> None:
    target = tmp_path / "title"
    write_pack(target, pack("first"))
    command = [sys.executable, "-c", STOPS, moment, str(target)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "standing still\n"
        process.send_signal(signal.SIGKILL)
    if moment == "between two files":
        assert found(target) == contents(pack("first"))
    else:
        assert not target.exists()  # set aside, whole: the next run brings it back
        with pytest.raises(UsageError, match="different pack"):
            write_pack(target, pack("second"))
        assert found(target) == contents(pack("first"))
    write_pack(target, pack("second"), force=True)
    assert found(target) == contents(pack("second"))


def test_a_disk_that_is_full_leaves_nothing_and_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    write_pack(tmp_path / "title", pack("first"))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"cannot write to .*No space left on device"):
        write_pack(tmp_path / "title", pack("second"), force=True)
    with pytest.raises(UsageError, match="cannot write to"):
        write_pack(tmp_path / "other", pack("second"))
    assert found(tmp_path / "title") == contents(pack("first"))
    assert [path.name for path in tmp_path.iterdir()] == ["title"]


def test_what_a_stopped_run_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    left, fresh, other = (tmp_path / name for name in (".reportgen-making-abc", ".reportgen-making-def", ".other"))
    for folder in (left, fresh, other):
        folder.mkdir()
    for folder in (left, other):
        os.utime(folder, (0, 0))
    write_pack(tmp_path / "title", pack("first"))
    assert not left.exists()
    assert fresh.exists()  # of a run that may be under way
    assert other.exists()
