"""Nothing dated after the as-of day enters a figure or a file, and nothing private leaves the house."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportgen.deliver.figures import figures
from reportgen.documents import as_json
from reportgen.excel_dates import serial
from reportgen.inputs import DATED, Inputs, LaterRows
from reportgen.intake.reader import read_workbook
from reportgen.model.sendable import sendable
from reportgen.model.solve import solve
from reportgen.render.workbook.writer import write_workbook
from tests.render.brief.cases import words_of
from tests.running import SAMPLE
from tests.worked_case import CASE, inputs_of

LATER = "2025-12-06"


def records() -> dict[str, Any]:
    """The worked case without the rows that it has after the as-of day."""
    found: dict[str, Any] = copy.deepcopy(CASE["input"])
    for sheet in ("Network_History", "ETF_Flows"):
        found[sheet] = [row for row in found[sheet] if row["date"] <= "2025-12-05"]
    found["Events"] = [{"date": "2025-12-05", "event": "Last told", "source": ""}]
    return found


def with_later_rows() -> dict[str, Any]:
    found = records()
    found["Network_History"].append({"date": LATER, "hash_rate": 5000.0, "btc_price": 1.0})
    found["ETF_Flows"].append({"date": LATER, "IBIT": -9e4, "FBTC": 0.0, "GBTC": 0.0})
    found["Events"].append({"date": LATER, "event": "Not yet known", "source": ""})
    return found


def test_rows_after_the_as_of_day_change_no_figure() -> None:
    cut, without = solve(inputs_of(with_later_rows())), solve(inputs_of(records()))
    assert as_json(figures(cut)) == as_json(figures(without))


def test_a_row_of_the_as_of_day_itself_counts() -> None:
    day_before = solve(inputs_of({**records(), "Network_History": records()["Network_History"][:-1]}))
    whole = solve(inputs_of(records()))
    assert day_before.number("last_history_day") == whole.number("last_history_day") - 1


def test_what_was_left_out_is_counted_by_sheet() -> None:
    one = LaterRows(1, serial(dt.date.fromisoformat(LATER)))
    assert dict(solve(inputs_of(with_later_rows())).inputs.later_rows) == dict.fromkeys(DATED, one)
    assert dict(solve(inputs_of(records())).inputs.later_rows) == {}


def test_the_cut_made_twice_is_the_cut_made_once() -> None:
    once = sendable(inputs_of(with_later_rows()))
    twice = sendable(once)
    assert twice.later_rows == once.later_rows
    assert all(twice.tables[name].rows == once.tables[name].rows for name in once.tables)


def test_an_event_after_the_as_of_day_is_in_neither_brief_nor_workbook() -> None:
    inputs = inputs_of(with_later_rows())
    assert "Last told" in words_of(inputs)
    assert "Not yet known" not in words_of(inputs)
    assert "Not yet known" not in everything_in(write_workbook(solve(inputs)))


def everything_in(workbook: bytes) -> str:
    """All parts of a workbook as one text."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.fixture(scope="module")
def secretive() -> Inputs:
    """The sample with a secret in every private place, and something to be sent in the places beside them."""
    inputs = read_workbook(SAMPLE)
    tables = dict(inputs.tables)
    operators = tables["Operators"]
    notes = np.array(["SECRET-NOTE"] * operators.rows, dtype=object)
    sources = np.array(["TOLD-SOURCE"] * operators.rows, dtype=object)
    columns = {**operators.columns, "notes": notes, "source": sources}
    tables["Operators"] = dataclasses.replace(operators, columns=columns)
    remarks = {"btc_price": ("TOLD-REMARK", "SECRET-REMARK")}
    tables["Market"] = dataclasses.replace(tables["Market"], remarks=remarks)
    row = {"code": "SECRET-CODE", "sheet": "Debt", "row": "", "until": np.nan, "reason": "SECRET-REASON"}
    row["accepted_by"] = "SECRET-PERSON"
    accepted = {name: np.array([value], dtype=float if name == "until" else object) for name, value in row.items()}
    tables["Accepted"] = dataclasses.replace(tables["Accepted"], rows=1, columns=accepted)
    return dataclasses.replace(inputs, tables=tables)


def test_private_columns_sheets_and_notes_are_in_nothing_that_is_sent(secretive: Inputs) -> None:
    solution = solve(secretive)
    sent = everything_in(write_workbook(solution)) + words_of(secretive) + as_json(figures(solution)).decode()
    for secret in ("SECRET", "northgate.example.com", "Ms Okafor"):
        assert secret not in sent
    assert "TOLD-SOURCE" in sent
    assert "TOLD-REMARK" in sent
    assert "estimated" in sent


def test_the_house_keeps_what_is_private(secretive: Inputs) -> None:
    assert secretive.tables["Accepted"].rows == 1
    assert secretive.tables["Operators"].columns["notes"][0] == "SECRET-NOTE"
    assert secretive.tables["Clients"].rows == 3


def test_a_delivered_workbook_is_read_again_to_the_same_figures(tmp_path: Path) -> None:
    solution = solve(read_workbook(SAMPLE))
    (tmp_path / "sent.xlsx").write_bytes(write_workbook(solution))
    again = solve(read_workbook(tmp_path / "sent.xlsx"))
    assert json.loads(as_json(figures(again))) == json.loads(as_json(figures(solution)))
