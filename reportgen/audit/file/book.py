"""A workbook: its list of sheets, names, formats and properties; its sheets one after the other, none kept here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.audit.file.archive import Archive, Link
from reportgen.audit.file.cells import read_sheet, shared_texts
from reportgen.audit.file.drawings import pictures_of
from reportgen.audit.file.elements import Element
from reportgen.audit.file.sheet import Listed, Sheet, Table
from reportgen.audit.file.styles import Styles, styles_of
from reportgen.intake.file.limits import MOST_SHEETS, DamagedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Sequence


LONGER = 12
"""Characters of a text by which it is known again inside another one."""


@dataclass(frozen=True)
class Name:
    """A defined name: the sheet that it belongs to alone (None for all), and what it stands for."""

    name: str
    sheet: int | None
    text: str
    hidden: bool


class Book:
    """A workbook that is read part by part. DamagedError or TooLargeError when a part cannot be."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = [each.target for each in archive.links("").values() if each.kind == "officeDocument"]
        self.main = main[0] if main else "xl/workbook.xml"
        self.tree = archive.tree(self.main)
        self.links = archive.links(self.main)
        self.sheets = self._listed()
        self._typed: set[str] = set()

    def _listed(self) -> tuple[Listed, ...]:
        found = []
        for number, each in enumerate(self.tree.within("sheet"), start=1):
            link = self.links.get(each.get("id"))
            found.append(Listed(each.get("name"), each.get("state", "visible"), link.target if link else "", number))
            if len(found) > MOST_SHEETS:
                raise TooLargeError(f"more than {MOST_SHEETS} sheets")
        return tuple(found)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names that are defined for cells, print areas included."""
        return tuple(
            Name(
                each.get("name"),
                int(each.number("localSheetId")) if each.get("localSheetId") else None,
                each.text,
                each.truth("hidden"),
            )
            for each in self.tree.within("definedName")
        )

    @cached_property
    def styles(self) -> Styles:
        """The formats of the cells."""
        part = self._linked("styles")
        return styles_of(self.archive.tree(part)) if part else Styles((), {}, 0)

    @cached_property
    def texts(self) -> Sequence[str]:
        """The texts that cells share."""
        part = self._linked("sharedStrings")
        return shared_texts(self.archive.read(part), part, self.archive.work) if part else ()

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """What the file says of itself: title, creator and so on, those that are not empty."""
        found: dict[str, str] = {}
        for link in self.archive.links("").values():
            if link.kind in ("core-properties", "extended-properties") and self.archive.has(link.target):
                tree = self.archive.tree(link.target)
                found |= {each.tag: each.text.strip() for each in tree.children if each.text.strip()}
        return found

    def take_typed(self, sheet: Sheet) -> None:
        """Notes the longer texts in the cells of a sheet that can be typed over."""
        looks = self.styles.looks
        unlocked = {number for number, look in enumerate(looks) if not look.locked}
        self._typed.update(
            cell.value.strip()
            for cell in sheet.filled
            if cell.style in unlocked and cell.kind == "text" and cell.formula is None and len(cell.value) >= LONGER
        )

    def typed_texts(self) -> Set[str]:
        """Those of the sheets so far; of every sheet for one that stands before all inputs."""
        if not self._typed:
            for sheet in self.read_all():
                self.take_typed(sheet)
        return self._typed

    def outside(self) -> list[Link]:
        """Links of the workbook itself to places outside it."""
        return [link for link in self.links.values() if link.outside or link.kind == "externalLink"]

    def read(self, listed: Listed) -> Sheet:
        """A sheet, whole. DamagedError when its part is missing or damaged."""
        if not listed.part:
            raise DamagedError(f"the sheet {listed.name} has no content in the file")
        content = self.archive.read(listed.part)
        tree, grid = read_sheet(content, listed.part, self.texts, self.archive.work)
        links = self.archive.links(listed.part)
        missing = tuple(
            link.target for link in links.values() if not link.outside and not self.archive.has(link.target)
        )
        here = {link.kind: link.target for link in links.values() if link.target not in missing}
        tables = tuple(
            _table(self.archive.tree(link.target), link.target)
            for link in links.values()
            if link.kind == "table" and link.target not in missing
        )
        pictures = tuple(pictures_of(self.archive, here["drawing"])) if "drawing" in here else ()
        outside = tuple(link.target for link in links.values() if link.outside)
        return Sheet(listed, tree, grid, tables, pictures, outside, missing)

    def read_all(self) -> Iterator[Sheet]:
        """Every sheet, one after the other; one that is a chart alone has no cells."""
        return (self.read(listed) for listed in self.sheets)

    def _linked(self, kind: str) -> str:
        return next((link.target for link in self.links.values() if link.kind == kind and not link.outside), "")


def _table(tree: Element, part: str) -> Table:
    columns = tuple(each.get("name") for each in tree.within("tableColumn"))
    return Table(
        tree.get("displayName") or tree.get("name"), tree.get("ref"), columns, tree.get("headerRowCount") != "0", part
    )
