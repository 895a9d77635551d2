"""`trace check-gradient SPEC [QUANTITY]`: derivatives by the rules beside those by differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from tracer.cli import options
from tracer.cli.languages import language, words
from tracer.cli.options import Calculation, Digits
from tracer.cli.output import emit
from tracer.derive.differences import Slope
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.errors import FormulaError, OutputError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Number
from tracer.maths.parse import parse_value
from tracer.notation.notation import terminal
from tracer.phrase import ENGLISH, Words
from tracer.render.draft import Draft
from tracer.render.formats import PAGES, PICTURES, PRINTED, suffix_of, write_page
from tracer.render.text import TextPage
from tracer.sheet.gradient_check import all_page, steps_page
from tracer.sheet.gradient_curves import Curve, curves, slope_of
from tracer.sheet.page import Section
from tracer.spec.network import Spec

BOTH = ("float", "decimal:50")
"""Where no arithmetic is asked for: one in which rounding is seen, and one in which it is not."""

STEP = "1e-5"


@click.command("check-gradient")
@click.argument("spec", metavar="SPEC")
@click.argument("quantity", required=False, metavar="[QUANTITY]")
@click.option("--h", "step", metavar="NUMBER", help=f"The step for all derivatives: {STEP}.")
@click.option("--arithmetic", metavar="NAME", help="Of the differences: float, decimal:50, exact.")
@click.option("-o", "--output", metavar="FILE", help="Write .txt, .md, .svg or .png by suffix.")
@language
@options.digits
def command(
    spec: str,
    quantity: str | None,
    step: str | None,
    arithmetic: str | None,
    output: str | None,
    language: str,
    digits: Digits,
) -> None:
    """Check the derivatives of SPEC by differences: all at one step, or one at many steps.

    QUANTITY is a derivative by a given number, such as dE/dw5, or that number, w5. Its errors are
    drawn against the step into a file such as errors.svg.
    """
    loaded = Calculation().spec(spec)
    if output and suffix_of(output) not in (*PAGES, *PRINTED, *PICTURES):
        raise OutputError(f"cannot write {output}: this is a page or a picture, such as check.md")
    said_in = words(language)
    is_picture = bool(output) and suffix_of(output or "") in PICTURES
    if is_picture and said_in is not ENGLISH:
        raise click.UsageError(f"--language is for pages: {suffix_of(output or '')} is a picture")
    if quantity is None:
        if is_picture:
            raise click.UsageError("a picture shows one derivative: name it, such as dE/dw5")
        found = _calculated(loaded, arithmetic or BOTH[0])
        numbers = digits.format(loaded, found.arithmetic)
        _write(all_page(found, _step(step or STEP), numbers), found, output, said_in)
        return
    if step is not None:
        raise click.UsageError(f"--h is one step for all derivatives; {quantity} is told at many")
    _one(loaded, quantity, arithmetic, output, digits, said_in)


def _one(
    spec: Spec,
    quantity: str,
    asked: str | None,
    output: str | None,
    digits: Digits,
    said_in: Words,
) -> None:
    """One derivative at many steps, as a page or as a picture."""
    true = settled(spec)
    slope = slope_of(true, quantity)
    traces = [_calculated(spec, name) for name in ((asked,) if asked else BOTH)]
    lines = [(found, curves(found, true, slope)) for found in traces]
    if output and suffix_of(output) in PICTURES:
        _draw(output, true, slope, [curve for _, some in lines for curve in some])
        return
    numbers = digits.format(spec, true.arithmetic)
    _write(steps_page(true, slope, lines, numbers), true, output, said_in)


def _draw(output: str, true: Trace, slope: Slope, lines: Sequence[Curve]) -> None:
    from tracer.render.files import write_bytes
    from tracer.render.pictures.canvas import saved
    from tracer.render.pictures.gradient_check import draw

    picture = saved(lambda: draw(true, slope, lines), suffix_of(output))
    write_bytes(output, picture)


def _calculated(spec: Spec, name: str) -> Trace:
    return trace(spec, arithmetic(name))


def _step(text: str) -> Number:
    """The step that was asked for.

    Raises:
        click.UsageError: it is no number above 0.
    """
    try:
        found = parse_value(text)
    except FormulaError as error:
        raise click.UsageError(f"--h {text}: {error}") from None
    if not isinstance(found, Number) or found.value <= 0:
        raise click.UsageError(f"--h {text}: a step is a number above 0, such as 1e-5")
    return found


def _write(sections: Iterable[Section], found: Trace, output: str | None, said_in: Words) -> None:
    notation = terminal(samples=found.several_samples, words=said_in)
    if output:
        write_page(output, Draft(sections, notation, trace=found))
    else:
        emit(TextPage(notation).lines(sections), None)
