"""What is written into a sheet of the input workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

Record = Mapping[str, "float | str | dt.date | None"]
"""One row of a list, or the values of a form, by field name; None stands for a blank cell."""
