"""Where the quantities of a network stand while its program is being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from tracer.derive.moves import Moves
from tracer.derive.network.uses import NONE, Uses
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import (
    BIAS,
    DATA_ERROR,
    DATA_GRADIENT,
    GRADIENT,
    THRESHOLD,
    TOTAL,
    WEIGHT,
    Kind,
)
from tracer.rules.variants import may_leave_out
from tracer.spec.dropout.masks import Dropout
from tracer.spec.network import Network, ParameterKind
from tracer.spec.training.by_delta import moves_by_delta
from tracer.spec.training.penalised import penalised

KINDS: dict[ParameterKind, Kind] = {
    ParameterKind.WEIGHT: WEIGHT,
    ParameterKind.BIAS: BIAS,
    ParameterKind.THRESHOLD: THRESHOLD,
}


def nowhere(count: int) -> list[int]:
    """As many places, all empty, and one more that stays so: the last one, of number `NONE`."""
    return [NONE] * (count + 1)


class Pairs(dict[tuple[int, int], int]):
    """Addresses by two numbers; `NONE` where there is none."""

    def __missing__(self, pair: tuple[int, int]) -> int:
        """Nothing stands there."""
        return NONE


class SamplePlaces(Struct, eq=False):
    """The addresses of one sample's quantities, by unit number; `NONE` where there is none yet.

    The Jacobian of layers with a joint activation goes by two units, of out and of net; a share,
    how the output of a unit that gathers changes with a source, by unit and source. What a
    unit sends on is its output, or what dropout makes of it.
    """

    sample: int
    jacobian: Pairs
    share: Pairs
    out: list[int]
    mask: list[int]
    sent: list[int]
    net: list[int]
    largest: list[int]
    exponential: list[int]
    layer_sum: list[int]
    by_kept: list[int]
    by_out: list[int]
    slope: list[int]
    delta: list[int]
    target: list[int]
    error: list[int]
    miss: list[int]

    @classmethod
    def of(cls, sample: int, units: int) -> SamplePlaces:
        """Places for a sample, all still empty."""
        lists = list(cls.__annotations__.values()).count("list[int]")
        return cls(sample, Pairs(), Pairs(), *(nowhere(units) for _ in range(lists)))


class Places(Struct, eq=False):
    """Everything that the recipes of one training step look up.

    Attributes:
        network: the network.
        rules: the rules in force.
        parameters: the address of each parameter at the start of the step.
        offsets: the address of each unit's bias or threshold at the start of the step.
        samples: the places of the samples in this step's batch.
        gradient: the address of each parameter's derivative.
        change: the address of each parameter's change, where a learning rule makes one.
        updated: the address of each parameter's new value, where it has one already.
        moves: what the update uses.
        seen: the address of each parameter as sums over paths see it: in place, the new value as
            soon as there is one.
        uses: who uses what, noted once for the whole program.
        no_sample: places that stay empty, for what belongs to no sample.
        strengths: the address of each penalty's strength.
        penalised: the parameters that a penalty counts.
        moved_inputs: the addresses of each sample's new inputs.
        step: which training step this is, from 1: its masks of dropout are its own.
        is_test: whether nothing is dropped.
        by_delta: whether the update is told straight from delta, not by the derivative.
        dropped: what is dropped of units and inputs, by number.
    """

    network: Network
    rules: Backprop
    parameters: list[int]
    offsets: list[int]
    gradient: list[int]
    change: list[int]
    updated: list[int]
    moves: Moves
    uses: Uses
    no_sample: SamplePlaces
    penalised: frozenset[int]
    by_delta: bool
    dropped: Mapping[int, Dropout]
    step: int
    is_test: bool
    samples: list[SamplePlaces] = field(default_factory=list)
    seen: Sequence[int] = ()
    strengths: Sequence[int] = ()
    moved_inputs: dict[int, Sequence[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, network: Network, rules: Backprop, step: int, is_test: bool) -> Places:
        """Room for every unit and parameter of a training step, all still empty."""
        units, parameters = len(network.units), len(network.parameters)
        return cls(
            network=network,
            rules=rules,
            parameters=nowhere(parameters),
            offsets=nowhere(units),
            gradient=nowhere(parameters),
            change=nowhere(parameters),
            updated=nowhere(parameters),
            moves=Moves(network.training, rules, parameters),
            uses=Uses(network),
            no_sample=SamplePlaces.of(0, units),
            penalised=penalised(network),
            by_delta=may_leave_out(rules) and moves_by_delta(network),
            dropped={unit: one for one in network.dropouts for unit in one.units},
            step=step,
            is_test=is_test,
        )

    @property
    def has_update(self) -> bool:
        """Whether the step ends with new parameters."""
        return self.moves.has_update

    @property
    def learning_rate(self) -> Sequence[int]:
        """For each parameter, the address of the learning rate, if there is one."""
        return self.moves.addresses["learning_rate"]

    @property
    def total(self) -> Kind:
        """What the error of all samples is: the whole of E, unless penalties are added to it."""
        return DATA_ERROR if self.network.training.regularization else TOTAL

    def gradient_of(self, numbers: Sequence[int]) -> Kind:
        """What the derivatives by some parameters are, before the penalties are added."""
        return DATA_GRADIENT if self.penalised.intersection(numbers) else GRADIENT

    def put_parameters(self, addresses: Sequence[int]) -> None:
        """Notes where the parameters stand."""
        self.parameters = [*addresses, NONE]
        self.seen = self.parameters
        self.moves.addresses |= {"old": self.parameters, "weight": self.parameters}
        self.moves.addresses["gradient"] = self.gradient
        for layer in self.network.layers:
            for unit, bias in enumerate(layer.biases, layer.first_unit):
                self.offsets[unit] = NONE if bias is None else self.parameters[bias]

    def see_updates(self) -> None:
        """From now on, sums over paths see the new values that there are."""
        pairs = zip(self.updated, self.parameters, strict=True)
        self.seen = [old if new == NONE else new for new, old in pairs]


def names_of(places: Places, numbers: Sequence[int]) -> list[str]:
    """The names of some parameters."""
    return [places.network.parameters[number].name for number in numbers]
