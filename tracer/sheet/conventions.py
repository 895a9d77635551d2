"""The conventions in force: every choice on which books differ, and that changes the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.phrase import Phrase, Typed, alone, counted, listed, phrase
from tracer.rules.activations import ROWS, Activation
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.kinks import kinks
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.quantity import (
    DATA_ERROR,
    DELTA,
    LEARNING_RATE,
    NEGATIVE_DELTA,
    NET,
    OUT,
    SIGNAL,
    TOTAL,
    Quantity,
)
from tracer.sheet.digits import DERIVATIVES, digits_of
from tracer.sheet.dropouts import dropout_rows
from tracer.sheet.ending import end_rows
from tracer.sheet.expressions import expression_rows
from tracer.sheet.input_moves import EACH_ALONE, moved_rows
from tracer.sheet.losses import formula_of_loss, loss_rows
from tracer.sheet.moves import update_rows
from tracer.sheet.of_time import of_time
from tracer.sheet.penalties import penalties
from tracer.sheet.replaced import replaced_rows
from tracer.sheet.rows import Row
from tracer.sheet.windows import windows
from tracer.spec.network import (
    Network,
    Parameter,
    ParameterKind,
    Training,
)
from tracer.spec.placed import placed
from tracer.spec.training.by_delta import moves_by_delta

OF_THE_SLOPE = "; its slope"
"""What a convention says from here on means nothing where no slope is taken."""


AT_THE_KINK = Phrase("at the kink")


def conventions(trace: Trace, asked: NumberFormat) -> tuple[Row, ...]:
    """(what is chosen, the choice) of everything that this trace depends on."""
    spec = trace.spec
    own = _network(spec) if isinstance(spec, Network) else expression_rows(spec)
    end = end_rows(trace, asked)
    told = phrase(
        "{arithmetic}; {shown}",
        arithmetic=trace.arithmetic.sentence,
        shown=_digits(asked, trace),
    )
    numbers = (Phrase("numbers"), told)
    return (*own, *end, *replaced_rows(trace, asked), numbers)


WITH_DERIVATIVE = "shown to {count} decimal, derivatives to at least {least} significant digits"
WITH_DERIVATIVES = "shown to {count} decimals, derivatives to at least {least} significant digits"


def _digits(asked: NumberFormat, trace: Trace) -> Phrase:
    of_derivatives = digits_of(DELTA, asked, trace.arithmetic)
    if asked.decimals is not None and of_derivatives.at_least and _has_derivatives(trace):
        least = str(of_derivatives.at_least)
        return counted(asked.decimals, WITH_DERIVATIVE, WITH_DERIVATIVES, least=least)
    if asked.decimals is not None:
        return counted(asked.decimals, "shown to {count} decimal", "shown to {count} decimals")
    one, many = "shown to {count} significant digit", "shown to {count} significant digits"
    return counted(asked.significant, one, many)


def _has_derivatives(trace: Trace) -> bool:
    """Whether a derivative is among what is calculated."""
    return any(block.kind in DERIVATIVES for block in trace.segments[0].program.blocks)


def _network(network: Network) -> Iterator[Row]:
    rule = LEARNING_RULES.get(network.training.learning_rule)
    if rule is not None:
        yield Phrase("learning rule"), phrase(rule.told, rate=Quantity(LEARNING_RATE))
    if rule is None or rule.has_loss:
        error = Quantity(DATA_ERROR if network.training.regularization else TOTAL)
        text = "{error} is the sum over the outputs of {loss}"
        yield Phrase("error"), phrase(text, error=error, loss=formula_of_loss(network))
    if network.time is not None:
        yield from of_time(network.time)
    elif len(network.outputs) > len(network.layers[-1].units):
        yield Phrase("outputs"), alone(listed(network.output_names))
    yield from windows(network)
    yield from loss_rows(network)
    yield from _joint(network)
    yield from _kinks(network)
    yield from penalties(network)
    yield from dropout_rows(network)
    if rule is None:
        yield Phrase("delta"), _delta(network)
    if rule is None and network.training.learning_rate is not None:
        moved = list(moved_rows(network))
        yield from moved or update_rows(placed(network).training, by_delta=_by_delta(network))
    if len(network.samples) > 1:
        yield Phrase("batch"), _batch(network)
    if network.given and _goes_on(network.training):
        yield Phrase("given values"), _given(network)
    frozen = [parameter for parameter in network.parameters if not parameter.trainable]
    if frozen:
        yield Phrase("frozen"), _frozen(frozen, network)
    if any(parameter.kind is ParameterKind.THRESHOLD for parameter in network.parameters):
        yield Phrase("thresholds"), Phrase("a constant input of -1 times the threshold")


def _by_delta(network: Network) -> Rule | None:
    """The update of a weight where it is told straight from delta."""
    return TEXTBOOK.by_delta.weight if moves_by_delta(network) else None


GRADIENT_ITSELF = "{delta} = ∂{total}/∂{net}, the gradient itself"


def _delta(network: Network) -> Phrase:
    names = {"total": Quantity(TOTAL), "net": Quantity(NET, "u")}
    if network.training.negative_delta:
        text = "{delta} = -∂{total}/∂{net} and {error} = -∂{total}/∂{out}, minus the gradient"
        names = {"error": Quantity(SIGNAL, "u"), "out": Quantity(OUT, "u"), **names}
        return phrase(text, delta=Quantity(NEGATIVE_DELTA, "u"), **names)
    return phrase(GRADIENT_ITSELF, delta=Quantity(DELTA, "u"), **names)


def _joint(network: Network) -> Iterator[Row]:
    found = dict.fromkeys(layer.joint for layer in network.layers if layer.joint)
    for joint in found:
        yield Phrase(joint.name.replace("_", " ")), joint.convention


def _kinks(network: Network) -> Iterator[Row]:
    takes_slopes = not network.training.learning_rule
    found = dict.fromkeys(
        _convention(activation, takes_slopes)
        for layer in network.layers
        for activation in layer.activations
        if activation.convention
    )
    if not network.loss.is_pairwise:
        found |= dict.fromkeys(kinks(network.loss.value))
    yield from ((AT_THE_KINK, text) for text in found)


def _convention(activation: Activation, takes_slopes: bool) -> Phrase:
    """What holds at an activation's kink, with its parameters put in."""
    text = activation.convention
    if activation.name not in ROWS:
        return alone(listed(kinks(activation.value), "; "))
    parameters = {key: Typed(value) for key, value in activation.parameters if f"{{{key}}}" in text}
    return phrase(text if takes_slopes else text.partition(OF_THE_SLOPE)[0], **parameters)


