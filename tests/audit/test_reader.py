"""The file is read in the same way, whatever program wrote it."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from reportgen.audit.file.archive import opened_bytes
from reportgen.audit.file.book import Book
from reportgen.audit.file.cells import Cell
from reportgen.audit.file.number_formats import kind_of, shown
from reportgen.audit.file.sheet import area_of
from reportgen.audit.formulas.found import formulas_of
from reportgen.audit.formulas.relative import Formulas
from reportgen.problems import InputError
from reportgen.release import audit_file
from tests.audit.damage import Damage, damaged, fits, swap
from tests.audit.small_book import COSTS, RESULT, audit, codes_and_cells


def _cells(content: bytes, sheet: int) -> list[Cell]:
    book = Book(opened_bytes(content))
    read = book.read(book.sheets[sheet])
    formulas_of(read, Formulas())
    return [cell._replace(attributes="") for cell in read.filled]


def _prefixed(parts: dict[str, bytes]) -> None:
    """The sheet as programs write it that give the namespace a prefix, and attributes in another order."""
    text = parts[COSTS].decode().replace('xmlns="', 'xmlns:x="')
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text)
    parts[COSTS] = re.sub(r'<x:c (r="\w+") (s="\d+")', r"<x:c \2 \1", text).encode()


def test_both_ways_of_reading_cells_give_the_same(clean: bytes) -> None:
    usual, other = _cells(clean, 2), _cells(damaged(clean, _prefixed), 2)
    assert len(usual) > 20
    assert usual == other


def test_another_dialect_changes_no_finding(clean: bytes) -> None:
    broken = damaged(clean, swap(COSTS, "<f>F5*(price-F6)</f>", "<f>F5*(price-F6)*1.07</f>"))
    assert codes_and_cells(audit(broken)) == codes_and_cells(audit(damaged(broken, _prefixed))) != set()


def test_shared_formulas_are_written_out(clean: bytes) -> None:
    first = "<f>INDEX(Costs!$D$7:$F$7,A6)</f>"
    shared = damaged(
        clean,
        swap(RESULT, first, first.replace("<f>", '<f t="shared" ref="B6:B8" si="0">')),
        swap(RESULT, "<f>INDEX(Costs!$D$7:$F$7,A7)</f>", '<f t="shared" si="0"/>'),
        swap(RESULT, "<f>INDEX(Costs!$D$7:$F$7,A8)</f>", '<f t="shared" si="0"/>'),
    )
    assert _cells(shared, 3) == _cells(clean, 3)
    assert codes_and_cells(audit(shared)) == set()


def test_a_workbook_that_another_program_saved_lacks_values_and_nothing_else(clean: bytes, tmp_path: Path) -> None:
    (tmp_path / "small.xlsx").write_bytes(clean)
    openpyxl.load_workbook(tmp_path / "small.xlsx").save(tmp_path / "saved.xlsx")
    found = audit((tmp_path / "saved.xlsx").read_bytes())
    assert {each.code for each in found.findings} == {"A102", "A621"}  # it keeps no values and no texts of charts


@pytest.mark.parametrize(
    "change",
    [
        swap(COSTS, "<sheetData>", "<sheetData><row>"),
        fits(COSTS, "<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet'),
        swap(COSTS, "<f>F5*(price-F6)</f>", "<f>F5*(price-F6)&lots;</f>"),
        fits(COSTS, r'(<c r="A4" s="9" t="s"><v>)\d+', r"\g<1>9999"),
    ],
)
def test_what_is_not_sound_is_refused(clean: bytes, change: Damage, tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(damaged(clean, change))
    with pytest.raises(InputError, match="the file is damaged"):
        audit_file(tmp_path / "odd.xlsx")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("B3", "B3"), ("$B$3:C4", "B3:C4"), ("C4:B3", "B3:C4"), ("A:B", "A1:B1048576"), ("2:3", "A2:XFD3"),
     ("", None), ("A", None), ("A0", None), ("XFE1", None), ("A1:B", None), ("A1048577", None)],
)  # fmt: skip
def test_areas_are_read_as_addresses(text: str, expected: str | None) -> None:
    found = area_of(text)
    assert (None if found is None else str(found)) == expected


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (-1234.5, "#,##0;-#,##0", "-1,234"), (1234.5, "#,##0.0", "1,234.5"), (0.123, "0.0%", "12.3%"),
        (-0.05, "+0.0%;-0.0%;0.0%", "-5.0%"), (0.05, "+0.0%;-0.0%;0.0%", "+5.0%"), (0, "+0;-0;0.0", "0.0"),
        (-7, "#,##0;(#,##0)", "(7)"), (276_400_000, '#,##0.0,," m"', "276.4 m"),
        (12345.678, "0.0000E+00", "1.2346E+04"),
        (45_996, "yyyy-mm-dd", "0000-00-00"), (-1.5, "#,##0.0;[Red]-#,##0.0", "-1.5"), (3.5, "General", "3.5"),
    ],
)  # fmt: skip
def test_numbers_are_measured_as_they_are_shown(number: float, code: str, expected: str) -> None:
    assert shown(number, code) == expected


@pytest.mark.parametrize(
    ("code", "kind"),
    [("0.0%", "percent"), ("yyyy-mm-dd", "date"), ("#,##0", "number"), ("@", "text"), ("General", "general"),
     ('0.0" days"', "number"), ('[Red]0.00', "number"), ("[h]:mm", "date"), ('0"%"', "number")],
)  # fmt: skip
def test_number_formats_are_of_a_kind(code: str, kind: str) -> None:
    assert kind_of(code) == kind
