"""Published values beside ours: what a book prints, what is right, and what its author did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from tracer.derive.trace import Trace, trace
from tracer.errors import TracerError, UnknownQuantityError, misnamed
from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.expression import Number
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.rules.backprop import Backprop
from tracer.rules.variants import VARIANTS, conventional
from tracer.spec.changes import with_training
from tracer.spec.network import GivenValue, Network, Published, Spec

LONG_RUN = 200
"""From so many steps on, a comparison computes in floats: their error stays below any print."""

QUANTITY, ARITHMETIC, RULE, AS_PRINTED, STEPS = (
    "quantity",
    "arithmetic",
    "rule",
    "as_printed",
    "steps",
)

Settings = Mapping[str, str]


class Comparison(Struct, frozen=True):
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

    @property
    def name(self) -> str:
        """Our name for what is published, with the factor between the two."""
        times, quantity = self.published.times, self.published.quantity
        if times.value == 1:
            return quantity
        return f"-{quantity}" if times.value == -1 else f"{times.text}*{quantity}"


class Comparer:
    """Compares a spec's published values; traces are shared between them."""

    def __init__(self, spec: Spec, numbers: Arithmetic) -> None:
        self.spec = spec
        self.numbers = numbers
        self._traces: dict[tuple[tuple[str, str], ...], dict[int, Trace]] = {}

    def comparisons(self) -> Iterator[Comparison]:
        """Every published value of the spec, in its order."""
        for published in self.spec.about.published:
            try:
                yield self._comparison(published)
            except UnknownQuantityError as error:
                raise misnamed("published", [(published.place, str(error))]) from None

    def _comparison(self, published: Published) -> Comparison:
        right = self._value(published.quantity, published.times, {})
        settings = dict(published.under)
        name = settings.pop(QUANTITY, published.quantity)
        made = self._value(name, published.times, settings) if published.under else right
        return Comparison(
            published,
            _shown(right, published.value),
            agrees(right, published.value),
            bool(published.under) and agrees(made, published.value),
        )

    def _value(self, name: str, times: Number, settings: Settings) -> Fraction:
        """What is published under a name, under other settings than the spec's."""
        step = name.rpartition("@")[2]
        asked = self.numbers.name
        if step.isdigit() and int(step) > 1:
            settings = {**settings, STEPS: step}
            asked = "float" if int(step) > LONG_RUN else asked
        numbers = arithmetic(settings.get(ARITHMETIC, asked))
        found = self._trace(settings, numbers)[name].value
        value = None if found is None else numbers.fraction(found)
        if value is None:
            raise TracerError(f"published: '{name}' has no value to compare with")
        return value if times.value == 1 else _multiplied(value, times, numbers)

    def _trace(self, settings: Settings, numbers: Arithmetic) -> Trace:
        """The trace under some settings; one with more steps has all that is asked of fewer."""
        rest = {name: text for name, text in settings.items() if name != STEPS}
        key = (*sorted(rest.items()), (ARITHMETIC, numbers.name))
        steps = int(settings.get(STEPS, 0))
        known = self._traces.get(key, {})
        longer = [found for made, found in known.items() if steps and made >= steps]
        if steps in known or longer:
            return known.get(steps) or longer[0]
        spec = self._under(settings)
        found = trace(spec, numbers, _rules(spec, settings.get(RULE)))
        self._traces[key] = {steps: found} | known
        return found

    def _under(self, settings: Settings) -> Spec:
        """The spec with other training settings, starting from printed values."""
        kept = {k: text for k, text in settings.items() if k not in (ARITHMETIC, RULE, AS_PRINTED)}
        spec = with_training(self.spec, kept)
        names = [name.strip() for name in settings.get(AS_PRINTED, "").split(",") if name.strip()]
        return replace(spec, given=(*spec.given, *map(self._printed, names)))

    def _printed(self, name: str) -> GivenValue:
        """A published value as one that is given, in our measure of it."""
        for published in self.spec.about.published:
            if published.quantity == name:
                value = published.value.value / published.times.value
                return GivenValue(name, Number(value, str(value)))
        raise TracerError(f"published: as_printed: no value is published for '{name}'")


def _rules(spec: Spec, variant: str | None) -> Backprop | None:
    """The spec's own rules, with the rows changed that a variant changes."""
    if variant is None:
        return None
    if not isinstance(spec, Network):
        raise TracerError(f"published: rule: an expression has no rule '{variant}'")
    return VARIANTS[variant].of(conventional(spec.training.negative_delta))


def _multiplied(value: Fraction, times: Number, numbers: Arithmetic) -> Fraction:
    """A multiple, which in arithmetic by hand is a step of its own."""
    product = value * times.value
    with numbers.scope():
        rounded = numbers.finish(numbers.literal(Number(product, str(product))))
    exact = numbers.fraction(rounded)
    return product if exact is None else exact


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
    decimals = arithmetic("decimal")
    with decimals.scope():
        value = decimals.literal(Number(right, str(right)))
    return shown_value(value, decimals, asked).text
