"""`trace prove net.yaml`: every number before three independent witnesses."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from tracer.cli import options
from tracer.cli.options import Calculation, Digits
from tracer.cli.output import is_terminal
from tracer.cli.stated import Stated, definitions, starting_values, statements
from tracer.cli.verdict_table import VerdictTable, told
from tracer.derive.rounding import NONE as NOT_ROUNDED
from tracer.derive.rounding import Rounding, rounding
from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import DEFAULT, Arithmetic
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.proof.claims import Tolerance, digits_beside, tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Standing, Verdict

NOT_PROVED = 1
VALUE_WIDTH = 17
ROUNDS = "rounds; proved is the same in decimals"
NOT_KNOWN = "what rounding makes of single numbers is not known ({}); {}"
HAS_BOUNDS = "where numbers cancel, one may be refuted for its rounding alone"
NO_BOUNDS = "a number that the witnesses do not find is left unproved"


@click.command("prove")
@click.argument("spec", metavar="SPEC")
@click.option("--seed", type=int, default=0, help="Draws what slow witnesses judge of a large net.")
@click.option("--long", is_flag=True, help="The lines of the longer telling, too.")
@options.digits
@options.calculation
def command(spec: str, seed: int, long: bool, digits: Digits, calculation: Calculation) -> None:
    """Check every number of SPEC by SymPy, by differences, and by deriving it again.

    The exit code is 1 at the first number on which a witness disagrees, and if a number is left
    that no witness can judge.
    """
    loaded = calculation.spec(spec)
    settles = calculation.arithmetic_for(loaded) == DEFAULT
    trace, allowed, rounded = _provable(calculation.trace(loaded, digits), settles)
    stated = list(statements(trace, long, rounded))
    claims = [claim for _, claim in stated if claim is not None]
    if not claims:
        raise TracerError("there is nothing to prove: no number follows from what is given")
    start = starting_values(trace)
    verdicts = prove(
        loaded,
        claims,
        allowed,
        definitions=definitions(trace),
        given=start,
        seed=seed,
        digits=digits_beside(trace.arithmetic.name),
    )
    numbers = digits.format(loaded, trace.arithmetic)
    proved = _print(_with_progress(verdicts, len(claims)), stated, trace.arithmetic, numbers)
    judged = _all_judged(trace, stated)
    if not (proved and judged):
        sys.exit(NOT_PROVED)


def _provable(trace: Trace, settles: bool) -> tuple[Trace, Tolerance, Rounding]:
    """The trace whose numbers can be proved, how closely, and what rounding has made of them.

    Numbers that are rounded by hand, and intervals, are not the calculation's own; then the same
    calculation in decimals is proved, and said so.

    Args:
        trace: the trace that was asked for.
        settles: whether it has as many digits as it takes.
    """
    if tolerance(trace.arithmetic.name) is None:
        click.echo(f"trace: {trace.arithmetic.name} {ROUNDS}", err=True)
        return _provable(settled(trace.spec), settles=True)
    rounded = _rounded(trace, settles)
    allowed = tolerance(trace.arithmetic.name, is_rounding_known=not rounded.reason)
    assert allowed is not None
    return trace, allowed, rounded


def _rounded(trace: Trace, settles: bool) -> Rounding:
    """What rounding can have made of a trace's numbers: nothing where all of them are settled."""
    if settles and not trace.unsettled:
        return NOT_ROUNDED
    found = rounding(trace)
    if found.reason:
        meaning = HAS_BOUNDS if found.has_bounds else NO_BOUNDS
        click.echo(f"trace: {NOT_KNOWN.format(found.reason, meaning)}", err=True)
    return found


def _all_judged(trace: Trace, stated: Sequence[Stated]) -> bool:
    """Says what the table leaves out; False if some number could not be judged."""
    for warning in trace.warnings:
        click.echo(f"trace: {warning}", err=True)
    letters = sum(step.value is None for step, _ in stated)
    beyond = sum(claim is None for _, claim in stated) - letters
    if letters:
        click.echo(
            f"{letters} of {len(stated)} steps stay in letters: they have no number to prove."
        )
    if beyond:
        click.echo(f"{beyond} of {len(stated)} numbers are too large or too small to be judged.")
    return not beyond and not trace.unsettled


def _with_progress(verdicts: Iterator[Verdict], count: int) -> Iterator[Verdict]:
    """The verdicts; with a progress bar on a terminal whose table goes elsewhere."""
    if is_terminal() or not sys.stderr.isatty():
        yield from verdicts
        return
    with click.progressbar(verdicts, length=count, label="proving", file=sys.stderr) as bar:
        yield from bar


def _print(
    verdicts: Iterable[Verdict], stated: Iterable[Stated], how: Arithmetic, numbers: NumberFormat
) -> bool:
    """Prints each verdict as it comes, up to the first refuted one; False unless all are proved."""
    values = [step.value for step, claim in stated if claim is not None]
    names = [claim.name for _, claim in stated if claim is not None]
    table = VerdictTable(names, VALUE_WIDTH)
    click.echo(table.head())
    refuted: Iterable[str] = ()
    for verdict, carried in zip(verdicts, values, strict=False):
        value = shown_value(carried, how, numbers).text
        click.echo(table.row(verdict, value))
        if verdict.standing is Standing.REFUTED:
            refuted = told(verdict, value)
            break
    for line in (*table.foot(), *refuted):
        click.echo(line)
    return table.summary.standings[Standing.PROVED] == len(names)
