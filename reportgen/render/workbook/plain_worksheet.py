"""A worksheet for formulas that Excel 2010 has: no search for newer functions in each of 70,000 of them."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter comes without types
    """XlsxWriter's sheet without its 30 substitutions a formula, which mark functions newer than ours.

    The functions of the formula language are those of one table, all of 2010 or older: nothing needs a mark. Most of
    the time of a large workbook went there.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002  # XlsxWriter's signature
        return formula.removeprefix("=")
