"""From a drawn network to the program's trace, and from the trace to numbers by plain name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, reject

from tests.support.networks import Drawn
from tests.support.writing import written
from tracer.derive import settle
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.spec import Network, Spec, read_text

MODERATE = 10**20
MOST_BITS = 14_000
"""Python reads no longer whole number from a text, unless it is told to."""


def network_of(drawn: Drawn, random: Random | None = None) -> Network:
    """What the reader makes of a drawn network, written in some form."""
    spec = read_text(written(drawn, random))
    assert isinstance(spec, Network)
    return spec


def traced(drawn: Drawn, random: Random | None, numbers: str) -> Trace:
    """The trace of a drawn network, written in some form, in an arithmetic."""
    return trace(network_of(drawn, random), arithmetic(numbers))


def traced_if_finite(spec: Spec, numbers: str) -> Trace:
    """The trace; an example whose training runs away is left out.

    By hand, numbers of more than 50 digits would be rounded twice; fractions of thousands of
    digits cannot be read back by the witnesses.
    """
    try:
        found = trace(spec, arithmetic(numbers))
    except CalculationError:
        reject()
    if numbers.startswith("by-hand"):
        assume(all(abs(entry.value) < MODERATE for entry in found))
    if numbers == "exact":
        assume(all(_bits(entry.value) < MOST_BITS for entry in found))
    return found


def soon_settled(spec: Spec) -> Trace:
    """The trace in the default arithmetic; an example that 200 digits do not settle is left out."""
    with few_digits():
        found = settled(spec)
    assume(not found.unsettled)
    return found


@contextmanager
def few_digits() -> Iterator[None]:
    """What a few hundred digits do not settle stays unsettled, which saves time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "DIGITS", (50, 100, 200))
        yield


def _bits(value: Fraction | None) -> int:
    """How long a fraction is."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) if value else 0


def derivative_name(drawn: Drawn, by: str, sample: int) -> str:
    """The plain name of the derivative of one sample's error in the first training step.

    Args:
        drawn: the network.
        by: a parameter, an input, ``net_`` or ``out_`` with a unit.
        sample: which one, from 1.
    """
    alone = by in drawn.numbers and len(drawn.batches()[0]) == 1
    return f"dE/d{by}{'' if alone else mark(drawn, sample)}"


def error_name(drawn: Drawn, sample: int) -> str:
    """The plain name of one sample's error in the first training step."""
    return "E" if len(drawn.batches()[0]) == 1 else f"E{mark(drawn, sample)}"


def mark(drawn: Drawn, sample: int) -> str:
    """How names say the sample: not at all where there is only one."""
    return f"[{sample}]" if len(drawn.cases) > 1 else ""


def values_by_name(found: Trace) -> dict[str, Any]:
    """Every value of a trace by its plain name."""
    return {entry.name: entry.value for entry in found}
