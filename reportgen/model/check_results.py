"""What came of the checks of a solution: read here for the manifest, the brief and the terminal alike."""

from __future__ import annotations

from reportgen.model.solve import Solution


def results(solution: Solution) -> dict[str, str]:
    """The result of every check by name: "holds", "fails" or "n/a"."""
    values = {check.name: float(solution.value(check.name, check.block.name)) for check in solution.graph.checks}
    return {name: "n/a" if value != value else "holds" if value == 1 else "fails" for name, value in values.items()}


def failed(solution: Solution) -> tuple[str, ...]:
    """What does not hold, as it is read inside a sentence."""
    found = results(solution)
    return tuple(check.claim for check in solution.graph.checks if found[check.name] == "fails")
