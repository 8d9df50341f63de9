"""What a user's workbook holds that is lost when a changed copy of it is written, told before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.intake.file.limits import DamagedError
from reportgen.intake.file.package import DAMAGE, open_package
from reportgen.intake.file.xml_stream import CHUNK

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.file.package import Package

_IN_SHEETS = (
    (b":sparklineGroup", "sparklines"),
    (
        b"x14:conditionalFormatting ",
        "newer conditional formats (data bars, icon sets, rules that look at other sheets)",
    ),
    (
        b"x14:conditionalFormatting>",
        "newer conditional formats (data bars, icon sets, rules that look at other sheets)",
    ),
    (b"x14:dataValidation ", "drop-downs that look at other sheets, outside the declared columns"),
    (b"<controls", "form controls"),
    (b"<oleObjects", "embedded objects"),
)
_IN_DRAWINGS = (
    (b"<xdr:sp ", "shapes and text boxes"),
    (b"<xdr:sp>", "shapes and text boxes"),
    (b"<xdr:grpSp", "grouped shapes"),
)
_PARTS = (
    ("xl/slicers/", "slicers"),
    ("xl/timelines/", "timelines"),
    ("xl/threadedcomments/", "replies in comments (the comments stay as notes)"),
    ("xl/queries/", "data queries"),
    ("xl/connections.xml", "data connections"),
    ("xl/model/", "the data model"),
    ("xl/media/", "pictures, if they cannot be carried over"),
    ("xl/charts/", "some formatting of charts"),
    ("xl/diagrams/", "SmartArt"),
    ("xl/activex/", "ActiveX controls"),
    ("customxml/", "custom XML data"),
    ("xl/richdata/", "linked data types"),
)


def losses(path: Path) -> tuple[str, ...]:
    """What would be lost from the workbook at `path`, in plain words; empty when nothing would be.

    Raises InputError when the file is no workbook, and DamagedError never: a part that cannot be read is passed over.
    """
    package = open_package(path)
    lost: dict[str, None] = {}
    with package.archive:
        for name in package.parts:
            lost.update((words, None) for start, words in _PARTS if name.startswith(start))
            marks = (
                _IN_SHEETS
                if name.startswith("xl/worksheets/sheet")
                else _IN_DRAWINGS
                if name.startswith("xl/drawings/drawing")
                else ()
            )
            if not marks:
                continue
            try:
                lost.update((words, None) for mark, words in marks if _holds(package, name, mark))
            except (DamagedError, *DAMAGE):
                continue
    return tuple(lost)


def _holds(package: Package, name: str, mark: bytes) -> bool:
    """True when a part holds the mark; it is gone through piece by piece, as it may be large."""
    stream, end = package.open_part(name), b""
    while stream is not None and (piece := stream.read(CHUNK)):
        if mark in end + piece:
            return True
        end = piece[-len(mark) :]
    return False
