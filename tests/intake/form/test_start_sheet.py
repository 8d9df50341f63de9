"""What the first sheet tells people to type is typed, as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from reportgen.cli.commands import commands
from reportgen.starter import write_blank, write_sample

COMMAND = re.compile(r"reportgen((?: [a-z-]+| FILE\.csv| WORKBOOK)+)")
EXPORTS = {
    "network": "time,HashRate,PriceUSD\n2025-12-06,1070000000,90100\n2025-12-07,1071000000,90200\n",
    "etf": "Date,FUND-A\n08 Dec 2025,12.5\n",
}


def commands_on(path: Path) -> list[str]:
    """Every command on a workbook that stands on its first sheet."""
    page = openpyxl.load_workbook(path, read_only=True)["Start"]
    texts = [str(value) for row in page.iter_rows(values_only=True) for value in row if value]
    return [found.strip() for text in texts for found in COMMAND.findall(text) if "WORKBOOK" in found]


def run(command: str, workbook: Path) -> tuple[int, str]:
    """The exit code and the words of a command, with files in place of the names that stand for them."""
    network, etf = (workbook.with_name(f"{name}.csv") for name in EXPORTS)
    for path in (network, etf):
        path.write_text(EXPORTS[path.stem], encoding="utf-8")
    words = shlex.split(command)
    for at, word in enumerate(words):
        if word == "WORKBOOK":
            words[at] = str(workbook)
        elif word == "FILE.csv":
            words[at] = str(network if "network" in words[at - 1] else etf)
    # A whole pack takes long, and is made from the sample elsewhere: here it is the words that are tried.
    words += ["--format", "json", "--out", str(workbook.with_name("packs"))] if words[0] == "build" else []
    done = CliRunner().invoke(commands, words)
    return done.exit_code, done.output


def test_every_command_of_the_start_sheet_of_the_sample_runs_as_it_stands_there(tmp_path: Path) -> None:
    write_sample(tmp_path / "sample.xlsx")
    told = commands_on(tmp_path / "sample.xlsx")
    assert [command.partition(" ")[0] for command in told] == ["import", "import", "check", "build", "roll", "update"]
    for number, command in enumerate(told):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "week.xlsx").write_bytes((tmp_path / "sample.xlsx").read_bytes())
        code, said = run(command, folder / "week.xlsx")
        assert code == 0, f"{command}: {said}"


def test_the_commands_of_a_blank_workbook_are_understood_and_what_is_blank_is_told(tmp_path: Path) -> None:
    write_blank(tmp_path / "blank.xlsx")
    told = commands_on(tmp_path / "blank.xlsx")
    assert len(told) == 6
    for command in told:
        code, said = run(command, tmp_path / "blank.xlsx")
        assert code in (0, 1), f"{command}: {said}"


def test_after_a_blank_workbook_the_next_command_names_that_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(commands, ["init", "--blank"]).output
    assert f"Next: fill in {Path('inputs', 'blank.xlsx')}, then: reportgen check {Path('inputs', 'blank.xlsx')}" in said
