"""The file as an archive of parts, and the links between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.audit.file.cost import Cost
from reportgen.audit.file.elements import Element, tree_of
from reportgen.intake.file.limits import DamagedError
from reportgen.intake.file.package import DAMAGE, open_package

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Link:
    """From one part to another, or to a place outside the file."""

    kind: str
    target: str
    outside: bool


class Archive:
    """A workbook's parts by their path, case ignored; what they cost to read is counted."""

    def __init__(self, archive: zipfile.ZipFile, work: Cost) -> None:
        self._archive = archive
        self._parts = {_plain(info.filename): info for info in archive.infolist()}
        self.work = work

    @property
    def names(self) -> list[str]:
        """The paths of all parts."""
        return list(self._parts)

    def has(self, name: str) -> bool:
        """True for a part of the file."""
        return _plain(name) in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part. DamagedError when the file has none of that path, or it cannot be unpacked."""
        info = self._parts.get(_plain(name))
        if info is None:
            raise DamagedError(f"its part {name} is missing")
        try:
            return self._archive.read(info)
        except (*DAMAGE, zlib.error) as error:
            raise DamagedError(f"its part {name} cannot be unpacked") from error

    def tree(self, name: str) -> Element:
        """A part as the tree of its tags."""
        return tree_of(self.read(name), name, self.work)

    def links(self, name: str) -> Mapping[str, Link]:
        """The links of a part, by their id; none where it has no list of links."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(listed):
            return {}
        return {
            each.get("Id"): Link(
                each.get("Type").rpartition("/")[2], _from(folder, each), each.get("TargetMode") == "External"
            )
            for each in self.tree(listed).all("Relationship")
        }


def _from(folder: str, link: Element) -> str:
    target = link.get("Target")
    if link.get("TargetMode") == "External":
        return target
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def opened_file(path: Path) -> Archive:
    """A workbook from anywhere. InputError when it is missing, no workbook, damaged, or too large."""
    return Archive(open_package(path).archive, Cost())


def opened_bytes(content: bytes) -> Archive:
    """A workbook that was just made here: as large as it may be."""
    return Archive(zipfile.ZipFile(io.BytesIO(content)), Cost(ours=True))
