"""The short version of the kills and builds at the same moment that `make attack` does a hundred times."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from reportgen.deliver.files import write_pack
from tests.deliver.kill_attack import Scene
from tests.deliver.killing import at_once, build_of, killed_at_each_step
from tests.deliver.test_files import contents, found, pack

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are killed by a signal")
WRITE = """
import sys
from pathlib import Path
from tests.deliver.test_files import pack
from reportgen.deliver.files import write_pack

write_pack(Path(sys.argv[1]), pack("second"), force=bool(sys.argv[2]))
"""


@pytest.mark.parametrize("before", ["nothing", "a pack", "an edited pack"])
def test_killed_at_any_step_a_pack_is_whole_or_not_there_and_the_next_run_tidies_up(
    tmp_path: Path, before: str
) -> None:
    target = tmp_path / "day" / "title"
    earlier = {"nothing": {}, "a pack": contents(pack("first"))}.get(before)
    if earlier is None:
        earlier = contents(pack("first")) | {"a.xlsx": b"edited"}

    def prepare() -> None:
        shutil.rmtree(tmp_path / "day", ignore_errors=True)
        if earlier:
            write_pack(target, pack("first"))
            (target / "a.xlsx").write_bytes(earlier["a.xlsx"])

    command = [sys.executable, "-c", WRITE, str(target), "force" if earlier else ""]
    steps = 0
    for step in killed_at_each_step(command, tmp_path / "killer", tmp_path / "day", prepare):
        steps = step
        folders = [path for path in target.parent.glob("*") if path.is_dir()] if target.parent.exists() else []
        for path in folders:
            if not path.name.startswith("."):
                assert found(path) in (earlier, contents(pack("second")))
        if before == "an edited pack":
            assert earlier in [found(path) for path in folders if not path.name.startswith(".reportgen-making-")]
        write_pack(target, pack("second"), force=True)
        assert found(target) == contents(pack("second"))
        kept = ["title-edited-1"] if before == "an edited pack" else []
        assert sorted(path.name for path in target.parent.iterdir()) == ["title", *kept]
    assert steps >= (8 if before == "nothing" else 12)  # made, three files written and synced, renamed, removed


def test_of_builds_at_the_same_moment_one_pack_is_there_and_the_others_are_refused(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    for count, force in ((2, False), (4, False), (4, True)):
        scene.nothing()
        options = ["--force"] if force else []
        codes = at_once([build_of(book, scene.out, *options) for book in scene.workbooks[:count]])
        scene.check_at_once(codes, force)
