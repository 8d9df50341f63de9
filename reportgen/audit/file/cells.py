"""The cells of a sheet: one fast way for the shape in which most programs write them, one sure way for all others.

Both go by the same pieces of text, so that what is read does not depend on the program that wrote the file. Between
`<sheetData>` and its end the parser only sees that the XML is sound while the fast way takes the cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from reportgen.audit.file.cost import Cost
from reportgen.audit.file.elements import Element, TreeReader, tree_of
from reportgen.excel_addresses import column_letters, column_number
from reportgen.intake.file.cell import position
from reportgen.intake.file.cell_stream import unescaped
from reportgen.intake.file.limits import DamagedError

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,9})")?(?: t="(\w{1,9})")?(?:/>|>'
    r"(?:<f(?:/>|([^<>]*)>([^<]*)</f>))?"
    r"(?:<v/>|<v(?: [^<>]*)?>([^<]*)</v>|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)"
)
_SHARED = re.compile(r"<si><t(?:/>|(?: [^<>]*)?>([^<]*)</t>)</si>")
_ROW = re.compile(r"<row ([^<>]*?)/?>")
_ATTRIBUTE = re.compile(r'([\w:.]+)="([^"]*)"')
_BEGINS, _ENDS = b"<sheetData>", b"</sheetData>"
LARGE = 20_000_000
"""Characters of the rows of a sheet."""
TEXTS = ("s", "str", "inlineStr")


class Cell(NamedTuple):
    """A cell that holds something or has a format of its own.

    `kind` is n, text, b, e, or "" for a blank one; `value` its text as the file has it (a shared text in place of its
    number); `formula` without equals sign, None for none; `shared` the group of a shared formula, `array` true for one
    that is entered as an array.
    """

    row: int
    column: int
    style: int
    kind: str
    value: str
    formula: str | None
    attributes: str = ""

    @property
    def address(self) -> str:
        """Such as D7."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def number(self) -> float:
        """The number in it; 0 where there is none."""
        try:
            return float(self.value)
        except ValueError:
            return 0.0

    @property
    def filled(self) -> bool:
        """True where something stands in it."""
        return bool(self.kind) or self.formula is not None


@dataclass(frozen=True)
class RowFormat:
    """What a row sets for itself: height in points where it is fixed, and whether it is hidden."""

    height: float | None = None
    hidden: bool = False


@dataclass
class Grid:
    """The cells of a sheet by row and column, row after row, and the rows with a height of their own or hidden."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    rows: dict[int, RowFormat] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)


def read_sheet(content: bytes, name: str, texts: Sequence[str], work: Cost) -> tuple[Element, Grid]:
    """All of a sheet: the tags around its cells, and the cells. DamagedError when its XML is not sound."""
    head, begins, rest = content.partition(_BEGINS)
    rows, ends, tail = rest.partition(_ENDS)
    grid = Grid()
    if begins and ends and b"<!" not in rows and _taken(rows.decode("utf-8", "replace"), texts, grid):
        reader = TreeReader(name, work)
        reader.feed(head + begins)
        if not work.ours:
            reader.feed(rows, silent=True)
        reader.feed(ends + tail)
        return reader.finished(), grid
    grid = Grid()
    tree = tree_of(content, name, work)
    _from_tree(tree, texts, grid)
    return tree, grid


def _taken(rows: str, texts: Sequence[str], grid: Grid) -> bool:
    """Takes the cells in the usual shape; False when some are not in it."""
    expected = rows.count("<c ") + rows.count("<c>") + rows.count("<c/>")
    columns, styles = _Known(column_number), _Known(lambda style: int(style or 0))
    cells, made, count = grid.cells, tuple.__new__, 0
    row, before = 0, ""
    for letters, digits, style, kind, attributes, written, value, inline in _found(rows):
        count += 1
        if not kind or kind == "n":
            kind = "n" if value else ""
        elif kind == "str" and "&" not in value and "_x" not in value:
            kind = "text"
        else:
            kind, value = _content(kind, value or inline, texts)
        formula = written if written and "&" not in written else _formula(written, attributes)
        if digits != before:
            row, before = int(digits), digits
        column = columns[letters]
        cells[row, column] = made(Cell, (row, column, styles[style], kind, value, formula, attributes))
    if count != expected or (rows.strip() and not rows.lstrip().startswith("<row")):
        return False
    if len(cells) < count:
        addresses = Counter(letters + digits for letters, digits, *_ in _found(rows))
        grid.twice.extend(address for address, times in addresses.items() if times > 1)
    for attributes in _ROW.findall(rows):
        if "ht=" in attributes or "hidden=" in attributes:
            found = dict(_ATTRIBUTE.findall(attributes))
            _set_row(found.get("r", ""), found.get, grid)
    return True


class _Known(dict[str, int]):
    """Numbers by the few texts that they are written as."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, text: str) -> int:
        found = self[text] = self._number(text)
        return found


