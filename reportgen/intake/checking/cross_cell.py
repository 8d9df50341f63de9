"""What only several cells together can tell, and must not be: double or unknown names, no scale, wrong addresses."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.intake.checking.alternatives import wrong_alternatives
from reportgen.intake.checking.plausibility.market import network_hash_rate, running_hash_rate
from reportgen.intake.checking.plausibility.wording import part_of
from reportgen.intake.reading.names import Guesses, names_total, same_name
from reportgen.intake.reading.typed_values import plain_number
from reportgen.problem_codes import problem
from reportgen.problems import shortened

if TYPE_CHECKING:
    from reportgen.intake.reading.sheet_reader import ReadSheet
    from reportgen.problems import Problem
    from reportgen.sheets import Field

EVERY = "all"
"""What a client's `operators` says for every operator of the workbook."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_SHOWN = 8
MOST_GAP = 1_000.0
"""Days between two rows of the history; more is no gap but a mistyped year."""

Sheets = Mapping[str, "ReadSheet"]


def with_known_names(sheets: Sheets) -> tuple[dict[str, ReadSheet], list[Problem]]:
    """The sheets with every name spelled as the sheet it refers to spells it, and the names that lead nowhere."""
    problems: list[Problem] = []
    done = dict(sheets)
    for name, read in sheets.items():
        columns = dict(read.table.columns)
        for field in read.sheet.fields:
            if field.of or field.choices:
                spelled, found = _spelled(read, field, sheets)
                columns[field.name] = np.array(spelled, dtype=object)
                problems.extend(found)
        done[name] = dataclasses.replace(read, table=dataclasses.replace(read.table, columns=columns))
    return done, problems


def _spelled(read: ReadSheet, field: Field, sheets: Sheets) -> tuple[list[str], list[Problem]]:
    names = list(field.choices)
    if field.of:
        key = sheets[field.of].sheet.key_field()
        names = sheets[field.of].texts(key.name) if key else []
    known: dict[str, str] = {}
    for each in names:
        if each:
            known.setdefault(same_name(each), each)
    spelled: list[str] = []
    problems: list[Problem] = []
    unknown_name = _UnknownName(read, field, list(known.values()))
    asked = bool(known or not field.of or not sheets[field.of].table.rows)
    for record, text in enumerate(read.texts(field.name)):
        parts = _parts(text, known) if field.many else [text]
        unknown = [
            part
            for part in parts
            if part and same_name(part) not in known and not (field.many and same_name(part) == EVERY)
        ]
        spelled.append("; ".join(known.get(same_name(part), part) for part in parts))
        if unknown and asked:
            problems.extend(unknown_name.problem(record, part) for part in unknown)
    return spelled, problems


def _parts(text: str, known: Mapping[str, str]) -> list[str]:
    if same_name(text) in known:
        return [text]
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return [EVERY] if any(same_name(part) == EVERY for part in parts) else parts


class _UnknownName:
    """The problem with a name of a column that leads nowhere, with the names that would."""

    def __init__(self, read: ReadSheet, field: Field, names: Sequence[str]) -> None:
        self._read, self._field = read, field
        self._guesses = Guesses(names)
        listed = ", ".join(f'"{shortened(name)}"' for name in names[:_SHOWN])
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        self._known = f"Known are {listed}{more}." if names else f"The sheet {field.of} has no names yet."

    def problem(self, record: int, text: str) -> Problem:
        """The problem with the name in a record."""
        replaced = dict(self._field.formerly).get(same_name(text))
        if replaced is not None:
            message = f'found "{shortened(text)}", a name that the model has no more.'
            hint = f'"{replaced}" stands in its place, and is scaled anew.'
            return problem("choice_replaced", self._read.where(self._field.name, record), message, hint)
        expected = f"a name from {self._field.of}" if self._field.of else "one of the choices"
        code = "name_unknown" if self._field.of else "choice_unknown"
        message = f'found "{shortened(text)}", expected {expected}.'
        where = self._read.where(self._field.name, record)
        return problem(code, where, message, self._guesses.hint(text) or self._known)


