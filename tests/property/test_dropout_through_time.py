"""Dropout in random recurrent networks, against a loop over the time steps with masks in it."""

from __future__ import annotations

from fractions import Fraction

from autograd import grad
from hypothesis import given, settings

from tests.property.test_recurrence import FLOATS, FRACTIONS, traced, updated
from tests.property.test_stretches import check as check_stretches
from tests.support.fractions_that_follow import Followed, derivatives
from tests.support.recurrence import RATIONAL, Drawn, dropping
from tests.support.tracing import few_digits
from tests.unit.proof.judging import proof_of, refuted
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.spec import Network, read_text


def float_of(text: str) -> float:
    """A number as people write it, or a fraction."""
    return float(Fraction(text))


def network(drawn: Drawn) -> Network:
    """What the reader makes of it."""
    found = read_text(drawn.text())
    assert isinstance(found, Network)
    return found


@settings(max_examples=40, deadline=None)
@given(dropping())
def test_derivatives_are_autograds(drawn: Drawn) -> None:
    """In floats, E, every dE/dw, dE/dx_t and dE/dh_t0 are those of the loop, cut or not."""
    values = drawn.values(float_of)
    slopes = grad(lambda at: drawn.error(at, float_of, FLOATS))(values)
    found = traced(drawn, "float")
    scale = 1e-9 * (1 + max(abs(slope) for slope in slopes.values()))
    assert abs(found["E"].value - drawn.error(values, float_of, FLOATS)) <= scale
    for name, slope in slopes.items():
        assert abs(found[f"dE/d{name}"].value - slope) <= scale, name
    assert all(abs(by) <= scale for by in updated(drawn, found, slopes, 0.1).values())


@settings(max_examples=40, deadline=None)
@given(dropping(RATIONAL))
def test_derivatives_are_exact(drawn: Drawn) -> None:
    """With rational activations, every number is that of fractions that follow themselves."""
    values = {name: Followed(value) for name, value in drawn.values(Fraction).items()}
    error = drawn.error(values, lambda text: Followed(Fraction(text)), FRACTIONS)
    slopes = derivatives(error, values)
    found = traced(drawn, "exact")
    assert found["E"].value == error.value
    assert {name: found[f"dE/d{name}"].value for name in slopes} == slopes


@settings(max_examples=20, deadline=None)
@given(dropping())
def test_saved_and_in_stretches(drawn: Drawn) -> None:
    """JSON brings back the same trace, and stretches say what places say."""
    found = traced(drawn, "float")
    assert from_json("\n".join(to_json(found, NumberFormat()))) == found
    check_stretches(network(drawn))


@settings(max_examples=8, deadline=None)
@given(dropping())
def test_no_right_number_is_refuted(drawn: Drawn) -> None:
    """The witnesses disagree with nothing."""
    with few_digits():
        assert not refuted(proof_of(network(drawn)))
