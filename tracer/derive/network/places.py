"""Where the quantities of a network stand while its program is being written."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracer.derive.network.uses import Uses
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import BIAS, THRESHOLD, WEIGHT, Kind
from tracer.spec.network import Network, ParameterKind

KINDS: dict[ParameterKind, Kind] = {
    ParameterKind.WEIGHT: WEIGHT,
    ParameterKind.BIAS: BIAS,
    ParameterKind.THRESHOLD: THRESHOLD,
}


@dataclass(slots=True)
class SamplePlaces:
    """The addresses of one sample's quantities, by unit number; -1 where there is none yet."""

    sample: int
    out: list[int]
    net: list[int]
    by_out: list[int]
    slope: list[int]
    delta: list[int]
    target: range = range(0)
    error: range = range(0)

    @classmethod
    def of(cls, sample: int, units: int) -> SamplePlaces:
        """Places for a sample, all still empty."""
        out, net, by_out, slope, delta = ([-1] * units for _ in range(5))
        return cls(sample, out, net, by_out, slope, delta)


@dataclass(slots=True)
class Places:
    """Everything that the recipes of one training step look up.

    Attributes:
        network: the network.
        rules: the rules in force.
        parameters: the addresses of the parameters at the start of the step.
        samples: the places of the samples in this step's batch.
        gradient: the address of each parameter's derivative.
        updated: the address of each parameter's new value, where it has one already.
        learning_rate: its address; -1 where there is none.
        weights: the address of each parameter as sums over paths see it: in place, the new value
            as soon as there is one.
    """

    network: Network
    rules: Backprop
    parameters: list[int] = field(default_factory=list)
    samples: list[SamplePlaces] = field(default_factory=list)
    gradient: dict[int, int] = field(default_factory=dict)
    updated: dict[int, int] = field(default_factory=dict)
    learning_rate: int = -1
    weights: list[int] = field(default_factory=list)
    uses: Uses = field(init=False)

    def __post_init__(self) -> None:
        """Notes who uses what, once for the whole program."""
        self.uses = Uses(self.network)
