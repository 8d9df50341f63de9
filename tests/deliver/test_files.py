"""A pack is written whole or not at all, and never over another one unless that was asked for."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import folder_lock
from reportgen.deliver.files import write_pack
from reportgen.documents import Document, as_json
from reportgen.folder_lock import locked
from reportgen.placing import is_file
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
TWO = """
import sys
from pathlib import Path
from tests.deliver.test_files import pack
from reportgen.deliver.files import write_pack
from reportgen.problems import UsageError

sys.stdin.readline()
try:
    write_pack(Path(sys.argv[1]), pack(sys.argv[2]), force=sys.argv[3] == "force")
    print("written")
except UsageError as refused:
    print(refused)
"""


def pack(content: str) -> tuple[Document, ...]:
    files = [Document("a.xlsx", content.encode()), Document("figures.json", b"{}\n"), Document("z.pdf", b"%PDF")]
    listed = {"files": [{"name": each.name, "sha256": hashlib.sha256(each.content).hexdigest()} for each in files]}
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


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"edited"), ("my notes.docx", b"mine"), ("manifest.json", b'{"files": []}\n')]
)
def test_an_edited_pack_is_kept_whole_under_a_name_that_says_so(tmp_path: Path, name: str, content: bytes) -> None:
    write_pack(tmp_path / "title", pack("first"))
    (tmp_path / "title" / name).write_bytes(content)
    edited = found(tmp_path / "title")
    kept = write_pack(tmp_path / "title", pack("second"), force=True)
    assert kept == tmp_path / "title-edited-1"
    assert found(kept) == edited
    assert found(tmp_path / "title") == contents(pack("second"))
    (tmp_path / "title" / name).write_bytes(content + b"\n")
    assert write_pack(tmp_path / "title", pack("third"), force=True) == tmp_path / "title-edited-2"
    assert found(kept) == edited
    assert sorted(path.name for path in tmp_path.iterdir()) == ["title", "title-edited-1", "title-edited-2"]


def test_a_manifest_that_was_written_anew_is_an_edit(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    manifest = tmp_path / "title" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"note": "mine"}))
    assert write_pack(tmp_path / "title", pack("second"), force=True) == tmp_path / "title-edited-1"


def test_what_has_a_listed_name_and_is_no_file_is_kept(tmp_path: Path) -> None:
    for name, make in {"a.xlsx": make_folder, ".DS_Store": make_folder, "figures.json": make_link}.items():
        target = tmp_path / name.strip(".") / "title"
        write_pack(target, pack("first"))
        (target / name).unlink(missing_ok=True)
        make(target / name)
        kept = write_pack(target, pack("second"), force=True)
        assert kept is not None
        assert os.path.lexists(kept / name)
        assert not is_file(kept / name)
        assert found(target) == contents(pack("second"))


def make_folder(path: Path) -> None:
    path.mkdir()
    (path / "work.xlsx").write_bytes(b"mine")


def make_link(path: Path) -> None:
    path.symlink_to(path.parent / "manifest.json")


def test_a_manifest_cannot_have_a_file_outside_the_folder_removed(tmp_path: Path) -> None:
    (tmp_path / "work.xlsx").write_bytes(b"mine")
    write_pack(tmp_path / "title", pack("first"))
    listed = json.loads((tmp_path / "title" / "manifest.json").read_text())
    listed["files"].append({"name": "../work.xlsx", "sha256": hashlib.sha256(b"mine").hexdigest()})
    (tmp_path / "title" / "manifest.json").write_bytes(as_json(listed))
    write_pack(tmp_path / "title", pack("second"), force=True)
    assert (tmp_path / "work.xlsx").read_bytes() == b"mine"


def test_notes_of_the_file_manager_are_no_edit_and_stay(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    (tmp_path / "title" / ".DS_Store").write_bytes(b"icons")
    assert write_pack(tmp_path / "title", pack("second"), force=True) is None
    assert found(tmp_path / "title") == contents(pack("second")) | {".DS_Store": b"icons"}
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "desktop.ini").write_bytes(b"icons")
    write_pack(tmp_path / "empty", pack("first"))
    assert found(tmp_path / "empty") == contents(pack("first")) | {"desktop.ini": b"icons"}


def test_a_folder_that_is_no_pack_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "title").mkdir()
    (tmp_path / "title" / "work.xlsx").write_bytes(b"mine")
    for force, told in ((False, "different pack"), (True, r"holds work\.xlsx and no manifest: it is no pack")):
        with pytest.raises(UsageError, match=told):
            write_pack(tmp_path / "title", pack("first"), force=force)
    assert found(tmp_path / "title") == {"work.xlsx": b"mine"}


def test_a_pack_of_which_files_were_removed_can_be_replaced(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    (tmp_path / "title" / "a.xlsx").unlink()
    assert write_pack(tmp_path / "title", pack("second"), force=True) is None
    assert [path.name for path in tmp_path.iterdir()] == ["title"]


@pytest.mark.skipif(os.name == "nt", reason="making links takes a right of its own on Windows")
def test_a_link_in_the_place_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write_pack(tmp_path / "elsewhere", pack("first"))
    (tmp_path / "title").symlink_to(tmp_path / "elsewhere")
    for documents in (pack("first"), pack("second")):
        with pytest.raises(UsageError, match="is in the way"):
            write_pack(tmp_path / "title", documents, force=True)
    assert found(tmp_path / "elsewhere") == contents(pack("first"))


@pytest.mark.parametrize("force", ["", "force"])
def test_of_two_packs_written_at_the_same_time_one_is_there_whole(tmp_path: Path, force: str) -> None:
    """Without force the second is refused, with it the second replaces the first: never anything between."""
    for turn in range(5):
        target = tmp_path / str(turn) / "title"
        said = at_once(target, ["first", "second"], force)
        held = found(target)
        assert held in (contents(pack("first")), contents(pack("second")))
        assert [path.name for path in target.parent.iterdir()] == ["title"]
        if force:
            assert said == ["written", "written"]
        else:
            winner = ("first", "second")[said.index("written")]
            assert held == contents(pack(winner))
            assert sorted("holds a different pack" in each for each in said) == [False, True]


def at_once(target: Path, packs: list[str], force: str) -> list[str]:
    """Processes that all stand ready and then write at the same moment; what each said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TWO, str(target), content, force],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True,
        )
        for content in packs
    ]  # fmt: skip
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=60)[0].strip() for process in processes]


