"""`python -m tests.model.ties_in_libreoffice 20`: tied workbooks computed by LibreOffice, cell by cell against ours.

LibreOffice trusts the values that a file carries unless it is told to compute them: it is told to, and every value is
spoiled before it gets the file, so that agreement cannot come from them.
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from reportgen.model.solve import solve
from reportgen.render.workbook.finished_file import parts_of
from reportgen.render.workbook.reperform import agree
from reportgen.render.workbook.writer import write_workbook
from tests.model.ties import tied

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


def recomputed(files: list[Path], out: Path, profile: Path) -> None:
    """Every file as LibreOffice computes it, under the same name in `out`."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    for file in files:
        subprocess.run(
            [
                "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
                "--outdir", str(out), str(file),
            ],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip


def disagreements(content: bytes, computed: Path) -> list[str]:
    """The cells whose value LibreOffice does not find."""
    (part,) = parts_of(content)
    book = openpyxl.load_workbook(io.BytesIO(computed.read_bytes()), data_only=True)
    wrong = []
    for formula in part.formulas():
        found = book[formula.sheet].cell(formula.row, formula.column).value
        if isinstance(found, dt.datetime):
            found = (found - dt.datetime(1899, 12, 30)).days
        if not agree(formula.cached, "" if found is None else found, formula.margin):
            wrong.append(f"{formula}: carries {formula.cached!r}, LibreOffice finds {found!r}")
    return wrong


def main() -> None:
    """Exit code 1 when LibreOffice disagrees about a cell."""
    many = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        contents = {folder / f"{seed}.xlsx": write_workbook(solve(tied(seed))) for seed in range(many)}
        for path, content in contents.items():
            (part,) = parts_of(content)
            path.write_bytes(part.copy())
        recomputed(list(contents), folder / "out", folder / "profile")
        wrong = {path.stem: disagreements(content, folder / "out" / path.name) for path, content in contents.items()}
    for seed, cells in wrong.items():
        if cells:
            print(f"seed {seed}: {len(cells)} cells, first {cells[0]}")
    print(f"{many} workbooks full of ties, {sum(map(bool, wrong.values()))} on which LibreOffice disagrees")
    sys.exit(any(wrong.values()))


if __name__ == "__main__":
    main()
