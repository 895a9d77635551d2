"""Enough digits: decimals are calculated twice, and with more digits until both agree.

Where numbers cancel (1 - out of a saturated sigmoid) fifty digits may leave none. So the default
arithmetic compares each value with that of a longer calculation, and carries as many digits as it
takes for every shown digit to be right. Where everything cancels, both calculations say zero; then
interval arithmetic tells whether it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from typing import NamedTuple

from tracer.derive.certain import hangs_on, held_at_zero
from tracer.derive.exactness import Exactness
from tracer.derive.run import Segment, plan, run
from tracer.derive.stopping import ending, stop
from tracer.derive.trace import Trace, trace
from tracer.derive.zeros import Place
from tracer.errors import CalculationError, TooLargeError
from tracer.maths.arithmetic import DEFAULT, Arithmetic, arithmetic
from tracer.maths.arithmetic.ratio import as_decimal
from tracer.rules.backprop import Backprop
from tracer.spec.network import Spec

MORE = 25
"""The longer calculation carries so many digits more."""

DIGITS = (50, 100, 200, 400, 800, 1_600, 3_200)
"""As many digits as are tried, one after another."""

QUICK = 1_000
"""More digits than this are tried on small calculations only."""

SMALL = 150
"""Calculations with no more values than this are small."""

TINY = 900_000
"""Numbers below 10 to minus this are about to vanish, whatever the number of digits."""

MOST_HELD = 5_000
"""Calculations with more certain zeros than this are not done again for the sake of choices."""

UNTOLD = "no number of digits tells after which epoch the training ends: 'until' is met too closely"

AGREE = 25
"""Both agree where so many significant digits are the same, at least; more where more are shown."""


class Doubt(NamedTuple):
    """What two calculations leave in doubt.

    Attributes:
        value: the name of the first doubtful value; empty if all are settled.
        is_tiny: whether it lies below every exponent: then no more digits can help.
        zeros: where they only differ in what rounding has left of a certain zero.
    """

    value: str = ""
    is_tiny: bool = False
    zeros: Sequence[Place] = ()


def calculated(spec: Spec, name: str = "", shown: int = 0) -> Trace:
    """A spec calculated in an arithmetic; by default in as many decimals as it takes.

    Args:
        spec: a network or an expression program.
        name: the arithmetic's name; empty: what the spec says, else the default.
        shown: how many significant digits a reader wants to see.

    Raises:
        TracerError: a value does not exist, or the arithmetic does not.
    """
    name = name or spec.about.presentation.arithmetic or DEFAULT
    return settled(spec, shown=shown) if name == DEFAULT else trace(spec, arithmetic(name))


def settled(spec: Spec, rules: Backprop | None = None, shown: int = 0) -> Trace:
    """A spec calculated in decimals, with as many digits as it needs.

    Where even the most digits do not settle a value, the trace carries the most, and its
    `unsettled` names the value.

    Args:
        spec: a network or an expression program.
        rules: the rules in force; None: as the spec's conventions say.
        shown: how many significant digits a reader wants to see.

    Raises:
        CalculationError: a value does not exist, with any number of digits.
    """
    agreeing = max(AGREE, shown + 1)
    failure: CalculationError | None = None
    found: Trace | None = None
    doubt = Doubt()
    for digits in DIGITS:
        if doubt.is_tiny or (digits > QUICK and not _is_small(spec, rules)):
            break
        if digits < agreeing + MORE:
            continue
        try:
            found, longer, doubt = _compared(spec, digits, rules, agreeing)
        except TooLargeError:
            raise
        except CalculationError as error:
            failure = failure or error
            continue
        if not doubt.value:
            return _rounded(found, longer, doubt.zeros)
    if found is None:
        assert failure is not None, "some number of digits was tried"
        raise failure
    return Trace(spec, found.arithmetic, found.segments, doubt.value)


def _is_small(spec: Spec, rules: Backprop | None) -> bool:
    return sum(segment.program.size for segment in plan(spec, rules)) <= SMALL


def _compared(
    spec: Spec, digits: int, rules: Backprop | None, agreeing: int
) -> tuple[Trace, Sequence[Segment], Doubt]:
    """A trace, the values of the same calculation with more digits, and what is left in doubt.

    Where a choice hangs on a certain zero, both are calculated again with that held at 0.
    """
    found = trace(spec, arithmetic(f"decimal:{digits}"), rules)
    more = arithmetic(f"decimal:{digits + MORE}")
    longer = _again(found, found.segments, more)
    doubtful, zeros = _differing(found, longer, agreeing)
    known = set(zeros)
    while zeros and len(known) <= MOST_HELD and hangs_on(found.segments, zeros):
        held = held_at_zero(found.segments, known)
        values = _again(found, held, found.arithmetic)
        found = Trace(spec, found.arithmetic, _as_planned(found, values))
        longer = _as_planned(found, _again(found, held, more))
        doubtful, zeros = _differing(found, longer, agreeing)
        zeros = [place for place in zeros if place not in known]
        known.update(zeros)
    if doubtful:
        return found, longer, Doubt(doubtful)
    return found, longer, Doubt(*_doubtful_zero(found), sorted(known))


def _again(found: Trace, steps: Sequence[Segment], how: Arithmetic) -> Sequence[Segment]:
    """The same steps in another arithmetic, or some of them given.

    Raises:
        CalculationError: a value does not exist, or the training ends elsewhere.
    """
    values = run(steps, how, stop(found.spec, how))
    if ending(found.spec, values, how) != found.ending:
        raise CalculationError(UNTOLD)
    return values


def _as_planned(found: Trace, values: Sequence[Segment]) -> tuple[Segment, ...]:
    """Values under the programs in which nothing is held."""
    pairs = zip(found.segments, values, strict=True)
    return tuple(segment._replace(values=other.values) for segment, other in pairs)


def _rounded(found: Trace, longer: Sequence[Segment], zeros: Sequence[Place]) -> Trace:
    """The trace with the values of the longer calculation, so that the last digit is right too.

    What is known to be 0 is 0, whatever rounding has left there.
    """
    finish = found.arithmetic.finish
    segments = tuple(
        segment._replace(values=[None if value is None else finish(value) for value in more.values])
        for segment, more in zip(found.segments, longer, strict=True)
    )
    for step, address in zeros:
        segments[step - 1].values[address] = Decimal(0)  # type: ignore[index]
    return Trace(found.spec, found.arithmetic, segments, unsettled="")


def _differing(
    found: Trace, longer: Sequence[Segment], agreeing: int
) -> tuple[str, Sequence[Place]]:
    """The name of the first value on which two calculations differ; empty if there is none.

    Beside it, the places where they only differ in what rounding has left of a certain zero.
    """
    zeros: list[Place] = []
    context = Context(prec=agreeing + 5, Emax=10**9, Emin=-(10**9))
    allowed = Decimal(1).scaleb(-agreeing)
    for number, (mine, theirs) in enumerate(zip(found.segments, longer, strict=True)):
        for address, (value, other) in enumerate(zip(mine.values, theirs.values, strict=True)):
            if value is None or value == other:
                continue
            value, other = as_decimal(value, context), as_decimal(other, context)
            if value == other:
                continue
            if abs(context.subtract(value, other)) > context.multiply(abs(other), allowed):
                if not found.exactness.is_certain_zero(mine, address):
                    return _name(found, number, address), zeros
                zeros.append((mine.step, address))
    return "", zeros


def _doubtful_zero(found: Trace) -> tuple[str, bool]:
    """The name of a value that only seems to be zero, empty if there is none; whether it is tiny.

    What is tiny lies beyond the smallest exponent: then no more digits can help.
    """
    exactness = Exactness(found.segments, found.arithmetic, agreed=True)
    zeros = [
        (number, address)
        for number, segment in enumerate(found.segments)
        for address in _zeros(segment)
        if not exactness.is_exact(segment, address)
    ]
    if not zeros:
        return "", False
    digits = found.arithmetic.name.partition(":")[2]
    try:
        enclosed = run(found.segments, arithmetic(f"interval:{digits}"))
    except CalculationError:
        return _name(found, *zeros[0]), False
    for number, address in zeros:
        value = enclosed[number].values[address]
        if value.lo != value.hi:
            tiny = all(not end or end.adjusted() < -TINY for end in (value.lo, value.hi))
            return _name(found, number, address), tiny
    return "", False


def _zeros(segment: Segment) -> Iterator[int]:
    """The addresses of calculated zeros."""
    for address, value in enumerate(segment.values):
        if value is not None and not value and segment.program.block(address).recipe is not None:
            yield address


def _name(found: Trace, number: int, address: int) -> str:
    return found.entry(found.segments[number], address).name
