"""The witness that has SymPy differentiate the whole closed form at once, for small networks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tracer.proof import bridge
from tracer.proof.bridge import Pieces, Point
from tracer.proof.network.forms import Letters, NetworkForms
from tracer.proof.network.forward import Forward, forward
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import (
    MEANINGS,
    MEASURED,
    Along,
    Derivative,
    Everywhere,
    InUnit,
    InUse,
    Measured,
    Out,
    Place,
    SampleError,
)
from tracer.proof.network.of_derivatives import OfDerivatives
from tracer.proof.network.shape import is_piecewise, operations
from tracer.proof.network.training import Training
from tracer.proof.reals import Real
from tracer.proof.signs import OPPOSITES
from tracer.proof.witness import GIVEN, PER_OPERATION, SilentError, refuse_large
from tracer.rules.quantity import ERROR, NET, OUT, SAMPLE_ERROR, TOTAL, Quantity

MOST_PLACES = 100
"""As many samples and steps are kept at hand."""

KNOWN = frozenset((TOTAL, SAMPLE_ERROR, NET, OUT, ERROR, *MEANINGS, *OPPOSITES))


class ClosedForms(OfDerivatives):
    """SymPy's closed forms and their derivatives, evaluated at the network's numbers."""

    name = "SymPy"
    accuracy = Fraction(0)

    def __init__(self, training: Training) -> None:
        super().__init__(training)
        self.operations = operations(self.graph)
        self.work = PER_OPERATION * self.operations
        self._piecewise = is_piecewise(self.graph)
        network = self.graph.network
        self._letters = Letters(
            _symbols("w", len(network.parameters)),
            _symbols("x", len(network.inputs)),
            _symbols("t", len(self.graph.outputs)),
        )
        self._places: dict[tuple[int, int], FormsAtPoint] = {}
        self._shared: FormsAtPoint | None = None

    def knows(self, quantity: Quantity) -> bool:
        """Everything that is not given."""
        return quantity.kind in KNOWN

    def of_forward_pass(self, quantity: Quantity) -> Real:
        """A value of the forward pass, from its closed form."""
        refuse_large(self.operations)
        if quantity.kind is TOTAL:
            samples = self.graph.batch(quantity.step)
            return self.over_batch(
                [self._at(sample, quantity.step).value(SampleError()) for sample in samples]
            )
        place = self._at(quantity.sample - 1, quantity.step)
        if quantity.kind is SAMPLE_ERROR:
            return place.value(SampleError())
        measured = MEASURED.get(quantity.kind)
        if measured is None:
            raise SilentError("what is given has no closed form")
        return place.value(measured(self.graph.numbers[quantity.unit]))

    def of_sample(self, meaning: Derivative, sample: int, step: int) -> Real:
        """SymPy's derivative, evaluated."""
        refuse_large(self.operations)
        return self._at(sample, step).derivative(meaning)

    def _at(self, sample: int, step: int) -> FormsAtPoint:
        key = (sample, max(step, 1))
        if key not in self._places:
            if len(self._places) >= MOST_PLACES:
                self._places.clear()
            self._places[key] = self._new_place(*key)
        return self._places[key]

    def _new_place(self, sample: int, step: int) -> FormsAtPoint:
        parameters = self.training.step(step).parameters
        numbers = dict(zip(self._letters.parameters, parameters, strict=True))
        numbers |= zip(self._letters.inputs, self.data.inputs(sample), strict=True)
        numbers |= zip(self._letters.targets, self.data.targets(sample), strict=True)
        offsets = {}
        if step == 1 and self.data.given:
            offsets = self._offsets(
                forward(self.data, sample, parameters, with_given=True), numbers
            )
        place = FormsAtPoint(self.graph, self._letters, Point(numbers), offsets)
        if not (self._piecewise or offsets):
            self._shared = self._shared or place
            place.share(self._shared)
        return place

    def _offsets(self, done: Forward, numbers: dict[Any, Real]) -> dict[Measured, Any]:
        """A symbol for what each given value differs by from what is computed."""
        if not done.is_consistent:
            raise SilentError(GIVEN)
        symbols = {}
        for number, (at, value) in enumerate((done.offsets or {}).items()):
            symbols[at] = bridge.symbol(f"given{number}")
            numbers[symbols[at]] = value
        return symbols


class FormsAtPoint:
    """The closed forms of one sample at one training step, and their derivatives.

    Attributes:
        forms: the closed forms; those of smooth networks are the same at every point.
        point: the numbers.
    """

    def __init__(
        self, graph: Graph, letters: Letters, point: Point, offsets: dict[Measured, Any]
    ) -> None:
        self.point = point
        self.forms = NetworkForms(graph, letters, Pieces(point), offsets)
        self._derivatives: dict[Derivative, Any] = {}

    def share(self, other: FormsAtPoint) -> None:
        """Uses the forms that were built for another point."""
        self.forms, self._derivatives = other.forms, other._derivatives

    def value(self, of: Measured) -> Real:
        """The value of a closed form."""
        return self.point.value(self.forms.form(of))

    def derivative(self, meaning: Derivative) -> Real:
        """The value of SymPy's derivative of a closed form."""
        symbol = self._symbol(meaning.by)
        if meaning not in self._derivatives:
            self._derivatives[meaning] = self._form(meaning, symbol).diff(symbol)
        return self.point.value(self._derivatives[meaning])

    def _form(self, meaning: Derivative, symbol: Any) -> Any:
        whole = self.forms.form(meaning.of)
        if isinstance(meaning.by, Everywhere):
            return whole
        return self.forms.cut(meaning.by, symbol).form(meaning.of)

    def _symbol(self, place: Place) -> Any:
        """What to differentiate by, with its value known to the point."""
        letters = self.forms.letters
        if isinstance(place, Everywhere):
            return letters.parameters[place.parameter]
        symbol = bridge.symbol(f"cut at {place}")
        if symbol not in self.point.numbers:
            match place:
                case InUnit(parameter) | InUse(parameter):
                    value = self.point.numbers[letters.parameters[parameter]]
                case Along(source):
                    value = self.value(Out(source))
                case _:
                    value = self.value(place)
            self.point.numbers[symbol] = value
        return symbol


def _symbols(letter: str, count: int) -> list[Any]:
    return [bridge.symbol(f"{letter}{number}") for number in range(count)]
