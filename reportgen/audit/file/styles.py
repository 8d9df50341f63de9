"""What a cell looks like: the formats of the workbook, by the number that its cells give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.audit.file.elements import Element

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The number formats that a file does not spell out, by their number."""


@dataclass(frozen=True)
class Look:
    """One format: font (points, `colour` as RRGGBB, theme:N or ""), fill ("" for none), number format, alignment."""

    number_format: str = "General"
    size: float = 11.0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    fill: str = ""
    locked: bool = True
    hides_formula: bool = False
    horizontal: str = ""
    wrapped: bool = False
    shrinks: bool = False
    indent: int = 0
    turned: bool = False
    font: str = ""


@dataclass(frozen=True)
class Styles:
    """All looks in the order of their numbers, and how many of each kind the file holds."""

    looks: tuple[Look, ...]
    formats: dict[int, str]
    dressed: int
    """Formats for conditions, which rules call by number."""
    broken: tuple[str, ...] = ()
    """What leads nowhere inside the list of formats."""

    def look(self, number: int) -> Look:
        """The look of that number; the standard one where the file has none."""
        return self.looks[number] if 0 <= number < len(self.looks) else (self.looks[0] if self.looks else Look())


@dataclass(frozen=True)
class _Font:
    size: float
    colour: str
    bold: bool
    italic: bool
    name: str = ""


def styles_of(tree: Element) -> Styles:
    """The formats of a part of styles."""
    formats = BUILT_IN | {
        int(each.number("numFmtId")): each.get("formatCode") for each in _items(tree, "numFmts", "numFmt")
    }
    fonts = [_font(each) for each in _items(tree, "fonts", "font")] or [_Font(11.0, "", False, False)]
    fills = [_fill(each) for each in _items(tree, "fills", "fill")] or [""]
    borders = len(_items(tree, "borders", "border"))
    cells = _items(tree, "cellXfs", "xf")
    broken = tuple(_broken(cells, len(fonts), len(fills), borders, formats))
    looks = tuple(_look(each, formats, fonts, fills) for each in cells)
    return Styles(looks, formats, len(_items(tree, "dxfs", "dxf")), broken)


def _items(tree: Element, group: str, tag: str) -> list[Element]:
    found = tree.first(group)
    return found.all(tag) if found else []


def _broken(cells: Sequence[Element], fonts: int, fills: int, borders: int, formats: dict[int, str]) -> list[str]:
    counts = {"fontId": fonts, "fillId": fills, "borderId": max(1, borders)}
    return [
        f"format {place} calls {name} {each.get(name)}"
        for place, each in enumerate(cells)
        for name, count in counts.items()
        if each.number(name) >= count
    ] + [
        f"format {place} calls number format {each.get('numFmtId')}"
        for place, each in enumerate(cells)
        if each.number("numFmtId") >= 164 and int(each.number("numFmtId")) not in formats
    ]


def _font(each: Element) -> _Font:
    size, name = each.first("sz"), each.first("name")
    return _Font(
        11.0 if size is None else size.number("val", 11.0),
        _colour(each.first("color")),
        _on(each, "b"),
        _on(each, "i"),
        "" if name is None else name.get("val"),
    )


def _on(each: Element, tag: str) -> bool:
    found = each.first(tag)
    return found is not None and found.truth("val", True)


def _fill(each: Element) -> str:
    pattern = each.first("patternFill")
    if pattern is None or pattern.get("patternType", "none") in ("none", "gray125"):
        return ""
    return _colour(pattern.first("fgColor"))


def _colour(each: Element | None) -> str:
    """RRGGBB, or how the file names it otherwise."""
    if each is None:
        return ""
    if rgb := each.get("rgb"):
        return rgb[-6:].upper()
    return next((f"{name}:{each.get(name)}" for name in ("theme", "indexed") if each.get(name)), "")


def _look(each: Element, formats: dict[int, str], fonts: Sequence[_Font], fills: Sequence[str]) -> Look:
    font = fonts[min(int(each.number("fontId")), len(fonts) - 1)]
    at, protection = each.first("alignment"), each.first("protection")
    at = at if at is not None else Element("alignment", {})
    return Look(
        number_format=formats.get(int(each.number("numFmtId")), "General"),
        size=font.size,
        colour=font.colour,
        bold=font.bold,
        italic=font.italic,
        fill=fills[min(int(each.number("fillId")), len(fills) - 1)],
        locked=protection is None or protection.truth("locked", True),
        hides_formula=protection is not None and protection.truth("hidden"),
        horizontal=at.get("horizontal"),
        wrapped=at.truth("wrapText"),
        shrinks=at.truth("shrinkToFit"),
        indent=int(at.number("indent")),
        turned=at.number("textRotation") != 0,
        font=font.name,
    )
