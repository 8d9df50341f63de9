"""What PDF/A-3u and PDF/UA-1 ask of the file, read from its objects: structure, claims, order, alternatives.

No validator is installed with the tests (docs/decisions.md): these are the rules that a machine can check.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from tests.model.histories import with_history
from tests.worked_case import inputs_of

from .cases import WORKBOOK, pdf_of, sample

LARGEST_BRIEF = 500_000
"""Bytes of the brief beside its attachment, with the whole history."""
PAINTS = frozenset({b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"})


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return pdf_of(sample())


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def elements(node: Any) -> Iterator[Any]:
    """Structure elements in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict) and "/S" in found:
            yield found
            yield from elements(found)


@pytest.fixture(scope="module")
def structure(reader: PdfReader) -> list[Any]:
    return list(elements(root_of(reader)["/StructTreeRoot"]))


Operations = list[list[tuple[Any, Any]]]


@pytest.fixture(scope="module")
def operations(reader: PdfReader) -> Operations:
    """What is drawn, by page."""
    pages: Any = reader.pages
    return [ContentStream(page["/Contents"], reader).operations for page in pages]


@pytest.fixture(scope="module")
def said(reader: PdfReader, operations: Operations) -> dict[tuple[int, int], str]:
    """The texts by page and mark; each font's own map leads from glyphs to letters."""
    texts: dict[tuple[int, int], str] = {}
    pages: Any = reader.pages
    maps = {name: letters(font.get_object()) for name, font in pages[0]["/Resources"]["/Font"].items()}
    for page, drawn in enumerate(operations):
        mark = -1
        font: dict[str, str] = {}
        for operands, operator in drawn:
            if operator == b"BDC":
                mark = int(operands[1].get("/MCID", -1))
            elif operator == b"EMC":
                mark = -1
            elif operator == b"Tf":
                font = maps[operands[0]]
            elif operator == b"TJ" and mark >= 0:
                glyphs = "".join(part.original_bytes.hex() for part in operands[0] if hasattr(part, "original_bytes"))
                told = "".join(font.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4))
                texts[page, mark] = texts.get((page, mark), "") + told
    return texts


def letters(font: Any) -> dict[str, str]:
    lines = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9a-f]{4})> <([0-9a-f]+)>$", lines, re.MULTILINE)
    return {glyph: bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def text_in(element: Any, reader: PdfReader, said: dict[tuple[int, int], str]) -> str:
    """The text of an element and of what is in it."""
    pages: Any = reader.pages
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(pages)}
    parts = (element, *elements(element))
    marks = ((numbers[part.raw_get("/Pg").idnum], kid) for part in parts for kid in part["/K"] if isinstance(kid, int))
    return "".join("".join(said.get((page, int(mark)), "") for page, mark in marks).split())


def test_it_claims_pdf_a_and_pdf_ua_and_describes_the_property_that_pdf_a_does_not_know(reader: PdfReader) -> None:
    metadata = root_of(reader)["/Metadata"].get_object().get_data().decode("utf-8")
    assert metadata.count("<rdf:RDF") == metadata.count("</rdf:RDF>") == 1
    for claim in ('pdfaid:part="3"', 'pdfaid:conformance="U"', 'pdfuaid:part="1"'):
        assert claim in metadata
    assert "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in metadata
    assert "<pdfaProperty:name>part</pdfaProperty:name>" in metadata


def test_it_has_a_language_and_shows_its_title(reader: PdfReader) -> None:
    root = root_of(reader)
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    told: Any = reader.metadata
    assert told.title == sample().value("Report", "report_title")


def test_everything_on_a_page_is_content_or_an_artifact(reader: PdfReader, operations: Operations) -> None:
    pages: Any = reader.pages
    for page, drawn in zip(pages, operations, strict=True):
        depth = 0
        for _, operator in drawn:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            assert depth or operator not in PAINTS
        assert depth == 0
        assert page["/Tabs"] == "/S"


