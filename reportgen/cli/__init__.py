"""The command line: click and nothing else until a command runs, so that --help is there at once."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from reportgen.cli.commands import commands
    from reportgen.cli.exit_codes import run

    sys.exit(run(commands, sys.argv[1:]))
