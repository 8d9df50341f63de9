"""WeasyPrint, loaded quietly and only when a brief is made: it needs native libraries that a machine may lack."""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import Any

from reportgen.problems import UsageError


def weasyprint() -> Any:
    """The package. Raises UsageError, with the way to mend it, where its libraries are missing."""
    try:
        # without its libraries it prints a notice of its own before it raises; without the optional one, which only
        # makes fonts smaller faster, it warns
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
            import weasyprint as package
    except (ImportError, OSError) as error:
        raise UsageError(
            "The PDF brief needs the libraries Pango and HarfBuzz, which this machine lacks. "
            f"`reportgen doctor` says how to install them. ({str(error).splitlines()[0]})"
        ) from None
    return package
