"""What the renderers hand to delivery: a file that does not exist yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Document:
    """A finished file: its name inside the pack and its bytes."""

    name: str
    content: bytes


def as_json(content: Mapping[str, Any]) -> bytes:
    """A readable JSON file: UTF-8, keys in the order given, a newline at the end."""
    return (json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")
