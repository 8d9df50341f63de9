"""What WeasyPrint leaves open of PDF/UA-1: mended in the objects of the PDF, before they are written.

It tags the text of the pages' margins as content, gives header cells no scope, places pictures in pixels from the top,
tags titles of charts as captions outside of what they are captions of, and claims PDF/A or PDF/UA, not both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_PIXEL = 0.75  # points
_END = b"</rdf:RDF>"
_CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""The claim, with the description of its property that PDF/A asks for."""


def make_accessible(pdf: Any) -> None:
    """Mend the structure of a tagged PDF/A file, and have it claim PDF/UA-1 as well."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    linked = {id(element) for element in _below(pdf, _at(pdf, root["K"][0]))}
    _artifacts(pdf, _at(pdf, root["ParentTree"])["Nums"], linked)
    for element in pdf.objects:
        if id(element) in linked and isinstance(element, dict):
            _mended(pdf, element)
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.stream[0] = metadata.stream[0].replace(_END, _CLAIM + _END)


def _at(pdf: Any, reference: bytes) -> Any:
    """The object of a reference such as b"12 0 R"."""
    return pdf.objects[int(reference.split()[0])]


def _below(pdf: Any, element: Any) -> Iterator[Any]:
    """An element of the structure and all elements in it."""
    yield element
    for kid in element.get("K", ()):
        found = _at(pdf, kid) if isinstance(kid, bytes) else {}
        if found.get("Type") == "/StructElem":
            yield from _below(pdf, found)


def _artifacts(pdf: Any, mapping: list[Any], linked: set[int]) -> None:
    """What is marked as content and stands nowhere in the structure, the margins of the pages, becomes an artifact."""
    for page, content in zip(mapping[::2], mapping[1::2], strict=True):
        if not isinstance(content, list):
            continue  # an annotation
        stray = {mark for mark, element in enumerate(content) if id(_at(pdf, element)) not in linked}
        items = _at(pdf, _at(pdf, pdf.page_references[page])["Contents"]).stream
        for place, item in enumerate(items):
            if isinstance(item, dict) and item.get("MCID") in stray:
                items[place - 1 : place + 1] = "/Artifact", b"<</Type /Pagination>>"
        for mark in stray:
            _at(pdf, content[mark]).clear()
            content[mark] = b"null"


def _mended(pdf: Any, element: Any) -> None:
    kind = element["S"]
    if kind == "/TH":
        row = _at(pdf, element["P"])
        element["A"]["Scope"] = "/Column" if _at(pdf, row["P"])["S"] == "/THead" else "/Row"
    elif kind == "/Caption" and _at(pdf, element["P"])["S"] not in ("/Table", "/Figure"):
        element["S"] = "/P"
    elif kind == "/Figure":
        left, top, right, bottom = element["A"]["BBox"]
        height = _at(pdf, element["Pg"])["MediaBox"][3]
        box = (left * _PIXEL, height - bottom * _PIXEL, right * _PIXEL, height - top * _PIXEL)
        element["A"]["BBox"][:] = box
