"""A derivative at a point: its number, and whether there is a derivative at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Expression, Number
from tracer.notation.numbers import NumberFormat, Shown, shown_value
from tracer.phrase import Phrase, phrase
from tracer.sheet.derivation import Told

DIGITS = "decimal:50"
LONGER = "decimal:100"
ASIDE = Decimal("1e-30")
"""How far beside the point the two sides are looked at."""

CLOSER = Decimal("1e-40")

CLOSE = Fraction(1, 10**12)
"""Both sides agree where they differ by this part of the larger one."""

Pair = tuple[Fraction, Fraction]


class Sides(NamedTuple):
    """The formula's values and slopes, left and right of a point."""

    values: Pair
    slopes: Pair


LONG = Context(prec=100)

PLACES = 25
"""What stands behind so many decimals comes from looking beside the point."""

Values = Mapping[str, Number]


def at_point(told: Told, name: str, values: Values, numbers: NumberFormat) -> Iterator[Phrase]:
    """The derivative's value, exactly where it is a fraction, and what both sides say of it.

    Raises:
        CalculationError: the formula or its derivative has no value there.
    """
    where = ", ".join(f"{name} = {value.text}" for name, value in values.items())
    _shown(told.formula, values, numbers, f"the formula has no value at {where}")
    shown = _shown(told.result, values, numbers, f"the derivative has no value at {where}")
    text = "at {point}: {mark} {relation} {value}"
    sign = "=" if shown.exact else "≈"
    yield phrase(text, point=where, mark=told.mark, relation=sign, value=shown.text)
    far, near = (_sides(told, name, values, aside) for aside in (ASIDE, CLOSER))
    if far is None or near is None:
        yield Phrase("this is an end of where the formula has values: it goes on to one side only")
    elif _differ(far.values, near.values):
        yield Phrase(
            "the formula jumps there: it has no derivative, and the number is a convention's"
        )
    elif _differ(far.slopes, near.slopes):
        left, right = (_side(slope, numbers) for slope in near.slopes)
        yield phrase(
            "a kink: the slope is {left} on the left and {right} on the right; there is no "
            "derivative, and the number is a convention's",
            left=left,
            right=right,
        )


def _side(slope: Fraction, numbers: NumberFormat) -> str:
    near = round(slope, PLACES)
    return numbers.shown(LONG.divide(Decimal(near.numerator), Decimal(near.denominator))).text


def _differ(far: Pair, near: Pair) -> bool:
    """Whether left and right stay apart, however near the point is looked at."""
    wide, narrow = (abs(one - other) for one, other in (far, near))
    return narrow > CLOSE * max(map(abs, near)) and narrow > wide / 1000


def _sides(told: Told, name: str, values: Values, aside: Decimal) -> Sides | None:
    """What formula and derivative are on both sides; None where they have no value on one."""
    left, right = (_beside(told, name, values, shift) for shift in (-aside, aside))
    if left is None or right is None:
        return None
    return Sides((left[0], right[0]), (left[1], right[1]))


def _beside(
    told: Told, name: str, values: Values, aside: Decimal
) -> tuple[Fraction, Fraction] | None:
    """The formula's value and slope a little beside the point; None where it has none."""
    how = arithmetic(LONGER)
    try:
        value, slope = (
            how.fraction(_number(expression, values, how, {name: aside}))
            for expression in (told.formula, told.result)
        )
    except FAILURES:
        return None
    return None if value is None or slope is None else (value, slope)


def _shown(found: Expression, values: Values, numbers: NumberFormat, wrong: str) -> Shown:
    try:
        exact = arithmetic("exact")
        return shown_value(_number(found, values, exact), exact, numbers)
    except FAILURES:
        pass
    try:
        decimals = arithmetic(DIGITS)
        shown = shown_value(_number(found, values, decimals), decimals, numbers)
    except FAILURES:
        raise CalculationError(wrong) from None
    return shown._replace(exact=False)


def _number(
    found: Expression,
    values: Values,
    how: Arithmetic,
    shifts: Mapping[str, Decimal] | None = None,
) -> Any:
    """A value in an arithmetic, at the point or beside it."""
    with how.scope():
        function = compiled(found, tuple(values), how)
        at = {name: how.literal(value) for name, value in values.items()}
        for name, shift in (shifts or {}).items():
            at[name] += shift
        return how.finish(function(*at.values()))
