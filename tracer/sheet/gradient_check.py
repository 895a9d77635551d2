"""Numerical gradient checking as tables: errors of differences against the step, and all slopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from tracer.derive.differences import Difference, Moving, Slope, slopes
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Number, Symbol
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.phrase import Phrase, alone, phrase
from tracer.rules.differences import CENTRAL, FORWARD
from tracer.sheet.conventions import conventions
from tracer.sheet.gradient_curves import STEPS, Curve, Point, relative_error
from tracer.sheet.listing import Cell, Listing
from tracer.sheet.page import Lead, Section
from tracer.sheet.telling import shown_entry
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network

MANY_DIGITS = Context(prec=60, Emax=10**9, Emin=-(10**9))
TWO_DIGITS = Context(prec=2, Emax=10**9, Emin=-(10**9))

AT_A_KINK = Phrase(
    "the calculation stands at a kink, where the derivative is a convention: differences "
    "need not agree with it"
)
IN_PLACE = Phrase(
    "the update is in place: below the last layer its derivatives are taken at weights that "
    "have changed already, and are not the gradient"
)

CUT = Phrase(
    "the way back through time is cut: derivatives leave out what goes through earlier time steps, "
    "which differences do not"
)


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
    rows = (
        (Phrase("check"), Phrase("one derivative beside its differences, at many steps")),
        (
            Phrase("derivative"),
            phrase(
                "{derivative} {relation} {value}, by the rules",
                derivative=slope.entry.name,
                relation=sign,
                value=shown.text,
            ),
        ),
    )
    yield Section(title_of_spec(true.spec), 1, rows)
    yield Section(Phrase("Difference quotients"), items=_rules(*_sides(true, slope)))
    for trace, lines in found:
        yield Section(
            phrase("In {arithmetic}", arithmetic=trace.arithmetic.name),
            items=(
                Lead(trace.arithmetic.sentence),
                _steps(lines, asked),
                *map(Lead, _told(lines)),
                *_remarks(trace),
            ),
        )


def _sides(trace: Trace, slope: Slope) -> tuple[str, str]:
    """The names of what is derived, and by what."""
    listed = trace.names(trace.segments[0].program).listed
    return listed[slope.of], listed[slope.by]


def _rules(of: str, by: str) -> Iterator[Lead]:
    for rule, quotient in (
        (FORWARD, f"({of}({by} + h) - {of}({by}))/h"),
        (CENTRAL, f"({of}({by} + h) - {of}({by} - h))/2h"),
    ):
        name, why = Phrase(rule.name), rule.reason
        yield Lead(phrase("{rule}, {quotient}: {why}", rule=name, quotient=quotient, why=why))


def _steps(lines: Sequence[Curve], asked: NumberFormat) -> Listing:
    heads = [alone("h")]
    columns: list[list[Cell]] = [[step.text for step in STEPS]]
    for curve in lines:
        heads += [Phrase(curve.rule), Phrase("error")]
        columns.append([_value(point, curve.arithmetic, asked) for point in curve.points])
        columns.append([_size(point.error) for point in curve.points])
    remarks = [_remark(points) for points in zip(*(curve.points for curve in lines), strict=True)]
    if any(remarks):
        heads.append(NO_HEAD)
        columns.append(list(remarks))
    return Listing(tuple(heads), tuple(zip(*columns, strict=True)))


NO_HEAD = Phrase("")


def _remark(points: Sequence[Point]) -> Phrase | str:
    return next((_told_remark(point.difference) for point in points if point.difference.remark), "")


def _told_remark(difference: Difference) -> Phrase | str:
    return Phrase(difference.remark) if difference.remark else ""


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


def _told(lines: Sequence[Curve]) -> Iterator[Phrase]:
    """Where the error is smallest, and whether rounding made it grow again."""
    for curve in lines:
        best = curve.best
        if best is None or best.error is None:
            continue
        after = curve.points[curve.points.index(best) + 1 :]
        rule, step = Phrase(curve.rule), best.step.text
        if any(point.error is None or point.error > best.error for point in after):
            yield phrase(GROWING, rule=rule, step=step, error=_size(best.error))
        elif best.error:
            yield phrase(FALLING, rule=rule)
        else:
            yield phrase("{rule}: without error from h = {step} on", rule=rule, step=step)


FALLING = "{rule}: the error falls down to the smallest h; no rounding is seen"
GROWING = (
    "{rule}: most exact at h = {step}, error {error}; for smaller h rounding is divided by a "
    "smaller number, and the error grows again"
)


def _remarks(trace: Trace) -> Iterator[Lead]:
    if Moving(trace, 1).at_a_kink:
        yield Lead(AT_A_KINK)
    if isinstance(trace.spec, Network) and trace.spec.training.in_place:
        yield Lead(IN_PLACE)
    if isinstance(trace.spec, Network) and any(layer.cut for layer in trace.spec.layers):
        yield Lead(CUT)


RELATIVE = Phrase("relative error")


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
        title_of_spec(trace.spec),
        1,
        (
            (Phrase("check"), Phrase("every derivative beside its central difference")),
            (
                alone("h"),
                phrase("{step}, in {arithmetic}", step=step.text, arithmetic=trace.arithmetic.name),
            ),
            (RELATIVE, Phrase("|a - n| / max(|a|, |n|); 0 where both are 0")),
            *conventions(trace, asked),
        ),
    )
    heads = [NO_HEAD, Phrase("by the rules: a"), Phrase("central difference: n"), RELATIVE]
    rows: list[tuple[Cell, ...]] = []
    remarks: list[Phrase | str] = []
    for slope in found:
        quotient = moving.difference(CENTRAL, slope, step)
        remarks.append(_told_remark(quotient))
        rows.append(_beside(trace, slope, quotient, asked))
    if any(remarks):
        heads.append(NO_HEAD)
        rows = [(*row, remark) for row, remark in zip(rows, remarks, strict=True)]
    yield Section(
        Phrase("Derivatives"), items=(Listing(tuple(heads), tuple(rows)), *_remarks(trace))
    )


def _beside(
    trace: Trace, slope: Slope, quotient: Difference, asked: NumberFormat
) -> tuple[Cell, ...]:
    analytic, numeric = slope.entry.value, quotient.value
    cells: tuple[Cell, ...] = (slope.entry.quantity, Symbol(shown_entry(slope.entry, asked)))
    if numeric is None:
        return (*cells, "-", "-")
    text = _digits(numeric, trace.arithmetic, asked)
    return (*cells, text, _size(relative_error(trace.arithmetic, analytic, numeric)))
