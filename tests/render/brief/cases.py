"""Variations of the worked case, and the brief of any of them as pages of text."""

from __future__ import annotations

import copy
import dataclasses
import functools
import html as markup
import io
import re
from typing import Any

import numpy as np
from pypdf import PdfReader

from reportgen import read_workbook
from reportgen.documents import Document
from reportgen.inputs import Inputs, Table
from reportgen.model.solve import solve
from reportgen.render.brief.limits import STEPS
from reportgen.render.brief.pages import html
from reportgen.render.brief.pdf import write_brief
from reportgen.render.brief.view import Brief, brief_view
from reportgen.render.theme import load_theme
from reportgen.resources import templates_folder
from tests.running import SAMPLE
from tests.worked_case import CASE, inputs_of, worked_case

WORKBOOK = Document("week.xlsx", b"PK\x03\x04 not a real workbook")
OPTIONAL = ("Debt", "AI_HPC", "Network_History", "ETF_Flows", "Shocks", "Risk", "Events", "Clients")


def records() -> dict[str, Any]:
    """The worked case as records by sheet, to be changed at will."""
    return copy.deepcopy(CASE["input"])


def priced(price: float) -> Inputs:
    """The worked case at another price."""
    return worked_case().with_value("Market", "btc_price", price)


def with_rows(sheet: str, rows: list[dict[str, Any]]) -> Inputs:
    """The worked case with other rows on one sheet."""
    return inputs_of(records() | {sheet: rows})


@functools.cache
def sample() -> Inputs:
    """The sample workbook: eight operators."""
    return read_workbook(SAMPLE)


def emptied(inputs: Inputs, *sheets: str) -> Inputs:
    """A copy in which some sheets have no rows."""
    tables = dict(inputs.tables)
    for name in sheets:
        old = tables[name]
        tables[name] = Table(0, {field: values[:0] for field, values in old.columns.items()}, old.wide)
    return dataclasses.replace(inputs, tables=tables)


def grown(operators: int) -> Inputs:
    """The worked case with many operators of long names, alike but for the price of power."""
    given = records()
    seed = {sheet: given[sheet] for sheet in ("Operators", "Fleet", "Debt", "AI_HPC")}
    for sheet in seed:
        given[sheet] = []
    prices = np.linspace(0.03, 0.12, operators)
    for number in range(operators):
        source = seed["Operators"][number % 2]["operator"]
        name = f"{source} number {number} of the Amalgamated Holdings Company Incorporated"
        for sheet, rows in seed.items():
            for row in rows:
                if row["operator"] == source:
                    given[sheet].append(row | {"operator": name})
        given["Operators"][-1]["power_price"] = float(prices[number])
        for row in given["Fleet"]:
            if row["operator"] == name and "units" in row:
                row["units"] = row["units"] * 2 // operators + 1
            elif row["operator"] == name:
                row["total_hash_rate"] = row["total_hash_rate"] * 2 / operators
    return inputs_of(given)


def view_of(inputs: Inputs) -> Brief:
    """Every figure of the brief."""
    return brief_view(solve(inputs), WORKBOOK.name, 1234, STEPS[0])


def words_of(inputs: Inputs) -> str:
    """The brief's words, without markup and with single spaces."""
    page = html(view_of(inputs), load_theme(), (templates_folder(),))
    body = re.sub(r"<[^>]*>", " ", page.split("<body>")[1])
    return " ".join(markup.unescape(body).split())


def pdf_of(inputs: Inputs) -> PdfReader:
    """The brief as a PDF."""
    return PdfReader(io.BytesIO(write_brief(solve(inputs), WORKBOOK, 1234)))


def text_of(reader: PdfReader) -> str:
    """All text of a PDF with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
