"""Numerical gradient checking as tables: errors of differences against the step, and all slopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from tracer.derive.differences import Difference, Moving, Slope, slopes
from tracer.derive.trace import Trace
from tracer.errors import TracerError, UnknownQuantityError, suggestion
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Number, Symbol
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.rules.differences import CENTRAL, FORWARD, RULES
from tracer.rules.quantity import typed
from tracer.sheet.conventions import conventions
from tracer.sheet.listing import Cell, Listing
from tracer.sheet.page import Lead, Section
from tracer.sheet.telling import shown_entry
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network

SMALLEST = 16
STEPS = tuple(Number(Fraction(1, 10**power), f"1e-{power}") for power in range(1, SMALLEST + 1))
"""1e-1, 1e-2, ..., 1e-16."""

MANY_DIGITS = Context(prec=60, Emax=10**9, Emin=-(10**9))
TWO_DIGITS = Context(prec=2, Emax=10**9, Emin=-(10**9))

AT_A_KINK = (
    "the calculation stands at a kink, where the derivative is a convention: differences "
    "need not agree with it"
)
IN_PLACE = (
    "the update is in place: below the last layer its derivatives are taken at weights that "
    "have changed already, and are not the gradient"
)


class Point(NamedTuple):
    """A difference quotient at one step, and how far it is off.

    Attributes:
        step: the step.
        difference: the quotient.
        error: its distance from the derivative; None where it has no value.
    """

    step: Number
    difference: Difference
    error: Fraction | None


class Curve(NamedTuple):
    """A difference quotient at many steps.

    Attributes:
        rule: the quotient's name.
        arithmetic: in which it was calculated.
        points: from the largest step to the smallest.
    """

    rule: str
    arithmetic: Arithmetic
    points: tuple[Point, ...]

    @property
    def best(self) -> Point | None:
        """The point with the smallest error, of several the first one."""
        known = [point for point in self.points if point.error is not None]
        return min(known, key=lambda point: point.error or Fraction(0), default=None)


def slope_of(trace: Trace, name: str) -> Slope:
    """The derivative of a name that differences can check; a given number's name stands for it.

    Raises:
        UnknownQuantityError: there is none of that name.
    """
    found = {slope.entry.name: slope for slope in slopes(trace)}
    listed = trace.names(trace.segments[0].program).listed
    asked = typed(name, trace.several_samples)
    for slope in found.values():
        if asked in (slope.entry.name, slope.entry.name.removesuffix("@1"), listed[slope.by]):
            return slope
    hint = suggestion(asked, found) or f"; there are {', '.join(list(found)[:8])}"
    raise UnknownQuantityError(
        f"'{name}' is no derivative by a given number, which differences could check{hint}"
    )


def curves(trace: Trace, true: Trace, slope: Slope) -> tuple[Curve, ...]:
    """Both difference quotients of a derivative at every step.

    Args:
        trace: in whose arithmetic they are calculated.
        true: has the derivative that they are compared with.
        slope: the derivative.
    """
    moving = Moving(trace, 2 * len(RULES) * len(STEPS))
    exact = _fraction(true, slope)
    return tuple(
        Curve(
            rule.name,
            trace.arithmetic,
            tuple(
                _point(trace, moving.difference(rule, slope, step), step, exact) for step in STEPS
            ),
        )
        for rule in RULES
    )


def _point(trace: Trace, found: Difference, step: Number, exact: Fraction) -> Point:
    value = None if found.value is None else trace.arithmetic.fraction(found.value)
    return Point(step, found, None if value is None else abs(value - exact))


def _fraction(trace: Trace, slope: Slope) -> Fraction:
    value = trace.segments[0].values[slope.entry.address]
    found = trace.arithmetic.fraction(value)
    if found is None:
        raise TracerError(f"{slope.entry.name} is too large or too small to be compared")
    return found


def steps_page(
    true: Trace, slope: Slope, found: Sequence[tuple[Trace, Sequence[Curve]]], asked: NumberFormat
) -> Iterator[Section]:
    """One derivative: for each arithmetic a table of both differences against the step.

    Args:
        true: the trace that has the derivative.
        slope: the derivative.
        found: traces with the curves calculated in them.
        asked: how many digits of values to show.
    """
    shown = shown_value(slope.entry.value, true.arithmetic, asked)
    sign = "=" if shown.exact and slope.entry.is_exact else "≈"
    rows = (("derivative", f"{slope.entry.name} {sign} {shown.text}, by the rules"),)
    yield Section(f"{title_of_spec(true.spec)}: {slope.entry.name} by differences", 1, rows)
    yield Section("Difference quotients", items=_rules(*_sides(true, slope)))
    for trace, lines in found:
        yield Section(
            f"In {trace.arithmetic.name}",
            items=(
                Lead(trace.arithmetic.sentence),
                _steps(lines, asked),
                *(Lead(text) for text in _told(lines)),
                *_remarks(trace),
            ),
        )


def _sides(trace: Trace, slope: Slope) -> tuple[str, str]:
    """The names of what is derived, and by what."""
    listed = trace.names(trace.segments[0].program).listed
    return listed[slope.of], listed[slope.by]


def _rules(of: str, by: str) -> Iterator[Lead]:
    yield Lead(f"{FORWARD.name}, ({of}({by} + h) - {of}({by}))/h: {FORWARD.why}")
    yield Lead(f"{CENTRAL.name}, ({of}({by} + h) - {of}({by} - h))/2h: {CENTRAL.why}")


def _steps(lines: Sequence[Curve], asked: NumberFormat) -> Listing:
    heads = ["h"]
    columns: list[list[Cell]] = [[step.text for step in STEPS]]
    for curve in lines:
        heads += [curve.rule, "error"]
        columns.append([_value(point, curve.arithmetic, asked) for point in curve.points])
        columns.append([_size(point.error) for point in curve.points])
    remarks = [_remark(points) for points in zip(*(curve.points for curve in lines), strict=True)]
    if any(remarks):
        heads.append("")
        columns.append(list(remarks))
    return Listing(tuple(heads), tuple(zip(*columns, strict=True)))


def _remark(points: Sequence[Point]) -> str:
    return next((point.difference.remark for point in points if point.difference.remark), "")


def _value(point: Point, arithmetic: Arithmetic, asked: NumberFormat) -> str:
    value: Any = point.difference.value
    return "-" if value is None else _digits(value, arithmetic, asked)


def _digits(value: Any, arithmetic: Arithmetic, asked: NumberFormat) -> str:
    """A number in digits; also a fraction, so that numbers in a column can be compared."""
    shown = shown_value(value, arithmetic, asked)
    found = arithmetic.fraction(value) if "/" in shown.text else None
    if found is None:
        return shown.text
    quotient = MANY_DIGITS.divide(Decimal(found.numerator), Decimal(found.denominator))
    return asked.shown(quotient, is_exact=False).text


def _size(error: Fraction | None) -> str:
    """An error with two digits and a power of ten."""
    if error is None:
        return "-"
    if not error:
        return "0"
    quotient = TWO_DIGITS.divide(Decimal(error.numerator), Decimal(error.denominator))
    return f"{quotient:.1e}"


def _told(lines: Sequence[Curve]) -> Iterator[str]:
    """Where the error is smallest, and whether rounding made it grow again."""
    for curve in lines:
        best = curve.best
        if best is None or best.error is None:
            continue
        last = curve.points[-1]
        if not best.error:
            yield f"{curve.rule}: without error from h = {best.step.text} on"
        elif best is last:
            yield f"{curve.rule}: the error falls down to the smallest h; no rounding is seen"
        else:
            yield (
                f"{curve.rule}: most exact at h = {best.step.text}, error {_size(best.error)}; for "
                "smaller h rounding is divided by a smaller number, and the error grows again"
            )


def _remarks(trace: Trace) -> Iterator[Lead]:
    if Moving(trace, 1).at_a_kink:
        yield Lead(AT_A_KINK)
    if isinstance(trace.spec, Network) and trace.spec.training.in_place:
        yield Lead(IN_PLACE)


def all_page(trace: Trace, step: Number, asked: NumberFormat) -> Iterator[Section]:
    """Every derivative by a given number beside its central difference at one step.

    Args:
        trace: in whose arithmetic everything is calculated.
        step: the step.
        asked: how many digits of values to show.

    Raises:
        TracerError: nothing can be checked.
    """
    found = slopes(trace)
    if not found:
        raise TracerError("there is nothing to check: no derivative by a given number")
    moving = Moving(trace, 2 * len(found))
    yield Section(
        f"{title_of_spec(trace.spec)}: derivatives and differences",
        1,
        (
            ("h", f"{step.text}, in {trace.arithmetic.name}"),
            ("relative error", "|a - n| / max(|a|, |n|); 0 where both are 0"),
            *conventions(trace, asked),
        ),
    )
    heads = ["", "by the rules: a", "central difference: n", "relative error"]
    rows: list[tuple[Cell, ...]] = []
    remarks = []
    for slope in found:
        quotient = moving.difference(CENTRAL, slope, step)
        remarks.append(quotient.remark)
        rows.append(_beside(trace, slope, quotient, asked))
    if any(remarks):
        heads.append("")
        rows = [(*row, remark) for row, remark in zip(rows, remarks, strict=True)]
    yield Section("Derivatives", items=(Listing(tuple(heads), tuple(rows)), *_remarks(trace)))


def _beside(
    trace: Trace, slope: Slope, quotient: Difference, asked: NumberFormat
) -> tuple[Cell, ...]:
    analytic, numeric = slope.entry.value, quotient.value
    cells: tuple[Cell, ...] = (slope.entry.quantity, Symbol(shown_entry(slope.entry, asked)))
    if numeric is None:
        return (*cells, "-", "-")
    text = _digits(numeric, trace.arithmetic, asked)
    return (*cells, text, _size(relative_error(trace.arithmetic, analytic, numeric)))


def relative_error(arithmetic: Arithmetic, one: Any, other: Any) -> Fraction | None:
    """``|a - n| / max(|a|, |n|)``, exactly; 0 where both are 0, None where one has no value."""
    a, n = arithmetic.fraction(one), arithmetic.fraction(other)
    if a is None or n is None:
        return None
    largest = max(abs(a), abs(n))
    return abs(a - n) / largest if largest else Fraction(0)
