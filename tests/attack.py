"""The heavy attacks, `make attack`: everything that takes too long for the tests of every day.

Each module has a `main()` that prints a line for each thing that held, and raises AssertionError for what did not.
"""

from __future__ import annotations

import importlib
import sys
import time

MODULES = (
    "tests.intake.file_attack",
    "tests.deliver.kill_attack",
    "tests.render.brief.template_attack",
)


def main(wanted: list[str]) -> None:
    """Run all of them, or those with one of the words in their name."""
    for name in MODULES:
        if not wanted or any(word in name for word in wanted):
            begun = time.monotonic()
            print(f"== {name}", flush=True)
            importlib.import_module(name).main()
            print(f"   {time.monotonic() - begun:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
