"""`trace prove net.yaml`: every number before three independent witnesses."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction

import click

from tracer.cli import options
from tracer.cli.options import Calculation, Digits
from tracer.cli.output import is_terminal
from tracer.cli.verdict_table import VerdictTable, told
from tracer.derive.entries import Step
from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.expression import Expression
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.proof.claims import Claim, Definition, Tolerance, tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Standing, Verdict
from tracer.rules.quantity import RESULT, Quantity

NOT_PROVED = 1
VALUE_WIDTH = 17


@click.command("prove")
@click.argument("spec", metavar="SPEC")
@click.option("--seed", type=int, default=0, help="Draws what slow witnesses judge of a large net.")
@options.digits
@options.calculation
def command(spec: str, seed: int, digits: Digits, calculation: Calculation) -> None:
    """Check every number of SPEC by SymPy, by differences, and by deriving it again.

    The exit code is 1 at the first number on which a witness disagrees, and if a number is left
    that no witness can judge.
    """
    loaded = calculation.spec(spec)
    trace, allowed = _provable(calculation.trace(loaded, digits))
    claims = _claims(trace)
    if not claims:
        raise TracerError("there is nothing to prove: no number follows from what is given")
    definitions, given = _definitions(trace), _given(trace)
    verdicts = prove(loaded, claims, allowed, definitions=definitions, given=given, seed=seed)
    numbers = digits.format(loaded, trace.arithmetic)
    proved = _print(_with_progress(verdicts, len(claims)), claims, trace, numbers)
    if not (proved and _all_judged(trace, len(claims))):
        sys.exit(NOT_PROVED)


def _provable(trace: Trace) -> tuple[Trace, Tolerance]:
    """The trace whose numbers can be proved, and how closely.

    Numbers that are rounded by hand, and intervals, are not the calculation's own; then the same
    calculation in decimals is proved, and said so.
    """
    allowed = tolerance(trace.arithmetic.name)
    if allowed is not None:
        return trace, allowed
    click.echo(f"trace: {trace.arithmetic.name} rounds; proved is the same in decimals", err=True)
    exact = settled(trace.spec)
    allowed = tolerance(exact.arithmetic.name)
    assert allowed is not None, "decimals can be proved"
    return exact, allowed


def _claims(trace: Trace) -> list[Claim]:
    """What the trace says of every step that has a value."""
    found = []
    for step in trace.steps:
        value = None if step.value is None else trace.arithmetic.fraction(step.value)
        if value is not None and not step.is_carried:
            found.append(Claim(step.quantity, step.name, value))
    return found


def _all_judged(trace: Trace, judged: int) -> bool:
    """Says what the table leaves out; False if some number could not be judged."""
    for warning in trace.warnings:
        click.echo(f"trace: {warning}", err=True)
    steps = [step for step in trace.steps if not step.is_carried]
    letters = sum(step.value is None for step in steps)
    beyond = len(steps) - letters - judged
    if letters:
        click.echo(
            f"{letters} of {len(steps)} steps stay in letters: they have no number to prove."
        )
    if beyond:
        click.echo(f"{beyond} of {len(steps)} numbers are too large or too small to be judged.")
    return not beyond and not trace.unsettled


def _definitions(trace: Trace) -> list[Definition]:
    """The formulas of an expression program's results, over names."""
    results = (step for step in trace.steps if step.quantity.kind is RESULT)
    return [Definition(step.name, _over_names(step)) for step in results]


def _over_names(step: Step) -> Expression:
    return step.template.over([operand.name for operand in step.operands])


def _given(trace: Trace) -> dict[Quantity, Fraction]:
    """The quantities at which a partial state starts."""
    segment, found = trace.segments[0], {}
    for address in segment.program.overrides:
        entry = trace.entry(segment, address)
        value = None if entry.value is None else trace.arithmetic.fraction(entry.value)
        if value is not None:
            found[entry.quantity] = value
    return found


def _with_progress(verdicts: Iterator[Verdict], count: int) -> Iterator[Verdict]:
    """The verdicts; with a progress bar on a terminal whose table goes elsewhere."""
    if is_terminal() or not sys.stderr.isatty():
        yield from verdicts
        return
    with click.progressbar(verdicts, length=count, label="proving", file=sys.stderr) as bar:
        yield from bar


def _print(
    verdicts: Iterable[Verdict], claims: list[Claim], trace: Trace, numbers: NumberFormat
) -> bool:
    """Prints each verdict as it comes, up to the first refuted one; False unless all are proved."""
    table = VerdictTable([claim.name for claim in claims], VALUE_WIDTH)
    click.echo(table.head())
    refuted: Iterable[str] = ()
    for verdict in verdicts:
        value = shown_value(trace[verdict.name].value, trace.arithmetic, numbers).text
        click.echo(table.row(verdict, value))
        if verdict.standing is Standing.REFUTED:
            refuted = told(verdict, value)
            break
    for line in (*table.foot(), *refuted):
        click.echo(line)
    return table.summary.standings[Standing.PROVED] == len(claims)
