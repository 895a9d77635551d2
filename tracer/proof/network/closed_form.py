"""The witness that has SymPy differentiate the whole closed form at once, for small networks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from tracer.proof import bridge
from tracer.proof.bridge import Point
from tracer.proof.decays import KINDS
from tracer.proof.network.at_point import FormsAtPoint
from tracer.proof.network.dropped import factors
from tracer.proof.network.forms import Letters
from tracer.proof.network.forward import forward
from tracer.proof.network.meaning import (
    MEANINGS,
    MEASURED,
    Derivative,
    SampleError,
)
from tracer.proof.network.of_derivatives import OfDerivatives
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.penalty_forms import slope_of, value_of
from tracer.proof.network.shape import is_piecewise, size
from tracer.proof.network.state import state
from tracer.proof.network.training import Training
from tracer.proof.reals import ZERO, Real
from tracer.proof.signs import OPPOSITES
from tracer.proof.witness import TOO_FEW, SilentError
from tracer.rules.quantity import (
    DATA_ERROR,
    ERROR,
    KEPT,
    MOVED_INPUT,
    NET,
    OUT,
    PENALTY,
    PENALTY_SLOPE,
    SAMPLE_ERROR,
    TOTAL,
    Quantity,
)

NO_CLOSED_FORM = "given, or no value of the forward pass and no derivative"

MOST_PLACES = 100
"""As many samples and steps are kept at hand."""

KNOWN = frozenset(
    (
        TOTAL,
        DATA_ERROR,
        PENALTY,
        PENALTY_SLOPE,
        SAMPLE_ERROR,
        NET,
        OUT,
        KEPT,
        ERROR,
        *MEANINGS,
        *OPPOSITES,
        MOVED_INPUT,
    )
)


class ClosedForms(OfDerivatives):
    """SymPy's closed forms and their derivatives, evaluated at the network's numbers."""

    name = "SymPy"
    accuracy = Fraction(0)
    vague = TOO_FEW

    def __init__(self, training: Training) -> None:
        super().__init__(training)
        self.size = size(self.graph)
        self.work = self.size.work
        self._piecewise = is_piecewise(self.graph)
        network = self.graph.network
        self._letters = Letters(
            _symbols("w", len(network.parameters)),
            _symbols("x", len(network.inputs)),
            _symbols("t", len(self.graph.outputs)),
            factors={unit: bridge.symbol(f"m{unit}") for unit in self.graph.dropouts},
        )
        self._places: dict[tuple[int, int], FormsAtPoint] = {}
        self._shared: FormsAtPoint | None = None

    def knows(self, quantity: Quantity) -> bool:
        """Everything that is not given."""
        return quantity.kind in KNOWN

    def of_forward_pass(self, quantity: Quantity) -> Real:
        """A value of the forward pass, from its closed form."""
        self.size.refuse_large()
        if quantity.kind is PENALTY:
            return self._penalty(quantity.unit, quantity.step)
        if quantity.kind is TOTAL and self.graph.network.training.regularization:
            return self._data_error(quantity) + self._penalty("", quantity.step)
        if quantity.kind in (TOTAL, DATA_ERROR):
            return self._of_samples(quantity)
        if quantity.kind in KINDS:
            raise SilentError("counted from step to step")
        if quantity.kind is SAMPLE_ERROR:
            return self._at(quantity.sample - 1, quantity.step).value(SampleError())
        measured = MEASURED.get(quantity.kind)
        if measured is None:
            raise SilentError(NO_CLOSED_FORM)
        place = self._at(quantity.sample - 1, quantity.step)
        return place.value(measured(self.graph.numbers[quantity.unit]))

    def _of_samples(self, quantity: Quantity) -> Real:
        """What the samples add to the error of a training step."""
        samples = self.graph.batch(quantity.step)
        places = [self._at(sample, quantity.step) for sample in samples]
        return self.over_batch([place.value(SampleError()) for place in places])

    def _data_error(self, quantity: Quantity) -> Real:
        """The error without penalties, perhaps a given one."""
        given = self.data.given.get(Quantity(DATA_ERROR)) if quantity.step <= 1 else None
        return self._of_samples(quantity) if given is None else given

    def of_sample(self, meaning: Derivative, sample: int, step: int) -> Real:
        """SymPy's derivative, evaluated."""
        self.size.refuse_large()
        return self._at(sample, step).derivative(meaning)

    def of_penalty(self, penalty: Penalty, mark: str, weight: Real) -> Real:
        """SymPy's derivative of the penalty, evaluated."""
        return slope_of(penalty, mark, weight)

    def _penalty(self, mark: str, step: int) -> Real:
        """R, from its closed form; of two penalties, a given one counts as it is."""
        found = self.data.given.get(Quantity(PENALTY, mark)) if step <= 1 else None
        if found is not None:
            return found
        penalty = Penalty(self.data, step)
        if mark not in penalty.marks:
            return sum((self._penalty(each, step) for each in penalty.marks), ZERO)
        return value_of(penalty, mark, self.training.step(step).parameters)

    def _at(self, sample: int, step: int) -> FormsAtPoint:
        key = (sample, max(step, 1))
        if key not in self._places:
            if len(self._places) >= MOST_PLACES:
                self._places.clear()
            self._places[key] = self._new_place(*key)
        return self._places[key]

    def _new_place(self, sample: int, step: int) -> FormsAtPoint:
        letters = replace(self._letters, right=self.graph.right(sample))
        at = self.training.step(step)
        parameters = at.parameters
        numbers = dict(zip(self._letters.parameters, parameters, strict=True))
        numbers |= zip(self._letters.inputs, self.data.inputs(sample, step), strict=True)
        numbers |= zip(self._letters.targets, self.data.targets(sample), strict=True)
        of_units = factors(self.data, sample, step) if self.graph.dropouts else {}
        numbers |= {letters.factors[unit]: value for unit, value in of_units.items()}
        if step == 1 and self.data.given:
            done = forward(self.data, sample, parameters, state(self.data, sample))
            return FormsAtPoint(self.graph, letters, Point(numbers), done)
        place = FormsAtPoint(self.graph, letters, Point(numbers))
        if not self._piecewise:
            self._shared = self._shared or place
            place.share(self._shared)
        return place


def _symbols(letter: str, count: int) -> list[Any]:
    return [bridge.symbol(f"{letter}{number}") for number in range(count)]
