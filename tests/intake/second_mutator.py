"""A second mutator, which shares nothing with the first: trees of XML, cells, archives, and exports as CSV.

It starts from workbooks as people have them (the form that reportgen writes, one that openpyxl wrote), not from XML
made for the tests, and changes what the first one never touches: attributes, the order and nesting of tags, zip
entries, formulas, encodings, and the text of exports.
"""

from __future__ import annotations

import functools
import io
import random
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from reportgen.intake.form.blank_workbook import Filling, write_filled
from reportgen.sheets import BY_NAME, normal
from tests.intake.workbooks import small, write_openpyxl

VALUES = (
    *("0", "-1", "1e308", "1e-308", "-0", "1_000", "\uff11\uff12", "0x1F", "1e", " 7 ", "NaN", "Infinity", "TRUE", ""),
    *("2958466", "0.39", "45996.99", "99999999999999999999", "#N/A", "=1+1", "n.m.", "12,5", "1.234.567", "\u202e7"),
    *("Alpha", "ALPHA\u200b", "A\u0301lpha", "\u00c1lpha", "beta ", "\ud7ff", "x" * 33_000, "a;b;c", "*", "yes", "all"),
)
ATTRIBUTES = ("r", "t", "s", "ref", "sqref", "name", "id", "count", "min", "max", "numFmtId", "formatCode", "Target")
TOKENS = (
    *("", "0", "-1", "65536", "4294967296", "A1", "XFD1048576", "A0", "ZZZ9", "A1:XFD1048576", "B2:A1", "s", "b", "e"),
    *("str", "inlineStr", "d", "n", "shared", "array", "../../../etc/passwd", "/xl/workbook.xml", "rId1", "rId999"),
    *("[h]:mm", "yyyy", "\\", '"', "general;dd", "Fleet", "fleet ", "\u0410lpha", "x" * 300),
)
CELLS_OF_EXPORTS = (
    *(
        "",
        "-",
        "n.m.",
        "5m",
        "12.3*",
        "1,234",
        "1.234",
        "1,234.5",
        "1.234,5",
        "(95.1)",
        "\u20ac5",
        "5-",
        "1e9",
        "1e400",
    ),
    *("\uff15", "100%", '"', "=1+1", "nan", "0", "-0.0", "99999999999", "x" * 5_000, "\u202e5", "1 234", "0x5"),
)
_DAYS = range(1, 20)
NETWORK = "".join(f"2025-12-{day:02d},{1050 + day}.5,{90_000 + day}.25\n" for day in _DAYS)
NETWORK = "date,hash_rate,price\n" + NETWORK
FLOWS = "".join(f"2025-12-{day:02d},{day}.5,-{day}.25,{day}.0\n" for day in _DAYS)
FLOWS = "Date,FUND-A,FUND-B,Total\n" + FLOWS


