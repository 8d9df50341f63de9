"""How time and memory of a build grow with the operators: `python -m tests.bench.size_bench [FORMAT] [OPERATORS ...]`.

Each size is an input workbook of its own: three machines and two loans an operator, an AI contract for every second
one, 4,000 days of history. Seconds are those of the processor, so that other work on the machine does not count; memory
is the largest that a process held. A FORMAT (xlsx) limits the build to it.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import xlsxwriter

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from reportgen.sheets import SHEETS, Field, Kind
from tests.bench.command_bench import REPORTGEN, measured
from tests.model.generated import generated

SIZES = (10, 100, 500, 2_000, 10_000)
LIMITS = {2_000: (15.0, 600.0), 10_000: (90.0, 2_000.0)}  # seconds, MB
HISTORY = 4_000


def main() -> None:
    """Print seconds, memory and both beside those of the smallest size."""
    formats = [word for word in sys.argv[1:] if not word.isdigit()]
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    first = 0.0
    print(f"{'operators':>10}{'seconds':>10}{'MB':>8}{'ms an operator':>16}{'times the first':>17}")
    with tempfile.TemporaryDirectory() as name:
        for operators in sizes:
            path = Path(name) / f"{operators}.xlsx"
            write(inputs_for(operators), path)
            asked = ["--format", ",".join(formats)] if formats else []
            run = measured([*REPORTGEN, "build", str(path), "--out", f"{name}/out{operators}", *asked])
            seconds, megabytes = run.processor, run.megabytes
            first = first or seconds
            most = LIMITS.get(operators, (float("inf"), float("inf")))
            over = "  OVER" if seconds > most[0] or megabytes > most[1] else ""
            print(
                f"{operators:>10,}{seconds:>10.1f}{megabytes:>8,.0f}"
                f"{1000 * seconds / operators:>16.1f}{seconds / first:>17.1f}{over}",
                flush=True,
            )


def inputs_for(operators: int) -> Inputs:
    """Inputs of one size; together the operators run half of the network, however many they are."""
    inputs = generated(operators, 3 * operators, 2 * operators, operators // 2, history=HISTORY, etf_days=660)
    solution = solve(inputs)
    share = 0.5 * solution.number("network_hash_rate") / solution.numbers("operators", "hash_rate").sum()
    fleet = inputs.tables["Fleet"]
    fewer = {"units": np.maximum(1, np.round(fleet.columns["units"] * share))}
    fewer["total_hash_rate"] = fleet.columns["total_hash_rate"] * share
    scaled = replace(fleet, columns={**fleet.columns, **fewer})
    return replace(inputs, tables={**inputs.tables, "Fleet": scaled})


def write(inputs: Inputs, path: Path) -> None:
    """Inputs as a workbook with a header row a sheet, as people fill it in."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        for sheet in SHEETS:
            page, table = book.add_worksheet(sheet.name), inputs.tables[sheet.name]
            if sheet.form:
                page.write_row(0, 0, ["Item", "Value"])
                for row, field in enumerate(sheet.fields, start=1):
                    page.write_row(row, 0, [field.label, shown(field, table.columns[field.name][0])])
                continue
            columns = [
                (field, header, values)
                for field in sheet.fields
                for header, values in (
                    zip(table.wide[field.name], table.columns[field.name].T, strict=True)
                    if field.wide
                    else [(field.header, table.columns[field.name])]
                )
            ]
            page.write_row(0, 0, [header for _, header, _ in columns])
            for row in range(table.rows):
                page.write_row(row + 1, 0, [shown(field, values[row]) for field, _, values in columns])


def shown(field: Field, value: object) -> object:
    """A value as it is typed; None for a blank."""
    if value != value or value == "":
        return None
    if field.kind is Kind.YES_NO:
        return "yes" if value else "no"
    return value


if __name__ == "__main__":
    main()
