"""Small files that ask for much end in figures or in a sentence, and cost little; at full size: make attack."""

from __future__ import annotations

import datetime as dt
import os
import resource
import sys
from pathlib import Path

import pytest

from reportgen.intake.copies import copying
from reportgen.intake.copies.annotate import write_annotated
from reportgen.intake.copies.roll import roll
from reportgen.intake.reader import examine
from reportgen.problems import InputError, UsageError
from tests.intake.attacks import ATTACKS
from tests.intake.file_attack import bad_end, measured
from tests.intake.raw_xlsx import Raw, parts, zipped
from tests.intake.workbooks import changed, small

READ: dict[str, str] = {
    "a cell tag with an address again and again": "its part xl/worksheets/sheet4.xml is not sound XML",
    "a number format of brackets": "a number format has more than 255 characters",
    "tags inside tags": "nests more than 64 tags",
    "a comment without end": "holds a tag or comment of more than a megabyte",
    "a tag without end": "holds a tag of more than a megabyte",
    "one part for all sheets": "shares its content with another one",
    "a long text in many cells": "more than 50,000,000 characters of text",
    "thousands of funds": "found 1,000 columns besides the date, expected at most 250",
    "wrong cells": "found 1,000 wrong cells in this column up to here; the rest of it was not read",
    "sheets without end": "more than 500 sheets",
    "number formats without end": "more than 10,000 number formats",
    "long names of sheets": "the name of a sheet has more than 1,000 characters",
    "links without end": "links to more than 20,000 parts",
    "names of heaped accents": "expected a name from Operators",
    "headings of heaped accents": "ETF_Flows!B1]: found a header of more than 100 characters",
    "names of the same letters": "expected a name from Operators",
    "stress windows without end": 'found 2024-01-01, within "W0"',
    "acceptances without end": "found the same row a second time",
    "dates with times": "found a time besides the date, here and in 19 more cells",
    "strange attributes": "found TRUE, expected a number",
    "a date in 2099": "found 2099-01-01, 26,690 days after the row before it (2025-12-05)",
    "an as-of date in 2099": "found 2099-01-01, 26,690 days after the row before it (2025-12-05)",
    "unknown names": 'found "Operater nunber 0", expected a name from Operators (A2; 2,000 cells in all)',
    "unknown columns": 'and 800 more: "A column that is not read"',
    "a source of 40,000 characters": 'Market!D2 "BTC price"]: found a remark of more than 1,000 characters',
    "a fund's name of 40,000 characters": "ETF_Flows!C1]: found a header of more than 100 characters",
}
"""What the check says to a small attack; the others are no harm to it."""
COPIED: dict[str, str] = {
    "a merged block over a whole sheet": "more than 500,000 cells in merged blocks and links",
    "a link over a whole sheet": "more than 500,000 cells in merged blocks and links",
    "formatted cells": "more than 300,000 cells, blank formatted ones included",
    "tags of formats": "more than 200,000 tags besides its cells",
    "a rule for many ranges": "a rule for more than 1,000 ranges of cells",
    "a long shared formula": "more than 5,000,000 characters in shared formulas",
    "tall rows": "more than 200,000 rows, blank ones included",
    "rules without end": "more than 100,000 tags in its sheets besides the cells",
    "runs of letters": "more than 200,000 tags besides its cells",
    "rows to repeat without end": "rows to repeat of more than 1,000 characters",
    "a long footer": "a header or footer has more than 1,000 characters",
}
"""What roll says, where the check has nothing to say."""


def attacked(name: str, tmp_path: Path) -> Path:
    make, size, _ = ATTACKS[name]
    path = tmp_path / "week.xlsx"
    path.write_bytes(make(size))
    return path


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_told_in_a_sentence_or_does_no_harm(tmp_path: Path, name: str) -> None:
    found = examine(attacked(name, tmp_path))
    said = [str(each) for each in found.problems if each.severity.value == "error" or name in READ]
    assert any(READ[name] in words for words in said) if name in READ else said == [], said[:3]


@pytest.mark.parametrize("name", COPIED)
def test_a_copy_that_would_cost_too_much_is_refused_before_it_is_begun(tmp_path: Path, name: str) -> None:
    path = attacked(name, tmp_path)
    with pytest.raises(InputError) as refused:
        roll(path, dt.date(2025, 12, 12))
    assert COPIED[name] in str(refused.value)
    with pytest.raises(InputError):
        write_annotated(path, tmp_path / "copy.xlsx", ())
    assert [each.name for each in tmp_path.iterdir()] == ["week.xlsx"]


@pytest.mark.parametrize("command", [("check",), ("roll", "--as-of", "2025-12-12")])
def test_a_command_under_attack_stays_within_seconds_and_megabytes(tmp_path: Path, command: tuple[str, ...]) -> None:
    attacked("wrong cells", tmp_path)
    code, seconds, megabytes, said = measured(tmp_path, command[0], "week.xlsx", *command[1:])
    assert code == (1 if command == ("check",) else 0), said
    # A process counts what its parent held when it began, and pytest holds much by now.
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert bad_end(code, seconds, max(0.0, megabytes - held), said) == ""


