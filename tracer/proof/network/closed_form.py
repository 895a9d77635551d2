"""The witness that has SymPy differentiate the whole closed form at once, for small networks."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tracer.proof import bridge
from tracer.proof.bridge import Pieces, Point
from tracer.proof.decays import KINDS
from tracer.proof.network.forms import GivenLetters, Letters, NetworkForms
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
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.penalty_forms import slope_of, value_of
from tracer.proof.network.shape import is_piecewise, operations
from tracer.proof.network.state import state
from tracer.proof.network.training import Training
from tracer.proof.reals import ZERO, Real
from tracer.proof.signs import OPPOSITES
from tracer.proof.witness import CONTESTED, PER_OPERATION, TOO_FEW, SilentError, refuse_large
from tracer.rules.quantity import (
    DATA_ERROR,
    ERROR,
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
        if quantity.kind is PENALTY:
            return self._penalty(quantity.unit, quantity.step)
        if quantity.kind is TOTAL and self.graph.network.training.regularization:
            return self._data_error(quantity) + self._penalty("", quantity.step)
        if quantity.kind in (TOTAL, DATA_ERROR):
            return self._of_samples(quantity)
        if quantity.kind in KINDS:
            raise SilentError("counted from step to step")
        place = self._at(quantity.sample - 1, quantity.step)
        if quantity.kind is SAMPLE_ERROR:
            return place.value(SampleError())
        measured = MEASURED.get(quantity.kind)
        if measured is None:
            raise SilentError(NO_CLOSED_FORM)
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
        refuse_large(self.operations)
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
        parameters = self.training.step(step).parameters
        numbers = dict(zip(self._letters.parameters, parameters, strict=True))
        numbers |= zip(self._letters.inputs, self.data.inputs(sample, step), strict=True)
        numbers |= zip(self._letters.targets, self.data.targets(sample), strict=True)
        if step == 1 and self.data.given:
            done = forward(self.data, sample, parameters, state(self.data, sample))
            return FormsAtPoint(self.graph, letters, Point(numbers), done)
        place = FormsAtPoint(self.graph, letters, Point(numbers))
        if not self._piecewise:
            self._shared = self._shared or place
            place.share(self._shared)
        return place


class FormsAtPoint:
    """The closed forms of one sample at one training step, and their derivatives.

    Attributes:
        forms: the closed forms; those of smooth networks are the same at every point.
        passing: the forms that derivatives are taken of, where derivatives are given.
        point: the numbers.
        start: the forward pass from given values, if there are any.
    """

    def __init__(
        self, graph: Graph, letters: Letters, point: Point, start: Forward | None = None
    ) -> None:
        self.point = point
        self.start = start
        given = GivenLetters() if start is None else self._given(start)
        algebra = Pieces(point, frozenset(letters.targets))
        self.forms = NetworkForms(graph, letters, algebra, GivenLetters(offsets=given.offsets))
        self.passing = self.forms
        if given.signals or given.lines:
            self.passing = NetworkForms(graph, letters, algebra, given)
        self._derivatives: dict[Derivative, Any] = {}

    def _given(self, start: Forward) -> GivenLetters:
        """Symbols for what is given, with their values known to the point."""

        def letter(name: str, value: Real) -> Any:
            symbol = bridge.symbol(name)
            self.point.numbers[symbol] = value
            return symbol

        state, out, net = start.state, start.out, start.net
        return GivenLetters(
            {at: letter(f"offset at {at}", value) for at, value in start.offsets.items()},
            {at: letter(f"signal at {at}", value) for at, value in state.signals.items()},
            {at.unit: letter(f"kept at {at}", out[at.unit]) for at in state.signals},
            {
                unit: (
                    letter(f"out {unit}", out[unit]),
                    letter(f"slope {unit}", slope),
                    letter(f"net {unit}", net[unit]),
                )
                for unit, slope in state.slopes.items()
            },
        )

    def share(self, other: FormsAtPoint) -> None:
        """Uses the forms that were built for another point."""
        self.forms = self.passing = other.forms
        self._derivatives = other._derivatives

    def value(self, of: Measured) -> Real:
        """The value of a closed form."""
        return self.point.value(self.forms.form(of))

    def derivative(self, meaning: Derivative) -> Real:
        """The value of SymPy's derivative of a closed form."""
        if self.start is not None and self.start.is_contested(meaning):
            raise SilentError(CONTESTED)
        symbol = self._symbol(meaning.by)
        if meaning not in self._derivatives:
            self._derivatives[meaning] = self._form(meaning, symbol).diff(symbol)
        return self.point.value(self._derivatives[meaning])

    def _form(self, meaning: Derivative, symbol: Any) -> Any:
        whole = self.passing.form(meaning.of)
        if isinstance(meaning.by, Everywhere):
            return whole
        return self.passing.cut(meaning.by, symbol).form(meaning.of)

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