def test_a_run_that_another_one_holds_up_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.2)
    with locked(tmp_path) as alone:
        assert alone
        with pytest.raises(UsageError, match=r"another run of reportgen is writing into .*\. Try again\."):
            write_pack(tmp_path / "title", pack("first"))
    write_pack(tmp_path / "title", pack("first"))
    assert [path.name for path in tmp_path.iterdir()] == ["title"]


def test_where_the_disk_knows_no_locks_nothing_of_a_run_under_way_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(folder_lock, "_lock", unknown)
    left = [tmp_path / name for name in (".reportgen-making-old", ".reportgen-making-new", ".other")]
    for folder in left:
        folder.mkdir()
    for folder in (left[0], left[2]):
        os.utime(folder, (0, 0))
    write_pack(tmp_path / "title", pack("first"))
    assert [folder.exists() for folder in left] == [False, True, True]
    assert found(tmp_path / "title") == contents(pack("first"))
    (tmp_path / "title").rename(tmp_path / ".reportgen-replaced-title")  # by a run that is about to put its own there
    write_pack(tmp_path / "title", pack("second"))
    assert found(tmp_path / ".reportgen-replaced-title") == contents(pack("first"))
    assert found(tmp_path / "title") == contents(pack("second"))


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


def test_what_a_stopped_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left, other = tmp_path / ".reportgen-making-abc", tmp_path / ".other"
    for folder in (left, other):
        folder.mkdir()
    (left / "half").write_bytes(b"half")
    write_pack(tmp_path / "title", pack("first"))
    assert not left.exists()
    assert other.exists()


def test_an_edited_pack_that_a_stopped_run_had_set_aside_is_kept(tmp_path: Path) -> None:
    write_pack(tmp_path / "title", pack("first"))
    (tmp_path / "title" / "a.xlsx").write_bytes(b"edited")
    (tmp_path / "title").rename(tmp_path / ".reportgen-replaced-title")
    write_pack(tmp_path / "other", pack("second"))
    assert (tmp_path / ".reportgen-replaced-title").is_dir()  # of another pack
    (tmp_path / "other").rename(tmp_path / "title")
    assert write_pack(tmp_path / "title", pack("second")) == tmp_path / "title-edited-1"
    assert (tmp_path / "title-edited-1" / "a.xlsx").read_bytes() == b"edited"


def test_a_rename_that_fails_leaves_the_earlier_pack_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path / "title", pack("first"))
    rename = Path.rename

    def fails(self: Path, to: Path) -> Path:
        if self.parent.name.startswith(".reportgen-making-"):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(UsageError, match="Input/output error"):
        write_pack(tmp_path / "title", pack("second"), force=True)
    assert found(tmp_path / "title") == contents(pack("first"))
    assert [path.name for path in tmp_path.iterdir()] == ["title"]


def test_folders_that_were_made_for_nothing_are_removed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot write to"):
        write_pack(tmp_path / "outputs" / "day" / "title", pack("first"))
    assert list(tmp_path.iterdir()) == []
