"""What the renderers hand to delivery: a file that does not exist yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A finished file: its name inside the pack and its bytes."""

    name: str
    content: bytes
