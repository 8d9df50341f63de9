"""The commands as a user meets them: real processes on real files."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.cli import commands
from reportgen.cli.finding import found_as_json, inputs_to_look_at, tell_found
from reportgen.intake.reader import examine
from reportgen.pipeline import Pack
from reportgen.sheets import SHEETS
from tests.intake.workbooks import changed, small, write_openpyxl
from tests.running import ROOT, SAMPLE, reportgen, worked_case_workbook

PACK = Path("2025-12-05") / "miner-cost-and-capitulation-brief"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_openpyxl(tmp_path_factory.mktemp("inputs") / "week.xlsx", small())


def test_a_new_user_gets_from_an_empty_folder_to_a_pack(tmp_path: Path) -> None:
    begun = reportgen("init", cwd=tmp_path)
    assert (begun.returncode, begun.stdout) == (0, f"{Path('inputs/sample.xlsx')}\n")
    built = reportgen("build", "inputs/sample.xlsx", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    named = [Path(line) for line in built.stdout.splitlines()]
    folder = Path("outputs") / PACK
    stem = "miner-cost-and-capitulation-brief-2025-12-05"
    assert named == [folder / name for name in (f"{stem}.xlsx", f"{stem}.pdf", "figures.json", "manifest.json")]
    assert sorted(path.name for path in (tmp_path / folder).iterdir()) == sorted(path.name for path in named)
    assert "formulas re-performed, 0 disagreements" in built.stderr


def test_init_never_overwrites_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "sample.xlsx").write_bytes(b"my figures")
    refused = reportgen("init", cwd=tmp_path)
    assert refused.returncode == 2
    assert "already there" in refused.stderr
    assert (tmp_path / "inputs" / "sample.xlsx").read_bytes() == b"my figures"
    forced = reportgen("init", "--force", cwd=tmp_path)
    assert forced.returncode == 0
    assert f"it is kept as {Path('inputs/sample-kept-1.xlsx')}" in forced.stderr
    assert (tmp_path / "inputs" / "sample-kept-1.xlsx").read_bytes() == b"my figures"
    assert (tmp_path / "inputs" / "sample.xlsx").read_bytes() == SAMPLE.read_bytes()


def test_init_blank_writes_an_empty_workbook_beside_the_sample(tmp_path: Path) -> None:
    made = reportgen("init", "desk", "--blank", cwd=tmp_path)
    assert made.returncode == 0
    blank = Path("desk/inputs/blank.xlsx")
    assert made.stderr == f"Next: fill in {blank}, then: reportgen check {blank}\n"
    assert sorted(path.name for path in (tmp_path / "desk" / "inputs").iterdir()) == ["blank.xlsx", "sample.xlsx"]
    unfilled = reportgen("check", "desk/inputs/blank.xlsx", cwd=tmp_path)
    assert unfilled.returncode == 1
    assert "Traceback" not in unfilled.stderr


@pytest.mark.parametrize("shock", [None, "Halving"])
def test_a_pack_of_a_shock_case_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shock: str | None
) -> None:
    manifest = {"active_shock": shock, "checks": {"formulas_re_performed": 1}}
    commands._tell_pack(Pack(tmp_path, (), manifest, (), {}, ()), as_json=False)
    assert ("a shock case, not the market: active shock Halving" in capsys.readouterr().err) == (shock is not None)


@pytest.mark.parametrize("shock", [None, "Halving"])
def test_a_check_says_that_a_shock_is_on(tmp_path: Path, capsys: pytest.CaptureFixture[str], shock: str | None) -> None:
    week = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 8, 2, shock))
    tell_found("week.xlsx", examine(week))
    assert ("a shock case, not the market: active shock Halving" in capsys.readouterr().out) == (shock is not None)
    assert found_as_json("week.xlsx", examine(week))["active_shock"] == shock


def test_data_that_is_old_is_said_by_commands_that_deliver_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grid = small()
    grid["Report"][4][1] = dt.date(2025, 12, 16)
    inputs = inputs_to_look_at(str(write_openpyxl(tmp_path / "week.xlsx", grid)))
    assert len(inputs.old_data) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "warning: Network_History ends on 2025-12-05, 11 days before the as-of date."
    assert said[1] == "warning: ETF_Flows ends on 2025-12-05, 7 trading days before the as-of date."


def test_init_blank_leaves_a_sample_that_is_there_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "sample.xlsx").write_bytes(b"my figures")
    made = reportgen("init", "--blank", cwd=tmp_path)
    assert (made.returncode, made.stdout) == (0, f"{Path('inputs/blank.xlsx')}\n")
    assert (tmp_path / "inputs" / "sample.xlsx").read_bytes() == b"my figures"


def test_operators_asks_for_a_blank_workbook_with_so_many_rows(tmp_path: Path) -> None:
    made = reportgen("init", "--operators", "12", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "inputs" / "blank.xlsx").is_file()


def test_init_copies_the_templates_and_says_what_to_do_with_them(tmp_path: Path) -> None:
    made = reportgen("init", "--templates", "house", cwd=tmp_path)
    assert (tmp_path / "house" / "theme.toml").is_file()
    assert str(Path("house") / "brief.css") in made.stdout
    assert "reportgen build WORKBOOK --templates house" in made.stderr
    assert reportgen("init", "--templates", "house", cwd=tmp_path).returncode == 2


def test_every_problem_is_one_line_and_nothing_is_written(tmp_path: Path) -> None:
    grid = changed("Market", 2, 2, "n/a")
    grid["Fleet"][1][0] = "Nobody"
    bad = write_openpyxl(tmp_path / "week.xlsx", grid)
    refused = reportgen("build", bad, cwd=tmp_path)
    assert refused.returncode == 1
    assert refused.stdout == ""
    lines = refused.stderr.splitlines()
    assert sum(line.startswith("error: ") for line in lines) == 2
    assert any("[Market!B2" in line for line in lines)
    assert any("[Fleet!A2" in line for line in lines)
    assert lines[-1] == "2 errors; nothing was written."
    assert not (tmp_path / "outputs").exists()


def test_problems_as_json_are_records(tmp_path: Path) -> None:
    bad = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, "n/a"))
    for command in ("build", "check"):
        refused = reportgen(command, bad, "--json", cwd=tmp_path)
        assert refused.returncode == 1
        (problem,) = json.loads(refused.stdout)["problems"]
        assert (problem["sheet"], problem["cell"], problem["severity"]) == ("Market", "B2", "error")


def test_a_made_pack_as_json_names_its_files(workbook: Path, tmp_path: Path) -> None:
    built = reportgen("build", workbook, "--format", "xlsx", "--json", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    said = json.loads(built.stdout)
    assert [Path(name).name for name in said["files"]] == [
        "small-case-2025-12-05.xlsx",
        "figures.json",
        "manifest.json",
    ]
    assert all((tmp_path / name).is_file() for name in said["files"])
    assert said["manifest"]["checks"]["disagreements"] == 0


def test_a_workbook_that_is_not_there_is_a_problem_of_the_input(tmp_path: Path) -> None:
    missing = reportgen("build", "nowhere.xlsx", cwd=tmp_path)
    assert missing.returncode == 1
    assert "nowhere.xlsx" in missing.stderr
    assert "Traceback" not in missing.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frobnicate",), "No such command"),
        (("build",), "Missing argument"),
        (("build", "{workbook}", "--format", "odt"), "no such format: odt"),
        (("build", "{workbook}", "--templates", "nowhere"), "does not exist"),
        (("init", "--operators", "0"), "0 is not in the range"),
        (("lines", "Nowhere"), "there is no sheet Nowhere"),
    ],
)
def test_what_cannot_be_asked_is_exit_code_2(
    workbook: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    refused = reportgen(*(word.format(workbook=workbook) for word in arguments), cwd=tmp_path)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_different_pack_is_kept_unless_force_is_given(workbook: Path, tmp_path: Path) -> None:
    first = reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path)
    again = reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path)
    assert (first.returncode, again.returncode) == (0, 0)
    other = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, 80_000))
    refused = reportgen("build", other, "--format", "xlsx", cwd=tmp_path)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert reportgen("build", other, "--format", "xlsx", "--force", cwd=tmp_path).returncode == 0
    (figures,) = tmp_path.glob("outputs/*/*/figures.json")
    assert json.loads(figures.read_text(encoding="utf-8"))["market"]["price"] == 80_000


def test_check_groups_by_sheet_and_says_when_all_is_well(workbook: Path, tmp_path: Path) -> None:
    bad = changed("Market", 2, 2, "n/a")
    bad["Fleet"][1][0] = "Nobody"
    found = reportgen("check", write_openpyxl(tmp_path / "bad.xlsx", bad), cwd=tmp_path)
    assert found.returncode == 1
    headings = [line.rstrip(":") for line in found.stdout.splitlines()[:-1] if not line.startswith(" ")]
    assert headings == [sheet.name for sheet in SHEETS if sheet.name in headings]
    assert {"Market", "Fleet"} <= set(headings)
    assert found.stdout.splitlines()[-1].startswith(f"{tmp_path / 'bad.xlsx'}: 2 errors, ")
    fine = reportgen("check", worked_case_workbook(tmp_path / "case.xlsx"), cwd=tmp_path)
    assert fine.returncode == 0


def test_what_is_only_odd_does_not_fail_a_check(tmp_path: Path) -> None:
    odd = write_openpyxl(tmp_path / "odd.xlsx", changed("Operators", 2, 2, 0.6))
    found = reportgen("check", odd, cwd=tmp_path)
    assert "0 errors" in found.stdout
    warning = next(line for line in found.stdout.splitlines() if line.startswith("  warning: [Operators!"))
    assert re.search(r" \[[a-z_]+\]$", warning), "the code to accept it by"
    assert found.returncode == 0


def test_progress_is_silent_in_a_pipe(workbook: Path, tmp_path: Path) -> None:
    assert "solving" not in reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path).stderr


def test_a_bad_workbook_is_told_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nsys.modules['weasyprint'] = sys.modules['xlsxwriter'] = None\n"
    )
    bad = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, "n/a"))
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    assert reportgen("build", bad, cwd=tmp_path, env=environment).returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are of Unix")
def test_progress_is_shown_on_a_terminal(workbook: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "reportgen", "build", str(workbook), "--format", "xlsx"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        try:
            while chunk := os.read(ours, 4096):
                said += chunk
        except OSError:
            pass  # Linux reports the end of a pseudo-terminal as an error
    os.close(ours)
    assert process.returncode == 0
    steps = ("reading", "solving", "drawing the workbook", "re-performing", "delivering")
    places = [said.decode().index(step) for step in steps]
    assert places == sorted(places)


def test_a_console_with_few_characters_shows_near_ones(tmp_path: Path) -> None:
    narrow = reportgen(
        "explain", SAMPLE, "etf_mean_long_btc", cwd=tmp_path, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    )
    assert narrow.returncode == 0, narrow.stderr
    assert "|- etf_flows.flow_btc" in narrow.stdout


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix close what they want")
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "| head -n 1", "< /dev/null > /dev/full"])
def test_closed_and_full_outputs_do_not_end_in_a_traceback(tmp_path: Path, closing: str) -> None:
    ran = subprocess.run(
        ["bash", "-c", f'set -o pipefail; "{sys.executable}" -m reportgen lines {closing}'],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert ran.returncode == (2 if "full" in closing else 0), ran.stderr


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted by a signal")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize(
    "closing", ["> /dev/full", "> /dev/full 2> /dev/full", "2> /dev/full", ">&- 2>&-", "| head -c 1"]
)
def test_a_pack_is_whole_whatever_becomes_of_the_output(workbook: Path, tmp_path: Path, closing: str) -> None:
    command = f'set -o pipefail; "{sys.executable}" -m reportgen build "{workbook}" --format xlsx --json {closing}'
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    full = closing.startswith("> /dev/full")
    assert ran.returncode == (2 if full else 0), ran.stderr
    if closing == "> /dev/full":
        assert ran.stderr.splitlines()[-1] == (
            "error: the output cannot be written: No space left on device. Files that the command makes are whole, or "
            "not there."
        )
    (folder,) = (tmp_path / "outputs").glob("*/*")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {path.name for path in folder.iterdir()} == {*(each["name"] for each in manifest["files"]), "manifest.json"}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_init_writes_both_workbooks_or_none(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "blank.xlsx").write_bytes(b"my figures")
    refused = reportgen("init", "--blank", cwd=tmp_path)
    assert refused.returncode == 2
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == ["blank.xlsx"]


def test_an_edited_pack_is_kept_and_named(workbook: Path, tmp_path: Path) -> None:
    assert reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path).returncode == 0
    (delivered,) = tmp_path.glob("outputs/*/*/*.xlsx")
    delivered.write_bytes(b"edited")
    other = write_openpyxl(tmp_path / "week.xlsx", changed("Market", 2, 2, 80_000))
    built = reportgen("build", other, "--format", "xlsx", "--force", "--json", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    kept = Path(f"{delivered.parent.relative_to(tmp_path)}-edited-1")
    assert f"it is kept as {kept}" in built.stderr
    assert json.loads(built.stdout)["kept"] == str(kept)
    assert (tmp_path / kept / delivered.name).read_bytes() == b"edited"


@pytest.mark.skipif(os.name == "nt", reason="a process is interrupted by a signal")
def test_an_interrupted_command_ends_with_130_and_one_sentence(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import reportgen.deliver.names as names\n"
        "def slug(title):\n    import os, signal, time\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(9)\n"
        "names.slug = slug\n"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    stopped = reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path, env=environment)
    assert (stopped.returncode, stopped.stdout) == (130, "")
    assert stopped.stderr.splitlines() == ["stopped; nothing is half-written"]
    assert not (tmp_path / "outputs").exists()


def test_an_unexpected_failure_is_one_sentence_and_exit_code_3(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import reportgen.deliver.names as names\n"
        "def slug(title):\n    raise ZeroDivisionError('what nobody foresaw')\n"
        "names.slug = slug\n"
    )
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    failed = reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path, env=environment)
    assert failed.returncode == 3
    assert len(failed.stderr.splitlines()) == 1
    assert "ZeroDivisionError: what nobody foresaw" in failed.stderr
    assert "Please report this line" in failed.stderr
    assert not (tmp_path / "outputs").exists()
    shown = reportgen("build", workbook, "--format", "xlsx", cwd=tmp_path, env={**environment, "REPORTGEN_DEBUG": "1"})
    assert "Traceback" in shown.stderr


def test_a_workbook_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    grid = small()
    grid["Fleet"][1][0] = "\u009b2Jgone"  # a control sequence that clears the screen
    refused = reportgen("check", write_openpyxl(tmp_path / "week.xlsx", grid), cwd=tmp_path)
    assert refused.returncode == 1
    assert "\u009b" not in refused.stdout


def test_a_delivered_workbook_is_an_input_workbook_that_gives_the_same_figures(workbook: Path, tmp_path: Path) -> None:
    def figures(source: Path, out: str) -> bytes:
        built = reportgen("build", source, "--format", "xlsx", "--out", out, cwd=tmp_path)
        assert built.returncode == 0, built.stderr
        return next((tmp_path / out).glob("*/*/figures.json")).read_bytes()

    first = figures(workbook, "first")
    (delivered,) = (tmp_path / "first").glob("*/*/*.xlsx")
    assert figures(delivered, "second") == first


def test_help_names_every_command(tmp_path: Path) -> None:
    said = reportgen("--help", cwd=tmp_path).stdout
    for command in ("init", "build", "check", "explain", "lines", "doctor", "import", "roll"):
        assert f"  {command} " in said
    assert "..." not in said.split("Commands:")[1]  # no description is cut


def test_help_imports_click_and_nothing_else() -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reportgen", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in ran.stderr.splitlines() if "|" in line}
    heavy = {"numpy", "pandas", "openpyxl", "xlsxwriter", "weasyprint", "jinja2", "formualizer", "defusedxml", "json"}
    assert "click" in imported
    assert not imported & heavy