def _batch(network: Network) -> Phrase:
    training, count = network.training, len(network.samples)
    if training.move_inputs is not None:
        return EACH_ALONE
    size = training.batch or count
    if size == 1:
        return Phrase("one sample in each update")
    some = counted(size, "{count} sample", "{count} samples")
    several = Phrase("all samples") if size >= count else some
    return phrase(ADDED[bool(training.learning_rule), training.mean], samples=several)


ADDED = {
    (False, False): "{samples} in each update, their gradients added up",
    (False, True): "{samples} in each update, their gradients averaged",
    (True, False): "{samples} in each update, their changes added up",
    (True, True): "{samples} in each update, their changes averaged",
}
"""By whether a rule of learning changes the weights, and whether the samples' mean is taken."""


def _goes_on(training: Training) -> bool:
    """Whether there is another training step, or a forward pass, after the first one."""
    after = training.steps > 1 or (training.steps == 1 and training.evaluate_after)
    return training.learning_rate is not None and after


def _given(network: Network) -> Phrase:
    """In which training steps given values hold."""
    in_first = placed(network).given
    if not in_first:
        return Phrase("hold in every training step")
    if len(in_first) == len(network.given):
        return Phrase("hold in training step 1; later steps calculate them")
    return Phrase(
        "hold in training step 1; later steps calculate them; what no step changes keeps its "
        "given value"
    )


def _frozen(frozen: list[Parameter], network: Network) -> Phrase:
    """The parameters that stay as they are: by kind where it is all of a kind."""
    groups: list[Phrase | str] = []
    for kind in ParameterKind:
        members = [parameter for parameter in frozen if parameter.kind is kind]
        total = sum(parameter.kind is kind for parameter in network.parameters)
        if members and len(members) == total:
            groups.append(ALL[kind])
        else:
            groups += [parameter.name for parameter in members]
    return phrase("{parameters}: used, but not updated", parameters=listed(groups))


ALL = {
    ParameterKind.WEIGHT: Phrase("all weights"),
    ParameterKind.BIAS: Phrase("all biases"),
    ParameterKind.THRESHOLD: Phrase("all thresholds"),
}
