"""Classifiers against witnesses that know nothing of short forms, Jacobians or conventions."""

from __future__ import annotations

from random import Random

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.classifiers import classifiers, rankers
from tests.support.mathematics import DIGITS, suitable
from tests.support.networks import Drawn
from tests.support.tracing import derivative_name, error_name, mark, traced
from tests.support.witness import by_autograd, by_differences, by_duals
from tracer.derive.trace import Trace
from tracer.render.formats import lines_of
from tracer.render.json import from_json
from tracer.sheet.page import Wanted

RANDOM = st.randoms(use_true_random=False)
FEW = settings(max_examples=30)


def is_told(found: Trace, name: str, by: str) -> bool:
    """Whether a derivative stands in the trace; that by an output does not in the short form."""
    return not by.startswith("out_") or name in found


@FEW
@given(classifiers(), RANDOM)
def test_derivatives_are_those_of_autograd(drawn: Drawn, random: Random) -> None:
    """In floats, every derivative under a loss of logarithms is that of autograd."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_autograd(drawn, sample) for sample in batch}
    found = traced(drawn, random, "float")
    for sample, slopes in witness.items():
        scale = 1 + max(map(abs, slopes.values()))
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            if is_told(found, name, by):
                assert abs(found[name].value - slope) <= 1e-9 * scale, name


@FEW
@given(classifiers(), RANDOM)
def test_derivatives_are_those_of_differences(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every derivative is the limit of differences, to 25 digits."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_differences(drawn, sample) for sample in batch}
    found = traced(drawn, random, "decimal:50")
    for sample, slopes in witness.items():
        scale = 1 + max(map(abs, slopes.values()))
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            if is_told(found, name, by):
                with mpmath.workdps(DIGITS):
                    assert abs(mpmath.mpf(str(found[name].value)) - slope) <= 1e-25 * scale, name


@given(rankers(), RANDOM)
def test_margins_are_exact(drawn: Drawn, random: Random) -> None:
    """Under the hinge of several classes, every value and derivative is that of dual numbers."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_duals(drawn, sample) for sample in batch}
    found = traced(drawn, random, "exact")
    for sample, (values, slopes) in witness.items():
        for key, value in values.items():
            name = error_name(drawn, sample) if key == "E" else key + mark(drawn, sample)
            assert found[name].value == value, name
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            assert found[name].value == slope, name


@FEW
@given(classifiers(), RANDOM)
def test_a_saved_classifier_is_the_same(drawn: Drawn, random: Random) -> None:
    """A trace of a classifier is saved and read back equal."""
    with suitable():
        for sample in drawn.batches()[0]:
            by_autograd(drawn, sample)
    found = traced(drawn, random, "float")
    assert from_json("\n".join(lines_of(found, Wanted(), "a.json"))) == found
