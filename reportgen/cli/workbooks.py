"""reportgen import and reportgen roll: a new input workbook from an old one. The user's own file is never written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from reportgen.cli.speaking import one_line, say, say_aside, tell_kept

if TYPE_CHECKING:
    from reportgen.intake.exports.history_import import ImportReport, Told

Command = TypeVar("Command", bound=Callable[..., Any])


def tell_losses(workbook: Path) -> None:
    """What the copy cannot keep, said before it is written."""
    from reportgen.intake.copies.copy_losses import losses

    for lost in losses(workbook):
        say_aside(f"warning: the copy loses {one_line(lost)}")


@click.group("import", short_help="Merge exported history into a new workbook.")
def importing() -> None:
    """Merge days from an exported table into a new copy of an input workbook."""


def _export(command: Command) -> Command:
    """The arguments and options that both kinds of export have."""
    for add in (
        click.option(
            "--force", is_flag=True, help="Replace an earlier copy of that name; one that was changed is kept."
        ),
        click.option("--decimal", type=click.Choice(["point", "comma"]), help="Decimal sign, if FILE does not tell."),
        click.option("--column", "columns", multiple=True, metavar="MEANING=NAME", help="What a column is."),
        click.option("--replace", is_flag=True, help="Where figures differ, take the export's."),
        click.option("--out", type=click.Path(dir_okay=False), help="Name of the new workbook; by default beside it."),
        click.argument("workbook", type=click.Path()),
        click.argument("export", metavar="FILE", type=click.Path()),
    ):
        command = add(command)
    return command


@importing.command()
@_export
def network(export: str, workbook: str, out: str | None, replace: bool, force: bool, **told: Any) -> None:
    """Merge hash rate and price by day from FILE (CSV) into WORKBOOK's Network_History.

    Columns are found by usual names; otherwise say --column hash_rate="NAME" --column price="NAME".
    """
    from reportgen.intake.exports.history_import import import_network

    tell_losses(Path(workbook))
    target = Path(out) if out else None
    report = import_network(Path(export), Path(workbook), target, replace=replace, force=force, told=_told(**told))
    _tell_import(report)


@importing.command()
@_export
def etf(export: str, workbook: str, out: str | None, replace: bool, force: bool, **told: Any) -> None:
    """Merge fund flows by day from FILE (CSV) into WORKBOOK's ETF_Flows; new funds become new columns.

    Every column but totals is taken for a fund; otherwise say --column fund="NAME" for each.
    """
    from reportgen.intake.exports.history_import import import_etf

    tell_losses(Path(workbook))
    target = Path(out) if out else None
    report = import_etf(Path(export), Path(workbook), target, replace=replace, force=force, told=_told(**told))
    _tell_import(report)


@click.command(short_help="Write next week's input workbook.")
@click.argument("workbook", type=click.Path())
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day of the next brief, YYYY-MM-DD.")
@click.option("--out", type=click.Path(dir_okay=False), help="Name of the new workbook; by default beside it.")
@click.option("--force", is_flag=True, help="Replace an earlier workbook of that name; one that was changed is kept.")
def roll(workbook: str, as_of: dt.datetime, out: str | None, force: bool) -> None:
    """Write next week's input workbook from WORKBOOK, with what should change marked."""
    from reportgen.intake.copies import roll as next_week

    tell_losses(Path(workbook))
    report = next_week.roll(Path(workbook), as_of.date(), Path(out) if out else None, force=force)
    for line in next_week.lines(report):
        say(one_line(line))
    tell_kept(report.kept)


def _told(columns: tuple[str, ...], decimal: str | None) -> Told:
    """What the options say of an export."""
    from reportgen.intake.exports.history_import import Told
    from reportgen.intake.exports.number_convention import Convention
    from reportgen.problems import UsageError

    pairs = []
    for text in columns:
        meaning, sign, name = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f'--column "{text}": say what the column is and its name, e.g. --column price="Close".')
        pairs.append((meaning.strip(), name.strip()))
    return Told(tuple(pairs), Convention(decimal) if decimal else None)


def _tell_import(report: ImportReport) -> None:
    from reportgen.intake.exports import history_import as history

    for line in history.lines(report):
        say(one_line(line))
    tell_kept(report.kept)