def test_a_bad_end_is_seen_as_one() -> None:
    assert bad_end(3, 0.1, 50, "boom").startswith("exit code 3")
    assert bad_end(1, 0.1, 50, "Traceback (most recent call last)").startswith("a traceback")
    assert bad_end(0, 10.1, 50, "") == "10.1 s"
    assert bad_end(0, 9.9, 601, "") == "601 MB"
    assert bad_end(2, 9.9, 599, "no such file") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name are of Unix")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "week.xlsx")
    for path in (tmp_path / "week.xlsx", Path("/dev/zero")):
        (found,) = examine(path).problems
        assert (found.code, found.message) == ("file_unreadable", "this is a pipe or a device, not a file.")


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    made = parts(small())
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped({**made, "XL/Workbook.xml": made["xl/workbook.xml"]}))
    (found,) = examine(path).problems
    assert "two parts of the same name" in found.message


def test_a_workbook_with_macros_is_not_copied_and_says_so(tmp_path: Path) -> None:
    made: dict[str, str | bytes] = dict(parts(small()))
    for name, content in (("week.xlsm", made), ("week.xlsx", {**made, "xl/vbaProject.bin": b"x"})):
        path = tmp_path / name
        path.write_bytes(zipped(content))
        assert examine(path).errors == ()
        with pytest.raises(UsageError, match=r"a workbook with macros .* is not copied"):
            roll(path, dt.date(2025, 12, 12))


@pytest.mark.parametrize(
    ("attributes", "inside", "code"),
    [
        (' t="b"', "<v>TRUE</v>", "number_truth"),
        (' t="b"', "<v>maybe</v>", "cell_damaged"),
        ("", "<v>1_000</v>", "cell_damaged"),
        ("", "<v>\uff11\uff12</v>", "cell_damaged"),
        ("", "<v>infinity</v>", "cell_damaged"),
        (' s="1"', "<v>0.395833</v>", "number_date"),
        (' s="1"', "<v>90000</v>", "number_date"),
        ("", "<v>1e-300</v>", "out_of_bounds"),
        ("", "<v>1e300</v>", "out_of_bounds"),
    ],
)
def test_what_only_looks_like_a_number_is_refused_by_its_cell(
    tmp_path: Path, attributes: str, inside: str, code: str
) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(changed("Fleet", 2, 4, Raw(attributes, inside)))))
    found = examine(path).problems
    assert [(each.code, each.where.cell) for each in found] == [(code, "D2")]


TWINS = (
    "A\u200blpha",
    "\uff21lpha",
    "ALPHA\u00ad",
    "Al\u2060pha",
    "Alpha\ufe0f",
    "Al\u034fpha",
    "\u3164Alpha",
    "Alpha\U000e0100",
)


@pytest.mark.parametrize("twin", TWINS)
def test_names_that_differ_by_invisible_marks_or_unicode_form_are_one_name(tmp_path: Path, twin: str) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(changed("Operators", 3, 1, twin))))
    assert "name_twice" in [each.code for each in examine(path).problems]


def test_a_letter_with_an_accent_is_one_letter_in_either_form(tmp_path: Path) -> None:
    grid = changed("Operators", 2, 1, "\u00c1lpha")
    for sheet in ("Fleet", "AI_HPC"):
        grid[sheet][1][0] = "A\u0301lpha"
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(grid)))
    assert not [each for each in examine(path).problems if each.code == "name_unknown"]


@pytest.mark.parametrize("day", ["\uff12\uff10\uff12\uff15-12-05", "2025-1\uff12-05"])
def test_a_date_in_digits_of_another_script_is_refused(tmp_path: Path, day: str) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(changed("Report", 5, 2, day))))
    assert "date_text" in [each.code for each in examine(path).problems]


def test_warnings_on_what_is_not_sent_are_not_sent(tmp_path: Path) -> None:
    grid = small()
    grid["Operators"][0].append("Bonus of the chairman")
    grid["Market"].append(["Secret target", 5])
    grid["Clients"][0].append("Fee paid")
    grid["Operators"][1][1] = 0.3
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(grid)))
    inputs = examine(path).inputs
    assert inputs is not None
    assert [each.code for each in inputs.warnings] == ["power_price_high"]
    assert [each.code for each in inputs.kept_warnings] == ["item_unknown", "column_unknown", "column_unknown"]
    assert {each.where.file for each in inputs.kept_warnings} == {"week.xlsx"}


@pytest.mark.parametrize(("sheet", "row", "column", "cell"), [("ETF_Flows", 1, 3, "C1"), ("Market", 2, 4, "D2")])
def test_a_header_or_remark_that_no_page_can_show_is_refused(
    tmp_path: Path, sheet: str, row: int, column: int, cell: str
) -> None:
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(changed(sheet, row, column, "bell_x0007_"))))
    assert ("text_error", cell) in [(each.code, each.where.cell) for each in examine(path).problems]


def test_what_openpyxl_reads_but_cannot_write_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise AttributeError("'NoneType' object has no attribute 'year'")

    monkeypatch.setattr(copying, "save_reproducibly", stumble)
    path = tmp_path / "week.xlsx"
    path.write_bytes(zipped(parts(small())))
    with pytest.raises(InputError, match="can be read, but not copied"):
        roll(path, dt.date(2025, 12, 12))
    assert [each.name for each in tmp_path.iterdir()] == ["week.xlsx"]
