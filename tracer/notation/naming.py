"""What symbols say of a network: the place of each unit, and the two ends of each parameter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from tracer.rules.quantity import Kind


class Spot(NamedTuple):
    """Where a unit or an input stands.

    Attributes:
        layer: the number of its layer.
        number: its place there, from 1.
        word: what stands for it below a letter, where letters have names below them.
    """

    layer: str
    number: str
    word: str


class Ends(NamedTuple):
    """What a parameter with one use connects.

    Attributes:
        to: the unit whose net input it is a part of.
        source: the unit or input whose output it is multiplied by; empty for a bias.
    """

    to: str
    source: str = ""


class Anyone(NamedTuple):
    """Names that stand for any unit and parameter, and that none of the network has.

    Attributes:
        unit: any unit.
        source: any unit or input that feeds it.
        weight: any weight.
        bias: any bias.
        threshold: any threshold.
    """

    unit: str = "j"
    source: str = "i"
    weight: str = "w"
    bias: str = "b"
    threshold: str = "θ"


ANY_LAYER = "l"


class Naming(Struct, frozen=True):
    """The places of a network; what it does not know is called by its own name.

    Attributes:
        spots: of units and inputs, by name.
        ends: of parameters, by name: of those that are used once.
        parameters: the kind of each parameter, by name.
        inputs: the names of the inputs.
        outputs: the names of the units that have targets.
        outputs_are_a_layer: whether they are the units of one layer, so that a number tells them.
        anyone: names for any unit and parameter, of which it knows the places.
        spread: whether two indices need a comma between them: 1,12 is not 11,2.
    """

    spots: Mapping[str, Spot] = field(default_factory=dict)
    ends: Mapping[str, Ends] = field(default_factory=dict)
    parameters: Mapping[str, Kind] = field(default_factory=dict)
    inputs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()
    outputs_are_a_layer: bool = True
    anyone: Anyone = Anyone()
    spread: bool = False


NOTHING = Naming()
"""What is known of formulas: nothing, every variable has its own name."""
