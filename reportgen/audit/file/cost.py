"""What reading a file may cost: of a stranger's as much as intake allows, of our own as much as it takes."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.intake.file.limits import Work


@dataclass
class Cost(Work):
    """Counts what is read. TooLargeError beyond the limits, but for a file that was just made here (`ours`).

    Whether the XML of our own cells is sound is seen by the engine that re-performs them.
    """

    ours: bool = False

    def count_tags(self, number: int) -> None:
        """Tags of a part that were parsed."""
        if not self.ours:
            super().count_tags(number)
