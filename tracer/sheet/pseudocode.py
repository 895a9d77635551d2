"""The view `--pseudocode NAME`: a deck's pseudo-code, and which of its lines made which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from tracer.derive.entries import Entry, Step
from tracer.derive.epochs import epochs_of, goes_by_epochs, totals
from tracer.derive.program import Phase
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.errors import TracerError, suggestion
from tracer.phrase import Large, Phrase, alone, counted, phrase
from tracer.rules.quantity import GRADIENT, SAMPLE_GRADIENT, Kind
from tracer.sheet.codes.conditions import has_biases
from tracer.sheet.codes.records import CodeLine, PseudoCode, Where
from tracer.sheet.codes.table import NAMES, PSEUDOCODES
from tracer.sheet.page import MANY_STEPS, Item, Lead, Section, Wanted, phase_of, row_of
from tracer.sheet.rows import Row
from tracer.sheet.telling import tell
from tracer.sheet.titles import title_of_step
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network, Spec

HERE = "▶"
"""Marks the line that is running."""

OF_PARAMETERS = (GRADIENT, SAMPLE_GRADIENT)
"""What a code has no line for where the parameter is frozen."""

BIASES = Phrase("a bias is the weight of an input of 1, a threshold that of an input of -1")


def code_of(name: str) -> PseudoCode:
    """The pseudo-code of a name.

    Raises:
        TracerError: there is none.
    """
    for code in PSEUDOCODES:
        if code.name == name:
            return code
    hint = suggestion(name, NAMES) or f"; there are {', '.join(NAMES)}"
    raise TracerError(f"there is no pseudo-code '{name}'{hint}")


def refuse_unfit(code: PseudoCode, spec: Spec) -> Network:
    """The network that a pseudo-code can run.

    Raises:
        TracerError: it is none, or not as the code takes for granted; all reasons are told.
    """
    if not isinstance(spec, Network):
        raise TracerError(f"--pseudocode {code.name} is about networks; this is an expression")
    wrong = [condition.otherwise for condition in code.assumes if not condition.holds(spec)]
    if wrong:
        reasons = "".join(f"\n  {reason}" for reason in wrong)
        raise TracerError(f"the pseudo-code '{code.name}' does not fit this network:{reasons}")
    return spec


def pseudocode(code: PseudoCode, trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The pseudo-code, then every step that one of its lines makes, under that line.

    Raises:
        TracerError: the network is not as the code takes for granted.
    """
    network = refuse_unfit(code, trace.spec)
    chosen = _chosen(trace, wanted)
    rows = _names(code, network)
    if len(chosen) < len(trace.segments) and not wanted.steps:
        rows = (*rows, (Phrase("told"), _told(len(chosen), len(trace.segments))))
    yield Section(title_of_spec(network), 1, rows)
    yield Section(Phrase("Pseudo-code"), rows=_numbered(code))
    for segment in chosen:
        title = title_of_step(trace, segment) if trace.several_steps else Phrase("The run")
        yield Section(title, items=_run(code, network, trace, segment, wanted))


def _chosen(trace: Trace, wanted: Wanted) -> list[Segment]:
    """The training steps to tell: those asked for; of many the first epoch, or the first step."""
    if wanted.steps:
        return [segment for segment in trace.segments if segment.step in wanted.steps]
    if len(trace.segments) <= MANY_STEPS:
        return list(trace.segments)
    if goes_by_epochs(trace.spec):
        first = list(epochs_of(trace)[0].segments)
        return first if len(first) <= MANY_STEPS else first[:1]
    return list(islice(trace.segments, 1))


def _told(count: int, total: int) -> Phrase:
    return counted(
        count,
        "training step {count} of {total}; --at-step tells another one",
        "training steps 1 to {count} of {total}; --at-step tells another one",
        total=Large(total),
    )


def _names(code: PseudoCode, network: Network) -> tuple[Row, ...]:
    rows = [(Phrase("code"), code.title)]
    rows += [(alone(name), ours) for name, ours in code.names]
    if has_biases(network):
        rows.append((Phrase("biases"), BIASES))
    rows += [(Phrase("slip"), remark) for remark in code.remarks]
    return tuple(rows)


def _numbered(code: PseudoCode) -> tuple[Row, ...]:
    return tuple(
        (alone(f"{number:2}"), phrase("{indent}{line}", indent=line.indent, line=line.text))
        for number, line in enumerate(code.lines, 1)
    )


def _run(
    code: PseudoCode, network: Network, trace: Trace, segment: Segment, wanted: Wanted
) -> Iterator[Item]:
    """The steps of one training step in their order, each run of them under its line."""
    for number, group in groupby(_made(code, network, trace, segment), key=lambda pair: pair[0]):
        here = f"{HERE} {number + 1:2}"
        yield Lead(phrase("{here}  {line}", here=here, line=code.lines[number].text))
        for _, entry in group:
            if isinstance(entry, Step) and not entry.is_carried:
                yield tell(entry, wanted.numbers, wanted.long)
            else:
                yield row_of(entry, wanted.numbers)


def _made(
    code: PseudoCode, network: Network, trace: Trace, segment: Segment
) -> Iterator[tuple[int, Entry]]:
    """What the lines make, each with its line's number: what is given goes by the lines' order."""
    outputs, frozen = frozenset(network.output_names), _frozen(network)
    given: list[tuple[int, Entry]] = []
    steps: list[tuple[int, Entry]] = []
    for entry in trace.entries(segment):
        if entry.block.kind in OF_PARAMETERS and entry.quantity.unit in frozen:
            continue
        number = _line(code, entry, entry.quantity.unit in outputs, segment.step)
        if number is not None:
            made = given if phase_of(entry) is Phase.GIVEN else steps
            made.append((number, entry))
    yield from sorted(given, key=lambda pair: pair[0])
    yield from steps
    for epoch in epochs_of(trace):
        if epoch.segments[-1] is segment:
            for total in totals(trace, epoch):
                number = _line_of(code, total.quantity.kind)
                if number is not None:
                    yield number, total


def _frozen(network: Network) -> frozenset[str]:
    """The parameters that no line updates."""
    return frozenset(item.name for item in network.parameters if not item.trainable)


def _line(code: PseudoCode, entry: Entry, is_output: bool, step: int) -> int | None:
    """The number of the line that makes a quantity; None where none does."""
    for number, line in enumerate(code.lines):
        runs = step == 1 or not line.once
        if runs and entry.block.kind in line.makes and _speaks_of(line, is_output):
            return number
    return None


def _line_of(code: PseudoCode, kind: Kind) -> int | None:
    """The number of the line that makes quantities of a kind; None where none does."""
    return next((number for number, line in enumerate(code.lines) if kind in line.makes), None)


def _speaks_of(line: CodeLine, is_output: bool) -> bool:
    return line.where is Where.ALL or (line.where is Where.OUTPUTS) == is_output