def wrong_together(sheets: Sheets) -> Iterator[Problem]:
    """Every error that only several cells together show."""
    for read in sheets.values():
        yield from _twice(read)
    yield from _far_apart(sheets["Network_History"])
    yield from wrong_alternatives(sheets)
    yield from _totals(sheets["Operators"])
    yield from _over_network(sheets)
    yield from _flat_risk(sheets["Risk"])
    yield from _reversed(sheets["AI_HPC"], "start", "end")
    yield from _reversed(sheets["Stress_Windows"], "from", "to")
    for field in ("email", "cc"):
        yield from _addresses(sheets["Clients"], field)


def _twice(read: ReadSheet) -> Iterator[Problem]:
    for field in read.sheet.fields:
        if not (field.key or field.unique):
            continue
        first: dict[str | float, int] = {}
        for record, value in enumerate(read.column(field.name).tolist()):
            if read.blank_where(field.name, record):
                continue
            same = same_name(value) if isinstance(value, str) else value
            if same not in first:
                first[same] = record
                continue
            shown = f'"{shortened(value)}"' if isinstance(value, str) else iso_day(value)
            before = read.where(field.name, first[same]).cell
            code = "name_twice" if field.key else "date_twice"
            # Two names that only Unicode tells apart look alike: what is shown alone would not say what is wrong.
            form = isinstance(value, str) and not value.isascii() and value != read.column(field.name)[first[same]]
            message = f"found {shown} again; it is in {before} already{', in another Unicode form' if form else ''}."
            yield problem(code, read.where(field.name, record), message)


def _far_apart(history: ReadSheet) -> Iterator[Problem]:
    """A day long after the one before it: the year is mistyped, and each day between them would be filled."""
    dates = [float(date) for date in history.column("date") if date == date]
    for record, (before, after) in enumerate(itertools.pairwise(dates), 1):
        if after - before > MOST_GAP:
            message = f"found {iso_day(after)}, {after - before:,.0f} days after the row before it ({iso_day(before)})."
            yield problem("date_far", history.where("date", record), message)


def _totals(operators: ReadSheet) -> Iterator[Problem]:
    for record, name in enumerate(operators.texts("operator")):
        if names_total(name):
            message = f'found "{shortened(name)}", which is no operator.'
            yield problem("operator_total", operators.where("operator", record), message)


def _over_network(sheets: Sheets) -> Iterator[Problem]:
    """More than the whole network: the hash rate that runs, of all operators, beside what the difficulty implies."""
    fleet, rates, network = sheets["Fleet"], running_hash_rate(sheets), network_hash_rate(sheets)
    if rates.sum() > network:
        largest = int(np.argmax(rates))
        column = "units" if fleet.blank_where("total_hash_rate", largest) else "total_hash_rate"
        share = f"{part_of(rates.sum() / network)} the {network / 1e6:,.0f} EH/s that the difficulty implies"
        message = f"all machines have {rates.sum() / 1e6:,.0f} EH/s, {share}; this row has the most."
        yield problem("fleet_over_network", fleet.where(column, largest), message)


def _flat_risk(risk: ReadSheet) -> Iterator[Problem]:
    for record, (calm, stress) in enumerate(zip(risk.column("calm"), risk.column("stress"), strict=True)):
        if calm == stress:
            message = f"found {plain_number(float(stress))}, the same as calm."
            yield problem("risk_flat", risk.where("stress", record), message)


def _reversed(periods: ReadSheet, first: str, last: str) -> Iterator[Problem]:
    for record, (start, end) in enumerate(zip(periods.column(first), periods.column(last), strict=True)):
        if end < start:
            message = f"found {iso_day(float(end))}, before the start on {iso_day(float(start))}."
            yield problem("dates_reversed", periods.where(last, record), message)


def _addresses(clients: ReadSheet, field: str) -> Iterator[Problem]:
    for record, text in enumerate(clients.texts(field)):
        for part in (part.strip() for part in text.split(";")):
            if part and (not _EMAIL.fullmatch(part) or ".." in part or len(part) > 254):
                yield problem("email_wrong", clients.where(field, record), f'found "{shortened(part)}".')
        if text and not any(part.strip() for part in text.split(";")):
            yield problem("email_wrong", clients.where(field, record), f'found "{shortened(text)}".')
