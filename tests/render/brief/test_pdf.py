"""The PDF itself: its kind, its attachment, its pages, and what it refuses."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from reportgen.problems import UsageError
from reportgen.render.brief import fitting, view
from reportgen.render.brief.files import BASE, fetcher
from reportgen.render.brief.limits import MOST_PAGES, STEPS
from reportgen.render.brief.pdf import write_brief
from reportgen.render.brief.view import brief_view
from reportgen.resources import templates_folder
from tests.running import ROOT
from tests.worked_case import inputs_of, worked_case

from .cases import OPTIONAL, WORKBOOK, emptied, grown, pdf_of, records, sample, text_of
from .placed import pages_of

HOSTILE = '=HYPERLINK("http://x","y")'
MARKUP = '<a href="http://evil.example">here</a><script>alert(1)</script><img src="file:///etc/passwd">'


@pytest.fixture(scope="module")
def brief() -> PdfReader:
    return pdf_of(worked_case())


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def test_it_says_that_it_is_pdf_a_3u_and_tagged(brief: PdfReader) -> None:
    root = root_of(brief)
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="U"' in metadata
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en"
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/StructTreeRoot" in root


def test_the_workbook_is_attached_as_its_source(brief: PdfReader) -> None:
    (attached,) = root_of(brief)["/AF"]
    specification = attached.get_object()
    assert specification["/AFRelationship"] == "/Source"
    assert specification["/UF"] == "week.xlsx"
    stream = specification["/EF"]["/F"].get_object()
    assert stream["/Subtype"] == "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert stream.get_data() == WORKBOOK.content


def test_its_metadata_comes_from_the_report_and_not_from_the_clock(brief: PdfReader) -> None:
    told: Any = brief.metadata
    assert (told.title, told.author) == ("Worked case", "Test desk, Analyst")
    assert told["/CreationDate"] == told["/ModDate"] == "D:20251205000000Z"


def test_every_font_is_embedded_and_bundled(brief: PdfReader) -> None:
    names = set()
    pages: Any = brief.pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor
            names.add(str(font.get_object()["/BaseFont"]).partition("+")[2])
    assert names
    assert all(name.startswith("Inter") for name in names)


def test_every_figure_has_words_that_stand_for_it(brief: PdfReader) -> None:
    size: Any = brief.trailer["/Size"]
    objects: list[Any] = [brief.get_object(number) for number in range(1, int(size))]
    figures = [item for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    assert len(figures) >= 8
    assert all(str(element.get("/Alt", "")).strip() for element in figures)


def test_each_page_carries_its_number_and_the_confidentiality(brief: PdfReader) -> None:
    reader = pdf_of(worked_case().with_value("Report", "confidentiality", "Illustrative - do not pass on"))
    for number, page in enumerate(reader.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert f"Page {number} of {len(reader.pages)}" in words
        assert "Illustrative - do not pass on" in words
    assert 2 <= len(brief.pages) <= MOST_PAGES


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param(lambda: grown(1), id="one operator"),
        pytest.param(lambda: grown(60), id="60 operators"),
        pytest.param(lambda: grown(500), id="500 operators"),
        pytest.param(lambda: emptied(worked_case(), *OPTIONAL), id="nothing optional"),
        pytest.param(lambda: emptied(worked_case(), "Fleet"), id="no fleet"),
        pytest.param(lambda: overfull(), id="all texts at their longest"),
    ],
)
def test_it_has_two_to_seven_pages_in_every_case(inputs: Any) -> None:
    assert 2 <= len(pdf_of(inputs()).pages) <= MOST_PAGES == 7


@pytest.mark.parametrize(("most", "tried"), [(MOST_PAGES, (0,)), (1, (0, len(STEPS) - 2))])
def test_it_shows_less_until_it_fits_and_is_not_laid_out_for_what_cannot(
    monkeypatch: pytest.MonkeyPatch, most: int, tried: tuple[int, ...]
) -> None:
    laid: list[Any] = []
    measured = fitting.filled

    def seen(layout: Any) -> Any:
        laid.extend([layout] if layout not in laid else [])
        return measured(layout)

    asked = []

    def viewed(*arguments: Any, **named: Any) -> Any:
        asked.append(arguments[-1])
        return brief_view(*arguments, **named)

    monkeypatch.setattr(fitting, "MOST_PAGES", most)
    monkeypatch.setattr(fitting, "filled", seen)
    monkeypatch.setattr(view, "brief_view", viewed)
    pdf_of(worked_case())
    assert (asked[0], asked[-1]) == (STEPS[tried[0]], STEPS[tried[-1]])
    assert len(laid) == len(tried)


def test_a_last_page_that_is_too_empty_begins_with_a_section_of_the_page_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = pages_of(sample())
    least = before.filled(before.count - 1) + 0.05
    monkeypatch.setattr(fitting, "LEAST_OF_LAST", least)
    after = pages_of(sample())
    assert after.count == before.count
    assert after.filled(after.count - 1) >= least


def overfull() -> Inputs:
    given = records()
    long = "Word " * 19
    given["Report"] |= {
        "report_title": long * 2,
        "commentary": ("A long comment. " * 60 + "\n\n") * 9,
        "disclaimer": "Legal words. " * 760,
        "confidentiality": long,
    }
    given["Scenarios"] = [given["Scenarios"][0] | {"scenario": f"{long}{number}"} for number in range(30)]
    given["Shocks"] = [given["Shocks"][0] | {"shock": f"{long}{number}"} for number in range(30)]
    given["Events"] = [{"date": "2025-11-01", "event": "Event " * 160, "source": "Source " * 40} for _ in range(30)]
    for row in given["Operators"] + given["Fleet"] + given["Debt"] + given["AI_HPC"]:
        row["operator"] = long + row["operator"]
    return inputs_of(given)


def test_text_of_users_becomes_neither_markup_nor_link_nor_file() -> None:
    given = records()
    for row in given["Operators"] + given["Fleet"] + given["Debt"] + given["AI_HPC"]:
        row["operator"] = row["operator"].replace("Beta Hosted", HOSTILE)
    given["Report"] |= {"commentary": MARKUP + "\n\n{{ 7 * 6 }}", "organisation": "<b>Bold & Co</b>"}
    given["Events"] = [{"date": "2025-11-01", "event": "<i>Italic</i>", "source": "javascript:alert(1)"}]
    reader = pdf_of(inputs_of(given))
    words = text_of(reader)
    assert HOSTILE in words
    assert '<a href="http://evil.example">here</a>' in words.replace(" >", ">")
    assert "{{ 7 * 6 }}" in words
    assert "<b>Bold & Co</b>" in words
    assert "<i>Italic</i>" in words
    assert not [item for page in reader.pages for item in page.get("/Annots", [])]
    assert "root:" not in words


def test_a_missing_figure_is_never_shown_as_nan(brief: PdfReader) -> None:
    assert "nan" not in text_of(brief).split()


def test_the_same_inputs_give_the_same_bytes_in_any_folder_zone_and_locale(tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; from tests.render.brief.cases import *; from tests.worked_case import worked_case;"
        "print(hashlib.sha256(write_brief(solve(worked_case()), WORKBOOK, 7)).hexdigest())"
    )
    here = hashlib.sha256(write_brief(solve(worked_case()), WORKBOOK, 7)).hexdigest()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "11"}
    env["SOURCE_DATE_EPOCH"] = "1"
    other = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=True
    )
    assert other.stdout.strip() == here


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    write_brief(solve(worked_case()), WORKBOOK, 7)
    assert os.environ["SOURCE_DATE_EPOCH"] == "5"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    write_brief(solve(worked_case()), WORKBOOK, 7)
    assert "SOURCE_DATE_EPOCH" not in os.environ


def own(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def brief_with(templates: Path) -> PdfReader:
    return PdfReader(io.BytesIO(write_brief(solve(worked_case()), WORKBOOK, 7, templates)))


def test_a_template_of_ones_own_replaces_the_bundled_one(tmp_path: Path) -> None:
    own(tmp_path, "parts/closing.html.j2", "<p>Our own closing words, {{ view.cover.organisation }}.</p>")
    words = text_of(brief_with(tmp_path))
    assert "Our own closing words, Test desk." in words
    assert "Method, sources and checks" not in words
    assert "Who is under stress" in words


def test_a_theme_of_ones_own_colours_the_page(tmp_path: Path) -> None:
    reader = brief_with(own(tmp_path, "theme.toml", '[colours]\naccent = "#CC0000"\n'))
    assert b"0.8 0 0 rg" in reader.pages[0].get_contents().get_data()  # type: ignore[union-attr]  # a page has contents


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>\n{% if %}</p>", "template parts/closing.html.j2, line 2"),
        ("<p>\n\n{{ view.cover.organization }}</p>", "template parts/closing.html.j2, line 3"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{% include 'parts/missing.html.j2' %}", "missing.html.j2"),
        ("{{ view.cover.title.__class__.__mro__ }}", "template parts/closing.html.j2, line 1"),
        ("{{ 1 / 0 }}", "template parts/closing.html.j2, line 1"),
    ],
)
def test_a_broken_template_is_told_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        brief_with(own(tmp_path, "parts/closing.html.j2", text))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<img alt="x" src="../../etc/hostname">',
        '<img alt="x" src="http://example.invalid/x.png">',
        '<p style="colour: red">x</p>',
        '<img alt="x" src="missing.png">',
    ],
)
def test_what_weasyprint_complains_of_stops_the_build(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError) as refused:
        brief_with(own(tmp_path, "parts/closing.html.j2", text))
    assert str(refused.value).startswith(f"The templates in {tmp_path} do not make a sound PDF: ")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder of templates"):
        write_brief(solve(worked_case()), WORKBOOK, 7, tmp_path / "nowhere")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://x/y", "ftp://x", f"{BASE}..", "file://host/templates/x"]
)
def test_an_address_outside_the_templates_folder_is_not_opened(address: str) -> None:
    with pytest.raises(ValueError, match="templates folder"):
        fetcher((templates_folder(),)).fetch(address)


def test_data_in_the_page_itself_is_read() -> None:
    assert fetcher((templates_folder(),)).fetch("data:text/plain,hello").read() == b"hello"


def test_a_character_that_no_font_holds_is_printed_as_a_question_mark_and_said() -> None:
    never = "\U0010fffd"  # a private character: no font can hold it
    given = records()
    name = given["Operators"][0]["operator"]
    given = json.loads(json.dumps(given).replace(json.dumps(name), json.dumps(f"Ridge{never}")))  # in charts, too
    text = text_of(pdf_of(inputs_of(given).with_value("Report", "commentary", f"Rough week {never} ahead")))
    assert "Rough week ? ahead" in text
    assert "Ridge?" in text
    assert "Characters that no font of the machine holds are printed as" in text
