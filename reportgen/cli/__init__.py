"""The command line: click and nothing else until a command runs, so that --help is there at once."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from reportgen.cli.outcome import run

    sys.exit(run(sys.argv[1:]))
