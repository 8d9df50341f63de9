"""reportgen import, roll and update: a new input workbook from an old one. The user's own file is never written."""

from __future__ import annotations

import datetime as dt
import math
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


class _Day(click.DateTime):
    """A day as year-month-day; of another spelling it is told what to type."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from reportgen.intake.reading.written_dates import day_readings

            days = list(dict.fromkeys(day_readings(str(value).strip()).values())) or ["year-month-day, e.g. 2025-12-12"]
            self.fail(f'"{one_line(value)}" is not written year-month-day. Type {" or ".join(days)}.', param, ctx)


_DAY = _Day()
_as_of = click.option("--as-of", type=_DAY, help="Day of the next brief, YYYY-MM-DD; by default a week later.")
_out = click.option("--out", type=click.Path(dir_okay=False), help="Name of the new workbook; by default beside it.")
_force = click.option(
    "--force", is_flag=True, help="Replace an earlier workbook of that name; one that was changed is kept."
)
_workbook = click.argument("workbook", type=click.Path())


def _reading(command: Command) -> Command:
    """The options that say how an export is to be read."""
    for add in (
        click.option("--decimal", type=click.Choice(["point", "comma"]), help="Decimal sign, if FILE does not tell."),
        click.option("--column", "columns", multiple=True, metavar="MEANING=NAME", help="What a column is."),
        click.option("--replace", is_flag=True, help="Where figures differ, take the export's."),
    ):
        command = add(command)
    return command


def _export(command: Command) -> Command:
    """The arguments and options that both kinds of export have."""
    until = click.option("--until", type=_DAY, help="Last day that is taken, YYYY-MM-DD; by default all are.")
    for add in (until, _force, _reading, _out, _workbook, click.argument("export", metavar="FILE", type=click.Path())):
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
@_workbook
@_as_of
@_out
@_force
def roll(workbook: str, as_of: dt.datetime | None, out: str | None, force: bool) -> None:
    """Write next week's input workbook from WORKBOOK, with last week's values beside what should change."""
    from reportgen.intake.copies import roll as next_week

    tell_losses(Path(workbook))
    day, target = None if as_of is None else as_of.date(), Path(out) if out else None
    report = next_week.roll(Path(workbook), day, target, force=force)
    for line in next_week.lines(report.out, report.rolled):
        say(one_line(line))
    tell_kept(report.kept)


@click.command(short_help="Write next week's input workbook, with the new days of exports.")
@_workbook
@click.option("--network", type=click.Path(), metavar="FILE", help="CSV with hash rate and price by day.")
@click.option("--etf", type=click.Path(), metavar="FILE", help="CSV with fund flows by day.")
@_as_of
@_reading
@_out
@_force
def update(
    workbook: str,
    network: str | None,
    etf: str | None,
    as_of: dt.datetime | None,
    out: str | None,
    replace: bool,
    force: bool,
    **told: Any,
) -> None:
    """Write next week's input workbook from WORKBOOK in one step: roll it, and import both exports up to its new day.

    Price, difficulty and block height are proposed from the network's export, where it has them.
    """
    from reportgen.intake.exports import update as next_week

    tell_losses(Path(workbook))
    exports = next_week.Exports(Path(network) if network else None, Path(etf) if etf else None, _told(**told))
    day, target = None if as_of is None else as_of.date(), Path(out) if out else None
    report = next_week.update(Path(workbook), exports, day, target, replace=replace, force=force)
    for line in next_week.lines(report):
        say(one_line(line))
    tell_kept(report.kept)


def _told(columns: tuple[str, ...], decimal: str | None, until: dt.datetime | None = None) -> Told:
    """What the options say of an export."""
    from reportgen.excel_dates import serial
    from reportgen.intake.exports.history_import import Told
    from reportgen.intake.exports.number_convention import Convention
    from reportgen.problems import UsageError

    pairs = []
    for text in columns:
        meaning, sign, name = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f'--column "{text}": say what the column is and its name, e.g. --column price="Close".')
        pairs.append((meaning.strip(), name.strip()))
    last = math.inf if until is None else serial(until.date())
    return Told(tuple(pairs), Convention(decimal) if decimal else None, last)


def _tell_import(report: ImportReport) -> None:
    from reportgen.intake.exports import history_import as history

    for line in history.lines(report):
        say(one_line(line))
    tell_kept(report.kept)
