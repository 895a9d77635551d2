"""A drawn network's trace held against a witness, quantity by quantity, in the first step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, TypeVar

import mpmath

from tests.support.mathematics import DIGITS, suitable
from tests.support.networks import Drawn
from tests.support.tracing import derivative_name, error_name, mark, traced
from tests.support.witness import by_autograd, by_differences, by_duals
from tracer.derive.trace import Trace

Told = Callable[[Trace, str, str], bool]
Witness = TypeVar("Witness")


def everything(found: Trace, name: str, by: str) -> bool:  # noqa: ARG001
    """Every derivative that a witness finds has to stand in the trace."""
    return True


def of_each_sample(drawn: Drawn, witness: Callable[[Drawn, int], Witness]) -> dict[int, Witness]:
    """A witness's word on each sample of the first step; unsuitable networks are left out."""
    with suitable():
        return {sample: witness(drawn, sample) for sample in drawn.batches()[0]}


def value_name(drawn: Drawn, key: str, sample: int) -> str:
    """The plain name of what a witness calls ``net_h1``, ``out_h1`` or ``E``."""
    return error_name(drawn, sample) if key == "E" else key + mark(drawn, sample)


def agrees_in_floats(
    drawn: Drawn,
    random: Random,
    witness_of: Callable[[Drawn, int], Mapping[str, float]] = by_autograd,
    told: Told = everything,
) -> None:
    """In floats, every derivative is that of a witness, relative to the largest."""
    witness = of_each_sample(drawn, witness_of)
    found = traced(drawn, random, "float")
    for sample, slopes in witness.items():
        scale = 1 + max(map(abs, slopes.values()))
        for name, slope in _derivatives(found, drawn, slopes, sample, told):
            assert abs(found[name].value - slope) <= 1e-9 * scale, name


def agrees_with_differences(drawn: Drawn, random: Random, told: Told = everything) -> None:
    """With 50 digits, every derivative is the limit of differences, to 25 digits."""
    witness = of_each_sample(drawn, by_differences)
    found = traced(drawn, random, "decimal:50")
    for sample, slopes in witness.items():
        are_close(dict(_derivatives(found, drawn, slopes, sample, told)), found, 1e-25, slopes)


def agrees_with_duals(drawn: Drawn, random: Random) -> None:
    """In fractions, every value and every derivative is equal to that of dual numbers."""
    witness = of_each_sample(drawn, by_duals)
    found = traced(drawn, random, "exact")
    for sample, (values, slopes) in witness.items():
        for key, value in values.items():
            name = value_name(drawn, key, sample)
            assert found[name].value == value, name
        for name, slope in _derivatives(found, drawn, slopes, sample, everything):
            assert found[name].value == slope, name


def are_close(
    expected: Mapping[str, Any], found: Trace, share: float, among: Mapping[str, Any]
) -> None:
    """Values by plain name stand in a trace, to a share of the largest `among` some."""
    scale = 1 + max(map(abs, among.values()))
    for name, value in expected.items():
        with mpmath.workdps(DIGITS):
            assert abs(mpmath.mpf(str(found[name].value)) - value) <= share * scale, name


def _derivatives(
    found: Trace, drawn: Drawn, slopes: Mapping[str, Any], sample: int, told: Told
) -> list[tuple[str, Any]]:
    """Each derivative that is to be compared: its plain name, and what the witness found."""
    named = [(derivative_name(drawn, by, sample), by) for by in slopes]
    return [(name, slopes[by]) for name, by in named if told(found, name, by)]
