"""The conventions in force: every choice on which books differ, and that changes the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.entries import Entry, Given, entry_at
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.maths.plain import plain
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.decays import REMEMBERED
from tracer.rules.kinks import kinks
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.optimisers import SETTINGS
from tracer.sheet.dropouts import dropout_rows
from tracer.sheet.ending import end_rows
from tracer.sheet.expressions import expression_rows
from tracer.sheet.input_moves import EACH_ALONE, moved_rows
from tracer.sheet.losses import formula_of_loss, loss_rows
from tracer.sheet.moves import update_rows
from tracer.sheet.of_time import of_time
from tracer.sheet.penalties import penalties
from tracer.sheet.rows import Row
from tracer.sheet.windows import windows
from tracer.spec.expressions.descent import replaced_in
from tracer.spec.network import (
    Network,
    Parameter,
    ParameterKind,
    Spec,
    Training,
)
from tracer.spec.placed import placed, replaced
from tracer.spec.training.by_delta import moves_by_delta

OF_THE_SLOPE = "; its slope"
"""What a convention says from here on means nothing where no slope is taken."""

MOST_NAMED = 5
"""As many given values that replace others are named; more are counted."""


def conventions(trace: Trace, asked: NumberFormat) -> tuple[Row, ...]:
    """(what is chosen, the choice) of everything that this trace depends on."""
    spec = trace.spec
    own = _network(spec) if isinstance(spec, Network) else expression_rows(spec)
    end = end_rows(trace, asked)
    numbers = ("numbers", f"{trace.arithmetic.sentence}; {_digits(asked)}")
    return (*own, *end, *_replaced(trace, asked), numbers)


def _replaced(trace: Trace, asked: NumberFormat) -> Iterator[Row]:
    """The given values that stand in place of others, which their formulas would give."""
    segment = trace.segments[0]
    found = [entry_at(trace, segment, address) for address in segment.program.overrides]
    texts = [
        *_other_numbers(trace.spec),
        *(text for entry in found if (text := _difference(entry, asked))),
        *(text for entry in found if (text := _other_start(entry))),
    ]
    yield from (("replaced", text) for text in texts[:MOST_NAMED])
    if len(texts) > MOST_NAMED:
        yield "replaced", f"{len(texts) - MOST_NAMED} more"


def _other_numbers(spec: Spec) -> Iterator[str]:
    """What is given for a whole training in place of the file's own numbers."""
    pairs = replaced(spec) if isinstance(spec, Network) else replaced_in(spec)
    for name, mine, other in pairs:
        whose = "its setting is" if name in SETTINGS else "the file has"
        yield f"{name} is given as {mine.text}; {whose} {other.text}"


def _other_start(entry: Entry) -> str:
    """A parameter that is given another value than the file's, at the start; else empty."""
    other = entry.segment.program.values.get(entry.address)
    if (
        not isinstance(entry, Given)
        or not isinstance(other, Number)
        or entry.block.kind in REMEMBERED
    ):
        return ""
    mine = entry.written
    if isinstance(mine, Number) and mine.value == other.value:
        return ""
    return f"{entry.name} is given as {_written(entry)}; the file has {other.text}"


def _difference(entry: Entry, asked: NumberFormat) -> str:
    """A given value and the one that it replaces; empty where there is none, or no difference."""
    calculated = entry.replaced if isinstance(entry, Given) else None
    if not isinstance(entry, Given) or calculated is None or entry.value is None:
        return ""
    arithmetic = entry.trace.arithmetic
    mine, other = (shown_value(value, arithmetic, asked) for value in (entry.value, calculated))
    if mine.text == other.text:
        return ""
    about = "" if other.exact else "about "
    return f"{entry.name} is given as {_written(entry)}; its formula gives {about}{other.text}"


def _written(entry: Given) -> str:
    return entry.written.text if isinstance(entry.written, Number) else str(entry.written.of)


def _digits(asked: NumberFormat) -> str:
    if asked.decimals is not None:
        return f"shown to {_counted(asked.decimals, 'decimal')}"
    return f"shown to {_counted(asked.significant, 'significant digit')}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count != 1 else ''}"


