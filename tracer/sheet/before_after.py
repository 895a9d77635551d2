"""What became of outputs and inputs where inputs moved: the first step beside the last."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tracer.derive.entries import Entry
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.phrase import alone, counted, phrase
from tracer.rules.quantity import INPUT, OUT, Kind
from tracer.sheet.page import Section, Wanted, row_of
from tracer.sheet.rows import Row
from tracer.sheet.titles import of_sample
from tracer.spec.network import Network


def before_and_after(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The outputs and inputs at the start of the first step and of the last one, of each sample.

    Outputs are known at the start of a step only: those after the last move come with
    `evaluate_after`.
    """
    spec, last = trace.spec, trace.segments[-1]
    if not isinstance(spec, Network) or spec.training.move_inputs is None or last.step == 1:
        return
    for sample in sorted(last.program.samples):
        rows = tuple(
            _row(trace, kind, place, sample, wanted)
            for kind in (OUT, INPUT)
            for place in _places(trace.segments[0], kind, sample, spec)
        )
        title = counted(
            last.step - 1, "Before and after {count} move", "Before and after {count} moves"
        )
        yield Section(of_sample(title, sample if trace.several_samples else 0), 2, rows)


def _places(segment: Segment, kind: Kind, sample: int, network: Network) -> Iterator[int]:
    """The addresses of a sample's inputs, or of its outputs."""
    names = network.output_names if kind is OUT else network.inputs
    for block in segment.program.blocks:
        if block.kind is kind and block.sample == sample:
            pairs = zip(block.addresses, block.units, strict=True)
            yield from (address for address, unit in pairs if unit in names)


def _row(trace: Trace, kind: Kind, address: int, sample: int, wanted: Wanted) -> Row:
    """``out_o1``, and its value in the first and in the last step."""
    first, last = trace.segments[0], trace.segments[-1]
    entry = trace.entry(first, address)
    later = next(
        trace.entry(last, there.start + there.units.index(entry.quantity.unit))
        for there in last.program.blocks
        if there.kind is kind and there.sample == sample and entry.quantity.unit in there.units
    )
    name = alone(replace(entry.quantity, sample=0, step=0))
    return name, phrase(
        "{first}, then {last}", first=_text(entry, wanted), last=_text(later, wanted)
    )


def _text(entry: Entry, wanted: Wanted) -> str:
    row = row_of(entry, wanted.numbers)
    return row.text if row.relation == "=" else f"{row.relation} {row.text}"
