"""`trace net.yaml`: the whole calculation, printed or written to a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

import click

from tracer.cli import options
from tracer.cli.aims import aims, picture_for
from tracer.cli.languages import language, words
from tracer.cli.looks import looks
from tracer.cli.matrices import Matrices, matrices
from tracer.cli.options import Calculation, Digits
from tracer.cli.output import emit, is_terminal
from tracer.cli.readings import Readings, readings
from tracer.cli.symbols import Symbols, symbols
from tracer.cli.views import refuse_meaningless
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.notation.notation import Notation
from tracer.phrase import Words
from tracer.render.draft import Look
from tracer.render.formats import KNOWN, NOTEBOOK, suffix_of, write
from tracer.render.pictures.aim import Aim
from tracer.render.text import COLOURS, PLAIN, TextPage
from tracer.render.wrap import WIDTH
from tracer.rules.learning import LEARNING_RULES, goes_down_a_slope
from tracer.sheet.overview import table, whole
from tracer.sheet.page import EVERY_PHASE, Section, Wanted, symbols_of, why_page
from tracer.sheet.remarks import View, told
from tracer.spec.network import Network, Spec
from tracer.spec.tree.problems import listed

NOT_IN_PLACE = (
    "closed forms are derivatives at the old weights; the in-place update takes some of them at "
    "weights that have already changed"
)

NOT_GIVEN = (
    "closed forms are made of the file's formulas and numbers; they know nothing of the values "
    "under 'given', from which the trace starts"
)

NO_CLOSED_FORM = "{0} is a rule of learning that takes no derivative: it has no closed forms"

OTHER_SLOPE = (
    "{0} changes weights along the derivative of half_squared_error, not of {1}; its closed forms "
    "are there with loss: half_squared_error"
)

PHASES = {phase.value: phase for phase in Phase if phase is not Phase.CARRIED}


LAYERS = "layers"
"""The picture of the graph by layers."""


@click.command("show")
@click.argument("spec", metavar="SPEC")
@click.option("--only", metavar="QUANTITY", help="One quantity's chain, back to the givens.")
@click.option("--phase", type=click.Choice(list(PHASES)), multiple=True, help="Parts to show.")
@click.option("--at-step", type=click.IntRange(1), help="One training step of several.")
@click.option("--long", is_flag=True, help="The longer telling: each path, each part of a sum.")
@click.option("--table", "as_table", is_flag=True, help="A compact table of all values.")
@click.option("--published", is_flag=True, help="Published values beside ours.")
@click.option(
    "--symbolic",
    is_flag=False,
    flag_value="",
    metavar="[QUANTITY]",
    help="Closed forms: E and its derivatives, or of one quantity.",
)
@click.option("-o", "--output", metavar="FILE", help=f"Write {', '.join(KNOWN)} by suffix.")
@click.option("--picture", metavar="NAME", help="Which picture to draw, where there are several.")
@aims
@language
@readings
@matrices
@looks
@symbols
@options.digits
@options.calculation
def command(
    spec: str,
    only: str | None,
    phase: tuple[str, ...],
    at_step: int | None,
    long: bool,
    as_table: bool,
    published: bool,
    symbolic: str | None,
    output: str | None,
    picture: str | None,
    language: str,
    digits: Digits,
    calculation: Calculation,
    readings: Readings,
    matrices: Matrices,
    look: Look,
    symbols: Symbols,
    aim: Aim,
) -> None:
    """Print the whole calculation of SPEC, a file or a built-in example."""
    refuse_meaningless(output)
    said_in = words(language)
    loaded = readings.of(symbols.of(calculation.spec(spec)))
    if symbolic is not None:
        emit(_symbolic(loaded, symbolic, digits), output)
        return
    if published:
        emit(_published(loaded, calculation, said_in), output)
        return
    trace = calculation.trace(loaded, digits)
    for warning in trace.warnings:
        click.echo(f"trace: {warning}", err=True)
    steps = _checked(trace, at_step)
    numbers = digits.format(loaded, trace.arithmetic)
    is_whole = not (only or phase or steps)
    wanted = Wanted(
        numbers,
        _phases(trace, phase, steps),
        steps,
        long,
        remarks=is_whole,
        notation=symbols.chosen(trace),
        key=symbols.has_key(loaded),
        words=said_in,
    )
    view = _chosen(readings, matrices, only or "") or _view(only, as_table)
    if output:
        drawn = picture or _picture_of(readings, matrices) or picture_for(aim)
        origin = calculation.origin(spec, loaded) if suffix_of(output) == NOTEBOOK else None
        write(trace, wanted, output, view, drawn, look, origin, aim)
    else:
        emit(_printed(symbols_of(trace, wanted), told(view, trace, wanted)), None)


def _chosen(readings: Readings, matrices: Matrices, only: str) -> View | None:
    """The view that options ask for; a graph of matrices is asked for by two of them."""
    if readings.gradient_graph and matrices.matrix:
        return matrices.graph
    return readings.view() or matrices.view(only)


def _picture_of(readings: Readings, matrices: Matrices) -> str:
    """The picture that goes with a view; empty for none in particular."""
    return LAYERS if readings.gradient_graph and matrices.matrix else ""


def _has_slope(network: Network) -> bool:
    """Whether a network learns along the derivative of its error."""
    return goes_down_a_slope(network.training.learning_rule, network.loss.name)


def _symbolic(spec: Spec, name: str, digits: Digits) -> Iterator[str]:
    from tracer.cli.symbolic import symbolic_lines

    if isinstance(spec, Network) and not _has_slope(spec):
        rule = spec.training.learning_rule
        why = OTHER_SLOPE if LEARNING_RULES[rule].has_loss else NO_CLOSED_FORM
        raise TracerError(f"--symbolic: {why.format(rule, spec.loss.name)}")
    if isinstance(spec, Network) and spec.training.in_place:
        click.echo(f"trace: {NOT_IN_PLACE}", err=True)
    if spec.given:
        click.echo(f"trace: {NOT_GIVEN}", err=True)
    return symbolic_lines(spec, name, digits.format(spec, arithmetic()))


def _published(spec: Spec, calculation: Calculation, said_in: Words) -> Iterator[str]:
    from tracer.cli.published import published_lines

    return published_lines(spec, calculation.arithmetic_for(spec), said_in)


def _checked(trace: Trace, at_step: int | None) -> tuple[int, ...]:
    """The one training step to tell, if one was chosen."""
    last = len(trace.segments)
    if at_step is not None and at_step > last:
        raise TracerError(f"--at-step {at_step}: this trace has the training steps 1 to {last}")
    return () if at_step is None else (at_step,)


def _phases(trace: Trace, asked: tuple[str, ...], steps: tuple[int, ...]) -> tuple[Phase, ...]:
    """The parts to tell: those that were asked for, each of which the trace has."""
    chosen = [trace.segments[number - 1] for number in steps] or trace.segments
    found = {block.phase for segment in chosen for block in segment.program.blocks}
    there = [name for name, phase in PHASES.items() if phase in found]
    missing = [name for name in asked if name not in there]
    if missing:
        has = f"there is {listed(there)}"
        raise TracerError(f"--phase {missing[0]}: this calculation has no such part; {has}")
    return tuple(PHASES[name] for name in asked) or EVERY_PHASE


def _view(only: str | None, as_table: bool) -> View:
    """What is to be shown of a trace."""
    if only:
        return lambda trace, wanted: why_page(trace, _in_step(only, wanted), wanted)
    return table if as_table else whole


def _in_step(name: str, wanted: Wanted) -> str:
    """A name in the training step that was asked for, unless it says its own."""
    return name if "@" in name or not wanted.steps else f"{name}@{wanted.steps[0]}"


def _printed(notation: Notation, sections: Iterable[Section]) -> Iterator[str]:
    """The lines for standard output: on a terminal in its width, and in colour."""
    on_terminal = is_terminal()
    colours = on_terminal and not os.environ.get("NO_COLOR")
    width = _columns() if on_terminal else WIDTH
    return TextPage(notation, width, COLOURS if colours else PLAIN).lines(sections)


def _columns() -> int:
    """The width of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size((WIDTH, 24)).columns
