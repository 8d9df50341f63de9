"""The Word document: real styles, every text of the brief and no other, the same bytes, the team's own template."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Mm

from reportgen.problems import CheckError, UsageError
from reportgen.render.office import document as made
from reportgen.render.office.document import Properties, texts_in, texts_of, word_document
from reportgen.render.office.outline import Block, Cell, Figure, Heading, Paragraph, Run, Table
from reportgen.render.theme import load_theme

ABOUT = Properties("Title", "Desk", "House", "Confidential · House", dt.datetime(2025, 12, 5))
BLOCKS: tuple[Block, ...] = (
    Heading(1, "Title"),
    Heading(2, "Costs"),
    Paragraph((Run("It is "), Run("USD 90,000", True), Run("."))),
    Paragraph((Run("a note"),), "note"),
    Paragraph((Run("a point"),), "bullet"),
    Table(
        ((Cell("Operator"), Cell("BTC", True)),),
        ((Cell("=1+1 日本語", strong=True), Cell("−1.5", True)), (Cell("all", across=2),)),
    ),
    Figure("Rising", "USD", "Bars that rise", "Source: us", ""),
)


def written(blocks: tuple[Block, ...] = BLOCKS, templates: Path | None = None) -> bytes:
    return word_document(blocks, ABOUT, load_theme(), templates)


def test_the_document_has_real_styles_and_every_text() -> None:
    found = docx.Document(io.BytesIO(written()))
    styles = {paragraph.text: paragraph.style.name for paragraph in found.paragraphs if paragraph.style is not None}
    assert styles["Title"] == "Title"
    assert styles["Costs"] == "Heading 1"
    assert styles["It is USD 90,000."] == "Normal"
    assert styles["a point"] == "List Bullet"
    assert styles["Rising"] == "Heading 3"
    assert [run.bold for run in found.paragraphs[2].runs] == [None, True, None]
    assert [text for text in texts_of(found) if text] == [text for text in texts_in(BLOCKS) if text]
    (table,) = found.tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
    assert found.core_properties.title == "Title"
    assert found.sections[0].page_width == pytest.approx(Mm(210), rel=1e-4)  # in twentieths of a point


def test_the_same_outline_gives_the_same_bytes_without_the_clock() -> None:
    first = written()
    assert first == written()
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-12-05T00:00:00Z" in file.read("docProps/core.xml")


def test_the_teams_own_document_keeps_its_styles_and_its_pages(tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "House Serif"
    own.sections[0].page_width = Mm(200)
    own.add_paragraph("Our cover")
    own.save(str(tmp_path / "brief.docx"))
    found = docx.Document(io.BytesIO(written(templates=tmp_path)))
    assert found.paragraphs[0].text == "Our cover"
    assert found.styles["Heading 1"].font.name == "House Serif"
    assert found.sections[0].page_width == pytest.approx(Mm(200), rel=1e-4)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no zip", "brief.docx: File is not a zip file"),
        (b"", "brief.docx: File is not a zip file"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "brief.docx").write_bytes(content)
    with pytest.raises(UsageError, match=told):
        written(templates=tmp_path)


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("word/vbaProject.bin", 1, "it holds macros"),
        ("x", 250_000_000, "larger than 200 MB when unpacked"),
        ("x", 1, "is not a Word document"),
    ],
)
def test_a_template_of_a_stranger_is_opened_with_care(tmp_path: Path, name: str, size: int, told: str) -> None:
    with zipfile.ZipFile(tmp_path / "brief.docx", "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        for _ in range(size // 1_000_000):
            part.write(bytes(1_000_000))
    with pytest.raises(UsageError, match=told):
        written(templates=tmp_path)


def test_a_document_that_lost_a_text_is_not_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    add = made._add
    monkeypatch.setattr(made, "_add", lambda document, block: None if block == BLOCKS[3] else add(document, block))
    with pytest.raises(CheckError, match="does not hold the texts of the brief, from: 'a note'"):
        written()
