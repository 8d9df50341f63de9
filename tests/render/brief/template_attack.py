"""Hostile templates against the limits of the real command, 60 seconds and 1 GB: a part of `make attack`."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.render.brief.hostile_templates import ENDLESS, WRONG, laid
from tests.running import SAMPLE, reportgen

MOST_SECONDS = 90.0


def main() -> None:
    """Build the sample with each. AssertionError unless it ends in time, in one sentence that names a template."""
    attacks = {what: make() for what, make in ENDLESS.items()} | {what: files for what, (files, _) in WRONG.items()}
    for what, files in attacks.items():
        with tempfile.TemporaryDirectory() as folder:
            own, begun = laid(Path(folder) / "own", files), time.monotonic()
            built = reportgen("build", SAMPLE, "--templates", own, cwd=Path(folder))
            seconds = time.monotonic() - begun
            assert built.returncode == 2, (what, built.stderr)
            assert len(built.stderr.splitlines()) == 1, (what, built.stderr)
            assert "template" in built.stderr or "brief.css" in built.stderr, (what, built.stderr)
            assert "report this" not in built.stderr, (what, built.stderr)
            assert seconds < MOST_SECONDS, (what, seconds)
            assert not (Path(folder) / "outputs").exists(), what
            print(f"{what}: {seconds:.0f} s: {built.stderr.strip()[:150]}", flush=True)


if __name__ == "__main__":
    main()
