"""The command line: click and nothing else until a command runs, so that --help is there at once."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from reportgen.cli.commands import commands
    from reportgen.cli.exit_codes import run

    code = run(commands, sys.argv[1:])
    gc.freeze()  # the system takes all memory back at once: looking for cycles first costs a sixteenth of a build
    sys.exit(code)
