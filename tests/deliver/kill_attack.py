"""Kills and builds at the same moment, with real workbooks and the real command: a part of `make attack`."""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.deliver.killing import (
    at_once,
    build_of,
    contents,
    environment,
    killed_at_each_step,
    killed_at_random,
    run,
    whole,
)
from tests.intake.workbooks import changed, write_openpyxl

TIMES = 100


class Scene:
    """A folder of outputs with an earlier pack in it, perhaps edited, and workbooks that give other packs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "outputs"
        self.workbooks = [
            write_openpyxl(folder / f"week{number}.xlsx", changed("Market", 2, 2, 80_000 + number))
            for number in range(5)
        ]
        self.packs = []
        for workbook in self.workbooks:
            assert run(build_of(workbook, self.out), environment(folder)) == 0
            self.packs.append(contents(self.pack))
            shutil.rmtree(self.out)

    @property
    def pack(self) -> Path:
        (found,) = (path for path in self.out.glob("*/*") if path.name == "small-case")
        return found

    def earlier(self, edited: bool = False) -> None:
        """The outputs as they were: the first pack, in which somebody may have edited a file."""
        shutil.rmtree(self.out, ignore_errors=True)
        assert run(build_of(self.workbooks[0], self.out), environment(self.folder)) == 0
        if edited:
            (self.pack / "figures.json").write_bytes(b"edited")

    def nothing(self) -> None:
        """Outputs that are not there."""
        shutil.rmtree(self.out, ignore_errors=True)

    def check_killed(self, edited: bool) -> None:
        """No partial pack is to be seen; the earlier one is there, whole; the next run succeeds and tidies up."""
        kept = [contents(path) for path in self.out.glob("*/*") if (path / "manifest.json").is_file()]
        before = self.packs[0] | ({"figures.json": b"edited"} if edited else {})
        visible = [contents(path) for path in self.out.glob("*/*") if not path.name.startswith(".")]
        assert all(each in (before, self.packs[1]) for each in visible), "a partial pack is to be seen"
        assert not edited or before in kept, "an edited pack was lost"
        assert run(build_of(self.workbooks[1], self.out, "--force"), environment(self.folder)) == 0
        assert contents(self.pack) == self.packs[1], "the next run did not make its pack"
        names = sorted(path.name for path in self.pack.parent.iterdir())
        assert names == ["small-case", *(["small-case-edited-1"] if edited else [])], names

    def check_at_once(self, codes: list[int], force: bool) -> None:
        """One of the packs is there, whole, and nothing else; without force all others were refused."""
        assert whole(self.pack)
        assert contents(self.pack) in self.packs
        assert [path.name for path in self.pack.parent.iterdir()] == ["small-case"]
        if force:
            assert set(codes) == {0}, codes
        else:
            assert sorted(codes) == [0, *[2] * (len(codes) - 1)], codes
            assert contents(self.pack) == self.packs[codes.index(0)], "a pack was replaced without --force"


def kills(scene: Scene, times: int) -> Iterable[str]:
    """Killed at each step and at random moments: on empty outputs, on an earlier pack, and on an edited one."""
    for what, prepare, edited, options in (
        ("nothing there", scene.nothing, False, []),
        ("an earlier pack, --force", scene.earlier, False, ["--force"]),
        ("an edited pack, --force", lambda: scene.earlier(edited=True), True, ["--force"]),
    ):
        command = build_of(scene.workbooks[1], scene.out, *options)
        steps = 0
        for steps in killed_at_each_step(command, scene.folder / "killer", scene.out, prepare):  # noqa: B007  # counted
            scene.check_killed(edited)
        yield f"killed before each of {steps} writes and renames ({what}): nothing partial, nothing lost"
        for _ in killed_at_random(command, times, prepare):
            scene.check_killed(edited)
        yield f"killed at {times} random moments ({what}): nothing partial, nothing lost"


def together(scene: Scene, times: int) -> Iterable[str]:
    """Two and four builds of different packs at the same moment."""
    for count in (2, 4):
        for force in (False, True):
            options = ["--force"] if force else []
            for _ in range(times):
                scene.nothing()
                codes = at_once([build_of(book, scene.out, *options) for book in scene.workbooks[:count]])
                scene.check_at_once(codes, force)
            yield f"{count} builds at once, {times} times{', --force' if force else ''}: one whole pack each time"


def main(times: int = TIMES) -> None:
    """Run everything, with a line for each part. AssertionError at the first thing that does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder))
        for line in itertools.chain(kills(scene, times), together(scene, times)):
            print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
