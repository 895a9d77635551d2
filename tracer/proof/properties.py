"""What can be said of an activation: monotone, continuous, differentiable, bounded, and its range.

Nothing of it is typed in. The formula is taken apart into smooth pieces; SymPy has the limits at
the ends of each piece and the sign of its derivative. Where a sign cannot be had from the form
of a derivative, two points with different signs settle it, and the extreme value between them is
found in numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy
from msgspec import Struct

from tracer.maths.expression import Expression
from tracer.proof.bridge import Point
from tracer.proof.reals import ZERO, Real, TooCloseError, compared
from tracer.proof.smooth import NET, Piece, pieces, value_at_kink


class Properties(Struct, frozen=True):
    """What holds of a function of one number.

    Attributes:
        monotone: whether it never falls, or never rises.
        continuous: whether it has no jump.
        differentiable: whether it has a slope everywhere.
        low: the largest number that no value lies below, as SymPy's.
        high: the smallest number that no value lies above.
        has_low: whether the lowest is one of its values.
        has_high: whether the highest is.
        values: all its values, where these are a few only.
    """

    monotone: bool
    continuous: bool
    differentiable: bool
    low: Any
    high: Any
    has_low: bool
    has_high: bool
    values: tuple[Any, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether its values lie between two numbers."""
        return bool(self.low.is_finite and self.high.is_finite)

    @property
    def zero_centred(self) -> bool:
        """Whether its values reach as far below 0 as above."""
        return bool(self.low + self.high == 0) or not (self.low.is_finite or self.high.is_finite)


def properties(formula: Expression) -> Properties:
    """What holds of a formula in ``net``.

    Raises:
        CalculationError: it has no value somewhere, or SymPy does not find a limit.
    """
    parts = list(pieces(formula, None, None))
    values = [value_at_kink(formula, piece.end) for piece in parts[:-1]]
    extremes = [_extremes(piece) for piece in parts]
    joints = list(zip(pairwise(parts), values, strict=True))
    continuous = all(_meets(one, other, value) for (one, other), value in joints)
    smooth = continuous and all(_same(one.slopes[1], other.slopes[0]) for (one, other), _ in joints)
    ends = [limit for piece in parts for limit in piece.limits]
    reached = [*values, *(value for found in extremes for value in found)]
    reached += [piece.form for piece in parts if not piece.form.free_symbols]
    low, high = min(map(_Order, (*ends, *reached))), max(map(_Order, (*ends, *reached)))
    return Properties(
        monotone=not any(extremes) and _goes_one_way(parts, values),
        continuous=continuous,
        differentiable=smooth,
        low=low.value,
        high=high.value,
        has_low=any(_same(low.value, value) for value in reached),
        has_high=any(_same(high.value, value) for value in reached),
        values=_few(parts, values),
    )


class _Order(Struct, frozen=True):
    """A value of SymPy's that compares as a number."""

    value: Any

    def __lt__(self, other: _Order) -> bool:
        return bool(sympy.N(self.value - other.value, 40) < 0) if _differ(self, other) else False

    def __gt__(self, other: _Order) -> bool:
        return other < self


def _differ(one: _Order, other: _Order) -> bool:
    return not _same(one.value, other.value)


def _meets(one: Piece, other: Piece, value: Any) -> bool:
    """Whether two pieces come to the same value, which is that between them."""
    return _same(one.limits[1], value) and _same(other.limits[0], value)


def _same(one: Any, other: Any) -> bool:
    if not (one.is_finite and other.is_finite):
        return bool(one == other)
    difference = sympy.N(one - other, 40)
    return bool(abs(difference) < sympy.Float("1e-30"))


def _extremes(piece: Piece) -> list[Any]:
    """The values at which a piece turns around; none where its derivative keeps its sign."""
    slope = sympy.simplify(piece.form.diff(NET).rewrite(sympy.exp))
    if slope.is_nonnegative or slope.is_nonpositive:
        return []
    signs = [(at, _sign(slope, at)) for at in piece.inside()]
    known = [(at, sign) for at, sign in signs if sign]
    turns = [(one, other) for (one, a), (other, b) in pairwise(known) if a != b]
    return [piece.form.subs(NET, _turn(slope, *turn)) for turn in turns]


def _sign(form: Any, at: Fraction) -> int:
    """The sign of a form's value; 0 where no digits tell it."""
    try:
        return compared(Point({NET: Real(at)}).value(form), ZERO)
    except TooCloseError:
        return 0


def _turn(slope: Any, low: Fraction, high: Fraction) -> Any:
    """Where a derivative is 0, between two points with different signs."""
    before = _sign(slope, low)
    for _ in range(120):
        middle = (low + high) / 2
        sign = _sign(slope, middle)
        if not sign:
            return sympy.Rational(middle.numerator, middle.denominator)
        low, high = (middle, high) if sign == before else (low, middle)
    return sympy.Rational(low.numerator, low.denominator)


def _goes_one_way(pieces: Sequence[Piece], values: Sequence[Any]) -> bool:
    """Whether the ends of all pieces, and the values between them, only rise or only fall."""
    path = []
    for piece, value in zip(pieces, (*values, None), strict=True):
        path += [*map(_Order, piece.limits), *([] if value is None else [_Order(value)])]
    steps = list(pairwise(path))
    return all(not other < one for one, other in steps) or all(
        not one < other for one, other in steps
    )


def _few(pieces: Sequence[Piece], values: Sequence[Any]) -> tuple[Any, ...]:
    """All values, if every piece has one only."""
    if any(piece.form.free_symbols for piece in pieces):
        return ()
    found = {_Order(value) for value in (*(piece.form for piece in pieces), *values)}
    return tuple(one.value for one in sorted(found))
