"""Formulas whose own pieces have the slope that was agreed on at each kink."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.maths.parse import parse
from tracer.proof import numeric
from tracer.proof.dual import slope
from tracer.proof.network.kinks import KINKS, with_agreed_slopes
from tracer.proof.reals import Real, are_alike
from tracer.rules.activations import TABLE, activation

POINTS = [Fraction(n, 4) for n in range(-9, 10)]
SLOPES = ("0", "1", "-2/5")
CASES = [(name, setting) for name in KINKS for setting in SLOPES]


@pytest.mark.parametrize(("name", "setting"), CASES)
def test_kinks_have_the_agreed_slope(name: str, setting: str) -> None:
    """Whatever slope is set, dual numbers find it at the kink, and the row's own one elsewhere."""
    key, points = KINKS[name]
    row = activation(name, ((key, parse(setting)),))
    formula = with_agreed_slopes(row)
    for x in POINTS:
        at = {"net": Real(x)}
        out = numeric.number(row.value, at)
        assert are_alike(numeric.number(formula, at), out)
        told = numeric.number(row.slope, {**at, "out": out})
        assert are_alike(slope(formula, "net", at), told)
        if x in points:
            assert slope(formula, "net", at).exact == Fraction(setting)


def test_defaults_need_no_rewriting() -> None:
    """With the usual conventions the formulas of the table say the slopes themselves."""
    assert all(
        with_agreed_slopes(activation(row.name)) == activation(row.name).value for row in TABLE
    )


def test_every_slope_at_a_kink_is_known() -> None:
    """Each row with a setting for its kink is in the witnesses' own table, or is a jump."""
    settings = {
        row.name: [key for key, _ in row.parameters if key.startswith("at_")] for row in TABLE
    }
    kinked = {name for name, keys in settings.items() if keys}
    assert kinked == {*KINKS, "step", "sign"}
    assert all([key] == settings[name] for name, (key, _) in KINKS.items())
