"""What an author wrote, field by field, before it is put together: one record for each mapping.

A field that was left out, or could not be read, is None. Nodes are kept, so that whatever turns
out wrong later can be told with its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tracer.rules.activations import Activation
from tracer.rules.joint import Joint
from tracer.rules.losses import Loss
from tracer.spec.network import Value
from tracer.spec.recurrent.written import WrittenCoupling, WrittenGate, WrittenTime
from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.windows.written import WrittenConvolution, WrittenGrid, WrittenPooling

if TYPE_CHECKING:
    from tracer.spec.dropout.written import WrittenDropout
    from tracer.spec.training.written_until import WrittenUntil


class Entry(NamedTuple):
    """A number, a letter, or a name with its number, as it stands among weights or samples.

    Attributes:
        node: where it stands.
        name: the letter, or the name before the ``=``; None for a number alone.
        value: the number; None for a letter alone.
        absent: ``none`` was written: there is nothing here.
    """

    node: Node
    name: str | None = None
    value: Value | None = None
    absent: bool = False


Nested = Items["Nested"] | Entry
"""Lists of lists of numbers; how deep they are shows when they are compared with a shape."""

Units = Items[Scalar] | int
Rows = Items[Items[Entry]]
Edges = Pairs[Pairs[Entry]]
Entries = Entry | Items[Entry] | Pairs[Entry]
Values = Nested | Pairs[Entry]


def named_entry(
    node: nodes.Mapping, name: Scalar | None = None, value: Entry | None = None
) -> Entry:
    """An entry written as a mapping, ``{name: a, value: 0.15}``."""
    return Entry(node, name.text if name else None, value.value if value else None)


class WrittenLayer(NamedTuple):
    """One of ``layers``, or a piece of one; the layer before it stands `back` places before.

    What follows `cell` is of recurrent layers, and of their copies.
    """

    node: nodes.Mapping
    units: Units | None = None
    name: Scalar | None = None
    output: bool | None = None
    activation: (
        Joint | Activation | Items[Activation | Joint] | Pairs[Activation | Joint] | None
    ) = None
    sources: Items[Scalar] | Scalar | None = None
    weights: Rows | Edges | None = None
    bias_first: bool = False
    bias: Entries | None = None
    threshold: Entries | None = None
    convolution: WrittenConvolution | None = None
    pooling: WrittenPooling | None = None
    pieces: Items[WrittenLayer] | None = None
    ties: str = ""
    back: int = 1
    cell: str | None = None
    recurrent_weights: Rows | Edges | None = None
    recurrent_from: Scalar | None = None
    gates: Pairs[WrittenGate] | None = None
    gate_activation: Activation | None = None
    update_gate: str | None = None
    start: Values | None = None
    start_cell: Values | None = None
    couplings: tuple[WrittenCoupling, ...] = ()
    cut: tuple[str, ...] = ()
    dropout: WrittenDropout | None = None


class WrittenSample(NamedTuple):
    """One of ``samples``; in a sequence, what stands in a list may be a list for a time step."""

    node: nodes.Mapping
    name: str = ""
    input: Values | None = None
    target: Values | None = None
    right: Scalar | None = None


class WrittenMethod(NamedTuple):
    """An optimiser, or a decay of the learning rate, and what was said of its settings."""

    node: Node
    name: str
    settings: Mapping[str, Entry] | None = None
    epsilon_inside: bool | None = None


class WrittenInputMove(NamedTuple):
    """``move_inputs`` of ``training``."""

    node: nodes.Mapping
    direction: str = ""
    sign: bool = False
    sign_at_zero: Entry | None = None
    clip: Items[Entry] | None = None


class WrittenRegularization(NamedTuple):
    """``regularization`` of ``training``."""

    node: nodes.Mapping
    l1: Entry | None = None
    l2: Entry | None = None
    form: str | None = None
    m: str | None = None
    biases: bool = False
    sign_at_zero: Entry | None = None


class WrittenTraining(NamedTuple):
    """``training``; a batch of 0 is all samples."""

    node: nodes.Mapping
    learning_rate: Entry | None = None
    steps: int | None = None
    epochs: int | None = None
    update: str | None = None
    frozen: Items[Scalar] | Scalar | None = None
    batch: int | None = None
    reduction: str | None = None
    evaluate_after: bool | None = None
    delta: str | None = None
    optimizer: WrittenMethod | None = None
    decay: WrittenMethod | None = None
    learning_rule: str | None = None
    until: WrittenUntil | None = None
    regularization: WrittenRegularization | None = None
    move_inputs: WrittenInputMove | None = None


class WrittenMinimise(NamedTuple):
    """``minimise``: how the variables of an expression are moved, and which."""

    training: WrittenTraining
    variables: Items[Scalar] | Scalar | None = None


class WrittenSettings(NamedTuple):
    """What a published value, or the command line, can set differently."""

    training: WrittenTraining
    quantity: Scalar | None = None
    rule: str = ""
    as_printed: Items[Scalar] | Scalar | None = None
    arithmetic: str = ""
    digits: int | None = None
    significant: int | None = None
    loss: Loss | None = None


class WrittenPublished(NamedTuple):
    """One of ``published``."""

    node: nodes.Mapping
    quantity: Scalar | None = None
    value: Entry | None = None
    times: Entry | None = None
    why: str = ""
    under: WrittenSettings | None = None


class WrittenAbout(NamedTuple):
    """What every spec can say about itself."""

    title: str = ""
    description: str = ""
    source: str = ""
    notes: Items[str] | None = None
    given: Pairs[Entry] | None = None
    arithmetic: str = ""
    digits: int | None = None
    significant: int | None = None
    samples_as: str = ""
    notation: str = ""
    published: Items[WrittenPublished] | None = None


class WrittenNetwork(NamedTuple):
    """A whole file that describes a network."""

    node: nodes.Mapping
    about: WrittenAbout
    inputs: Units | WrittenGrid | None = None
    layers: Items[WrittenLayer] | None = None
    parameters: Pairs[Entry] | None = None
    loss: Loss | None = None
    samples: Items[WrittenSample] | None = None
    training: WrittenTraining | None = None
    time: WrittenTime | None = None
    input_dropout: WrittenDropout | None = None
    input_dropouts: tuple[WrittenDropout, ...] = ()


class WrittenProgram(NamedTuple):
    """A whole file that describes an expression program."""

    node: nodes.Mapping
    about: WrittenAbout
    expression: Scalar | Items[Scalar] | None = None
    at: Pairs[Entry] | None = None
    mode: str = "reverse"
    intermediate: Scalar | None = None
    minimise: WrittenMinimise | None = None


def written_settings(node: nodes.Mapping, **fields: Any) -> WrittenSettings:
    """Settings from fields, those of ``training`` among them."""
    own = {name: fields.pop(name) for name in WrittenSettings._fields if name in fields}
    return WrittenSettings(WrittenTraining(node, **fields), **own)


def written_minimise(node: nodes.Mapping, **fields: Any) -> WrittenMinimise:
    """How something is minimised, from fields, those of ``training`` among them."""
    variables = fields.pop("variables", None)
    return WrittenMinimise(WrittenTraining(node, **fields), variables)


def written_network(node: nodes.Mapping, **fields: Any) -> WrittenNetwork:
    """A network from fields, those that every spec has among them."""
    about = _about(fields)
    return WrittenNetwork(node, about, **fields)


def written_program(node: nodes.Mapping, **fields: Any) -> WrittenProgram:
    """A program from fields, those that every spec has among them."""
    about = _about(fields)
    return WrittenProgram(node, about, **fields)


def _about(fields: dict[str, Any]) -> WrittenAbout:
    """The fields that every spec has, taken from among the others."""
    own = {name: fields.pop(name) for name in WrittenAbout._fields if name in fields}
    return WrittenAbout(**own)
