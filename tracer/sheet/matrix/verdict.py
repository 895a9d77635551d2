"""Whether a linear network and its one matrix put out the same, as far as rounding lets them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from tracer.errors import TracerError
from tracer.maths.arithmetic import Arithmetic
from tracer.phrase import Phrase, counted, phrase
from tracer.rules.quantity import OUT
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.slack import Slack, Unit, literal, outputs, unit_of
from tracer.spec.linear import of_biases, of_weights
from tracer.spec.network import Network

NOT_THE_SAME = "NOT the same: they differ by {difference}, and rounding explains {allowed}"
BRIEFLY = Context(prec=2, Emin=-(10**9), Emax=10**9)


def verdict(own: Reading, short: Reading) -> Phrase:
    """What it comes to: the same, the same but for rounding, or not the same.

    Args:
        own: the forward pass of the network.
        short: that of the network of one layer, over the same samples.
    """
    found = [pair for n in own.samples for pair in _sample(own, short, n)]
    largest = max(difference for difference, _ in found)
    samples = len(own.samples)
    wrong = [pair for pair in found if pair[0] > pair[1]]
    if wrong:
        by, allowed = max(wrong)
        return phrase(NOT_THE_SAME, difference=_told(by), allowed=_told(allowed))
    if not largest:
        return counted(
            samples,
            "the same for the sample: the network is this one matrix",
            "the same for all {count} samples: the network is this one matrix",
        )
    return counted(
        samples,
        "the same for the sample but for rounding: they differ by {difference} at most",
        "the same for all {count} samples but for rounding: they differ by {difference} at most",
        difference=_told(largest),
    )


def _told(number: Fraction) -> Phrase | str:
    """A difference to two digits, however small it is."""
    if not number:
        return Phrase("nothing")
    numerator, denominator = Decimal(number.numerator), Decimal(number.denominator)
    shown = f"{BRIEFLY.divide(numerator, denominator):.1e}"
    mantissa, _, exponent = shown.partition("e")
    return f"{mantissa}e{int(exponent):+03d}"


def _sample(own: Reading, short: Reading, sample: int) -> Iterator[tuple[Fraction, Fraction]]:
    """How far each output is from the other one, and how far rounding can have taken it."""
    numbers = own.trace.arithmetic
    allowed = _allowed(own.network, sample, numbers)
    for name, bound in zip(own.network.output_names, allowed, strict=True):
        one, other = (_ends(reading, name, sample, numbers) for reading in (own, short))
        difference = max(one[1] - other[0], other[1] - one[0])
        yield difference, bound + (one[1] - one[0]) + (other[1] - other[0])


def _ends(
    reading: Reading, name: str, sample: int, numbers: Arithmetic
) -> tuple[Fraction, Fraction]:
    """An output, as the ends of its interval; both are the number itself where it is one."""
    address = reading.address(OUT, name, sample)
    value: Any = None if address is None else reading.entry(address).value
    single = None if value is None else numbers.fraction(value)
    if single is not None:
        return single, single
    if not hasattr(value, "lo"):
        raise TracerError(f"{name} has no number that could be compared with that of one matrix")
    return Fraction(value.lo), Fraction(value.hi)


def _allowed(network: Network, sample: int, numbers: Arithmetic) -> list[Fraction]:
    """How far rounding can take the network and the one matrix apart, for each output."""
    unit = unit_of(numbers)
    inputs = [literal(value, unit) for value in network.samples[sample - 1].inputs]
    whole = outputs(network, inputs, unit)
    if not unit(Fraction(1)):
        return [Fraction(0)] * len(whole)
    one = _of_one_matrix(network, inputs, unit)
    return [a.error + b.error for a, b in zip(whole, one, strict=True)]


def _of_one_matrix(network: Network, inputs: list[Slack], unit: Unit) -> list[Slack]:
    """The outputs of the one matrix, whose entries are outputs of the network themselves."""
    given = of_biases(network).samples[0].inputs
    found = outputs(network, [literal(value, unit) for value in given], unit)
    bare = of_weights(network)
    for value, row in zip(inputs, bare.samples, strict=True):
        weights = outputs(bare, [literal(one, unit) for one in row.inputs], unit)
        parts = [value.times(weight, unit) for weight in weights]
        found = [total.plus(part, unit) for total, part in zip(found, parts, strict=True)]
    return found
