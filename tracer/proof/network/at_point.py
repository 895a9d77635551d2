"""The closed forms of one sample at one training step, evaluated and differentiated there."""

from __future__ import annotations

from typing import Any

from tracer.proof import bridge
from tracer.proof.bridge import Pieces, Point
from tracer.proof.network.forms import GivenLetters, Letters, NetworkForms, held
from tracer.proof.network.forward import Forward
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import (
    Along,
    Derivative,
    Everywhere,
    InUnit,
    InUse,
    Measured,
    Place,
)
from tracer.proof.reals import Real
from tracer.proof.witness import CONTESTED, SilentError


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
        values = GivenLetters(offsets=given.offsets, shifts=given.shifts)
        self.forms = NetworkForms(graph, letters, algebra, values)
        self.passing = self.forms
        if given.signals or given.lines:
            self.passing = NetworkForms(graph, letters, algebra, given)
        self._derivatives: dict[Derivative, Any] = {}
        self._holds = False

    def _hold(self) -> None:
        """Lets the point know the outputs that units take as numbers."""
        if not self._holds:
            self._holds = True
            for source in self.forms.graph.held:
                self.point.numbers[held(source)] = self.value(self.forms.sent(source))

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
            {unit: letter(f"shift {unit}", value) for unit, value in start.shifts.items()},
        )

    def share(self, other: FormsAtPoint) -> None:
        """Uses the forms that were built for another point."""
        self.forms = self.passing = other.forms
        self._derivatives = other._derivatives

    def value(self, of: Measured) -> Real:
        """The value of a closed form."""
        self._hold()
        return self.point.value(self.forms.form(of))

    def derivative(self, meaning: Derivative) -> Real:
        """The value of SymPy's derivative of a closed form."""
        if self.start is not None and self.start.is_contested(meaning):
            raise SilentError(CONTESTED)
        self._hold()
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
                    value = self.value(self.forms.sent(source))
                case _:
                    value = self.value(place)
            self.point.numbers[symbol] = value
        return symbol
