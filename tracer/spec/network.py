"""What a spec says, as frozen data: a network, or a program of expressions.

Units are counted over the whole network: the inputs first, then layer after layer. Parameters
(weights, biases, thresholds) are counted over the whole network too; a parameter that several
edges use is shared. A value is a literal, or a symbol where the author left a letter.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cached_property

from msgspec import Struct, field

from tracer.errors import Place
from tracer.maths.expression import Expression, Number, Symbol
from tracer.rules.activations import Activation
from tracer.rules.input_moves import InputMove
from tracer.rules.joint import Joint
from tracer.rules.losses import Loss
from tracer.rules.penalties import Regularization
from tracer.spec.dropout.masks import Dropout
from tracer.spec.located import Located
from tracer.spec.remarks import ONCE as ONCE
from tracer.spec.remarks import About as About
from tracer.spec.remarks import Presentation as Presentation
from tracer.spec.remarks import Published as Published
from tracer.spec.training.method import GRADIENT_DESCENT, Method
from tracer.spec.training.until import Until
from tracer.spec.unrolled import Coupling, Time
from tracer.spec.wiring import Wiring

Value = Number | Symbol


class ParameterKind(Enum):
    """What a parameter is multiplied by: a unit's output, 1, or -1."""

    WEIGHT = "weight"
    BIAS = "bias"
    THRESHOLD = "threshold"


class Parameter(Struct, frozen=True):
    """A number that training may change."""

    name: str
    kind: ParameterKind
    value: Value
    trainable: bool = True


class Layer(Located, frozen=True):
    """Units that are computed together.

    Attributes:
        units: their names.
        first_unit: the first one's number in the network.
        activations: one for each unit; the identity where the layer has a joint one.
        wiring: which units feed them, through which parameters.
        biases: the number of each unit's bias or threshold; None where it has none.
        joint: what makes all outputs of all net inputs together, if anything does.
        couplings: what its units get besides, without a weight.
        cut: the units that feed it, but get no derivative from it: truncated backpropagation.
        place: where the file says so.
        places: where it says each unit's activation.
    """

    units: tuple[str, ...]
    first_unit: int
    activations: tuple[Activation, ...]
    wiring: Wiring
    biases: tuple[int | None, ...]
    joint: Joint | None = None
    couplings: tuple[Coupling, ...] = ()
    cut: tuple[int, ...] = ()
    place: Place | None = None
    places: tuple[Place, ...] = ()


class Sample(Struct, frozen=True):
    """One training case: a value for each input, a target for each output."""

    inputs: tuple[Value, ...]
    targets: tuple[Value, ...]

    @property
    def right(self) -> int | None:
        """The place of the only target that is 1, if all others are 0; else None."""
        numbers = [value.value for value in self.targets if isinstance(value, Number)]
        is_class = len(numbers) == len(self.targets) and sorted(numbers)[-1:] == [1]
        return numbers.index(Fraction(1)) if is_class and sum(map(abs, numbers)) == 1 else None


class Training(Located, frozen=True):
    """How the parameters move.

    Attributes:
        learning_rate: None where the spec gives none: then there is no update.
        steps: how many updates.
        in_place: update each layer before the layer below takes its derivatives.
        batch: samples in one update; None means all of them.
        mean: average the samples' gradients, where False sums them.
        evaluate_after: one more forward pass, with the last weights.
        negative_delta: delta is -dE/dnet, where False means dE/dnet itself.
        optimiser: how a parameter moves along its gradient.
        decay: how the learning rate falls; None: it stays as it is.
        learning_rule: the name of a rule that takes no derivative; empty: gradient descent.
        until: what ends the training before its `steps` are done; None: nothing.
        regularization: the penalties on the parameters; None: there are none.
        move_inputs: how the inputs move, while all parameters stay; None: they do not.
        delta_place: where the file says the sign of delta; None: it does not.
    """

    learning_rate: Value | None = None
    steps: int = 1
    in_place: bool = False
    batch: int | None = None
    mean: bool = False
    evaluate_after: bool = False
    negative_delta: bool = False
    optimiser: Method = GRADIENT_DESCENT
    decay: Method | None = None
    learning_rule: str = ""
    until: Until | None = None
    regularization: Regularization | None = None
    move_inputs: InputMove | None = None
    delta_place: Place | None = None


class GivenValue(Located, frozen=True):
    """A quantity that the author gives a value, so that the trace starts there.

    Attributes:
        quantity: its plain name.
        value: a number, or a letter.
        place: where the file says so.
    """

    quantity: str
    value: Value
    place: Place | None = None


class Network(Located, frozen=True, dict=True):
    """A feed-forward network with its data; a recurrent one is unrolled.

    Attributes:
        inputs: their names.
        layers: in order; the last one is the output.
        parameters: weights, biases and thresholds, by number.
        loss: the error of one output.
        samples: the training cases.
        training: how the parameters move.
        given: the values from which the trace starts.
        about: what the file says about itself.
        loss_place: where the file says the loss.
        time: how it was unrolled; None where it has no time steps.
        dropouts: what is dropped in training, of the inputs and of layers.
    """

    inputs: tuple[str, ...]
    layers: tuple[Layer, ...]
    outputs: tuple[int, ...]
    parameters: tuple[Parameter, ...]
    loss: Loss
    samples: tuple[Sample, ...]
    training: Training
    given: tuple[GivenValue, ...] = ()
    about: About = field(default_factory=About)
    loss_place: Place | None = None
    time: Time | None = None
    dropouts: tuple[Dropout, ...] = ()

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Every unit's name, in the order of the units' numbers."""
        return (*self.inputs, *(unit for layer in self.layers for unit in layer.units))

    @cached_property
    def short_forms(self) -> dict[int, Expression | None]:
        """dE/dnet in short of layers, by their first unit, as `tracer.spec.short` finds them."""
        return {}

    @property
    def output_names(self) -> tuple[str, ...]:
        """The outputs' names, in the order of their targets."""
        return tuple(self.units[number] for number in self.outputs)


class Line(Located, frozen=True):
    """One line of an expression program, ``name = formula``; a name may be assigned again.

    Attributes:
        name: what the value is called.
        formula: its symbols hold names (str).
        place: where the file says so.
    """

    name: str
    formula: Expression
    place: Place | None = None


class ExpressionProgram(Struct, frozen=True):
    """Formulas in place of a network.

    Attributes:
        lines: in the order of evaluation; ``c += 1`` arrives here as ``c = c + 1``.
        variables: the free names, in the order in which they are given or first used.
        at: a value for each variable; the variable's own symbol where none is given.
        forward: forward mode (tangents), where False means reverse mode (adjoints).
        intermediate: the letter of the names that unnamed intermediate results get.
        training: how steps go that minimise the result.
        moved: the variables that these steps move; empty where nothing is minimised.
    """

    lines: tuple[Line, ...]
    variables: tuple[str, ...]
    at: tuple[Value, ...]
    forward: bool = False
    intermediate: str = "v"
    given: tuple[GivenValue, ...] = ()
    about: About = field(default_factory=About)
    training: Training = field(default_factory=Training)
    moved: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many steps move the variables."""
        moves = self.moved and self.training.learning_rate is not None
        return self.training.steps if moves else 0


Spec = Network | ExpressionProgram
