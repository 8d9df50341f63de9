"""The words that the input sheets are declared in: a field a column, a class a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any, ClassVar

FARTHEST = 1e15
"""No field takes a number beyond it, in either direction: more than any amount, count or rate of this field."""
NEAREST = 1e-9
"""Nor one that is nearer to zero, without being zero."""
TOTALS = frozenset({"total", "totals", "grandtotal", "subtotal", "sum", "average", "avg", "mean", "median"})
"""Names, in lower case and of letters alone, that mean a row or a column of sums."""


class Kind(Enum):
    """What a cell of a field holds."""

    NUMBER = "number"
    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Bounds:
    """The numbers that a field takes: from `low` to `high`; with `strict`, `low` itself is not among them."""

    low: float = -FARTHEST
    high: float = FARTHEST
    strict: bool = False

    def admit(self, number: float) -> bool:
        """True when the number is within the bounds; never for NaN."""
        inside = self.low <= number <= self.high and not (self.strict and number == self.low)
        return inside and (number == 0 or abs(number) >= NEAREST)

    @property
    def bounded_below(self) -> bool:
        """True when the declaration says how small a number may be."""
        return self.low > -FARTHEST

    @property
    def bounded_above(self) -> bool:
        """True when the declaration says how large a number may be."""
        return self.high < FARTHEST


@dataclass(frozen=True)
class Field:
    """One column of a list, or one row of a form.

    `name` is the binding name (the class attribute, unless given), `label` what people read, `unit` the unit ("" for a
    text). Bounds: `least` and `most` are allowed themselves, `above` is not. `default` fills a blank cell; a field
    that is neither `required` nor has a default may stay blank, and blank means missing, never zero. `key` marks the
    unique name of a row, `of` the sheet whose key the text must be (with `many`, several of them with ";" between),
    `choices` the only texts allowed, `formerly` those of earlier editions and what replaces each. `wide` stands for any
    number of columns with names of their own. `weekly` marks what changes each week, `private` what never leaves the
    house. `layer` and `credit` put a monthly cost (or credit) into a layer of AISC.
    """

    kind: Kind
    unit: str = ""
    help: str = ""
    label: str = ""
    name: str = ""
    required: bool = False
    default: float | str | None = None
    least: float | None = None
    most: float | None = None
    above: float | None = None
    whole: bool = False
    key: bool = False
    unique: bool = False
    of: str = ""
    many: bool = False
    choices: tuple[str, ...] = ()
    formerly: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    weekly: bool = False
    private: bool = False
    layer: int = 0
    credit: bool = False
    number_format: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.name:  # a name that Python keeps for itself (from) is given beside
            object.__setattr__(self, "name", name)
        if not self.label:
            object.__setattr__(self, "label", self.name.replace("_", " ").capitalize())

    @property
    def header(self) -> str:
        """The header of the column: label, and unit in brackets where there is one."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @cached_property
    def bounds(self) -> Bounds:
        """The numbers that the field takes: the one reading of `least`, `above` and `most`."""
        lows = [bound for bound in (self.least, self.above) if bound is not None]
        low = max(lows, default=-FARTHEST)
        return Bounds(low, FARTHEST if self.most is None else self.most, strict=self.above == low)

    @property
    def number(self) -> bool:
        """True when the value is a float in the model (numbers, dates, yes/no)."""
        return self.kind in (Kind.NUMBER, Kind.DATE, Kind.YES_NO)


@lru_cache(maxsize=4_096)
def normal(label: str) -> str:
    """A label as it is compared: no unit in brackets, no case, no spaces or underscores."""
    return re.sub(r"[\s_]+", "", re.sub(r"\([^()]*\)\s*$", "", label)).casefold()


class Sheet:
    """A declared input sheet; subclasses list their fields in column order, after inherited ones.

    The rows of a `private` sheet never leave the house: the workbook that is sent holds its headers alone.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    form: ClassVar[bool] = False
    required: ClassVar[bool] = False
    private: ClassVar[bool] = False
    """Its rows never leave the house, in no output and no warning."""
    fields: ClassVar[tuple[Field, ...]]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        own = tuple(value for value in vars(cls).values() if isinstance(value, Field))
        cls.fields = (*getattr(cls, "fields", ()), *own)

    @classmethod
    def field(cls, name: str) -> Field:
        """The field of that name; KeyError when there is none."""
        for field in cls.fields:
            if field.name == name:
                return field
        raise KeyError(f"{cls.name} has no field {name}")

    @classmethod
    def key_field(cls) -> Field | None:
        """The field that names a row, if the sheet has one."""
        return next((field for field in cls.fields if field.key), None)
