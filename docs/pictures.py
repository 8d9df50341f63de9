"""The pictures of the README: a page of the brief and a sheet of the workbook, from the sample. `make pictures`.

LibreOffice draws the sheet and Poppler the pages; neither is needed to use reportgen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pypdf import PdfReader

from reportgen import build_pack
from reportgen.resources import sample_workbook

SHEET = "Cost of a bitcoin"
WIDTH = 820


def main(target: Path) -> None:
    """Draw brief.png and workbook.png into the folder `target`."""
    lacking = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if lacking:
        sys.exit(f"{' and '.join(lacking)} not found: the pictures need LibreOffice and Poppler")
    with tempfile.TemporaryDirectory() as folder:
        made = build_pack(sample_workbook(), folder)
        brief = next(path for path in made.files if path.suffix == ".pdf")
        workbook = next(path for path in made.files if path.suffix == ".xlsx")
        draw(brief, 1, target / "brief.png")
        home = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, workbook],
            check=True, capture_output=True,
        )  # fmt: skip
        printed = Path(folder) / f"{workbook.stem}.pdf"
        draw(printed, page_with(printed, SHEET), target / "workbook.png")


def page_with(pdf: Path, text: str) -> int:
    """The number of the first page after the contents that shows this text."""
    pages = PdfReader(pdf).pages
    return next(number for number, page in enumerate(pages, 1) if number > 1 and text in page.extract_text())


def draw(pdf: Path, page: int, picture: Path) -> None:
    """One page as a PNG file."""
    number = str(page)
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-f", number, "-l", number, "-scale-to-x", str(WIDTH), "-scale-to-y", "-1",
         pdf, picture.with_suffix("")],
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