def test_what_is_marked_as_content_stands_in_the_structure_and_the_margins_do_not(
    reader: PdfReader, operations: Operations, structure: list[Any]
) -> None:
    linked = {id(element) for element in structure}
    mapping = root_of(reader)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = {int(key): value.get_object() for key, value in zip(mapping[::2], mapping[1::2], strict=True)}
    for number, drawn in enumerate(operations):
        found = [one[1]["/MCID"] for one, operator in drawn if operator == b"BDC" and "/MCID" in one[1]]
        assert found
        assert all(id(by_page[number][mark].get_object()) in linked for mark in found)
        paged = [one for one, operator in drawn if operator == b"BDC" and one[1].get("/Type") == "/Pagination"]
        assert len(paged) == 3  # the three texts of the foot


def test_each_header_cell_says_of_what_and_each_cell_names_its_headers(structure: list[Any]) -> None:
    tables = [element for element in structure if element["/S"] == "/Table"]
    assert len(tables) >= 6
    for table in tables:
        inside = list(elements(table))
        heads = [element for element in inside if element["/S"] == "/TH"]
        assert {str(element["/A"]["/Scope"]) for element in heads} <= {"/Column", "/Row"}
        assert any(element["/A"]["/Scope"] == "/Column" for element in heads)
        known = {str(element["/ID"]) for element in heads}
        for cell in (element for element in inside if element["/S"] == "/TD"):
            assert {str(name) for name in cell["/A"]["/Headers"]} <= known


def test_headings_begin_at_one_and_leave_no_level_out(structure: list[Any]) -> None:
    levels = [int(element["/S"][2]) for element in structure if re.fullmatch(r"/H[1-6]", element["/S"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_outline_names_the_headings_in_their_order(
    reader: PdfReader, structure: list[Any], said: dict[tuple[int, int], str]
) -> None:
    def titles(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield " ".join(str(entry.title).split())

    headings = [element for element in structure if re.fullmatch(r"/H[1-6]", element["/S"])]
    told = [text_in(element, reader, said) for element in headings]
    assert len(told) > 10
    assert ["".join(title.replace("−", "-").split()) for title in titles(reader.outline)] == told


def test_every_picture_has_words_and_its_place_on_the_page(reader: PdfReader, structure: list[Any]) -> None:
    pictures = [element for element in structure if element["/S"] == "/Figure"]
    assert len(pictures) >= 10
    for picture in pictures:
        assert len(str(picture["/Alt"])) > 20
        left, bottom, right, top = map(float, picture["/A"]["/BBox"])
        _, _, width, height = map(float, picture["/Pg"]["/MediaBox"])
        assert 0 < left < right < width
        assert 0 < bottom < top < height
    titles = [element for element in structure if element["/S"] == "/Caption"]
    assert not titles  # they would have to stand inside the picture


def test_a_minus_is_copied_as_the_sign_that_spreadsheets_know(said: dict[tuple[int, int], str]) -> None:
    assert not [text for text in said.values() if "−" in text]
    assert float(next(text for text in said.values() if text == "-1,381").replace(",", "")) == -1381


def test_the_workbook_is_attached_as_it_is(reader: PdfReader) -> None:
    stream = root_of(reader)["/AF"][0].get_object()["/EF"]["/F"].get_object()
    assert "/Filter" not in stream
    assert stream.get_data() == WORKBOOK.content


def test_the_brief_of_the_whole_history_is_small_beside_its_attachment() -> None:
    days = np.arange(4_170)
    rates = 100 * np.exp(days / 900) * (1 + 0.2 * np.sin(days / 23))
    prices = 5_000 * np.exp(days / 1_400) * (1 + 0.3 * np.sin(days / 61))
    reader = pdf_of(inputs_of(with_history(rates.tolist(), prices.tolist())))
    stream: Any = reader.stream
    assert len(stream.getvalue()) - len(WORKBOOK.content) < LARGEST_BRIEF
