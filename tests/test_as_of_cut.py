"""A full export and one cut at the as-of day give the same pack, but for the words on what was left out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from reportgen.deliver.figures import figures
from reportgen.documents import as_json
from reportgen.excel_dates import iso_day
from reportgen.inputs import Inputs
from reportgen.intake.exports.history_import import Told, import_etf, import_network
from reportgen.intake.reader import read_workbook
from reportgen.model.solve import solve
from reportgen.render.workbook.writer import write_workbook
from tests.intake.workbooks import small, write_openpyxl
from tests.render.brief.cases import words_of

REAL = Path(__file__).parents[2] / "shared" / "data"
AS_OF = 45_996.0  # 2025-12-05
FUTURE = ("history_future", "events_future")


class Packs(NamedTuple):
    """The inputs of the same week, from exports that go on and from exports that end on its day."""

    full: Inputs
    cut: Inputs


def exported(folder: Path) -> tuple[Path, Path]:
    """Made-up exports of four months that go on for two months after the day, in a steep fall."""
    first = dt.date(2025, 8, 7)
    days = [first + dt.timedelta(days=number) for number in range(180)]
    network = [
        f"{day},{1.05e9 - 8e5 * max(0, at - 90)},{90_000 - 200 * max(0, at - 120)}" for at, day in enumerate(days)
    ]
    flows = [f"{day},{25 - at % 50},-3,{400 if at > 130 else ''}" for at, day in enumerate(days) if day.weekday() < 5]
    texts = ["time,HashRate,PriceUSD", *network], ["Date,FUND-A,FUND-B,LATE", *flows]
    paths = folder / "network.csv", folder / "etf.csv"
    for path, lines in zip(paths, texts, strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


def packs(folder: Path, network: Path, etf: Path) -> Packs:
    """Both workbooks, imported and read."""
    grid = small()
    grid["Network_History"], grid["ETF_Flows"] = grid["Network_History"][:1], [["Date"]]
    grid["Events"].append([dt.date(2025, 12, 20), "Not yet known"])
    without = small() | {name: grid[name] for name in ("Network_History", "ETF_Flows")}
    read = []
    for name, told, content in (("full", Told(), grid), ("cut", Told(until=AS_OF), without)):
        week = write_openpyxl(folder / f"{name}.xlsx", content)
        one = import_network(network, week, folder / f"{name}-1.xlsx", told=told).out
        read.append(read_workbook(import_etf(etf, one, folder / f"{name}-2.xlsx", told=told).out))
    return Packs(*read)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    folder = tmp_path_factory.mktemp("cut")
    return packs(folder, *exported(folder))


def test_what_was_left_out_is_the_only_warning_more(made: Packs) -> None:
    more = [each for each in made.full.warnings if each.code in FUTURE]
    assert [(each.where.sheet, each.message.partition(":")[0]) for each in more] == [
        ("Network_History", "59 rows are left out"),
        ("ETF_Flows", "41 rows are left out"),
        ("Events", "1 row is left out"),
    ]
    rest = [(each.code, each.message) for each in made.full.warnings if each.code not in FUTURE]
    assert rest == [(each.code, each.message) for each in made.cut.warnings]


def test_figures_workbook_and_brief_are_the_same_to_the_last_byte(made: Packs) -> None:
    full, cut = (dataclasses.replace(each, warnings=(), sha256="") for each in made)
    solved = solve(full), solve(cut)
    assert len({as_json(figures(each)) for each in solved}) == 1
    assert len({write_workbook(each) for each in solved}) == 1
    left_out = re.compile(r"Rows dated after the as-of day are left out of every figure: (.*? \(up to [^)]*\))\. ")
    words = words_of(full)
    said = left_out.search(words)
    assert said is not None
    rows = ["59 of Network_History (up to 2 Feb 2026)", "41 of ETF_Flows (up to 2 Feb 2026)"]
    assert said[1] == ", ".join(rows) + " and 1 of Events (up to 20 Dec 2025)"
    assert left_out.sub("", words) == words_of(cut)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not beside the project")
def test_the_real_exports_say_the_same_whether_they_go_on_or_not(tmp_path: Path) -> None:
    week = write_openpyxl(
        tmp_path / "week.xlsx", small() | {"Network_History": small()["Network_History"][:1], "ETF_Flows": [["Date"]]}
    )
    one = import_network(REAL / "network_daily.csv", week, tmp_path / "one.xlsx").out
    made = read_workbook(import_etf(REAL / "etf_flows.csv", one, tmp_path / "two.xlsx").out)
    history, flows = (made.tables[name] for name in ("Network_History", "ETF_Flows"))
    assert history.rows == 4_170
    assert (np.diff(history.columns["date"]) == 1).all()
    sums, dates = np.nansum(flows.columns["funds"], axis=1), [iso_day(day) for day in flows.columns["date"]]
    assert (dates[int(np.argmax(sums))], round(float(sums.max()), 1)) == ("2024-11-07", 1373.8)
    assert (dates[int(np.argmin(sums))], round(float(sums.min()), 1)) == ("2025-02-25", -1113.7)
    until = {
        name: table.only(table.columns["date"] <= AS_OF)
        for name, table in (("Network_History", history), ("ETF_Flows", flows))
    }
    full, cut = solve(made), solve(dataclasses.replace(made, tables={**made.tables, **until}))
    assert as_json(figures(full)) == as_json(figures(cut))
    assert {name: later.rows for name, later in full.inputs.later_rows.items()} == {
        "Network_History": 178,
        "ETF_Flows": 183,
    }
    assert (full.number("last_history_day"), full.number("etf_last_day")) == (AS_OF, AS_OF)
