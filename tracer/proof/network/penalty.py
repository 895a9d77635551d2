"""Penalties on parameters, as the witnesses know them: sums that are added to the error.

Only the values are stated here, and what books agree on at 0; every slope is derived from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracer.maths.expression import Call, Expression, Symbol, number, substitute
from tracer.maths.parse import parse
from tracer.proof.dual import slope
from tracer.proof.moves import MOVES, central_difference
from tracer.proof.network.data import Data
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ZERO, Real
from tracer.proof.trees import Algebra, walked
from tracer.proof.witness import AT_A_KINK, NOT_KNOWN, SilentError
from tracer.rules.penalties import Regularization
from tracer.rules.quantity import STRENGTH, Quantity

TERMS: Mapping[tuple[str, str], str] = {
    ("l1", "full"): "strength*size",
    ("l1", "half"): "strength*size",
    ("l1", "per_sample"): "strength*size/m",
    ("l2", "full"): "strength*weight*weight",
    ("l2", "half"): "strength*weight*weight/2",
    ("l2", "per_sample"): "strength*weight*weight/(m + m)",
}
"""What one parameter adds to each penalty, in each form."""


class Penalty:
    """What a network's penalties add in one training step.

    Attributes:
        data: the network's numbers.
        step: the training step, from 1.
        settings: which penalties there are.
    """

    def __init__(self, data: Data, step: int) -> None:
        found = data.graph.network.training.regularization
        if found is None:
            raise SilentError(NOT_KNOWN)
        self.data = data
        self.settings: Regularization = found
        network = data.graph.network
        here, everywhere = len(data.graph.batch(step)), len(network.samples)
        self._samples = everywhere if found.all_samples else here

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks in the names of the penalties' quantities."""
        return self.settings.marks

    @property
    def counted(self) -> list[int]:
        """The numbers of the parameters that are penalised."""
        return sorted(self.data.graph.penalised)

    def strength(self, mark: str) -> Real:
        """The lambda of a penalty."""
        _, value = self.settings.penalties[self._place(mark)]
        return self.data.number(value, Quantity(STRENGTH, mark))

    def _place(self, mark: str) -> int:
        if mark not in self.marks:
            raise SilentError(NOT_KNOWN)
        return self.marks.index(mark)

    def _term(self, mark: str) -> Expression:
        name, _ = self.settings.penalties[self._place(mark)]
        size = Call("abs", (Symbol("weight"), self.settings.sign_at_zero))
        formula = parse(TERMS[name, self.settings.form])
        return substitute(formula, {"size": size, "m": number(self._samples)})

    def _roles(self, mark: str, weight: Real) -> dict[str, Real]:
        return {"strength": self.strength(mark), "weight": weight}

    def value(self, mark: str, parameters: Sequence[Real]) -> Real:
        """R of one penalty."""
        terms = (
            walked(self._term(mark), self._roles(mark, parameters[k]), Numeric())
            for k in self.counted
        )
        return sum(terms, ZERO)

    def form(self, mark: str, strength: Any, weights: Sequence[Any], algebra: Algebra) -> list[Any]:
        """What each parameter adds to one penalty, in another algebra."""
        return [
            walked(self._term(mark), {"strength": strength, "weight": weight}, algebra)
            for weight in weights
        ]

    def slope(self, mark: str, weight: Real) -> Real:
        """dR/dw of one penalty, by dual numbers."""
        return slope(self._term(mark), "weight", self._roles(mark, weight))

    def quotient(self, mark: str, weight: Real) -> Real:
        """dR/dw of one penalty, by differences."""
        runs = [(Numeric(), weight + by) for by in MOVES]
        here = walked(self._term(mark), self._roles(mark, weight), Numeric())
        ends = [
            walked(self._term(mark), self._roles(mark, moved), algebra) for algebra, moved in runs
        ]
        if any(algebra.decisions != runs[0][0].decisions for algebra, _ in runs):
            raise SilentError(AT_A_KINK)
        return central_difference(here, ends)
