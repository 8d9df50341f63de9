"""The commands: options, one call, what is printed. Everything heavy is imported when a command runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.auditing import audit
from reportgen.cli.explaining import explain, lines
from reportgen.cli.finding import found_as_json, tell_found, tell_rows_to_paste
from reportgen.cli.previewing import previewed
from reportgen.cli.recording import recorded
from reportgen.cli.speaking import counted, one_line, print_json, say, say_aside, tell_kept
from reportgen.cli.stressing import stressed
from reportgen.cli.workbooks import importing, roll, tell_losses, update
from reportgen.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.pipeline import Pack, Progress
    from reportgen.problems import Problem


_stale_ok = click.option(
    "--stale-ok", is_flag=True, help="Let history and flows pass that end long before the as-of day; the brief says so."
)


_out = click.option(
    "--out", default="outputs", show_default=True, type=click.Path(file_okay=False), help="Folder of the packs."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reportgen")
def commands() -> None:
    """Bitcoin miner cost and capitulation risk: a live Excel workbook and a PDF brief from one input workbook.

    Exit codes: 0 fine, 1 problems in the input, 2 usage or a full disk, 3 a check failed, 130 stopped.
    """


@commands.command(short_help="Write a sample (or blank) input workbook.")
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@click.option("--blank", is_flag=True, help="Also write inputs/blank.xlsx, an empty workbook to fill in.")
@click.option("--operators", type=click.IntRange(1, 5000), help="Rows ready for that many operators (implies --blank).")
@click.option("--templates", type=click.Path(), help="Copy templates, theme and fonts into this new folder instead.")
@click.option("--force", is_flag=True, help="Replace a workbook of that name; it is kept under another one.")
def init(folder: str, blank: bool, operators: int | None, templates: str | None, force: bool) -> None:
    """Write inputs/sample.xlsx into FOLDER, ready to be built or overwritten with your own figures."""
    from pathlib import Path

    if templates is not None:
        _copy_templates(Path(templates))
        return
    from reportgen.placing import refuse_taken
    from reportgen.starter import write_blank, write_sample

    inputs = Path(folder) / "inputs"
    empty = blank or operators is not None
    sample, blank_one, made = inputs / "sample.xlsx", inputs / "blank.xlsx", {}
    if empty and not force:
        refuse_taken(blank_one)  # before the sample is written
    if force or not empty or not sample.exists():
        made[sample] = write_sample(sample, force)
    if empty:
        made[blank_one] = write_blank(blank_one, operators, force)
    for path, kept in made.items():
        say(path)
        tell_kept(kept)
    if empty:
        say_aside(f"Next: fill in {blank_one}, then: reportgen check {blank_one}")
    else:
        say_aside(f"Next: reportgen build {sample}")


def _copy_templates(target: Path) -> None:
    from reportgen.starter import write_templates

    for path in write_templates(target):
        say(path)
    say_aside(
        f"Next: change {target / 'theme.toml'}, delete the files that you leave as they are, then: "
        f"reportgen build WORKBOOK --templates {target}"
    )


@commands.command(short_help="Make the pack: workbook, PDF brief, figures.")
@click.argument("workbook", type=click.Path())
@_out
@click.option(
    "--force", is_flag=True, help="Replace a different pack of the same day and title; an edited one is kept."
)
@click.option(
    "--format",
    "formats",
    help=f"What must be made: {', '.join(FORMATS)}, or several with commas between. Without it: what this machine can.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what was made (or what is wrong) as JSON.")
@_stale_ok
@click.option("--name-input", is_flag=True, help="Give the name of WORKBOOK in the manifest, which clients may read.")
@click.option(
    "--templates", type=click.Path(exists=True, file_okay=False), help="Folder of your own templates and theme."
)
def build(
    workbook: str,
    out: str,
    force: bool,
    formats: str | None,
    as_json: bool,
    stale_ok: bool,
    name_input: bool,
    templates: str | None,
) -> int:
    """Make the pack of WORKBOOK: live workbook, PDF brief, figures.json and manifest.json."""
    from pathlib import Path

    from reportgen.pipeline import build_pack
    from reportgen.problems import InputError

    try:
        pack = build_pack(
            Path(workbook),
            Path(out),
            formats=None if formats is None else tuple(name.strip().lower() for name in formats.split(",")),
            templates=None if templates is None else Path(templates),
            force=force,
            name_input=name_input,
            stale_ok=stale_ok,
            progress=_progress(),
        )
    except InputError as refused:
        if not as_json:
            raise
        print_json({"problems": [each.as_record() for each in refused.problems]})
        return refused.exit_code
    _tell_pack(pack, as_json)
    return 0


@commands.command(short_help="Find everything that is wrong or odd.")
@click.argument("workbook", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--annotate", is_flag=True, help="Also write a copy beside it in which every problem is marked.")
@_stale_ok
@_out
@click.option(
    "--accept", "accept", multiple=True, metavar="CODE", help="Print the rows of Accepted that silence this warning."
)
def check(workbook: str, as_json: bool, annotate: bool, stale_ok: bool, out: str, accept: tuple[str, ...]) -> int:
    """Find everything that is wrong or odd in WORKBOOK, by sheet, without building anything.

    It is held against the newest earlier pack of its title, too, or against what it notes of last week.
    """
    from pathlib import Path

    from reportgen.examination import examine

    found = examine(Path(workbook), Path(out), stale_ok=stale_ok)
    if accept:
        tell_rows_to_paste(found, accept)
    elif as_json:
        print_json(found_as_json(workbook, found))
    else:
        tell_found(workbook, found)
    if annotate:
        _write_marked(Path(workbook), found.problems)
    return 1 if found.errors else 0


@commands.command(short_help="Say what this machine lacks.")
def doctor() -> int:
    """Say what this machine lacks for a full pack, and the command that mends it."""
    from pathlib import Path

    from reportgen.doctor import examine_machine

    findings = examine_machine(Path.cwd())
    for each in findings:
        say(f"{'ok     ' if each.well else 'LACKING'}  {each.what}: {each.seen}")
        if not each.well:
            say(f"         to mend it: {each.mend}")
    lacking = [each for each in findings if not each.well]
    say("Everything is there." if not lacking else f"{counted(len(lacking), 'thing')} lacking.")
    return 2 if lacking else 0


def _progress() -> Progress:
    """Steps on a terminal, silence in a pipe."""
    import sys

    from reportgen.pipeline import silent

    if sys.stderr is None or not sys.stderr.isatty():
        return silent
    return lambda step: say_aside(f"{one_line(step)} ...")


def _tell_pack(pack: Pack, as_json: bool) -> None:
    for warning in pack.warnings:
        say_aside(f"warning: {one_line(warning)}")
    if shock := pack.manifest["active_shock"]:
        say_aside(f"WARNING: the pack is a shock case, not the market: active shock {one_line(shock)} (sheet Market).")
    for claim in pack.failed_checks:
        say_aside(f"WARNING: a check of the workbook does not hold: {one_line(claim)}")
    tell_kept(pack.kept)
    for name, reason in pack.left_out.items():
        say_aside(f"WARNING: the pack has no {name}: {one_line(reason)}")
    if as_json:
        made = {"folder": str(pack.folder), "files": [str(path) for path in pack.files]}
        kept = None if pack.kept is None else str(pack.kept)
        print_json(made | {"kept": kept, "manifest": pack.manifest})
        return
    for path in pack.files:
        say(path)
    formulas = pack.manifest["checks"]["formulas_re_performed"]
    if formulas:
        say_aside(f"{formulas:,} formulas re-performed, 0 disagreements.")
    else:
        say_aside("The figures alone: no workbook was drawn, so no independent engine has re-performed them.")


def _write_marked(workbook: Path, problems: tuple[Problem, ...]) -> None:
    from reportgen.intake.copies.annotate import annotated_path, write_annotated

    if not problems:
        say_aside("Nothing to mark, so no copy was written.")
        return
    copy = annotated_path(workbook)
    tell_losses(workbook)
    kept = write_annotated(workbook, copy, problems)
    say_aside(f"Marked copy: {one_line(copy)}")
    tell_kept(kept)


commands.add_command(audit)
commands.add_command(importing)
commands.add_command(roll)
commands.add_command(update)
commands.add_command(explain)
commands.add_command(lines)
commands.add_command(previewed)
commands.add_command(recorded)
commands.add_command(stressed)
