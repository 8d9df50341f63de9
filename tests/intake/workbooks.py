"""Small workbooks for the tests: grids of plain values, written by the libraries that people use."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.intake.raw_xlsx import Formula

Grid = dict[str, list[list[Any]]]

_SMALL: Grid = {
    "Report": [
        ["Item", "Value", "Unit", "Source", "Notes"],
        ["Report title", "Small case"],
        ["Organisation", "Test desk"],
        ["Prepared by", "Analyst"],
        ["As of", dt.date(2025, 12, 5)],
    ],
    "Market": [
        ["Item", "Value", "Unit", "Source", "Notes"],
        ["BTC price", 90_000, "USD/BTC"],
        ["Network difficulty", 149.3, "T"],
        ["Block height", 926_500, "blocks"],
        ["Fees per block", 0.03, "BTC/block"],
        ["Network growth", 0.1, "per year"],
        ["Miner treasury", 50_000, "BTC"],
        ["Active shock", None],
    ],
    "Operators": [
        ["Operator", "Power price (USD/kWh)", "Uptime (share)", "Cash (USD)", "BTC held (BTC)"],
        ["Alpha", 0.04, 0.97, 60_000_000, 1_200],
        ["Beta", 0.07, 0.93, None, 300],
    ],
    "Fleet": [
        [
            "Operator", "Machine", "Units (machines)", "Unit hash rate (TH/s)", "Unit power (W)",
            "Replacement price (USD/TH)", "Remaining life (months)",
        ],
        ["Alpha", "S21", 40_000, 200, 3_500, 14, 60],
        ["Beta", "S19j Pro", 20_000, 104, 3_068, 7, 24],
    ],
    "Debt": [
        [
            "Operator", "Facility", "Principal (USD)", "Interest rate (per year)", "BTC collateral (BTC)",
            "Max LTV (share)", "Maturity",
        ],
        ["Beta", "BTC-backed loan", 16_000_000, 0.095, 260, 0.7, dt.date(2027, 6, 30)],
    ],
    "AI_HPC": [
        ["Operator", "Customer", "Monthly revenue (USD/month)", "Monthly cost (USD/month)", "Start", "End"],
        ["Alpha", "Tenant", 4_200_000, 1_300_000, dt.date(2025, 6, 1), None],
    ],
    "Network_History": [
        ["Date", "Hash rate (EH/s)", "BTC price (USD/BTC)"],
        *(
            [dt.date(2025, 12, 5) - dt.timedelta(days=back), 1060.0 + back % 7, 90_000.0 + 10 * back]
            for back in range(69, -1, -1)
        ),
    ],
    "ETF_Flows": [
        ["Date", "FUND-A", "FUND-B"],
        *([dt.date(2025, 12, day), 10.5 * day - 30, -4.0] for day in range(1, 6)),
    ],
    "Scenarios": [
        ["Scenario", "Horizon days (days)", "Issuance sold (share)", "Inventory sold (share)"],
        ["Severe", 90, 1, 0.3],
    ],
    "Shocks": [
        ["Shock", "Price change (change)", "Halving"],
        ["Price -20 %", -0.2, "no"],
        ["Halving", None, "yes"],
    ],
    "Risk": [
        ["Component", "Calm (measure)", "Stress (measure)", "Weight (points)"],
        ["cash_pressure", 0, 0.5, 20],
    ],
    "Events": [["Date", "Event"], [dt.date(2024, 4, 20), "Fourth halving"]],
    "Clients": [["Client", "Email", "Operators"], ["Pension", "pm@example.com", "all"]],
}  # fmt: skip


def small() -> Grid:
    """A small workbook without a problem, ready to be spoiled."""
    return copy.deepcopy(_SMALL)


def write_openpyxl(path: Path, grid: Mapping[str, list[list[Any]]]) -> Path:
    """The grid as openpyxl writes it; a text that begins with = is a formula (without a value)."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in grid.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def write_xlsxwriter(path: Path, grid: Mapping[str, list[list[Any]]], **options: Any) -> Path:
    """The grid as XlsxWriter writes it; options go to its Workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, options)
    dated = book.add_format({"num_format": "d mmm yyyy"})
    for name, rows in grid.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    code = sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), dated)
                elif isinstance(value, Formula):
                    code = sheet.write_formula(r, c, f"={value.text}", None, value.value)
                elif isinstance(value, str):
                    code = sheet.write_string(r, c, value)
                else:
                    code = sheet.write(r, c, value)
                assert code == 0
    book.close()
    return path


def changed(sheet: str, row: int, column: int, value: Any) -> Grid:
    """The small workbook with one cell changed; row 1 is the header."""
    grid = small()
    cells = grid[sheet][row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value
    return grid
