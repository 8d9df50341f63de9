"""The outline of a brief → a Word document with real styles, and its texts read again from the finished file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.problems import CheckError, UsageError
from reportgen.render.office.document_looks import dressed, narrow, ruled
from reportgen.render.office.outline import Block, Cell, Figure, Heading, Table
from reportgen.render.office.settled import settled
from reportgen.render.office.team_template import team_template

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable

    from reportgen.render.theme import Theme

TEMPLATE = "brief.docx"
"""The team's own document in a templates folder: its styles, page set-up, header and footer are kept."""
_STYLES = {"body": "Normal", "note": "Caption", "bullet": "List Bullet", "banner": "Intense Quote"}
_TABLE = "Table Grid"


@dataclass(frozen=True)
class Properties:
    """What a document says of itself; `footer` stands at the foot of each page where no template of the team's is."""

    title: str
    author: str
    organisation: str
    footer: str
    stamp: dt.datetime


def word_document(blocks: tuple[Block, ...], properties: Properties, theme: Theme, templates: Path | None) -> bytes:
    """The document as bytes; the same outline gives the same bytes.

    Raises UsageError when the team's template cannot be used, CheckError when the finished file does not hold every
    text of the outline.
    """
    own = team_template(TEMPLATE, templates)
    document = _opened(own, properties, theme)
    for block in blocks:
        _add(document, block)
    if own is None:
        ruled(document, theme)
    _describe(document, properties)
    written = io.BytesIO()
    document.save(written)
    content = settled(written.getvalue(), properties.stamp)
    _insist(content, blocks, 0 if own is None else len(list(texts_of(_opened(own, properties, theme)))))
    return content


def _opened(own: io.BytesIO | None, properties: Properties, theme: Theme) -> WordDocument:
    import docx

    if own is None:
        return dressed(docx.Document(), properties.footer, theme)
    try:
        own.seek(0)
        return docx.Document(own)
    except Exception as error:  # a file of a stranger's can make the library fail in any way
        raise UsageError(f"{TEMPLATE} is not a Word document: {type(error).__name__}. Save it as .docx.") from None


def _add(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(
            block.text, _style(document, "Title" if block.level == 1 else f"Heading {block.level - 1}")
        )
    elif isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, Figure):
        for text, style in _figure(block):
            document.add_paragraph(text, _style(document, style))
    else:
        paragraph = document.add_paragraph(style=_style(document, _STYLES[block.kind]))
        for run in block.runs:
            paragraph.add_run(run.text).bold = True if run.strong else None


def _figure(figure: Figure) -> Iterator[tuple[str, str]]:
    """A chart in words: a document is what texts are pasted from, and the slides hold the charts."""
    if figure.title:
        yield figure.title, "Heading 3"
    if figure.words:
        yield figure.words, "Normal"
    if figure.note:
        yield figure.note, "Caption"


def _style(document: WordDocument, name: str) -> str | None:
    """The style where the document has it; a team's template may lack some."""
    return name if name in document.styles else None


def _add_table(document: WordDocument, table: Table) -> None:
    rows = [*table.head, *table.rows]
    width = max((sum(cell.across for cell in row) for row in rows), default=0)
    if not width:
        return
    made = document.add_table(len(rows), width, _style(document, _TABLE))
    for place, row in enumerate(rows):
        _fill(made, place, row, head=place < len(table.head))
    section = document.sections[0]
    edges = (section.page_width, section.left_margin, section.right_margin)
    paper, left, right = (each or 0 for each in edges)
    narrow(made, len(table.head), paper - left - right)
    document.add_paragraph(style=_style(document, "Caption"))


def _fill(made: WordTable, place: int, row: Iterable[Cell], head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cells, at = made.rows[place].cells, 0
    for cell in row:
        target = cells[at] if cell.across == 1 else cells[at].merge(cells[at + cell.across - 1])
        paragraph = target.paragraphs[0]
        paragraph.add_run(cell.text).bold = True if head or cell.strong else None
        if cell.number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        at += cell.across


def _describe(document: WordDocument, properties: Properties) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = properties.title, properties.author, properties.author
    about.category, about.comments, about.revision = properties.organisation, "", 1
    about.created = about.modified = properties.stamp


def texts_of(document: WordDocument) -> Iterator[str]:
    """Every text of a document's body in order, a cell of a table each."""
    from docx.table import Table as WordTable

    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            for row in item.rows:
                seen: set[int] = set()
                for cell in row.cells:
                    if id(cell._tc) not in seen:
                        seen.add(id(cell._tc))
                        yield cell.text
        else:
            yield item.text


def texts_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text of an outline, as the document should hold it."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in (*block.head, *block.rows) for cell in row)
        elif isinstance(block, Figure):
            yield from (text for text, _ in _figure(block))
        else:
            yield block.text


def _insist(content: bytes, blocks: tuple[Block, ...], before: int) -> None:
    """CheckError when the finished file does not hold the texts of the outline, in their order and no others."""
    import docx

    found = [text for text in list(texts_of(docx.Document(io.BytesIO(content))))[before:] if text]
    wanted = [text for text in texts_in(blocks) if text]
    if found != wanted:
        place = next((n for n, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other), len(found))
        told = wanted[place] if place < len(wanted) else found[place]
        raise CheckError(
            f"the Word document does not hold the texts of the brief, from: {told[:80]!r}; nothing was delivered"
        )
