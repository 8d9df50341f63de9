"""Which column of an export is what: by its exact known name, or as the user says; never by a likely guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportgen.intake.reading.names import same_name
from reportgen.intake.reading.typed_values import unshowable
from reportgen.problems import UsageError, shortened

if TYPE_CHECKING:
    from reportgen.intake.exports.export_table import ExportTable

Asked = tuple[tuple[str, str], ...]
"""What the user says: pairs of a meaning (hash_rate, price, fund) and the header of its column."""

HASH_RATES = frozenset(
    f"{kind}hashrate" for kind in ("", "mean", "average", "avg", "network", "total", "btc", "bitcoin", "daily")
) | {"hashratemean", "hashrateaverage", "hashrateavg"}
PRICES = frozenset(
    f"{name}{currency}"
    for name in ("price", "btcprice", "bitcoinprice", "marketprice", "close", "btcclose", "closeprice", "closingprice")
    for currency in ("", "usd")
) | {"usd", "btcusd", "usdbtc", "usdprice", "btcusdprice", "btcusdclose"}
_LONGEST_TICKER = 40
_NAME_FUNDS = 'Name the funds, each with --column fund="NAME".'
_UNIT = re.compile(r"[kmgtpez]h/?s?$")
_NO_FUND = re.compile(
    r"\b(?:sum|net|flows?|inflows?|outflows?|cumul\w*|cum|aggregate|average|avg|mean|median|max\w*|min\w*|change|aum|"
    r"assets?|holdings?|volume|price|close|nav|premium|rank|hash\w*|difficulty|market|cap|id|index)\b|hash_?\s*rate|price"
)
_TOTAL = re.compile(r"\btotals?\b")
_FOREIGN = re.compile(
    r"(?<![A-Za-z])(?:EUR|GBP|JPY|CHF|CNY|CAD|AUD|HKD|SGD|KRW|INR|BRL|SEK|NOK|DKK|PLN|MXN|TRY|ZAR)(?![A-Za-z])|[€£¥₩₹₽]",
    re.IGNORECASE,
)


def one_column(table: ExportTable, meaning: str, known: frozenset[str], words: str, asked: Asked) -> int:
    """The column that the user names for a meaning, else the only one with a known name.

    Raises UsageError when there is none, or more than one.
    """
    named = [header for each, header in asked if each == meaning]
    if named:
        return _of_header(table, named[-1])
    columns = [column for column in _others(table) if plain_name(table.header[column]) in known]
    if len(columns) == 1:
        return columns[0]
    names = ", ".join(f'"{shortened(table.header[column])}"' for column in columns or _others(table)[:20])
    tell = f'Say which one it is: --column {meaning}="NAME".'
    if columns:
        raise UsageError(f"{table.file}: {names} may each be the {words}. {tell}")
    raise UsageError(f"{table.file}: found no column with a known name of the {words} among {names}. {tell}")


def fund_columns(table: ExportTable, asked: Asked) -> tuple[list[int], list[str]]:
    """The columns of funds (those that the user names, else all but totals and texts), and what was left out.

    Raises UsageError when a column is neither a fund nor a total by its name, or two have the same name.
    """
    named = [header for meaning, header in asked if meaning == "fund"]
    left_out: list[str] = []
    columns = [_of_header(table, header) for header in named]
    for column in _others(table) if not named else ():
        name = table.header[column]
        if plain_name(name) == "total":
            continue
        if is_total(name):
            left_out.append(f'column "{shortened(name)}": a total, not a fund')
        elif _holds_words(table, column):
            left_out.append(f'column "{shortened(name)}": it holds no numbers')
        elif _NO_FUND.search(_spaced(name)) or len(name) > _LONGEST_TICKER or unshowable(name):
            raise UsageError(
                f'{table.file}: the column "{shortened(name)}" is no fund by its name. {_NAME_FUNDS} '
                "For hash rates and prices use reportgen import network."
            )
        else:
            columns.append(column)
    if not columns:
        raise UsageError(f"{table.file}: found no column of flows beside the dates.")
    names = [same_name(table.header[column]) for column in columns]
    if len(set(names)) < len(names):
        raise UsageError(f"{table.file}: two columns have the same name. Rename one of them and try again.")
    return columns, left_out


def refuse_foreign_money(table: ExportTable, columns: Iterable[int], title: str = "") -> None:
    """Raises UsageError when a header or cell of the columns, or the title, names a currency other than the dollar."""
    for column in columns:
        for text in (table.header[column], *(table.text(row, column) for row in range(len(table.days)))):
            _refuse_foreign(table.file, text)
    _refuse_foreign(table.file, title)


def is_total(name: str) -> bool:
    """True for the name of a column that adds up others, e.g. Total or Total net flow."""
    return bool(_TOTAL.search(_spaced(name)))


def plain_name(header: str) -> str:
    """A header as it is compared with the known ones: letters only, no unit in brackets or behind the name."""
    letters = re.sub(r"[^a-z/]", "", re.sub(r"\([^()]*\)\s*$", "", header).casefold())
    return _UNIT.sub("", letters) if "hash" in letters else letters


def _others(table: ExportTable) -> list[int]:
    return [column for column, name in enumerate(table.header) if name and column != table.date_column]


def _of_header(table: ExportTable, name: str) -> int:
    found = [column for column, header in enumerate(table.header) if header and same_name(header) == same_name(name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{shortened(each)}"' for each in table.header[:20] if each)
    what = "found no column" if not found else "found two columns"
    raise UsageError(f'{table.file}: {what} "{shortened(name)}" among {names}.')


def _holds_words(table: ExportTable, column: int) -> bool:
    """True when a column has texts and no number at all, such as remarks or weekdays."""
    texts = [row for row in range(len(table.days)) if table.text(row, column)]
    if not texts or any(table.number(row, column) is not None for row in texts):
        return False
    figure = next((row for row in texts if re.search(r"[0-9]", table.text(row, column))), None)
    if figure is not None:
        raise UsageError(f"{table.file}: {table.unreadable(figure, column)}, nor is any in this column. {_NAME_FUNDS}")
    return True


def _spaced(name: str) -> str:
    """A header in small letters, its words apart: TotalNetFlow and total_net_flow read as total net flow."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).casefold()


def _refuse_foreign(file: str, text: str) -> None:
    found = _FOREIGN.search(text)
    if found:
        raise UsageError(
            f'{file}: found another currency than the dollar ({found[0]}) in "{shortened(text)}". Export it in USD.'
        )
