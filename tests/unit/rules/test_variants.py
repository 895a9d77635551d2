"""Other rules than the textbook's: what each changes, and what that does to a trace."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from tests.unit.making import BY_HEAD, spec, traced
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import symbols
from tracer.maths.parse import parse
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.quantity import Kind
from tracer.rules.variants import NEGATIVE_GRADIENT, VARIANTS, Variant, conventional

ALL = (NEGATIVE_GRADIENT, *VARIANTS.values())


def under(variant: str) -> Trace:
    """The network for the head, traced by a variant's rules."""
    return trace(spec(BY_HEAD), arithmetic("exact"), VARIANTS[variant].of(TEXTBOOK))


@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_a_variant_changes_rows_that_there_are(variant: Variant) -> None:
    """A variant changes rows of the table, each to another row of the same type."""
    rows = {field.name: getattr(TEXTBOOK, field.name) for field in fields(TEXTBOOK)}
    for name, changed in variant.changes.items():
        assert isinstance(changed, Kind if isinstance(rows[name], Kind) else Rule)
        assert changed != rows[name]
        if isinstance(changed, Rule):
            assert changed.why
            assert symbols(parse(changed.formula))


@pytest.mark.parametrize("variant", ALL, ids=lambda variant: variant.name)
def test_a_variant_leaves_the_other_rows_alone(variant: Variant) -> None:
    """What a variant does not name stays the textbook's."""
    changed = variant.of(TEXTBOOK)
    differing = {
        field.name
        for field in fields(TEXTBOOK)
        if getattr(changed, field.name) != getattr(TEXTBOOK, field.name)
    }
    assert differing == set(variant.changes)


def test_names_are_those_of_the_rows() -> None:
    """The table finds each variant by its own name."""
    assert all(name == variant.name for name, variant in VARIANTS.items())


def test_error_passed_on() -> None:
    """Hidden units get the sum of the raw errors 6 and -2, whatever the weights and slopes."""
    found = under("error_passed_on")
    assert found["dE/dout_h1"].value == found["dE/dout_h2"].value == 6 - 2
    assert found["delta_h1"].value == 4 * 2 * 6
    right = traced(BY_HEAD)
    assert found["dE/dw5"].value == right["dE/dw5"].value
    assert found["dE/dx1"].value == 48 * 1 + 16 * 3


def test_the_sign_of_delta_is_a_convention() -> None:
    """Without the convention the rules are the textbook's; with it, a variant of them."""
    assert conventional(False) is TEXTBOOK
    assert conventional(True) == NEGATIVE_GRADIENT.of(TEXTBOOK)


def test_minus_the_gradient() -> None:
    """Signals and deltas have the other sign and other names; derivatives and weights stay."""
    right, other = traced(BY_HEAD), traced(BY_HEAD, delta="negative_gradient")
    for unit in ("h1", "h2", "o1", "o2"):
        assert other[f"error_{unit}"].value == -right[f"dE/dout_{unit}"].value
        assert other[f"delta_{unit}"].value == -right[f"delta_{unit}"].value
        assert f"dE/dnet_{unit}" not in other
        assert f"dE/dout_{unit}" not in other
    assert other["error_h1:o2"].value == -right["dE/dout_h1:o2"].value
    for entry in right:
        if entry.name in other and not entry.name.startswith("delta"):
            assert other[entry.name].value == entry.value


@pytest.mark.parametrize("layer", ["bias: [1, 1]", "threshold: [-1, -1]", "bias: 1"])
def test_every_kind_of_parameter_keeps_its_derivative(layer: str) -> None:
    """Weights, biases, shared biases and thresholds move as they do under the textbook's sign."""
    text = BY_HEAD.replace("bias: [1, 1]", layer)
    right, other = traced(text), traced(text, delta="negative_gradient")
    moved = [entry.name for entry in right if entry.name.endswith("+")]
    assert len(moved) >= 10
    for name in moved:
        assert other[name].value == right[name].value
