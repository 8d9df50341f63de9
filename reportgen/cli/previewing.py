"""reportgen preview: the brief in a browser on this machine, made again when something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.speaking import counted, one_line, say, say_aside

if TYPE_CHECKING:
    from reportgen.preview.building import Built


@click.command("preview", short_help="Show the brief in a browser while you work on it.")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; by default a free one.")
@click.option(
    "--templates", type=click.Path(exists=True, file_okay=False), help="Folder of your own templates and theme."
)
@click.option("--stale-ok", is_flag=True, help="Let history and flows pass that end long before the as-of day.")
@click.option("--open/--no-open", "opened", default=True, help="Open the address in the browser; by default it is.")
def previewed(workbook: str, port: int, templates: str | None, stale_ok: bool, opened: bool) -> None:
    """Show the brief of WORKBOOK in a browser, and make it again whenever the workbook or a template is saved.

    What is wrong is shown on the page, by sheet and cell. The page is for this machine alone (127.0.0.1), at an address
    that nobody can guess. Nothing is written. Ctrl+C ends it.
    """
    import webbrowser
    from pathlib import Path

    from reportgen.preview.server import PreviewServer
    from reportgen.preview.session import Session

    session = Session(Path(workbook), None if templates is None else Path(templates), stale_ok, _tell)
    server = PreviewServer(session, port)
    say(server.address)
    session.start()
    if opened:
        webbrowser.open(server.address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say_aside("preview ended")
    finally:
        server.server_close()
        session.end()


def _tell(built: Built) -> None:
    """A line for each build."""
    import time

    clock = time.strftime("%H:%M:%S")
    if built.well:
        say_aside(f"{clock} built; {counted(len(built.problems), 'warning')}")
    else:
        reason = built.failure.partition("\n")[0] or counted(len(built.problems), "problem")
        say_aside(f"{clock} nothing was built: {one_line(reason)}")
