"""WeasyPrint, loaded quietly and only when a brief is made: it needs native libraries that a machine may lack."""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from reportgen.problems import UsageError


def weasyprint() -> Any:
    """The package. Raises UsageError, with the way to mend it, where its libraries are missing."""
    try:
        # without its libraries it prints a notice of its own before it raises; without the optional one, which only
        # makes fonts smaller faster, it warns
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), libraries_by_file_name():
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)
            import weasyprint as package
    except (ImportError, OSError) as error:
        raise UsageError(
            "The PDF brief needs the libraries Pango and HarfBuzz, which this machine lacks. "
            f"`reportgen doctor` says how to install them. ({str(error).splitlines()[0]})"
        ) from None
    return package


@contextlib.contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """Loads native libraries on Linux by the names of their files alone, which the dynamic loader knows.

    WeasyPrint asks for each library under several names. For those of other systems Python starts `ldconfig`, the
    compiler and the linker, dozens of processes in all, before the name of the file comes up.
    """
    if not sys.platform.startswith("linux"):
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = _not_searched
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _not_searched(name: str) -> None:
    """Answers, as the search does, that no library goes by this name."""
