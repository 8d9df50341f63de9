"""Names of packs are safe on every system, whatever stands in the title."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.deliver.names import LONGEST, file_name, pack_folder, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Miner cost and capitulation brief", "miner-cost-and-capitulation-brief"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\System32", "c-windows-system32"),
        ("CON", "con-report"),
        ("lpt1.", "lpt1-report"),
        ("Zürich – Woche 49", "zurich-woche-49"),
        ("週報", "report"),
        ("", "report"),
        ("   ...   ", "report"),
        ("a" * 300, "a" * LONGEST),
    ],
)
def test_a_title_becomes_a_safe_name(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text())
def test_any_title_at_all_becomes_one_plain_folder_name(title: str) -> None:
    name = slug(title)
    assert name == name.strip("-.") != ""
    assert len(PurePath(name).parts) == 1
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= LONGEST + len("-report")


def test_a_pack_lies_under_its_day_and_its_title() -> None:
    assert pack_folder(45996.0, "Weekly brief") == PurePath("2025-12-05/weekly-brief")
    assert file_name(45996.0, "Weekly brief", "xlsx") == "weekly-brief-2025-12-05.xlsx"
