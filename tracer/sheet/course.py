"""The course of many steps: what was minimised at some of them, and what came out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tracer.derive.epochs import goes_by_epochs
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.phrase import Phrase, alone, listed, phrase
from tracer.rules.quantity import RESULT, TOTAL
from tracer.sheet.epochs import epochs_summary
from tracer.sheet.lists import last_parameters, milestones
from tracer.sheet.page import Section, Wanted, row_of
from tracer.spec.network import ExpressionProgram, Network

OF_A_TRAINING = Phrase("Training: the error at the start of a step")
OF_A_FUNCTION = Phrase("The function at the start of a step")


def training_table(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """What was minimised at chosen steps, and what the last one has made and remembers.

    A training that is told by its epochs has what came out of these.
    """
    if goes_by_epochs(trace.spec):
        yield from epochs_summary(trace, wanted)
        return
    chosen = [trace.segments[number - 1] for number in milestones(len(trace.segments))]
    rows = tuple(
        (phrase("step {number}", number=one.step), _told(trace, one, wanted.numbers))
        for one in chosen
    )
    is_function = isinstance(trace.spec, ExpressionProgram)
    yield Section(OF_A_FUNCTION if is_function else OF_A_TRAINING, 2, rows)
    if not (isinstance(trace.spec, Network) and trace.spec.training.move_inputs):
        yield from last_parameters(trace, wanted)


def _told(trace: Trace, segment: Segment, asked: NumberFormat) -> Phrase:
    """The error of a network; of a function its value, and the point."""
    program, spec = segment.program, trace.spec
    kind = RESULT if isinstance(spec, ExpressionProgram) else TOTAL
    value = [block.start for block in program.blocks if block.kind is kind][-1]
    point = range(len(spec.variables)) if isinstance(spec, ExpressionProgram) else ()
    rows = [row_of(trace.entry(segment, address), asked) for address in (value, *point)]
    return alone(
        listed(
            phrase(
                "{quantity} {relation} {value}",
                quantity=replace(row.quantity, sample=0, step=0),
                relation=row.relation,
                value=row.text,
            )
            for row in rows
        )
    )
