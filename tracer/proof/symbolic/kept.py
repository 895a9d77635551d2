"""Functions that closed forms keep by name, each with its derivative for SymPy.

SymPy's own ``Max`` and ``Piecewise`` compare and canonicalise their arguments, which takes long,
and decide kinks by conventions of their own. These do nothing but wait to be printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

RELATIONS = ("<", "<=", ">", ">=", "==")


class Kept(sympy.Function):  # type: ignore[misc]
    """A function of real numbers that is never evaluated."""

    ours: str

    def _eval_is_extended_real(self) -> bool:
        return True


class Sigmoid(Kept):
    """The logistic function."""

    ours = "sigmoid"

    def fdiff(self, argindex: int = 1) -> Any:
        """Out times 1 - out."""
        return self * (1 - self)


class Softplus(Kept):
    """ln(1 + exp(x))."""

    ours = "softplus"

    def fdiff(self, argindex: int = 1) -> Any:
        """The logistic function."""
        return Sigmoid(self.args[0])


class Kinked(Kept):
    """A function of x, with what holds at 0 as a second argument."""

    above, below, default = 0, 0, 0

    def fdiff(self, argindex: int = 1) -> Any:
        """The slopes on both sides, and the one agreed on between them."""
        if argindex > 1:
            return sympy.Integer(0)
        x, at_zero = self.args[0], self.args[1] if len(self.args) > 1 else self.default
        return piecewise([(x, ">", 0, self.above), (x, "<", 0, self.below)], at_zero)


class Relu(Kinked):
    """x above 0, else 0."""

    ours = "relu"
    above = 1


class Absolute(Kinked):
    """x without its sign."""

    ours = "abs"
    above, below = 1, -1


class Jump(Kept):
    """A function with a jump at 0, and flat elsewhere."""

    def fdiff(self, argindex: int = 1) -> Any:
        """Flat."""
        return sympy.Integer(0)


class Step(Jump):
    """1 above 0, else 0."""

    ours = "step"


class Sign(Jump):
    """1 above 0, -1 below."""

    ours = "sign"


class Extreme(Kept):
    """One of two values; where they tie, the first one."""

    relation: str

    def fdiff(self, argindex: int = 1) -> Any:
        """1 for the one that counts."""
        first, second = self.args
        mine = (1, 0) if argindex == 1 else (0, 1)
        return piecewise([(first, self.relation, second, mine[0])], mine[1])


class Largest(Extreme):
    """The larger of two."""

    ours = "max"
    relation = ">="


class Smallest(Extreme):
    """The smaller of two."""

    ours = "min"
    relation = "<="


class Where(Kept):
    """A piecewise value: (relation's number, left, right, value) for each branch, then the last."""

    ours = "where"

    @property
    def branches(self) -> list[tuple[Any, str, Any, Any]]:
        """(left, relation, right, value) of each branch."""
        parts = self.args[:-1]
        return [
            (parts[k + 1], RELATIONS[int(parts[k])], parts[k + 2], parts[k + 3])
            for k in range(0, len(parts), 4)
        ]

    def _eval_derivative(self, by: Any) -> Any:
        """Piece by piece; a factor that all pieces share stands before them."""
        *tests, _ = [(left, relation, right) for left, relation, right, _ in self.branches] + [()]
        slopes = [value.diff(by) for *_, value in self.branches] + [self.args[-1].diff(by)]
        shared = _shared_factor(slopes)
        kept = [slope / shared for slope in slopes]
        pieces = [(*test, slope) for test, slope in zip(tests, kept[:-1], strict=True)]
        return shared * piecewise(pieces, kept[-1])


def piecewise(branches: list[tuple[Any, ...]], otherwise: Any) -> Any:
    """The value of the first branch whose condition holds; branches that say the same are one."""
    kept = list(branches)
    while kept and kept[-1][3] == otherwise:
        kept.pop()
    if not kept:
        return sympy.sympify(otherwise)
    flat: list[Any] = []
    for left, relation, right, value in kept:
        flat += [RELATIONS.index(relation), left, right, value]
    return Where(*map(sympy.sympify, (*flat, otherwise)))


def _shared_factor(slopes: list[Any]) -> Any:
    """What all slopes but those that are 0 are multiples of."""
    rests = {slope.as_coeff_Mul()[1] for slope in slopes if slope != 0}
    return rests.pop() if len(rests) == 1 else sympy.Integer(1)


BY_NAME: Mapping[str, type[Kept]] = {
    kind.ours: kind for kind in (Sigmoid, Softplus, Relu, Absolute, Step, Sign, Largest, Smallest)
}
