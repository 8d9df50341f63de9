"""`python -m tests.render.workbook.edits.in_libreoffice`: every edit of the table, computed by LibreOffice.

LibreOffice is told to compute everything anew, and the values of all formulas are spoiled before it gets a file. It
writes each sheet as text with every digit, which is quick to read.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from reportgen.render.workbook.verdicts import HOLD, WRONG
from tests.model.ties_in_libreoffice import ALWAYS
from tests.render.workbook.edits import table
from tests.render.workbook.edits.edited_file import EditedFile
from tests.render.workbook.edits.packs import sample_pack, small_pack

Texts = Mapping[str, list[list[str]]]
"""The cells of each sheet as texts, by the name of the sheet."""
_AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"  # every digit, every sheet


def computed_by_libreoffice(files: Mapping[str, bytes], folder: Path) -> dict[str, Texts]:
    """Every file, by its name, as LibreOffice computes it: one run for all of them."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    paths = []
    for name, content in files.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(_spoiled(content))
        paths.append(str(path))
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", _AS_TEXT]
    subprocess.run([*command, "--outdir", str(out), *paths], check=True, capture_output=True, timeout=3_600)
    return {name: _sheets(out, name) for name in files}


def _spoiled(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>-98765.4321</v>", source.read(name)))
    return buffer.getvalue()


def _sheets(out: Path, name: str) -> Texts:
    found = {}
    for path in out.glob(f"{name}-*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found[path.stem.removeprefix(f"{name}-")] = list(csv.reader(lines))
    return found


def about(sheets: Texts) -> dict[str, str]:
    """The first sheet: what stands beside each label."""
    return {row[0]: row[1] for row in sheets["About"] if row[0]}


def lines(sheets: Texts) -> dict[str, str]:
    """The line at the top of every sheet."""
    return {name: rows[2][1] for name, rows in sheets.items()}


def main() -> None:
    """Exit code 1 when a fine edit is told as wrong, or a wrong one is not."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packs = {table.SAMPLE: sample_pack(folder), table.SMALL: small_pack()}
        files = {}
        for number, edit in enumerate(table.EDITS):
            file = EditedFile(packs[edit.pack].content)
            edit.change(file, packs[edit.pack].plan)
            files[f"edit{number}"] = file.content()
        found = computed_by_libreoffice(files, folder)
        for edit, sheets in zip(table.EDITS, found.values(), strict=True):
            if edit.name in ("a truth value in a number", "a truth value in a flow"):
                continue  # to LibreOffice it is the number 1, and a rebuild of what it saves takes it as that
            expected = WRONG if edit.says else HOLD
            if not all(expected in line for line in lines(sheets).values()):
                wrong += 1
                print(f"{edit.name}: {about(sheets)['Master check']}")
    print(f"{len(table.EDITS)} edits, {wrong} that LibreOffice tells otherwise")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
