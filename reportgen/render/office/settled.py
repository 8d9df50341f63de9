"""A Word or PowerPoint file without the clock: the same content gives the same bytes, workbooks of charts included."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can say
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def settled(content: bytes, stamp: dt.datetime) -> bytes:
    """The file with every time in it set to `stamp`, and its parts packed anew in their order."""
    made = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith(".xlsx"):
                part = settled(part, stamp)
            elif name == "docProps/core.xml":
                part = _MADE.sub(rb"\g<1>" + made, part)
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return packed.getvalue()
