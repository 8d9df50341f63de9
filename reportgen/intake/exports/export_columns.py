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
_UNIT = re.compile(r"[kmgtpez]?h/?_?s?$")
_NO_FUND = re.compile(
    r"\b(?:sum|net|flows?|inflows?|outflows?|cumul\w*|cum|aggregate|average|avg|mean|median|max\w*|min\w*|change|aum|"
    r"assets?|holdings?|volume|price|close|nav|premium|rank|hash\w*|difficulty|market|cap|id|index|all|overall|combined|"
    r"subtotals?|tot|summe|gesamt|insgesamt|somme|funds|etfs|daily|year|month|week|weekday|no|nr|number|notes?|remarks?|"
    r"comments?|source)\b|hash_?\s*rate|price"
)
_TOTAL = re.compile(r"\btotals?\b")
_CODES = (
    "AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KRW|KZT|MXN|MYR|NOK|NZD|PHP|PLN|RUB|"
    "SAR|SEK|SGD|THB|TRY|TWD|UAH|VND|ZAR"
)
_FOREIGN = re.compile(
    rf"(?<![A-Za-z])(?:{_CODES}|euros?|pounds?|sterling|yen|yuan|renminbi|francs?|rupees?|rubles?)(?![A-Za-z])|[€£¥₩₹₽₺₴]",
    re.IGNORECASE,
)
_OF_PRICES = frozenset(
    {"usd", "$", "us$", "usd/btc", "$/btc", "us$/btc", "btc/usd", "usdperbtc", "dollars", "usdollars"}
)
"""What a header may say in brackets of the unit of a price; of a hash rate it is H/s and its multiples."""
_OTHER_SCALE = re.compile(
    r"(?:\b(?:in|usd|us)|[$(])\W*(?:(?:usd|us)?\W*)(?:billions?|bn|bln|thousands?|000s?|btc|bitcoins?|coins|shares)\b(?!\s+(?:etf|fund|trust))",
    re.IGNORECASE,
)
_TELLING = 2
"""Days of large flows in several funds by which a column of sums is known."""


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
        elif (
            len(name) > _LONGEST_TICKER
            or unshowable(name)
            or _NO_FUND.search(_spaced(name))
            or not _spaced(name).strip()
        ):
            raise UsageError(
                f'{table.file}: the column "{shortened(name)}" is no fund by its name. {_NAME_FUNDS} '
                "For hash rates and prices use reportgen import network."
            )
        else:
            columns.append(column)
    if not columns:
        raise UsageError(f"{table.file}: found no column of flows beside the dates.")
    _refuse_other_scale(table.file, (table.title, *(table.header[column] for column in columns)))
    if not named:
        _refuse_sums(table, columns)
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
    """A header as it is compared with the known ones: without gaps, and without a unit of hash rates or dollars.

    What else stands in brackets tells it from the known ones: "Hash rate (7d change)" is no hash rate.
    """
    name, _, unit = re.sub(r"[\s_\-.:]", "", header.casefold()).rstrip(")").partition("(")
    hashes = "hash" in name
    if unit and not (_UNIT.fullmatch(unit) if hashes else unit in _OF_PRICES or _FOREIGN.fullmatch(unit)):
        name = f"{name}({unit})"
    return _UNIT.sub("", name) if hashes else name


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


def _refuse_sums(table: ExportTable, columns: list[int]) -> None:
    """Raises UsageError for a column that adds up the others, whatever it is called: it would count each flow twice."""
    rows = [[table.number(row, column) or 0.0 for column in columns] for row in range(len(table.days))]
    several = [row for row in rows if sum(value != 0 for value in row) > 2]  # two funds and what would be their sum
    near = 0.06 * len(columns)  # each of them rounded to a tenth
    for place, column in enumerate(columns):
        telling = sum(abs(row[place]) > 10 * near for row in several)
        if telling >= _TELLING and all(abs(sum(row) - 2 * row[place]) <= near for row in several):
            name = shortened(table.header[column])
            raise UsageError(
                f'{table.file}: the column "{name}" adds up the others: a total, not a fund. {_NAME_FUNDS}'
            )


def _refuse_other_scale(file: str, texts: Iterable[str]) -> None:
    """Raises UsageError for a title or header that tells of flows in something else than dollars or millions."""
    for text in texts:
        found = _OTHER_SCALE.search(text)
        if found:
            raise UsageError(
                f'{file}: found flows in another unit ("{shortened(found[0])}") in "{shortened(text)}". '
                "Export them in USD or USD million."
            )


def _spaced(name: str) -> str:
    """A header in small letters, its words apart: TotalNetFlow and total_net_flow read as total net flow."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).casefold()


def _refuse_foreign(file: str, text: str) -> None:
    found = _FOREIGN.search(text)
    if found:
        raise UsageError(
            f'{file}: found another currency than the dollar ({found[0]}) in "{shortened(text)}". Export it in USD.'
        )
