"""A formula is made once a line and placed member by member."""

from __future__ import annotations

import pytest

from reportgen.render.workbook.address import CellRange, FormulaPattern


@pytest.mark.parametrize(("across", "placed"), [(True, "D5"), (False, "E4")], ids=["across", "down"])
def test_a_per_cent_sign_of_a_formula_stays_as_it_is_where_the_cell_moves(across: bool, placed: str) -> None:
    cells = CellRange("Sheet", fixed=4, first=1, members=9, across=across)
    pattern = FormulaPattern(f'TEXT({cells.moving()},"0%d%")&{cells.cell()}', across)
    assert pattern.at(2) == f'=TEXT({placed},"0%d%")&{cells.cell()}'
    assert FormulaPattern('TEXT(A1,"0%")', across).at(2) == '=TEXT(A1,"0%")'


@pytest.mark.parametrize("across", [True, False], ids=["across", "down"])
def test_the_number_of_a_member_counts_from_1_wherever_its_cells_begin(across: bool) -> None:
    cells = CellRange("Sheet", fixed=4, first=7, members=9, across=across)
    pattern = FormulaPattern(f"IF({cells.moving()}=0,{cells.place()},0)", across)
    number, cell = ("COLUMN()-COLUMN($G5)", "J5") if across else ("ROW()-ROW(E$7)", "E10")
    assert pattern.at(2) == f"=IF({cell}=0,{number},0)"  # the same text for every member