def _found(rows: str) -> Iterable[tuple[str, ...]]:
    """The pieces of each cell in the usual shape; of a large sheet one after the other, so that they need no room."""
    if len(rows) < LARGE:
        return _CELL.findall(rows)
    return (match.groups("") for match in _CELL.finditer(rows))


def _content(kind: str, value: str, texts: Sequence[str]) -> tuple[str, str]:
    """Kind and text of a cell that is no number. DamagedError for a shared text that is not there."""
    if kind == "s":
        if not value.isdecimal() or int(value) >= len(texts):
            raise DamagedError(f"a cell asks for the shared text {value or 'of no number'}, which is not there")
        return "text", texts[int(value)]
    if kind in TEXTS:
        return "text", _told(value)
    return (kind if value else ""), value


def _formula(text: str, attributes: str) -> str | None:
    """A formula as people write it; None where the cell has none, "" where it is told by another cell."""
    if not text:
        return "" if attributes else None
    return unescape(text) if "&" in text else text


def _set_row(number: str, get: Callable[..., str | None], grid: Grid) -> None:
    fixed = get("customHeight") in ("1", "true")
    height = float(get("ht") or 0) if fixed else None
    hidden = get("hidden") in ("1", "true") or height == 0
    if number.isdecimal() and (hidden or height is not None):
        grid.rows[int(number)] = RowFormat(height, hidden)


def _told(text: str) -> str:
    return unescaped(unescape(text) if "&" in text else text)


def _from_tree(sheet: Element, texts: Sequence[str], grid: Grid) -> None:
    data = sheet.first("sheetData")
    row = 0
    for line in data.all("row") if data is not None else ():
        number = line.get("r")
        row = int(number) if number.isdecimal() else row + 1
        _set_row(str(row), line.attributes.get, grid)
        column = 0
        for each in line.all("c"):
            place = position(each.get("r"))
            column = place[1] or column + 1
            cell = _from_element(each, place[0] or row, column, texts)
            if (cell.row, cell.column) in grid.cells:
                grid.twice.append(cell.address)
            grid.cells[cell.row, cell.column] = cell
    if data is not None:
        data.children.clear()
    grid.cells = dict(sorted(grid.cells.items()))


def _from_element(each: Element, row: int, column: int, texts: Sequence[str]) -> Cell:
    style, kind = each.get("s", "0"), each.get("t") or "n"
    held, written = each.first("v"), each.first("f")
    value = held.text if held is not None else ""
    if kind == "inlineStr":
        shown, value = "text", "".join(_runs(each))
    elif kind in TEXTS:
        shown, value = _content(kind, value, texts) if kind == "s" else ("text", unescaped(value))
    else:
        shown = kind if value else ""
    formula = None if written is None else written.text
    attributes = "" if written is None else " ".join(f'{key}="{is_}"' for key, is_ in written.attributes.items())
    return Cell(row, column, int(style) if style.isdecimal() else 0, shown, value, formula, attributes)


def _runs(item: Element) -> Iterator[str]:
    """The texts of a text with runs of letters, how it is spoken left out."""
    for child in item.children:
        if child.tag == "t":
            yield unescaped(child.text)
        elif child.tag in ("r", "is"):
            yield from _runs(child)


def shared_texts(content: bytes, name: str, work: Cost) -> list[str]:
    """The texts that cells share, in order. DamagedError when the part is not sound XML."""
    plain = [(text or "") for text in _SHARED.findall(content.decode("utf-8", "replace"))]
    if len(plain) == content.count(b"<si>") + content.count(b"<si ") and b"<!" not in content:
        reader = TreeReader(name, work)
        reader.feed(content, silent=True)
        reader.finished()
        return [_told(text) if "&" in text or "_x" in text else text for text in plain]
    return ["".join(_runs(item)) for item in tree_of(content, name, work).all("si")]
