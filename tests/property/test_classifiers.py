"""Classifiers against witnesses that know nothing of short forms, Jacobians or conventions."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.agreement import (
    agrees_in_floats,
    agrees_with_differences,
    agrees_with_duals,
    of_each_sample,
)
from tests.support.classifiers import classifiers, rankers
from tests.support.networks import Drawn
from tests.support.tracing import traced
from tests.support.witness import by_autograd
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
    agrees_in_floats(drawn, random, told=is_told)


@FEW
@given(classifiers(), RANDOM)
def test_derivatives_are_those_of_differences(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every derivative is the limit of differences, to 25 digits."""
    agrees_with_differences(drawn, random, is_told)


@given(rankers(), RANDOM)
def test_margins_are_exact(drawn: Drawn, random: Random) -> None:
    """Under the hinge of several classes, every value and derivative is that of dual numbers."""
    agrees_with_duals(drawn, random)


@FEW
@given(classifiers(), RANDOM)
def test_a_saved_classifier_is_the_same(drawn: Drawn, random: Random) -> None:
    """A trace of a classifier is saved and read back equal."""
    of_each_sample(drawn, by_autograd)
    found = traced(drawn, random, "float")
    assert from_json("\n".join(lines_of(found, Wanted(), "a.json"))) == found
