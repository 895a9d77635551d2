"""Published values beside ours: what a book prints, what is right, and what its author did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from tracer.derive.trace import Trace, trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.expression import Number
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.spec.changes import with_training
from tracer.spec.network import Published, Spec

LONG_RUN = 200
"""From so many steps on, a comparison computes in floats: their error stays below any print."""

QUANTITY, ARITHMETIC = "quantity", "arithmetic"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published value beside ours.

    Attributes:
        published: what the spec says of it.
        right: our value, with two digits more than were printed.
        agrees: whether the published value is ours, rounded half up or half even.
        explained: whether the settings under which it was made do give the published value.
    """

    published: Published
    right: str
    agrees: bool
    explained: bool


class Comparer:
    """Compares a spec's published values; traces are shared between them."""

    def __init__(self, spec: Spec, numbers: Arithmetic) -> None:
        self.spec = spec
        self.numbers = numbers
        self._traces: dict[tuple[tuple[str, str], ...], Trace] = {}

    def comparisons(self) -> Iterator[Comparison]:
        """Every published value of the spec, in its order."""
        for published in self.spec.about.published:
            right = self._value(published.quantity, ())
            settings = dict(published.under)
            name = settings.pop(QUANTITY, published.quantity)
            made = self._value(name, tuple(settings.items())) if published.under else right
            yield Comparison(
                published,
                _shown(right, published.value),
                agrees(right, published.value),
                bool(published.under) and agrees(made, published.value),
            )

    def _value(self, name: str, settings: tuple[tuple[str, str], ...]) -> Fraction:
        step = name.rpartition("@")[2]
        if step.isdigit() and int(step) > 1:
            settings = (*settings, ("steps", step))
        numbers = arithmetic("float") if step.isdigit() and int(step) > LONG_RUN else self.numbers
        numbers = arithmetic(dict(settings).get(ARITHMETIC, numbers.name))
        found = self._trace(settings, numbers)[name].value
        value = None if found is None else numbers.fraction(found)
        if value is None:
            raise TracerError(f"published: '{name}' has no value to compare with")
        return value

    def _trace(self, settings: tuple[tuple[str, str], ...], numbers: Arithmetic) -> Trace:
        key = (*settings, (ARITHMETIC, numbers.name))
        if key not in self._traces:
            changes = {name: text for name, text in settings if name != ARITHMETIC}
            self._traces[key] = trace(with_training(self.spec, changes), numbers)
        return self._traces[key]


def agrees(right: Fraction, published: Number) -> bool:
    """Whether a value, rounded to the published digits, is the published one."""
    return abs(right - published.value) <= half_unit(published.text)


@cache
def half_unit(text: str) -> Fraction:
    """Half a unit in the last place that a number is written to; 0 for a fraction."""
    try:
        exponent = Decimal(text).as_tuple().exponent
    except ArithmeticError:
        return Fraction(0)
    return Fraction(10) ** int(exponent) / 2


def _shown(right: Fraction, published: Number) -> str:
    """Our value with two digits more than were printed."""
    last = half_unit(published.text)
    exponent = int(Decimal(published.text).as_tuple().exponent) if last else -9
    asked = NumberFormat(decimals=max(2 - exponent, 2))
    return shown_value(right, arithmetic("exact"), asked).text
