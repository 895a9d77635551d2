"""Given values that hold through a whole training, put where the spec has such values.

Inputs, targets, the learning rate and frozen parameters are the same in every training step. Where
``given`` says one of these, every step has the given value; of all other quantities, it says what
they are in the first step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from tracer.errors import Place, misnamed
from tracer.maths.expression import Number
from tracer.rules.penalties import L1, L2, Regularization
from tracer.rules.quantity import (
    INPUT,
    LEARNING_RATE,
    STRENGTH,
    TARGET,
    Kind,
    Quantity,
    plain_name,
    typed,
)
from tracer.spec.network import GivenValue, Network, Sample, Value
from tracer.spec.training.method import Method
from tracer.spec.unrolled import carried

Found = Mapping[str, Value]
Values = tuple[Value, ...]


def placed(network: Network) -> Network:
    """The network with what is given for all steps in its place; the rest stays under `given`.

    Raises:
        TracerError: one of these quantities is given twice.
    """
    several = len(network.samples) > 1
    names = frozenset(dict(_values(network, several))) if network.given else frozenset()
    known = [(_typed(item.quantity, names, several), item) for item in network.given]
    through = [(name, item) for name, item in known if name in names]
    found = {name: item.value for name, item in through}
    if len(found) < len(through):
        raise misnamed("given", _repeated(through))
    rest = tuple(item for name, item in known if name not in names)
    return _with(network, found, several, rest) if found else network


def replaced(network: Network) -> Iterator[tuple[str, Number, Number]]:
    """The name, the given number, and the file's, of what is given through the whole training."""
    several = len(network.samples) > 1
    before, after = (dict(_values(one, several)) for one in (network, placed(network)))
    for name, mine in after.items():
        other = before[name]
        if isinstance(mine, Number) and isinstance(other, Number) and mine.value != other.value:
            yield name, mine, other


def _typed(name: str, names: frozenset[str], several: bool) -> str:
    """A name as it stands, or else as somebody may have copied it from a page."""
    return name.strip() if name.strip() in names else typed(name, several)


def _repeated(given: Iterable[tuple[str, GivenValue]]) -> list[tuple[Place | None, str]]:
    """What is given under a name that has stood there before."""
    told: set[str] = set()
    again = []
    for name, item in given:
        if name in told:
            again.append((item.place, f"'{item.quantity}' is given a value twice"))
        told.add(name)
    return again


def _values(network: Network, several: bool) -> Iterator[tuple[str, Value]]:
    """The plain name and value of everything that no training step changes."""
    rate = network.training.learning_rate
    if rate is not None and network.training.steps:
        yield plain_name(Quantity(LEARNING_RATE)), rate
        for method in _methods(network):
            yield from method.settings
    yield from _strengths(network)
    for parameter in network.parameters:
        if not parameter.trainable:
            yield parameter.name, parameter.value
    moves = network.training.move_inputs is not None
    kept = 0 if moves else len(network.inputs) - len(carried(network.time))
    inputs, outputs = network.inputs[:kept], network.output_names
    for number, sample in enumerate(network.samples, 1):
        for kind, units, found in (
            (INPUT, inputs, sample.inputs[:kept]),
            (TARGET, outputs, sample.targets),
        ):
            names = (_name(kind, unit, number, several) for unit in units)
            yield from zip(names, found, strict=True)


def _methods(network: Network) -> tuple[Method, ...]:
    """The methods of the training, whose settings no step changes."""
    training = network.training
    return (training.optimiser, *((training.decay,) if training.decay else ()))


def _strengths(network: Network) -> Iterator[tuple[str, Value]]:
    """The plain name and value of each penalty's strength."""
    penalties = network.training.regularization
    if penalties:
        for mark, (_, strength) in zip(penalties.marks, penalties.penalties, strict=True):
            yield plain_name(Quantity(STRENGTH, mark)), strength


def _with_strengths(network: Network, found: Found) -> Regularization | None:
    """The penalties with other strengths."""
    penalties = network.training.regularization
    if penalties is None:
        return None
    names = zip(penalties.penalties, _strengths(network), strict=True)
    given = {penalty: found.get(name, value) for (penalty, _), (name, value) in names}
    return replace(penalties, l1=given.get(L1), l2=given.get(L2))


def _name(kind: Kind, unit: str, sample: int, several: bool) -> str:
    return plain_name(Quantity(kind, unit, sample=sample), several)


def _with(network: Network, found: Found, several: bool, rest: tuple[GivenValue, ...]) -> Network:
    """The network with other values, by their plain names."""

    def values(kind: Kind, sample: int, units: Sequence[str], before: Sequence[Value]) -> Values:
        pairs = zip(units, before, strict=True)
        return tuple(found.get(_name(kind, unit, sample, several), value) for unit, value in pairs)

    inputs, outputs = network.inputs, network.output_names
    samples = tuple(
        Sample(
            values(INPUT, number, inputs, sample.inputs),
            values(TARGET, number, outputs, sample.targets),
        )
        for number, sample in enumerate(network.samples, 1)
    )
    parameters = tuple(
        replace(parameter, value=found.get(parameter.name, parameter.value))
        for parameter in network.parameters
    )
    training = network.training
    rate = found.get(plain_name(Quantity(LEARNING_RATE)), training.learning_rate)
    optimiser, *decay = (method.with_values(found) for method in _methods(network))
    changed = replace(
        training, learning_rate=rate, optimiser=optimiser, decay=next(iter(decay), None)
    )
    return replace(
        network,
        samples=samples,
        parameters=parameters,
        training=replace(changed, regularization=_with_strengths(network, found)),
        given=rest,
    )
