"""The view `--pseudocode NAME`: a deck's pseudo-code, and which of its lines made which numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tracer.derive.entries import Entry, Step
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.errors import TracerError, suggestion
from tracer.sheet.page import MANY_STEPS, Item, Lead, Section, Wanted, row_of, title_of_step
from tracer.sheet.pseudocodes import NAMES, PSEUDOCODES, CodeLine, PseudoCode, Where, has_biases
from tracer.sheet.rows import Row
from tracer.sheet.telling import tell
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network, Spec

HERE = "▶"
"""Marks the line that is running."""

BIASES = "a bias is the weight of an input of 1, a threshold that of an input of -1"


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
    yield Section(title_of_spec(network), 1, _names(code, network))
    yield Section("Pseudo-code", rows=_numbered(code))
    chosen = [step for step in trace.segments if not wanted.steps or step.step in wanted.steps]
    if len(trace.segments) > MANY_STEPS and not wanted.steps:
        chosen = chosen[:1]
    for segment in chosen:
        title = title_of_step(trace, segment) if trace.several_steps else "The run"
        yield Section(title, items=_run(code, network, trace, segment, wanted))


def _names(code: PseudoCode, network: Network) -> tuple[Row, ...]:
    rows = [("code", code.title), *code.names]
    if has_biases(network):
        rows.append(("biases", BIASES))
    rows += [("slip", remark) for remark in code.remarks]
    return tuple(rows)


def _numbered(code: PseudoCode) -> tuple[Row, ...]:
    return tuple((f"{number:2}", line.text) for number, line in enumerate(code.lines, 1))


def _run(
    code: PseudoCode, network: Network, trace: Trace, segment: Segment, wanted: Wanted
) -> Iterator[Item]:
    """The steps of one training step in their order, each run of them under its line."""
    outputs = frozenset(network.output_names)
    made = ((_line(code, entry, outputs), entry) for entry in trace.entries(segment))
    known = ((number, entry) for number, entry in made if number is not None)
    for number, group in groupby(known, key=lambda pair: pair[0]):
        yield Lead(f"{HERE} {number + 1:2}  {code.lines[number].text.strip()}")
        for _, entry in group:
            if isinstance(entry, Step) and not entry.is_carried:
                yield tell(entry, wanted.numbers, wanted.long)
            else:
                yield row_of(entry, wanted.numbers)


def _line(code: PseudoCode, entry: Entry, outputs: frozenset[str]) -> int | None:
    """The number of the line that makes a quantity; None where none does."""
    kind, is_output = entry.block.kind, entry.quantity.unit in outputs
    for number, line in enumerate(code.lines):
        if kind in line.makes and _speaks_of(line, is_output):
            return number
    return None


def _speaks_of(line: CodeLine, is_output: bool) -> bool:
    return line.where is Where.ALL or (line.where is Where.OUTPUTS) == is_output
