"""Templates of a stranger: they read nothing outside their folder, and end in a sentence whatever they do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from reportgen.model.solve import Solution, solve
from reportgen.problems import UsageError
from reportgen.render.brief import confined, press
from reportgen.render.brief.pdf import write_brief
from reportgen.render.contrast import contrast, refuse_low_contrast
from reportgen.render.template_files import LARGEST, read_template_file
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from tests.running import SAMPLE, reportgen
from tests.worked_case import worked_case

from .cases import WORKBOOK
from .hostile_templates import CLOSING, ENDLESS, WRONG, laid

SECRET = "the secret of the house"
PLACES = {
    CLOSING: "a template",
    "parts": "a folder of templates",
    "brief.css": "the style sheet",
    "logo.png": "a picture",
    "theme.toml": "the theme",
}
links = pytest.mark.skipif(os.name == "nt", reason="making links takes a right of its own on Windows")


@pytest.fixture(scope="module")
def solution() -> Solution:
    return solve(worked_case())


def refused(solution: Solution, folder: Path) -> str:
    with pytest.raises(UsageError) as error:
        write_brief(solution, WORKBOOK, 7, folder)
    assert "\n" not in str(error.value)
    return str(error.value)


@links
@pytest.mark.parametrize("name", PLACES)
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    outside, own = tmp_path / "outside", tmp_path / "own"
    secret = outside / "closing.html.j2" if name == "parts" else outside / Path(name).name
    laid(outside, {secret.name: SECRET.encode()})
    (own / name).parent.mkdir(parents=True)
    (own / name).symlink_to(outside if name == "parts" else secret)
    wanted = CLOSING if name == "parts" else name
    with pytest.raises(ValueError, match=r"is reached by a link: only real files inside the templates folder are read"):
        read_template_file(wanted, (own, templates_folder()))


@links
def test_nothing_of_what_a_link_leads_to_gets_into_a_brief(tmp_path: Path) -> None:
    laid(tmp_path, {"secret.txt": SECRET.encode()})
    (tmp_path / "own" / "parts").mkdir(parents=True)
    (tmp_path / "own" / CLOSING).symlink_to(tmp_path / "secret.txt")
    built = reportgen("build", SAMPLE, "--templates", "own", cwd=tmp_path)
    assert built.returncode == 2
    assert built.stderr.splitlines() == [
        f"error: template {CLOSING}: {CLOSING} is reached by a link: only real files inside the templates folder are "
        "read"
    ]
    assert not (tmp_path / "outputs").exists()


def test_a_second_name_of_a_file_outside_is_not_read(tmp_path: Path) -> None:
    own = laid(tmp_path / "own", {CLOSING: b"<p>Fine.</p>"})
    assert read_template_file(CLOSING, (own,)) == b"<p>Fine.</p>"
    laid(tmp_path, {"secret.txt": SECRET.encode()})
    (own / CLOSING).unlink()
    (own / CLOSING).hardlink_to(tmp_path / "secret.txt")
    with pytest.raises(ValueError, match=r"has a second name on the disk \(a hard link\): copy it"):
        read_template_file(CLOSING, (own, templates_folder()))


@links
def test_a_theme_that_is_a_link_stops_the_workbook_too(tmp_path: Path) -> None:
    (tmp_path / "theme.toml").symlink_to(templates_folder() / "theme.toml")
    with pytest.raises(UsageError, match="is reached by a link"):
        load_theme(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_or_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "brief.css")
    (tmp_path / "logo.png").mkdir()
    for name in ("brief.css", "logo.png"):
        with pytest.raises(ValueError, match="is not a file"):
            read_template_file(name, (tmp_path,))


@pytest.mark.parametrize(
    "name", ["../secret", "parts/../../secret", "/etc/passwd", "C:secret", "parts\\secret", "", "a\0b", "//host/x"]
)
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    laid(tmp_path, {"secret": b"x", "own/parts/x": b"y"})
    for folder in (tmp_path / "own", templates_folder()):
        with pytest.raises(ValueError, match="outside the templates folder"):
            read_template_file(name, (folder,))


def test_the_users_file_goes_before_the_bundled_one_and_a_large_one_is_refused(tmp_path: Path) -> None:
    folders = (tmp_path, templates_folder())
    bundled = read_template_file("brief.css", folders)
    assert bundled == (templates_folder() / "brief.css").read_bytes()
    laid(tmp_path, {"brief.css": b"a {}"})
    assert read_template_file("brief.css", folders) == b"a {}"
    with (tmp_path / "brief.css").open("wb") as stream:
        stream.truncate(LARGEST)
        assert len(read_template_file("brief.css", folders)) == LARGEST
        stream.truncate(LARGEST + 1)
    with pytest.raises(ValueError, match="is larger than 20,000 kB"):
        read_template_file("brief.css", folders)
    with pytest.raises(FileNotFoundError):
        read_template_file("nowhere.css", folders)


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_work_is_told_with_the_template(solution: Solution, tmp_path: Path, what: str) -> None:
    files, told = WRONG[what]
    assert refused(solution, laid(tmp_path, files)).startswith(told)


def test_names_of_any_length_and_with_line_breaks_leave_one_short_line(solution: Solution, tmp_path: Path) -> None:
    asked = "{% include '" + "long" * 5_000 + "' %}"
    assert len(refused(solution, laid(tmp_path / "asked", {CLOSING: asked.encode()}))) < 500


@links  # a name with a line break is none on Windows
def test_a_file_whose_name_has_a_line_break_is_named_on_one_line(solution: Solution, tmp_path: Path) -> None:
    own = laid(tmp_path, {"two\nlines.css": b"a {}", "brief.css": b"p { width: calc( }", CLOSING: b"{{ 1 / 0 }}"})
    assert "two?lines.css" in confined._listed(SimpleNamespace(own=own, folders=(own,)))  # type: ignore[arg-type] # it asks for both
    assert "ZeroDivisionError" in refused(solution, own) or "division" in refused(solution, own)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined.set_pages_apart, "__defaults__", (4.0, 300))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_what_takes_without_end_is_ended_and_named(
    solution: Solution, tmp_path: Path, make: Callable[[], dict[str, bytes]]
) -> None:
    folder, begun = laid(tmp_path, make()), time.monotonic()
    told = refused(solution, folder)
    assert "template" in told
    assert "report" not in told.replace(str(tmp_path), "")
    assert time.monotonic() - begun < 60


@pytest.mark.usefixtures("impatient")
def test_a_loop_without_end_is_named_with_its_line(solution: Solution, tmp_path: Path) -> None:
    files = {CLOSING: b"<p>Fine.</p>\n" + ENDLESS["a loop without end"]()[CLOSING]}
    assert refused(solution, laid(tmp_path, files)) == (
        f"template {CLOSING}, line 2: the pages are not set after 4 seconds. Look for a loop without end, or make it "
        "simpler."
    )


@pytest.mark.usefixtures("impatient")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its memory")
def test_a_template_that_takes_too_much_memory_is_told_so(solution: Solution, tmp_path: Path) -> None:
    told = refused(solution, laid(tmp_path, ENDLESS["a text of gigabytes"]()))
    assert told == f"template {CLOSING}, line 1: it takes more memory than it may have"


def test_a_process_that_dies_without_a_word_is_told(
    solution: Solution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_CHILD", "print('ready', flush=True); import os; os.abort()")
    told = refused(solution, laid(tmp_path, {"brief.css": b"a {}", "theme.toml": b""}))
    assert told.startswith(f"the templates in {tmp_path} (brief.css): setting the pages takes more than 1,000 MB")


def test_nothing_temporary_is_left_when_the_process_is_ended(
    solution: Solution, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(confined.set_pages_apart, "__defaults__", (2.0, 300))
    refused(solution, laid(tmp_path / "own", ENDLESS["a loop without end"]()))
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        ('[colours]\nacent = "#FF0000"\n', "there is no colour 'acent'; there are: ink, "),
        ('[fonts]\nbody = "Inter"\n', "there is no font 'body'; there are: workbook, brief."),
        ('[colors]\naccent = "#FF0000"\n', "there is no table [colors]"),
        ('[colours]\naccent = "red"\n', "accent = 'red' is not a colour such as #0F4C81."),
        ("[colours]\naccent = 5\n", "accent = '5' is not a colour such as #0F4C81."),
        ('[colours]\n"a;} * {" = "#FF0000"\n', "there is no colour 'a;} * {'"),
        ("[fonts]\nbrief = 'x\"; } * { color: red'\n", "is not a name of a font such as Calibri."),
        ("colours = 5\n", "colours is not a table"),
        ('[page]\nsize = "A5"\n', 'size = \'A5\' is not a paper size: "A4" or "Letter".'),
        ('[page]\npaper = "A4"\n', "there is no setting 'paper'; there are: size, logo."),
        ('[page]\nlogo = "logo.svg"\n', "logo = 'logo.svg' is not a PNG file of the folder"),
        ('[page]\nlogo = "logo.png"\n', "the logo cannot be read: logo.png is not in the templates folder"),
        ('[page]\nlogo = "../logo.png"\n', "outside the templates folder"),
        ('[numbers]\nnegative = "red"\n', "negative = 'red' is not a style"),
        ('[colours]\nmuted = "#AAAAAA"\n', "muted #AAAAAA on paper #FFFFFF (2.3 of 4.5)"),
        ('[colours]\nai = "#E8E0F0"\n', "ai #E8E0F0 on paper #FFFFFF (1.3 of 3)"),
        ('[colours]\npaper = "#101010"\n', "ink #1B2430 on paper #101010"),
        ("[colours\n", "theme.toml is not a theme file: "),
        ("[colours]\nx = " + "[" * 5_000, "theme.toml is not a theme file: "),
        ("# long\n" * 20_000, "theme.toml is larger than 100 kB"),
    ],
)
def test_a_theme_is_held_against_the_roles_that_there_are(tmp_path: Path, theme: str, told: str) -> None:
    laid(tmp_path, {"theme.toml": theme.encode()})
    with pytest.raises(UsageError) as error:
        load_theme(tmp_path)
    assert str(error.value).startswith("theme.toml")
    assert told in str(error.value)


def test_a_logo_is_read_with_its_size_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    head = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + (300).to_bytes(4, "big") + (80).to_bytes(4, "big")
    laid(tmp_path, {"theme.toml": b'[page]\nlogo = "house/logo.png"\nsize = "Letter"\n', "house/logo.png": head})
    theme = load_theme(tmp_path)
    assert theme.logo is not None
    assert (theme.logo.png, theme.logo.width, theme.logo.height) == (head, 300, 80)
    assert theme.paper_size == "Letter"
    for content, told in ((b"<svg/>", "is not a PNG picture"), (head[:16] + b"\xff" * 8, "pixels; at most 4,000")):
        laid(tmp_path, {"house/logo.png": content})
        with pytest.raises(UsageError, match=told):
            load_theme(tmp_path)


def test_every_pair_of_the_standard_theme_can_be_read() -> None:
    refuse_low_contrast(load_theme().colours, "theme.toml")
    assert round(contrast("#000000", "#FFFFFF"), 3) == 21
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54  # the grey that is known as the lightest for text


def test_a_theme_that_is_no_text_is_refused(tmp_path: Path) -> None:
    laid(tmp_path, {"theme.toml": b"\xff\xfe\x00"})
    with pytest.raises(UsageError, match=r"theme\.toml is not a theme file: "):
        load_theme(tmp_path)