def _network(network: Network) -> Iterator[Row]:
    rule = LEARNING_RULES.get(network.training.learning_rule)
    if rule is not None:
        yield "learning rule", rule.told
    if rule is None or rule.has_loss:
        error = "E_data" if network.training.regularization else "E"
        yield "error", f"{error} is the sum over the outputs of {formula_of_loss(network)}"
    if network.time is not None:
        yield from of_time(network.time)
    elif len(network.outputs) > len(network.layers[-1].units):
        yield "outputs", ", ".join(network.output_names)
    yield from windows(network)
    yield from loss_rows(network)
    yield from _joint(network)
    yield from _kinks(network)
    yield from penalties(network)
    yield from dropout_rows(network)
    if rule is None:
        yield "delta", _delta(network)
    if rule is None and network.training.learning_rate is not None:
        moved = list(moved_rows(network))
        yield from moved or update_rows(placed(network).training, by_delta=_by_delta(network))
    if len(network.samples) > 1:
        yield "batch", _batch(network)
    if network.given and _goes_on(network.training):
        yield "given values", _given(network)
    frozen = [parameter for parameter in network.parameters if not parameter.trainable]
    if frozen:
        yield "frozen", _frozen(frozen, network)
    if any(parameter.kind is ParameterKind.THRESHOLD for parameter in network.parameters):
        yield "thresholds", "a constant input of -1 times the threshold"


def _by_delta(network: Network) -> Rule | None:
    """The update of a weight where it is told straight from delta."""
    return TEXTBOOK.by_delta.weight if moves_by_delta(network) else None


def _delta(network: Network) -> str:
    if network.training.negative_delta:
        return "δ_u = -∂E/∂net_u and error_u = -∂E/∂out_u, minus the gradient"
    return "δ_u = ∂E/∂net_u, the gradient itself"


def _joint(network: Network) -> Iterator[Row]:
    found = dict.fromkeys(layer.joint for layer in network.layers if layer.joint)
    yield from ((joint.name.replace("_", " "), joint.convention) for joint in found)


def _kinks(network: Network) -> Iterator[Row]:
    found = dict.fromkeys(
        activation.convention.format(**{key: plain(value) for key, value in activation.parameters})
        for layer in network.layers
        for activation in layer.activations
        if activation.convention
    )
    if not network.loss.is_pairwise:
        found |= dict.fromkeys(kinks(network.loss.value))
    takes_slopes = not network.training.learning_rule
    yield from (
        ("at the kink", text if takes_slopes else text.partition(OF_THE_SLOPE)[0]) for text in found
    )


def _batch(network: Network) -> str:
    training, count = network.training, len(network.samples)
    if training.move_inputs is not None:
        return EACH_ALONE
    size = training.batch or count
    kind = "all samples" if size >= count else "one sample" if size == 1 else f"{size} samples"
    how = "averaged" if training.mean else "added up"
    added = "changes" if training.learning_rule else "gradients"
    return f"{kind} in each update" + (f", their {added} {how}" if size > 1 else "")


def _goes_on(training: Training) -> bool:
    """Whether there is another training step, or a forward pass, after the first one."""
    after = training.steps > 1 or (training.steps == 1 and training.evaluate_after)
    return training.learning_rate is not None and after


def _given(network: Network) -> str:
    """In which training steps given values hold."""
    in_first = placed(network).given
    if not in_first:
        return "hold in every training step"
    first = "hold in training step 1; later steps calculate them"
    through = len(in_first) < len(network.given)
    return f"{first}; what no step changes keeps its given value" if through else first


def _frozen(frozen: list[Parameter], network: Network) -> str:
    """The parameters that stay as they are: by kind where it is all of a kind."""
    groups = []
    for kind in ParameterKind:
        members = [parameter for parameter in frozen if parameter.kind is kind]
        total = sum(parameter.kind is kind for parameter in network.parameters)
        if members and len(members) == total:
            groups.append(f"all {_plural(kind)}")
        else:
            groups += [parameter.name for parameter in members]
    return f"{', '.join(groups)}: used, but not updated"


def _plural(kind: ParameterKind) -> str:
    return "biases" if kind is ParameterKind.BIAS else f"{kind.value}s"
