"""How the Word document looks where the team has no template of its own: paper, fonts and colours of the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as WordTable

    from reportgen.render.theme import Theme

_SIZES = {"Normal": 9.5, "Title": 20, "Heading 1": 14, "Heading 2": 11, "Heading 3": 10, "Caption": 8, "List Bullet": 9.5,
          "Intense Quote": 10}  # fmt: skip
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
    made.font.italic = False
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


def narrow(table: WordTable, heads: int) -> None:
    """A table with small type, whose head stands on every page and whose rows are not torn."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    for place, row in enumerate(table.rows):
        marks = ["w:cantSplit", *(["w:tblHeader"] if place < heads else [])]
        for name in marks:
            row._tr.get_or_add_trPr().append(OxmlElement(name))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(_TABLE_SIZE)
