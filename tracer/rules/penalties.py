"""Penalties on large parameters: one row each for every form in which books write them.

A penalty is a factor times a sum over the parameters. Rows are written in ``strength`` (what books
call lambda), ``weight`` (one parameter), ``jump`` (the parameter's sign) and ``m`` (a number of
samples).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from tracer.maths.expression import Call, Expression, Number, Symbol, number, substitute
from tracer.maths.parse import parse

L1, L2 = "l1", "l2"
FULL, HALF, PER_SAMPLE = FORMS = ("full", "half", "per_sample")
ZERO = number(0)


class PenaltyRow(Struct, frozen=True):
    """A row of the table, as text.

    Attributes:
        factor: what stands before the sum.
        term: of one parameter.
        slope: how the penalty changes with one parameter.
        says: the penalty in the signs of books.
    """

    factor: str
    term: str
    slope: str
    says: str


TABLE: Mapping[tuple[str, str], PenaltyRow] = {
    (L1, FULL): PenaltyRow("strength", "abs(weight)", "strength*jump", "λ·Σ|w|"),
    (L1, PER_SAMPLE): PenaltyRow("strength/m", "abs(weight)", "strength/m*jump", "λ/m·Σ|w|"),
    (L2, FULL): PenaltyRow("strength", "weight**2", "2*strength*weight", "λ·Σw²"),
    (L2, HALF): PenaltyRow("strength/2", "weight**2", "strength*weight", "λ/2·Σw²"),
    (L2, PER_SAMPLE): PenaltyRow("strength/(2*m)", "weight**2", "strength/m*weight", "λ/(2m)·Σw²"),
}
"""By the penalty and its form; the half of a form is a square's."""


def row(penalty: str, form: str) -> PenaltyRow:
    """The row of a penalty in a form."""
    return TABLE.get((penalty, form)) or TABLE[penalty, FULL]


class Regularization(Struct, frozen=True):
    """The penalties on a network's parameters.

    Attributes:
        l1: the strength of the absolute values; None: there is no such penalty.
        l2: the strength of the squares.
        form: ``full``, ``half`` or ``per_sample``.
        biases: whether biases and thresholds are penalised too.
        all_samples: m counts the samples of the file, where False counts those of the update.
        sign_at_zero: the slope of the absolute value at 0.
    """

    l1: Number | Symbol | None = None
    l2: Number | Symbol | None = None
    form: str = FULL
    biases: bool = False
    all_samples: bool = False
    sign_at_zero: Number = ZERO

    @property
    def penalties(self) -> tuple[tuple[str, Number | Symbol], ...]:
        """(penalty, strength) of those that there are."""
        both = ((L1, self.l1), (L2, self.l2))
        return tuple((name, strength) for name, strength in both if strength is not None)

    @property
    def marks(self) -> tuple[str, ...]:
        """What tells apart the names of two penalties, ``_1`` and ``_2``; of one, nothing."""
        several = len(self.penalties) > 1
        return tuple(f"_{name[1]}" if several else "" for name, _ in self.penalties)


@cache
def formula(text: str, samples: int, at_zero: Number) -> Expression:
    """A row's formula with a number for ``m``, and what sign(0) is.

    Args:
        text: of the row.
        samples: what m counts.
        at_zero: the value of sign(0).
    """
    jump = Call("sign", (Symbol("weight"), at_zero))
    return substitute(parse(text), {"m": number(samples), "jump": jump})
