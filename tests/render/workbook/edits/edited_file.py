"""A delivered workbook whose cells, rows and columns are changed in the file itself, as Excel changes them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from reportgen.excel_addresses import column_letters
from tests.render.workbook.edits.shifted import Shift, number_of

_ROW = re.compile(r'<row r="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f>([^<]*)</f>")
_TABLE_SIZE = re.compile(r' ref="([A-Z]+\d+:[A-Z]+\d+)"')

Cell = tuple[str, str]  # attributes without type, what stands inside


class EditedFile:
    """The parts of a workbook; addresses are those of Excel: `Fleet`, `C7`."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self._parts = {name: file.read(name) for name in file.namelist()}
        names = re.findall(r'<sheet name="([^"]*)"', self._parts["xl/workbook.xml"].decode())
        self.paths = {name: f"xl/worksheets/sheet{place}.xml" for place, name in enumerate(names, start=1)}
        self.typed: dict[tuple[str, int, int], Any] = {}
        """What was typed into cells: sheet, row and column, counted from 1."""
        self.shifted = False
        self._shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", self._text("xl/sharedStrings.xml"), re.DOTALL)

    def content(self) -> bytes:
        """The file as it now is."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name, part in self._parts.items():
                file.writestr(name, part)
        return buffer.getvalue()

    def put(self, sheet: str, address: str, value: Any) -> None:
        """Type a number, text or truth value into a cell; None clears it."""
        self._put_all(sheet, {address: value})

    def _put_all(self, sheet: str, values: dict[str, Any]) -> None:
        rows = self._rows(sheet)
        for address, value in values.items():
            row, column = place(address)
            cells = rows.setdefault(row, ("", {}))[1]
            cells[column] = _typed(cells.get(column, ("", ""))[0], value)
            self.typed[sheet, row, column] = value
        self._write(sheet, rows)

    def rename(self, sheet: str, name: str) -> None:
        """Give a sheet another name; formulas that look at it are left as they are."""
        listed = f'<sheet name="{sheet}"'
        self._parts["xl/workbook.xml"] = self._text("xl/workbook.xml").replace(listed, f'<sheet name="{name}"').encode()
        self.paths[name] = self.paths.pop(sheet)

    def texts(self) -> dict[str, bytes]:
        """The text of each sheet, by name."""
        return {name: self._parts[path] for name, path in self.paths.items()}

    def formula(self, sheet: str, row: int, column: int) -> str | None:
        """The formula of a cell, without the equals sign."""
        found = _FORMULA.search(self._rows(sheet).get(row, ("", {}))[1].get(column, ("", ""))[1])
        return unescape(found[1]) if found else None

    def value(self, sheet: str, address: str) -> Any:
        """What a cell without formula holds: number, text, or None."""
        row, column = place(address)
        return self._plain(*self._rows(sheet).get(row, ("", {}))[1].get(column, ("", "")))

    def numbers(self, sheet: str) -> dict[tuple[int, int], float]:
        """The plain numbers of a sheet, by row and column."""
        found = {
            (row, column): self._plain(*cell)
            for row, (_, cells) in self._rows(sheet).items()
            for column, cell in cells.items()
        }
        return {at: value for at, value in found.items() if isinstance(value, float)}

    def find(self, sheet: str, text: str, column: str = "A") -> int:
        """The row that has this text in a column."""
        for row, (_, cells) in self._rows(sheet).items():
            if number_of(column) in cells and self._plain(*cells[number_of(column)]) == text:
                return row
        raise KeyError(f"{sheet} has no {text!r} in column {column}")

    def insert_row(self, sheet: str, at: int, *values: Any) -> None:
        """Insert a row before row `at` and type into it, from column A on; formats are those of the row above."""
        self._shift(Shift(sheet, at, 1))
        rows = self._rows(sheet)
        above = rows.get(at - 1, ("", {}))[1]
        rows[at] = ("", {place: (style.split(" t=")[0], "") for place, (style, _) in above.items()})
        self._write(sheet, rows)
        self.type_row(sheet, at, *values)

    def type_row(self, sheet: str, row: int, *values: Any) -> None:
        """Type a row of values from column A on; None leaves a cell as it is."""
        given = ((place, value) for place, value in enumerate(values, start=1) if value is not None)
        self._put_all(sheet, {f"{column_letters(place)}{row}": value for place, value in given})

    def delete_row(self, sheet: str, at: int) -> None:
        """Delete a whole row."""
        self._shift(Shift(sheet, at, -1))

    def insert_column(self, sheet: str, at: str, values: dict[int, Any]) -> None:
        """Insert a column before column `at` and type into its rows."""
        self._shift(Shift(sheet, number_of(at), 1, rows=False))
        self._put_all(sheet, {f"{at}{row}": value for row, value in values.items()})

    def delete_column(self, sheet: str, at: str) -> None:
        """Delete a whole column."""
        self._shift(Shift(sheet, number_of(at), -1, rows=False))

    def swap_order(self, sheet: str, first: int, last: int) -> None:
        """Turn the order of rows around, as sorting the other way does: the cells move, no formula changes."""
        rows = self._rows(sheet)
        self._put_all(
            sheet,
            {
                f"{column_letters(column)}{row}": self._plain(*cell)
                for row in range(first, last + 1)
                for column, cell in rows[first + last - row][1].items()
            },
        )

    def _shift(self, shift: Shift) -> None:
        self.shifted = True
        for name, path in self.paths.items():
            if name == shift.sheet or f"{shift.sheet}!".encode() in self._parts[path]:
                self._parts[path] = _FORMULA.sub(
                    lambda found, on=name: f"<f>{_shifted(shift, found[1], on)}</f>",  # type: ignore[misc]  # bound
                    self._text(path),
                ).encode()
        self._parts["xl/workbook.xml"] = re.sub(
            r"(<definedName [^>]*>)([^<]*)",
            lambda found: found[1] + _shifted(shift, found[2], ""),
            self._text("xl/workbook.xml"),
        ).encode()
        rows = self._rows(shift.sheet)
        if shift.rows:
            places = {row: shift.number(row) for row in rows}
            rows = {place: rows[row] for row, place in places.items() if place is not None}
        else:
            rows = {
                row: (
                    attributes,
                    {place: cell for old, cell in cells.items() if (place := shift.number(old)) is not None},
                )
                for row, (attributes, cells) in rows.items()
            }
        self._write(shift.sheet, rows)
        for path in self._tables(shift.sheet):
            self._parts[path] = _TABLE_SIZE.sub(
                lambda found: f' ref="{shift.formula(found[1], shift.sheet)}"', self._text(path)
            ).encode()

    def _tables(self, sheet: str) -> list[str]:
        relations = self._parts.get(f"xl/worksheets/_rels/{self.paths[sheet].rsplit('/', 1)[1]}.rels", b"").decode()
        return [f"xl/tables/{name}" for name in re.findall(r"tables/(table\d+\.xml)", relations)]

    def _text(self, path: str) -> str:
        return self._parts[path].decode()

    def _rows(self, sheet: str) -> dict[int, tuple[str, dict[int, Cell]]]:
        return {
            int(row): (
                attributes,
                {number_of(column): (style, inner) for column, style, inner in _CELL.findall(cells)},
            )
            for row, attributes, cells in _ROW.findall(self._text(self.paths[sheet]))
        }

    def _write(self, sheet: str, rows: dict[int, tuple[str, dict[int, Cell]]]) -> None:
        written = "".join(
            f'<row r="{row}"{attributes}>'
            + "".join(
                f'<c r="{column_letters(column)}{row}"{style}>{inner}</c>'
                for column, (style, inner) in sorted(cells.items())
            )
            + "</row>"
            for row, (attributes, cells) in sorted(rows.items())
        )
        text = self._text(self.paths[sheet])
        head, _, rest = text.partition("<sheetData>")
        self._parts[self.paths[sheet]] = (
            f"{head}<sheetData>{written}</sheetData>{rest.partition('</sheetData>')[2]}".encode()
        )

    def _plain(self, attributes: str, inner: str) -> Any:
        found = re.search(r"<v>([^<]*)</v>", inner)
        if 't="s"' in attributes and found:
            return unescape(self._shared[int(found[1])])
        if 't="inlineStr"' in attributes:
            return unescape(re.sub("<[^>]*>", "", inner))
        if found is None or "<f>" in inner:
            return None
        return float(found[1])


def place(address: str) -> tuple[int, int]:
    """Row and column of an address, counted from 1."""
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]  # an address
    return int(row), number_of(column)


def _shifted(shift: Shift, formula: str, on: str) -> str:
    if on != shift.sheet and f"{shift.sheet}!" not in formula:
        return formula
    return escape(shift.formula(unescape(formula), on), quote=False)


@dataclass(frozen=True)
class Formula:
    """A formula to be typed, without the equals sign."""

    text: str


def _typed(style: str, value: Any) -> Cell:
    plain = re.sub(r' t="[^"]*"', "", style)
    if value is None:
        return plain, ""
    if isinstance(value, Formula):
        return plain, f"<f>{escape(value.text, quote=False)}</f><v>0</v>"
    if isinstance(value, bool):
        return f'{plain} t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, str):
        return f'{plain} t="inlineStr"', f"<is><t>{escape(value, quote=False)}</t></is>"
    return plain, f"<v>{value!r}</v>"
