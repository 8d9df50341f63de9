"""How reportgen check tells what it found: on a terminal, for programs, and as rows of the sheet Accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.cli.speaking import counted, one_line, say, say_aside

if TYPE_CHECKING:
    from reportgen.inputs import Inputs
    from reportgen.intake.reader import Examination
    from reportgen.problems import Problem


def inputs_to_look_at(workbook: str) -> Inputs:
    """The inputs of a workbook for a command that delivers nothing: data may be old, and it is said that it is."""
    import reportgen
    from reportgen.excel_dates import iso_day

    inputs = reportgen.read_workbook(workbook, stale_ok=True)
    for each in inputs.old_data:
        age = counted(each.age, "trading day" if each.trading_days else "day")
        say_aside(f"warning: {each.sheet} ends on {iso_day(each.until)}, {age} before the as-of date.")
    return inputs


def found_as_json(workbook: str, found: Examination) -> dict[str, Any]:
    """Counts and problems as plain values."""
    return {
        "file": workbook,
        "errors": len(found.errors),
        "warnings": len(found.warnings),
        "accepted": len(found.accepted),
        "absent": list(found.absent),
        "active_shock": _active_shock(found),
        "problems": [each.as_record() for each in found.problems],
        "accepted_problems": [
            each.warning.as_record() | {"reason": each.reason, "accepted_by": each.accepted_by}
            for each in found.accepted
        ],
    }


def tell_found(workbook: str, found: Examination) -> None:
    """Every problem, those that were accepted, whether a shock is on, and how many problems there are."""
    _tell_problems(workbook, found.problems)
    errors, warnings = counted(len(found.errors), "error"), counted(len(found.warnings), "warning")
    for stands in found.accepted:
        say(f"  accepted by {one_line(stands.accepted_by)} ({one_line(stands.reason)}): {one_line(stands.warning)}")
    if found.absent:
        say(f"  taken as empty, since there is no such sheet or no row on it: {', '.join(found.absent)}")
    if shock := _active_shock(found):
        say(f"  the figures are of a shock case, not the market: active shock {one_line(shock)} (sheet Market)")
    accepted = f", {len(found.accepted)} more accepted" if found.accepted else ""
    say(f"{one_line(workbook)}: {errors}, {warnings}{accepted}")


def _active_shock(found: Examination) -> str | None:
    """The shock that the figures of the workbook are under; None without one, and where errors left no inputs."""
    return None if found.inputs is None else str(found.inputs.value("Market", "active_shock")).strip() or None


def tell_rows_to_paste(found: Examination, wanted: tuple[str, ...]) -> None:
    """The rows of Accepted that silence the problems of these codes, with tabs between, to be pasted into the sheet.

    UsageError for a code that no warning has.
    """
    from reportgen.problem_codes import codes
    from reportgen.problems import UsageError

    for code in wanted:
        if code not in codes() or not codes()[code].may_be_accepted:
            raise UsageError(f'--accept "{code}": no warning has this code; check prints it behind each one.')
    told = [each for each in found.problems if each.code in wanted]
    rows = () if found.acceptances is None else dict.fromkeys(map(found.acceptances.row_to_paste, told))
    for row in rows:
        say("\t".join(map(one_line, row)))
    if rows:
        say_aside(
            "Paste below the last row of the sheet Accepted, then type reason and name. It stands for this as-of date; "
            "type a later day under Until, or none, if it may stand longer."
        )
    else:
        say_aside(f"There is no such problem now: {', '.join(wanted)}.")


def _tell_problems(workbook: str, problems: tuple[Problem, ...]) -> None:
    """Grouped by sheet, in the order of the sheet; behind what can be accepted its code."""
    from dataclasses import replace

    from reportgen.problem_codes import codes

    sheet = None
    for each in problems:
        if each.where.sheet != sheet:
            sheet = each.where.sheet
            say(f"{sheet or workbook}:")
        place = replace(each, where=replace(each.where, file=""))
        code = f" [{each.code}]" if codes()[each.code].may_be_accepted else ""
        say(f"  {each.severity.value}: {one_line(place)}{code}")
