"""When a training ends: a predicate over the values of whole epochs, in the trace's arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tracer.derive.network.build import batches
from tracer.derive.run import Segment
from tracer.derive.template import Template, repeated, template
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import FAILURES, compiled, explain
from tracer.maths.expression import Cases, Compare, Expression, Symbol, number
from tracer.rules.backprop import Rule
from tracer.rules.learning import ERROR_OF_EPOCH, WRONG_OF_EPOCH
from tracer.rules.quantity import EPOCH_ERROR, EPOCH_WRONG, TOTAL, WRONG, Kind
from tracer.spec.network import Network, Spec
from tracer.spec.training.until import Until

SUMS: dict[Kind, tuple[Kind, Rule]] = {
    EPOCH_WRONG: (WRONG, WRONG_OF_EPOCH),
    EPOCH_ERROR: (TOTAL, ERROR_OF_EPOCH),
}
"""What each quantity of an epoch is a sum of, and the rule that says so."""

Stop = Callable[[Sequence[Segment]], bool]
Place = tuple[Segment, int]
"""A training step, and an address in it."""


class Epoch(NamedTuple):
    """Training steps that go through the samples once.

    Attributes:
        number: which one, from 1.
        segments: its training steps.
        is_whole: whether every sample takes part; not so where a training ends before.
    """

    number: int
    segments: Sequence[Segment]
    is_whole: bool

    def places(self, kind: Kind) -> list[Place]:
        """Where the parts of one of its sums stand."""
        part, _ = SUMS[kind]
        return [
            (segment, address)
            for segment in self.segments
            for block in segment.program.blocks
            if block.kind is part
            for address in block.addresses
        ]


class Ending(NamedTuple):
    """How a training has ended.

    Attributes:
        epoch: the last one.
        reason: the field of `until` that holds; empty where none of them has come to hold.
    """

    epoch: int
    reason: str


def total_template(kind: Kind, count: int) -> Template:
    """The formula of an epoch's sum."""
    return repeated(SUMS[kind][1].formula, count)


def epochs(network: Network, segments: Sequence[Segment]) -> list[Epoch]:
    """The epochs of a training, the last of which may have been cut short."""
    length, training = len(batches(network)), network.training
    last = training.steps if training.learning_rate is not None else 0
    updates = [segment for segment in segments if segment.step <= last]
    return [
        Epoch((part[0].step - 1) // length + 1, part, len(part) == length)
        for first in range(0, len(updates), length)
        if (part := updates[first : first + length])
    ]


def ending(spec: Spec, segments: Sequence[Segment], arithmetic: Arithmetic) -> Ending | None:
    """How a training has ended; None where nothing but the number of its steps ends it."""
    judge = _judge(spec, arithmetic)
    if judge is None or not segments:
        return None
    last = segments[-1].step
    return Ending(-(-last // judge.length), judge.reason(segments))


def can_end(spec: Spec) -> bool:
    """Whether something other than the number of its steps may end a training."""
    return isinstance(spec, Network) and spec.training.until is not None


def stop(spec: Spec, arithmetic: Arithmetic) -> Stop | None:
    """Whether a training ends after some steps, as a function; None where nothing ends it."""
    judge = _judge(spec, arithmetic)
    return None if judge is None else lambda segments: bool(judge.reason(segments))


def _judge(spec: Spec, arithmetic: Arithmetic) -> _Judge | None:
    if not isinstance(spec, Network) or spec.training.until is None:
        return None
    return _Judge(spec, spec.training.until, arithmetic)


class _Judge:
    """Looks at the end of each epoch whether the training is to end.

    Attributes:
        length: as many training steps are an epoch.
    """

    def __init__(self, network: Network, until: Until, arithmetic: Arithmetic) -> None:
        self.network, self.until, self.arithmetic = network, until, arithmetic
        self.length = len(batches(network))
        self._functions: dict[Template, Callable[..., Any]] = {}
        self._checks = {
            "all_right": until.all_right and self._all_right,
            "same_share_of_errors": bool(until.same_share_of_errors) and self._same_share,
            "error_below": until.error_below is not None and self._is_below,
        }
        self._bound = until.error_below or number(0)

    def reason(self, segments: Sequence[Segment]) -> str:
        """The first field of `until` that holds after the last epoch; empty for none.

        Raises:
            CalculationError: it cannot be told.
        """
        if len(segments) % self.length:
            return ""
        looked_at = (self.until.same_share_of_errors or 0) + 1
        found = epochs(self.network, segments[-looked_at * self.length :])
        checks = self._checks.items()
        try:
            return next((name for name, holds in checks if holds and holds(found)), "")
        except CalculationError as error:
            raise type(error)(f"epoch {found[-1].number}: {error}") from None

    def _all_right(self, found: Sequence[Epoch]) -> bool:
        return self._holds(IS_ZERO, [self._total(found[-1], EPOCH_WRONG)])

    def _same_share(self, found: Sequence[Epoch]) -> bool:
        """Whether each of the last epochs has as many wrong answers as the one before."""
        if len(found) <= (self.until.same_share_of_errors or 0):
            return False
        first, *others = (self._total(epoch, EPOCH_WRONG) for epoch in found)
        return all(self._holds(ARE_SAME, [first, other]) for other in others)

    def _is_below(self, found: Sequence[Epoch]) -> bool:
        with self.arithmetic.scope():
            bound = self.arithmetic.literal(self._bound)
        return self._holds(IS_BELOW, [self._total(found[-1], EPOCH_ERROR), bound])

    def _total(self, epoch: Epoch, kind: Kind) -> Any:
        """One of an epoch's sums, which has to have a number."""
        values = [segment.values[address] for segment, address in epoch.places(kind)]
        if any(value is None for value in values):
            raise CalculationError("'until' cannot be told of letters")
        return self._value(total_template(kind, len(values)), values)

    def _holds(self, test: Template, values: Sequence[Any]) -> bool:
        """Whether a comparison holds, where the arithmetic can tell."""
        found = self.arithmetic.fraction(self._value(test, values))
        if found is None:
            text = " and ".join(map(self.arithmetic.text, values))
            raise CalculationError(f"'until' cannot be told: {text} are too close to compare")
        return found == 1

    def _value(self, formula: Template, values: Sequence[Any]) -> Any:
        with self.arithmetic.scope():
            function = self._functions.get(formula)
            if function is None:
                function = compiled(formula.computed, formula.roles, self.arithmetic)
                self._functions[formula] = function
            try:
                return self.arithmetic.finish(function(*values))
            except FAILURES as error:
                message = f"'until' cannot be told: {explain(error)}"
                raise type(explain(error))(message) from None


def _test(relation: str, right: Expression) -> Template:
    """1 where a value compares with another one so, else 0."""
    test = Compare(Symbol("value"), relation, right)
    return template(Cases(((test, number(1)),), number(0)))


IS_ZERO = _test("==", number(0))
ARE_SAME = _test("==", Symbol("other"))
IS_BELOW = _test("<", Symbol("other"))
