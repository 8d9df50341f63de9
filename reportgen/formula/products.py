"""The arguments of one SUMPRODUCT."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.operators import ATOM, OPERATORS

TIMES = OPERATORS["*"].precedence


@dataclass(frozen=True)
class Product:
    """Arguments of SUMPRODUCT, conditions (1 or 0) apart from values, and single factors that stand before it."""

    conditions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    singles: tuple[str, ...] = ()

    def __add__(self, other: Product) -> Product:
        return Product(
            tuple(dict.fromkeys(self.conditions + other.conditions)),
            self.columns + other.columns,
            self.singles + other.singles,
        )

    def written(self) -> str:
        """The formula."""
        text = f"SUMPRODUCT({','.join(self.conditions + self.columns)})"
        return "*".join([*self.singles, text])

    @property
    def binds(self) -> int:
        """How tightly it binds."""
        return TIMES if self.singles else ATOM
