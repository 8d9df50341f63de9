"""The small workbook, written once for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.audit.damage import Damage, damaged
from tests.audit.small_book import audit, codes_and_cells, small_book

Found = Callable[[Damage], set[tuple[str, str]]]


@pytest.fixture(scope="session")
def clean() -> bytes:
    return small_book()


@pytest.fixture(scope="session")
def found(clean: bytes) -> Found:
    """Code and place of all that the audit finds in the small workbook with a damage."""
    return lambda damage: codes_and_cells(audit(damaged(clean, damage)))
