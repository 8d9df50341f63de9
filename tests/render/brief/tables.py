"""The tables of a brief as a reader sees them: by the heading of their section, column by column, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from reportgen.inputs import Inputs
from reportgen.render.brief.pages import html
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder

from .cases import view_of


@dataclass
class ReadTable:
    """One table: its section, its column headings, its rows of cells, and the classes of those cells."""

    section: str
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    classes: list[list[str]] = field(default_factory=list)

    def column(self, head: str) -> list[str]:
        """The cells below a heading."""
        return [row[self.heads.index(head)] for row in self.rows]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[ReadTable] = []
        self.section = ""
        self.words: list[str] = []
        self.in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(ReadTable(self.section))
        elif tag in ("thead", "tbody"):
            self.in_head = tag == "thead"
        elif tag == "tr" and not self.in_head:
            self.tables[-1].rows.append([])
            self.tables[-1].classes.append([])
        elif tag in ("td", "th", "h2", "h3"):
            self.words = []
        if tag in ("td", "th", "span") and self.tables and self.tables[-1].classes:
            kind = dict(attrs).get("class") or ""
            if tag == "span" and self.tables[-1].classes[-1]:
                self.tables[-1].classes[-1][-1] += f" {kind}"
            elif not self.in_head and tag != "span":
                self.tables[-1].classes[-1].append(kind)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self.words).split())
        if tag in ("h2", "h3"):
            self.section = words
        elif tag in ("td", "th"):
            (self.tables[-1].heads if self.in_head else self.tables[-1].rows[-1]).append(words)


def tables_of(inputs: Inputs) -> list[ReadTable]:
    """All tables of the brief of some inputs."""
    reader = _Tables()
    reader.feed(html(view_of(inputs), load_theme(), (templates_folder(),)))
    return reader.tables


def table_of(inputs: Inputs, section: str) -> ReadTable:
    """The table of the section with that heading."""
    return next(table for table in tables_of(inputs) if table.section == section)