@functools.cache
def bases() -> tuple[bytes, ...]:
    """Two sound workbooks: a filled-in form of reportgen's own, and one that openpyxl wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        write_openpyxl(path, small())
        plain = path.read_bytes()
        records = {name: _records(name) for name in ("Operators", "Fleet", "Scenarios", "Network_History")}
        for name in ("Report", "Market"):
            values = {normal(str(row[0])): row[1] for row in small()[name][1:]}
            fields = BY_NAME[name].fields
            records[name] = [{each.name: values.get(normal(each.label)) for each in fields}]
        write_filled(path, Filling(records=records))
        return plain, path.read_bytes()


def _records(name: str) -> list[dict[str, Any]]:
    header, *rows = small()[name]
    names = {normal(each.label): each.name for each in BY_NAME[name].fields}
    return [{names[normal(label)]: value for label, value in zip(header, row, strict=True)} for row in rows]


def workbook(number: int) -> bytes:
    """The bytes of a changed workbook; the same for the same number."""
    chance = random.Random(f"second {number}")
    content = chance.choice(bases())
    way = chance.choice((_cells, _cells, _trees, _trees, _archive, _bytes))
    return way(content, chance)


def export(number: int) -> bytes:
    """The bytes of a changed export: of the network for even numbers, of flows for odd ones."""
    chance = random.Random(f"export {number}")
    lines = [line.split(",") for line in (FLOWS if number % 2 else NETWORK).splitlines()]
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        row = chance.choice(lines)
        place = chance.randrange(len(row) or 1)
        way = chance.randrange(7)
        if way < 3:
            row[place : place + 1] = [chance.choice(CELLS_OF_EXPORTS)]
        elif way == 3:
            lines[0][chance.randrange(len(lines[0]) or 1) :] = [chance.choice((*TOKENS, "Total net flow", "price_EUR"))]
        elif way == 4:
            row[place:place] = [chance.choice(CELLS_OF_EXPORTS)]
        elif way == 5:
            lines.insert(chance.randrange(len(lines)), [chance.choice(CELLS_OF_EXPORTS)])
        else:
            row[:1] = [chance.choice(("05/12/2025", "31.12.2025", "12/31/25", "1765584000", "2025-02-30", "99999-1-1"))]
    sign = chance.choice((",", ",", ",", ";", "\t", "|"))
    text = chance.choice(("\n", "\r\n", "\r")).join(sign.join(row) for row in lines)
    content = text.encode(chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")
    return _bytes(content, chance) if chance.random() < 0.2 else content


def _cells(content: bytes, chance: random.Random) -> bytes:
    """Other values, kinds and formats in some cells of a sheet."""

    def change(root: ET.Element) -> None:
        cells = [each for each in root.iter() if each.tag.endswith("}c")]
        for cell in chance.sample(cells, min(len(cells), chance.choice((1, 1, 2, 4, 30)))):
            value = next((each for each in cell if each.tag.endswith("}v")), None)
            if value is None:
                value = ET.SubElement(cell, cell.tag[:-1] + "v")
            if chance.random() < 0.7:
                value.text = chance.choice(VALUES)
            if chance.random() < 0.5:
                cell.set("t", chance.choice(("n", "s", "b", "e", "str", "d", "inlineStr")))
            if chance.random() < 0.3:
                cell.set("s", str(chance.randrange(40)))
            if chance.random() < 0.1:
                ET.SubElement(cell, cell.tag[:-1] + "f").text = chance.choice(("A1+1", "NOW()", "", "x" * 9_000))

    return _with_tree(content, chance, "xl/worksheets/sheet", change)


def _trees(content: bytes, chance: random.Random) -> bytes:
    """Tags dropped, doubled, moved, renamed, emptied; attributes changed: in any part."""

    def change(root: ET.Element) -> None:
        parents = [each for each in root.iter() if len(each)]
        for _ in range(chance.choice((1, 1, 2, 6))):
            if not parents:
                return
            parent = chance.choice(parents)
            if not len(parent):
                continue
            child = chance.choice(list(parent))
            way = chance.randrange(6)
            if way == 0:
                parent.remove(child)
            elif way == 1:
                parent.extend([child] * chance.choice((1, 2, 50)))
            elif way == 2:
                child.tag = chance.choice(parents).tag
            elif way == 3:
                child.text = chance.choice(VALUES[:-9])
            elif way == 4:
                child.set(chance.choice((*child.attrib, *ATTRIBUTES)), chance.choice(TOKENS))
            else:
                child.attrib.clear()

    return _with_tree(content, chance, "", change)


def _with_tree(content: bytes, chance: random.Random, prefix: str, change: Callable[[ET.Element], None]) -> bytes:
    made = _parts(content)
    names = [name for name in made if name.startswith(prefix) and name.endswith((".xml", ".rels"))]
    name = chance.choice(names)
    root = ET.fromstring(made[name])
    change(root)
    made[name] = ET.tostring(root, "utf-8")
    return _zipped(list(made.items()), chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _archive(content: bytes, chance: random.Random) -> bytes:
    """Parts missing, twice, renamed, exchanged, of another case, behind folders."""
    entries = list(_parts(content).items())
    for _ in range(chance.choice((1, 1, 2))):
        place = chance.randrange(len(entries))
        name, part = entries[place]
        way = chance.randrange(6)
        if way == 0 and len(entries) > 1:
            del entries[place]
        elif way == 1:
            entries.append((chance.choice((name, name.upper())), part))
        elif way == 2:
            entries[place] = (chance.choice((name.upper(), "/" + name, name.replace("/", "\\"), "../" + name)), part)
        elif way == 3:
            entries[place] = (name, entries[chance.randrange(len(entries))][1])
        elif way == 4:
            entries[place] = (name, b"")
        else:
            entries.append((chance.choice(("xl/vbaProject.bin", "mimetype", "content.xml", "a" * 5_000)), part))
    return _zipped(entries, zipfile.ZIP_DEFLATED)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes of the file as it lies on the disk: bits, lengths, blocks and its end."""
    changed = bytearray(content) or bytearray(1)
    for _ in range(chance.choice((1, 2, 8))):
        place = chance.randrange(max(1, len(changed) - 8))
        way = chance.randrange(4)
        if way == 0:
            struct.pack_into("<I", changed, place, chance.choice((0, 1, 0xFFFF, 0xFFFFFFFF))) if len(
                changed
            ) > 12 else 0
        elif way == 1:
            changed[place : place + chance.choice((1, 4, 64, 1_000))] = b""
        elif way == 2:
            changed[place:place] = changed[: chance.choice((1, 30, 500))]
        else:
            changed[place] ^= 1 << chance.randrange(8)
        if not changed:
            return b""
    return bytes(changed)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(entries: list[tuple[str, bytes]], kind: int) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", kind) as archive:
        warnings.simplefilter("ignore")  # two entries of one name are the point of it
        for name, part in entries:
            archive.writestr(name, part)
    return buffer.getvalue()
