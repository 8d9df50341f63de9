"""Drop-downs and bounds that Excel takes: lists, lengths, ranges."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.elements import Element
from reportgen.audit.file.sheet import Area, area_of
from reportgen.audit.findings import Breach
from reportgen.audit.formulas.pieces import pieces_of, sheet_named
from reportgen.audit.view import View

LONGEST = {"errorTitle": 32, "promptTitle": 32, "error": 255, "prompt": 255}
"""Characters of a title and of a message; Excel repairs a file with more."""
LONGEST_FORMULA = 255
NEED_TWO = ("between", "notBetween", "")


def validations(view: View) -> Iterator[Breach]:
    """A710: what checks an input as it is typed is written as Excel takes it."""
    sheets = {listed.name.casefold() for listed in view.book.sheets}
    names = {name.name.casefold() for name in view.book.names}
    for each in view.sheet.tree.within("dataValidation"):
        areas = [area_of(text) for text in each.get("sqref").split()]
        covered: tuple[Area, ...] = tuple(area for area in areas if area is not None)
        if not areas or len(covered) < len(areas):
            yield Breach("A710", view.name, covered, f"a check of inputs covers {each.get('sqref') or 'nothing'}.")
        for why in (*_too_long(each), *_wrong_bounds(each), *_leads_nowhere(each, sheets, names)):
            yield Breach("A710", view.name, covered, f"the check of what is typed {why}.")


def _too_long(each: Element) -> Iterator[str]:
    for name, most in LONGEST.items():
        if len(each.get(name)) > most:
            yield f"has a text of {len(each.get(name))} characters, more than {most}"


def _wrong_bounds(each: Element) -> Iterator[str]:
    kind = each.get("type", "none")
    first, second = (each.first(tag) for tag in ("formula1", "formula2"))
    one, other = (found.text.strip() if found is not None else "" for found in (first, second))
    if kind != "none" and not one:
        yield "has no bound"
    if kind in ("whole", "decimal", "date", "time", "textLength") and each.get("operator") in NEED_TWO and not other:
        yield "has one bound and needs two"
    if kind == "list" and one.startswith('"') and len(one) - 2 > LONGEST_FORMULA:
        yield f"lists {len(one) - 2} characters, more than {LONGEST_FORMULA}"
    elif max(len(one), len(other)) > LONGEST_FORMULA + 2:
        yield f"has a formula of more than {LONGEST_FORMULA} characters"


def _leads_nowhere(each: Element, sheets: set[str], names: set[str]) -> Iterator[str]:
    for tag in ("formula1", "formula2"):
        found = each.first(tag)
        for piece in pieces_of(found.text) if found is not None else ():
            lost = piece.kind == "sheet" and sheet_named(piece.text).casefold() not in sheets
            unknown = piece.kind == "name" and piece.text.casefold() not in names | {"true", "false"}
            if lost or unknown or piece.text == "#REF!":
                yield f"looks at {piece.text}, which is not there"
