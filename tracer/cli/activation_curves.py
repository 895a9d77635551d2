"""What a picture of an activation shows: its lines, and what holds at each kink."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import isfinite, nan

from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.plain import plain
from tracer.proof.numeric import number
from tracer.proof.reals import Real
from tracer.proof.smooth import Piece, pieces, value_at_kink
from tracer.render.pictures.activations import Curve, Joint, Kink
from tracer.rules.activations import Activation

FLOAT = arithmetic("float")


def curve(activation: Activation) -> Curve:
    """An activation's lines and kinks.

    Raises:
        CalculationError: where it changes its formula is not known.
    """
    value, slope = _value(activation), _slope(activation)
    texts = {key: plain(setting) for key, setting in activation.parameters}
    return Curve(
        _title(activation),
        activation.convention.format(**texts) if activation.convention else "",
        value,
        slope,
        tuple(_kinks(activation)),
    )


def _title(activation: Activation) -> str:
    told = ", ".join(
        f"{key} = {plain(setting)}"
        for key, setting in activation.parameters
        if not key.startswith("at_")
    )
    return f"{activation.name} ({told})" if told else activation.name


def _value(activation: Activation) -> Callable[[float], float]:
    """Its value as a function of floats; not a number where it has none."""
    function = compiled(activation.stable, ("net",), FLOAT)
    return lambda net: _tried(function, net)


def _slope(activation: Activation) -> Callable[[float], float]:
    function, value = compiled(activation.slope, ("net", "out"), FLOAT), _value(activation)
    return lambda net: _tried(function, net, value(net))


def _tried(function: Callable[..., float], *numbers: float) -> float:
    try:
        with FLOAT.scope():
            found = float(function(*numbers))
    except (*FAILURES, CalculationError):
        return nan
    return found if isfinite(found) else nan


def _kinks(activation: Activation) -> Iterator[Kink]:
    """Where the value or the slope breaks, or is not what both sides come to."""
    for before, after in pairwise(pieces(activation.value, None, None)):
        assert before.end is not None, "only the last piece has no end"
        found = _kink(activation, before, after, before.end)
        if not (found.value.is_smooth and found.slope.is_smooth):
            yield found


def _kink(activation: Activation, before: Piece, after: Piece, at: Fraction) -> Kink:
    here = float(value_at_kink(activation.value, at))
    values = Joint(_float(before.limits[1]), here, _float(after.limits[0]))
    slopes = Joint(_float(before.slopes[1]), _slope_at(activation, at), _float(after.slopes[0]))
    return Kink(float(at), values, slopes)


def _slope_at(activation: Activation, at: Fraction) -> float:
    """The slope that is agreed on at a kink; not a number where there is none."""
    place = {"net": Real(at)}
    try:
        out = number(activation.value, place)
        found = number(activation.slope, {**place, "out": out})
    except (CalculationError, ArithmeticError, ValueError):
        return nan
    return float(found.rounded if found.exact is None else found.exact)


def _float(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except TypeError:
        return nan
