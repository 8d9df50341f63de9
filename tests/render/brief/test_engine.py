"""WeasyPrint is loaded without a search for libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOADING = """
import ctypes.util, subprocess, sys
started = []
sys.addaudithook(lambda event, found: started.append(found[0]) if event == "subprocess.Popen" else None)
before = ctypes.util.find_library
from reportgen.doctor import why_no_pdf
assert why_no_pdf() is None
from reportgen.render.brief.engine import weasyprint
assert weasyprint().__version__
assert ctypes.util.find_library is before
print(started)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems need the search")
def test_loading_weasyprint_on_linux_starts_no_other_program() -> None:
    said = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
