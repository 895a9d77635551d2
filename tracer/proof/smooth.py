"""A formula of one number taken apart into smooth pieces, each as SymPy's expression."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy
from msgspec import Struct

from tracer.errors import CalculationError
from tracer.maths.expression import Cases, Expression
from tracer.proof.bridge import Pieces, Point, symbol
from tracer.proof.numeric import RELATIONS
from tracer.proof.reals import Real, compared
from tracer.proof.trees import Values, walked

NET = symbol("net")
SAMPLES = [Fraction(k, 8) for k in range(-160, 161)]
"""Where the sign of a derivative is looked at, if its form does not say it."""


class Piece(Struct, frozen=True):
    """A smooth piece of a function, between two points.

    Attributes:
        form: SymPy's expression in net.
        start: where it begins; None for minus infinity.
        end: where it ends; None for infinity.
    """

    form: Any
    start: Fraction | None
    end: Fraction | None

    @property
    def limits(self) -> tuple[Any, Any]:
        """What the function comes to at both ends."""
        return self._limit(self.form, self.start, "+"), self._limit(self.form, self.end, "-")

    @property
    def slopes(self) -> tuple[Any, Any]:
        """What the derivative comes to at both ends."""
        slope = self.form.diff(NET)
        return self._limit(slope, self.start, "+"), self._limit(slope, self.end, "-")

    def _limit(self, form: Any, at: Fraction | None, side: str) -> Any:
        infinite = sympy.oo if side == "-" else -sympy.oo
        place = infinite if at is None else sympy.Rational(at.numerator, at.denominator)
        found = sympy.limit(form.rewrite(sympy.exp), NET, place, side)
        return sympy.simplify(found)

    def inside(self) -> list[Fraction]:
        """Points of it."""
        low, high = self.start, self.end
        found = [at for at in SAMPLES if (low is None or at > low) and (high is None or at < high)]
        return found or [_between(low, high)]


class _Noting(Pieces):
    """Chooses pieces at a point, and notes what each choice compares."""

    def __init__(self, point: Point) -> None:
        super().__init__(point)
        self.compared: list[Any] = []

    def choice(self, cases: Cases, values: Values) -> Any:
        """The piece of the first condition that holds."""
        for test, value in cases.branches:
            left, right = walked(test.left, values, self), walked(test.right, values, self)
            self.compared.append(left - right)
            decision = compared(self.point.value(left), self.point.value(right))
            if RELATIONS[test.relation](decision, 0):
                return walked(value, values, self)
        return walked(cases.otherwise, values, self)


def pieces(formula: Expression, low: Fraction | None, high: Fraction | None) -> Iterator[Piece]:
    """The smooth pieces between two points, from left to right."""
    at = _between(low, high)
    noting = _Noting(Point({NET: Real(at)}))
    form = walked(formula, {"net": NET}, noting)
    kinks = sorted({kink for seen in noting.compared for kink in _roots(seen, low, high)})
    if not kinks:
        yield Piece(form, low, high)
        return
    for start, end in pairwise((low, *kinks, high)):
        yield from pieces(formula, start, end)


def _roots(form: Any, low: Fraction | None, high: Fraction | None) -> list[Fraction]:
    """Where two sides of a comparison are equal, between two points."""
    if not form.free_symbols:
        return []
    found = sympy.solveset(form, NET, sympy.S.Reals)
    if not isinstance(found, sympy.FiniteSet) or not all(root.is_Rational for root in found):
        raise CalculationError("where this function changes its formula is not known")
    roots = [Fraction(int(root.p), int(root.q)) for root in found]
    return [at for at in roots if (low is None or at > low) and (high is None or at < high)]


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    """A point between two, none of them."""
    if low is None:
        return Fraction(1, 7) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def value_at_kink(formula: Expression, place: Fraction | None) -> Any:
    """The value at a kink, as SymPy's."""
    assert place is not None, "kinks are numbers"
    noting = _Noting(Point({NET: Real(place)}))
    form = walked(formula, {"net": NET}, noting)
    return sympy.simplify(form.subs(NET, sympy.Rational(place.numerator, place.denominator)))
