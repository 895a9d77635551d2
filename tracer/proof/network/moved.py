"""What becomes of a forward pass when one value in it is moved.

What does not depend on the value, or is seen to stay the same, remains the very same number, so
that a difference of two of them is exactly 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tracer.proof.network.forward import Forward
from tracer.proof.network.meaning import (
    Along,
    Error,
    Everywhere,
    InUnit,
    InUse,
    Kept,
    Net,
    Out,
    Place,
)
from tracer.proof.network.shape import reached
from tracer.proof.network.unit import Unit
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ZERO, Real
from tracer.proof.trees import walked


def moved(start: Forward, place: Place, by: Real) -> Forward:
    """The forward pass with one value moved; only what depends on it is computed again."""
    copy = replace(
        start,
        out=list(start.out),
        sent=list(start.sent),
        net=list(start.net),
        errors=list(start.errors),
        algebra=Numeric(),
        held=start.sent,
    )
    return _Move(start, copy, place, by).carried_out()


class _Move(Struct, frozen=True):
    start: Forward
    done: Forward
    place: Place
    by: Real

    def carried_out(self) -> Forward:
        """Recomputes what depends on the place, unit after unit."""
        graph = self.done.graph
        changed = reached(graph, self.place)
        match self.place:
            case Out(number):
                self._push(number)
            case Kept(number):
                self.done.sent[number] = self.done.sent[number] + self.by
        for layer in graph.by_layer:
            self._layer_again([unit for unit in layer if unit.number in changed])
        for unit in graph.outputs:
            if self._is_judged_anew(unit.number) or self._is_moved(self.done.right):
                error = self.done.with_offset(Error(unit.number), self.done.missed(unit))
                self.done.errors[self.done.place(unit.number)] = error
                self.done.total = None
        if self.done.state.signals:
            self.done.total = None
        return self.done

    def _layer_again(self, units: Sequence[Unit]) -> None:
        """Recomputes units of a layer that the move has met, and what depends on these."""
        free = [unit for unit in units if self.place not in (Out(unit.number), Kept(unit.number))]
        met = {unit.number for unit in free if self._is_met(unit)}
        for unit in free:
            if unit.number in met:
                self._net_again(unit)
        for unit in free:
            if unit.number in met or not met.isdisjoint(unit.mates):
                self._out_again(unit)

    def _differs(self, number: int) -> bool:
        """Whether what a unit or input sends is another number than before."""
        return self.done.sent[number] is not self.start.sent[number]

    def _is_moved(self, number: int | None) -> bool:
        """Whether there is such a unit, and it sends another number than before."""
        return number is not None and self._differs(number)

    def _is_judged_anew(self, number: int) -> bool:
        """Whether what the loss looks at is another number than before."""
        if not self.done.graph.judges_net:
            return self._differs(number)
        return self.done.net[number] is not self.start.net[number]

    def _is_met(self, unit: Unit) -> bool:
        """Whether the move is in a unit, or has reached what it receives."""
        match self.place:
            case Everywhere(moved):
                here = any(parameter == moved for _, parameter in unit.uses)
            case place:
                here = place.unit == unit.number
        return here or any(map(self._differs, unit.sources))

    def _push(self, number: int) -> None:
        done = self.done
        done.out[number] = done.out[number] + self.by
        self._send(number)

    def _send(self, number: int) -> None:
        """Sends a new output on, unless it is dropped: then what is sent is no other number."""
        factor = self.done.factors.get(number)
        if factor is None or factor.exact != 0:
            self.done.send(number)

    def _net_again(self, unit: Unit) -> None:
        done, number = self.done, unit.number
        if self.place == Net(number):
            done.net[number] = done.net[number] + self.by
        else:
            total = done.weighted_sum(unit) + self._extra(unit)
            done.net[number] = done.with_offset(Net(number), total)

    def _out_again(self, unit: Unit) -> None:
        done, number = self.done, unit.number
        done.out[number] = self._gathered(unit) if unit.gathers else self._out(unit)
        exact = done.out[number].exact
        is_same = exact is not None and exact == self.start.out[number].exact
        if not (is_same or done.state.keeps(number)):
            self._send(number)

    def _gathered(self, unit: Unit) -> Real:
        """The output of a unit that gathers, one of its sources perhaps as it alone gets it."""
        done, roles = self.done, self.done.roles(unit)
        match self.place:
            case Along(source, unit.number):
                roles[source] = roles[source] + self.by
        value: Real = walked(unit.activation, roles, done.algebra)
        return done.with_offset(Out(unit.number), value)

    def _out(self, unit: Unit) -> Real:
        """The output; along a straight line where the slope is given."""
        done, number = self.done, unit.number
        slope = done.state.slopes.get(number)
        if slope is None:
            return done.with_offset(Out(number), done.activated(unit))
        return self.start.out[number] + slope * (done.net[number] - self.start.net[number])

    def _extra(self, unit: Unit) -> Real:
        """What moving the place adds to a weighted sum."""
        match self.place:
            case Everywhere(moved) | InUnit(moved, unit.number):
                factors = [
                    self.done.received(unit, by) for by, weight in unit.uses if weight == moved
                ]
            case InUse(_, unit.number, source):
                factors = [self.done.received(unit, source)]
            case Along(source, unit.number) if source in unit.sources:
                factors = [self.done.parameters[w] for by, w in unit.edges if by == source]
                return self.by * sum(factors, ZERO) + self._joined(unit, source)
            case _:
                return ZERO
        return self.by * sum(factors, ZERO)

    def _joined(self, unit: Unit, source: int) -> Real:
        """What moving one output adds to what a unit gets without a weight."""
        changes = [
            self.done.joined(unit, join, source, self.by) - self.done.joined(unit, join)
            for join in unit.joins
            if source in join.operands.values()
        ]
        return sum(changes, ZERO)
