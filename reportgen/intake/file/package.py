"""The file itself: is it a workbook that can be opened, and which parts does it hold?

Everything that is wrong with the file as a whole is told here, before anything is parsed.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from reportgen.intake.file.limits import MEGABYTE, MOST_BYTES, MOST_PARTS, MOST_UNPACKED, DamagedError
from reportgen.problem_codes import problem
from reportgen.problems import InputError, Where

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems import Problem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
DAMAGE = (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, KeyError)
"""What zipfile raises on damaged or unusual archives (zlib's error comes as BadZipFile through `open_part`)."""


@dataclass(frozen=True)
class Package:
    """An opened workbook file: its bytes' hash and its parts, by their path inside the file."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]
    sha256: str

    def open_part(self, name: str) -> IO[bytes] | None:
        """The part of that path (case ignored), or None when the file has no such part."""
        info = self.parts.get(name.lstrip("/").casefold())
        if info is None:
            return None
        try:
            return self.archive.open(info)
        except DAMAGE as error:
            raise DamagedError(f"its part {name} cannot be unpacked") from error


def open_package(path: Path) -> Package:
    """Opens the workbook at `path` and reads its table of parts.

    Raises InputError with one problem when the file is missing, a folder, empty, encrypted, of another kind, damaged
    or too large when unpacked.
    """
    content = _content(path)
    refusal = _other_kind(path, content)
    if refusal:
        raise InputError((refusal,))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
    except DAMAGE as error:
        raise InputError(
            (_problem("file_damaged", path, "the file is damaged: its table of parts cannot be read."),)
        ) from error
    refusal = _refused_archive(path, infos)
    if refusal:
        raise InputError((refusal,))
    parts = {_part_name(info): info for info in infos}
    return Package(archive, parts, hashlib.sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError((_problem("file_folder", path, "this is a folder, not a workbook."),))
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError((_problem("file_unreadable", path, "this is a pipe or a device, not a file."),))
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError((_too_large(path, f"more than {MOST_BYTES // MEGABYTE} MB"),))
        return content
    except FileNotFoundError as error:
        raise InputError((_problem("file_missing", path, "there is no such file."),)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not a file name"
        raise InputError((_problem("file_unreadable", path, f"the file cannot be opened ({reason})."),)) from error


def _other_kind(path: Path, content: bytes) -> Problem | None:
    if not content:
        return _problem("file_empty", path, "the file is empty (0 bytes).")
    if content.startswith(OLE):
        if ENCRYPTED_STREAM in content:
            return _problem("file_encrypted", path, "the workbook is protected by a password to open it.")
        return _problem("file_kind", path, "found an old Excel 97-2003 workbook (.xls), expected an .xlsx workbook.")
    if content.startswith(b"PK"):
        return None
    kind = (
        "a web page or XML file"
        if content.lstrip()[:1] == b"<"
        else "a text file"
        if _is_text(content)
        else "no workbook"
    )
    if content.startswith(b"%PDF"):
        kind = "a PDF file"
    return _problem("file_kind", path, f"found {kind}, expected an .xlsx workbook.")


def _is_text(content: bytes) -> bool:
    head = content[:4096]
    return b"\x00" not in head and all(byte >= 32 or byte in b"\t\n\r\f" for byte in head)


def _refused_archive(path: Path, infos: list[zipfile.ZipInfo]) -> Problem | None:
    names = {_part_name(info) for info in infos}
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED:
        found = f"{unpacked / MEGABYTE:,.0f} MB when unpacked, expected at most {MOST_UNPACKED // MEGABYTE} MB"
        return _too_large(path, found)
    if len(infos) > MOST_PARTS:
        return _too_large(path, f"{len(infos):,} parts, expected at most {MOST_PARTS:,}")
    if len(names) < len(infos):
        return _problem("file_damaged", path, "the file is damaged: it holds two parts of the same name.")
    if any(info.flag_bits & 0x1 for info in infos):
        return _problem("file_encrypted", path, "parts of the file are protected by a password.")
    if any(name.endswith("workbook.bin") for name in names):
        return _problem("file_kind", path, "found a binary Excel workbook (.xlsb), expected an .xlsx workbook.")
    if "mimetype" in names and "content.xml" in names:
        return _problem("file_kind", path, "found an OpenDocument file (.ods), expected an .xlsx workbook.")
    if not any(name.endswith(".xml") for name in names):
        return _problem("file_kind", path, "found an archive without a workbook in it, expected an .xlsx workbook.")
    return None


def _too_large(path: Path, found: str) -> Problem:
    return _problem("file_large", path, f"the workbook has {found}.")


def _part_name(info: zipfile.ZipInfo) -> str:
    """A part's path as it is looked up: without case, and with one kind of slash."""
    return info.filename.replace("\\", "/").lstrip("/").casefold()


def _problem(code: str, path: Path, message: str) -> Problem:
    return problem(code, Where(str(path)), message)
