"""Independent witnesses of a network's values and derivatives.

The error is computed from the drawn network, never from what the program read or built. Beside
each parameter and input stands a bump for each unit's net and out, added where it is made, so that
one function has all derivatives that a trace tells.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import autograd
import autograd.numpy as anp
import mpmath
from msgspec import Struct

from tests.support.mathematics import DIGITS, EXACT, FLOATS, PRECISE, Dual, Maths, Number
from tests.support.networks import THRESHOLD, Drawn, Joint, Unit, value
from tests.support.reading import evaluated

STEP = Fraction(1, 10**20)
ONE, ZERO = Fraction(1), Fraction(0)

Numbers = Mapping[str, Number]
"""Everything by its plain name: ``w1``, ``x1``, and the bumps ``net_h1`` and ``out_h1``."""


class Pass(Struct, frozen=True):
    """One sample's forward pass: every net, out and error by its plain name."""

    values: dict[str, Number]

    @property
    def error(self) -> Number:
        """The sample's error."""
        return self.values["E"]


def forward(drawn: Drawn, sample: int, numbers: Numbers, maths: Maths) -> Pass:
    """One sample's forward pass.

    Args:
        drawn: the network.
        sample: which one, from 1.
        numbers: parameters, inputs and bumps; a bump that is missing is none.
        maths: their number system.
    """
    outs = {name: numbers[name] for name in drawn.inputs}
    values: dict[str, Number] = {}
    for group in drawn.groups:
        for unit in group.units:
            net = _net(unit, group.kind, outs, numbers, maths)
            values[f"net_{unit.name}"] = _bumped(net, f"net_{unit.name}", numbers)
        nets = [values[f"net_{unit.name}"] for unit in group.units]
        for k, unit in enumerate(group.units):
            if group.joint:
                out = _share(group.joint, nets, k, maths)
            else:
                out = evaluated(unit.curve.meaning, {"x": nets[k]}, maths)
            out = values[f"out_{unit.name}"] = _bumped(out, f"out_{unit.name}", numbers)
            outs[unit.name] = out
    _errors(drawn, sample, values, maths)
    return Pass(values)


def _net(
    unit: Unit, kind: str, outs: Mapping[str, Number], numbers: Numbers, maths: Maths
) -> Number:
    net = maths.constant(ZERO)
    for edge in unit.edges:
        net = net + numbers[edge.parameter] * outs[edge.source]
    if unit.offset is not None:
        offset = numbers[unit.offset]
        net = net - offset if kind == THRESHOLD else net + offset
    return maths.bounded(net)


def _share(joint: Joint, nets: Sequence[Number], k: int, maths: Maths) -> Number:
    """The share of a unit in its layer, or the logarithm of the share."""
    total = maths.constant(ZERO)
    for net in nets:
        names = {"x": net, "y": nets[k], "t": maths.constant(value(joint.temperature))}
        total = total + evaluated("exp((x - y)/t)", names, maths)
    return evaluated("-ln(x)" if joint.logarithm else "1/x", {"x": total}, maths)


def _bumped(number: Number, name: str, numbers: Numbers) -> Number:
    return number + numbers[name] if name in numbers else number


def _errors(drawn: Drawn, sample: int, values: dict[str, Number], maths: Maths) -> None:
    targets = drawn.cases[sample - 1].targets
    count = maths.constant(Fraction(len(drawn.outputs)))
    total = maths.constant(ZERO)
    right = _right(drawn, targets)
    for unit, target in zip(drawn.outputs, targets, strict=True):
        names = {
            "out": values[f"out_{unit.name}"],
            "target": maths.constant(value(target)),
            "n": count,
        }
        if right is not None:
            names["right"] = values[f"out_{right.name}"]
        meaning = "n - n" if unit is right else drawn.loss.meaning
        error = evaluated(meaning, names, maths)
        values[f"E_{unit.name}"] = error
        total = total + error
    values["E"] = maths.bounded(total)


def _right(drawn: Drawn, targets: Sequence[str]) -> Unit | None:
    """The output of the right class, under a loss that compares the others with it."""
    if "right" not in drawn.loss.meaning:
        return None
    return drawn.outputs[[value(target) for target in targets].index(ONE)]


def places(drawn: Drawn, sample: int) -> dict[str, Fraction]:
    """Everything by which an error is derived, with where it stands."""
    case = drawn.cases[sample - 1]
    found = {name: value(text) for name, text in drawn.numbers.items()}
    found |= {name: value(text) for name, text in zip(drawn.inputs, case.inputs, strict=True)}
    for unit in drawn.units:
        found |= {f"net_{unit.name}": ZERO, f"out_{unit.name}": ZERO}
    return found


@contextlib.contextmanager
def silently() -> Iterator[None]:
    """Without autograd's warning that something does not depend on anything."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Output seems independent of input")
        yield


def by_autograd(drawn: Drawn, sample: int) -> dict[str, float]:
    """Every derivative of a sample's error, by reverse-mode differentiation in floats."""
    start = places(drawn, sample)
    names = list(start)

    def error(vector: Sequence[Number]) -> Number:
        numbers = {name: vector[k] for k, name in enumerate(names)}
        return forward(drawn, sample, numbers, FLOATS).error

    vector = anp.array([float(number) for number in start.values()])
    with silently():
        slopes = autograd.grad(error)(vector)
    return dict(zip(names, map(float, slopes), strict=True))


def by_differences(drawn: Drawn, sample: int, names: Iterable[str] = ()) -> dict[str, Number]:
    """Derivatives of a sample's error by central differences with 60 digits.

    Args:
        drawn: the network.
        sample: which one, from 1.
        names: by what; by everything if nothing is named.
    """
    start = places(drawn, sample)
    with mpmath.workdps(DIGITS):
        numbers = {name: PRECISE.constant(number) for name, number in start.items()}
        step = PRECISE.constant(STEP)
        found = {}
        for name in names or start:
            ends = [
                forward(drawn, sample, {**numbers, name: numbers[name] + shift}, PRECISE).error
                for shift in (step, -step)
            ]
            found[name] = (ends[0] - ends[1]) / (2 * step)
    return found


def by_duals(drawn: Drawn, sample: int) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """A sample's values, and every derivative of its error, as exact fractions."""
    start = places(drawn, sample)
    numbers = {name: Dual(number, {name: ONE}) for name, number in start.items()}
    made = forward(drawn, sample, numbers, EXACT)
    values = {name: dual.value for name, dual in made.values.items()}
    return values, {name: made.error.slopes.get(name, ZERO) for name in start}


def in_digits(drawn: Drawn, sample: int) -> dict[str, Number]:
    """A sample's values with 60 digits."""
    with mpmath.workdps(DIGITS):
        numbers = {name: PRECISE.constant(at) for name, at in places(drawn, sample).items()}
        return forward(drawn, sample, numbers, PRECISE).values
