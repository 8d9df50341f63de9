"""How the Word document looks where the team has no template of its own: paper, fonts and colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable

    from reportgen.render.theme import Theme

_SIZES = {
    "Normal": 9.5,
    "Title": 20,
    "Heading 1": 14,
    "Heading 2": 11,
    "Heading 3": 10,
    "Caption": 8,
    "List Bullet": 9.5,
    "Intense Quote": 10,
}
"""Points of each style."""
_COLOURS = {
    "Title": "accent",
    "Heading 1": "accent",
    "Heading 2": "accent",
    "Heading 3": "ink",
    "Caption": "muted",
    "Intense Quote": "bad",
}
_TABLE_SIZE = 8
_LETTER, _PADDING = 4.6, 11.0  # points: of a letter of that size at most, and beside the text of a cell
_BOLD_FROM = 9.5  # points: headings and banners are larger than the text
_MILLIMETRES = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_MARGIN = 18  # mm


def dressed(document: WordDocument, footer: str, theme: Theme) -> WordDocument:
    """A new document with the theme's paper, fonts and colours, and a footer with the number of each page."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = (Mm(each) for each in _MILLIMETRES[theme.paper_size])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for name, size in _SIZES.items():
        _dress(document.styles[name], size, theme.colours[_COLOURS.get(name, "ink")], theme.fonts["workbook"])
    _foot(document, footer)
    return document


def _dress(style: Any, size: float, colour: str, font: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    made: ParagraphStyle = style
    made.font.name, made.font.size = font, Pt(size)
    made.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    made.font.italic, made.font.bold = False, size > _BOLD_FROM
    fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):  # a theme's font would win over ours
        fonts.attrib.pop(qn(kind), None)
    fonts.set(qn("w:hAnsi"), font)
    made.paragraph_format.space_after = Pt(4)


def _foot(document: WordDocument, words: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Caption"]
    paragraph.add_run(f"{words}    " if words else "")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def narrow(table: WordTable, heads: int, width: int) -> None:
    """A table with small type: columns as wide as their texts need, its head on every page, rows that are not torn."""
    from docx.oxml import OxmlElement
    from docx.shared import Emu, Pt

    table.autofit = False
    widths = [Emu(int(width * share)) for share in _shares(table, Emu(width).pt)]
    for place, row in enumerate(table.rows):
        for name in ("w:cantSplit", *(["w:tblHeader"] if place < heads else [])):
            row._tr.get_or_add_trPr().append(OxmlElement(name))
        for cell, own in zip(row.cells, widths, strict=True):
            cell.width = own
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(_TABLE_SIZE)
    for column, own in zip(table.columns, widths, strict=True):
        column.width = own


def _shares(table: WordTable, width: float) -> list[float]:
    """The share of a width (in points) for each column: its longest word first, then more for long texts."""
    words, texts = [], []
    for column in table.columns:
        shown = [cell.text for cell in column.cells]
        words.append(_PADDING + _LETTER * max((len(part) for text in shown for part in text.split()), default=1))
        texts.append(max(map(len, shown), default=1) ** 0.5)
    left = max(0.0, width - sum(words)) / sum(texts)
    needs = [word + left * text for word, text in zip(words, texts, strict=True)]
    return [need / sum(needs) for need in needs]


def ruled(document: WordDocument, theme: Theme) -> None:
    """Fine lines between the rows of every table, and none between columns."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for table in document.tables:
        properties: Any = table._tbl.tblPr
        borders: Any = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            border: Any = OxmlElement(f"w:{side}")
            border.set(qn("w:val"), "nil" if side in ("left", "right", "insideV") else "single")
            border.set(qn("w:sz"), "4")
            border.set(qn("w:color"), theme.colours["line"].removeprefix("#"))
            borders.append(border)
        properties.append(borders)
