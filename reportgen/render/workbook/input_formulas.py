"""How a formula reads an input cell: blank as the reader takes it, a text in the place of a number as an error.

One rule for all: a blank cell takes the declared default, which stands in a cell of Input_Checks; without one it is n/a
where it may be missing and an error where it is required. AVERAGE of one cell is the number in it, and #DIV/0! where it
holds a text, whatever that looks like, or nothing.
"""

from __future__ import annotations

from reportgen.model.block import may_be_blank
from reportgen.render.workbook.page import NOT_AVAILABLE
from reportgen.sheets import Field, Kind

_NO_AND_YES = '{"no","yes"}'  # 0 and 1; an error where a cell holds neither
_REQUIRED = '"required"+0'


def as_read(cell: str, field: Field, default: str) -> str:
    """The formula of an input's value, without the equals sign; `default` is the cell that holds the default."""
    if field.kind is Kind.YES_NO and field.default is not None:
        return f'MATCH(IF({cell}="",{default},{cell}),{_NO_AND_YES},0)-1'
    if not field.number:
        value = f'{cell}&""'
        if field.required:
            return f'IF({cell}="",{_REQUIRED},{value})'
        return f'IF({cell}="",{default},{value})' if field.default else value
    value = f"MATCH({cell},{_NO_AND_YES},0)-1" if field.kind is Kind.YES_NO else f"AVERAGE({cell})"
    if field.required:
        return value
    return f'IF({cell}="","{NOT_AVAILABLE}",{value})' if may_be_blank(field) else f'IF({cell}="",{default},{value})'
