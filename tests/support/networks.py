"""Random networks as plain data: what a network is, apart from how anybody writes or reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct, field
from msgspec.structs import replace

from tests.support.formulas import RATIONAL_FORMS, formulas

BIAS, THRESHOLD = "bias", "threshold"
Draw = Any


class Curve(Struct, frozen=True):
    """An activation or a loss.

    Attributes:
        written: as a spec says it.
        meaning: the same, as a formula for the witnesses: in ``x``, or in ``out`` and ``target``.
        rational: whether it gives fractions for fractions.
    """

    written: str
    meaning: str
    rational: bool = False


class Joint(Struct, frozen=True):
    """An activation of a whole layer: the shares of the exponentials, or their logarithms.

    Attributes:
        written: as a spec says it.
        temperature: what divides every net input.
        logarithm: whether it is the logarithm of the share.
    """

    written: str
    temperature: str = "1"
    logarithm: bool = False


class Edge(Struct, frozen=True):
    """From a unit or input, through a parameter."""

    source: str
    parameter: str


class Unit(Struct, frozen=True):
    """A unit: its edges in the order of the sum, and the name of its bias or threshold."""

    name: str
    curve: Curve
    edges: tuple[Edge, ...]
    offset: str | None = None


class Group(Struct, frozen=True):
    """A layer.

    Attributes:
        units: its units.
        sources: what it says under ``from``; empty: the layer before.
        reach: the units and inputs that feed it, in that order.
        kind: whether the units' offsets are biases or thresholds.
        name: a name that later layers can use; empty for none.
        output: whether its units have targets, where it is not the last layer.
        joint: what makes its outputs of all its net inputs, if anything does.
    """

    units: tuple[Unit, ...]
    sources: tuple[str, ...]
    reach: tuple[str, ...]
    kind: str = BIAS
    name: str = ""
    output: bool = False
    joint: Joint | None = None


class Case(Struct, frozen=True):
    """A sample, as texts of numbers."""

    inputs: tuple[str, ...]
    targets: tuple[str, ...]


class Training(Struct, frozen=True):
    """How parameters move; no learning rate, no training."""

    rate: str = ""
    steps: int = 1
    batch: int = 0
    mean: bool = False
    in_place: bool = False
    frozen: tuple[str, ...] = ()
    evaluated: bool = False


class Drawn(Struct, frozen=True):
    """A network with its data; `numbers` holds the text of every parameter's number."""

    inputs: tuple[str, ...]
    groups: tuple[Group, ...]
    numbers: Mapping[str, str]
    loss: Curve
    cases: tuple[Case, ...]
    training: Training = field(default_factory=Training)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit, layer after layer."""
        return tuple(unit for group in self.groups for unit in group.units)

    @property
    def outputs(self) -> tuple[Unit, ...]:
        """The units that have targets: the last layer's, and those of layers that say so."""
        return tuple(
            unit for group in self.groups if self.has_targets(group) for unit in group.units
        )

    def has_targets(self, group: Group) -> bool:
        """Whether a layer's units have targets."""
        return group.output or group is self.groups[-1]

    def kind(self, parameter: str) -> str:
        """What a parameter is multiplied by: ``weight``, ``bias`` or ``threshold``."""
        for group in self.groups:
            if any(unit.offset == parameter for unit in group.units):
                return group.kind
        return "weight"

    def is_frozen(self, parameter: str) -> bool:
        """Whether a parameter keeps its value."""
        kind = self.kind(parameter)
        plural = f"{kind}{'es' if kind == BIAS else 's'}"
        return parameter in self.training.frozen or plural in self.training.frozen

    def batches(self) -> list[list[int]]:
        """The samples of each update, by number from 1."""
        count = len(self.cases)
        size = self.training.batch or count
        return [
            list(range(first, min(first + size, count + 1))) for first in range(1, count + 1, size)
        ]


NUMBERS = st.one_of(
    st.integers(-3, 3).filter(bool).map(str),
    st.integers(-199, 199).filter(bool).map(lambda n: f"{n / 100:.2f}"),
    st.integers(-19, 19).filter(bool).map(lambda n: f"{n / 10:.1f}"),
    st.tuples(st.integers(-7, 7).filter(bool), st.integers(2, 9)).map(
        lambda ab: f"{ab[0]}/{ab[1]}"
    ),
    st.sampled_from(("1e-1", "2.5e-1", "-3E-1", "5e0", ".5", "-.25", "1.", "0", "+2")),
)
"""Numbers as people write them; 0 among them."""


def curve(name: str, meaning: str, rational: bool = False) -> Curve:
    """A row of the tables."""
    return Curve(name, meaning, rational)


SIGMOID = curve("sigmoid", "1/(1 + exp(-x))")
ACTIVATIONS = (
    curve("identity", "x", True),
    curve("linear", "x", True),
    SIGMOID,
    curve("logistic", "1/(1 + exp(-x))"),
    curve("bipolar_sigmoid", "(1 - exp(-x))/(1 + exp(-x))"),
    curve("tanh", "(exp(x) - exp(-x))/(exp(x) + exp(-x))"),
    curve("relu", "where(x > 0, x, 0)", True),
    curve("{name: relu, at_zero: 1/2}", "where(x > 0, x, 0)", True),
    curve("leaky_relu", "where(x > 0, x, 0.1*x)", True),
    curve("{name: leaky_relu, slope: 0.25}", "where(x > 0, x, x/4)", True),
    curve("elu", "where(x > 0, x, exp(x) - 1)"),
    curve("{name: elu, alpha: 3/2}", "where(x > 0, x, 1.5*(exp(x) - 1))"),
    curve("hard_tanh", "where(x > 1, 1, x > -1, x, -1)", True),
    curve("step", "where(x > 0, 1, 0)", True),
    curve("sign", "where(x > 0, 1, -1)", True),
    curve("square", "x*x", True),
    curve("softplus", "ln(1 + exp(x))"),
    curve("log_sigmoid", "-ln(1 + exp(-x))"),
    curve("hard_sigmoid", "where(x > 3, 1, x > -3, (x + 3)/6, 0)", True),
    curve("softsign", "where(x > 0, x/(1 + x), x/(1 - x))", True),
    curve("arctan", "atan(x)"),
    curve("swish", "x/(1 + exp(-x))"),
    curve("gelu_tanh", "x/(1 + exp(-(x + 0.044715*x^3)*sqrt(2/atan(1))))"),
    curve("selu", "1.0507009873554805*where(x > 0, x, 1.6732632423543772*(exp(x) - 1))"),
    curve("mish", "x*((1 + exp(x))^2 - 1)/((1 + exp(x))^2 + 1)"),
    curve("net**2", "x*x", True),
    curve("3*net + 1", "x + x + x + 1", True),
    curve("max(0, net)", "where(x > 0, x, 0)", True),
    curve("net/(1 + abs(net))", "where(x > 0, x/(1 + x), x/(1 - x))", True),
    curve("net*sigmoid(net)", "x/(1 + exp(-x))"),
    curve("1/2", "0.5", True),
    curve("sin(net) + net²", "x^2 + sin(x)"),
    curve("where(net > 1, 2*net - 1, net^2)", "where(x > 1, x + x - 1, x*x)", True),
)
"""Every row of the table, aliases, parameters, and formulas of users'."""

LOSSES = (
    curve("half_squared_error", "(out - target)^2/2", True),
    curve("half_mse", "(out - target)^2/2", True),
    curve("squared_error", "(out - target)^2", True),
    curve("mean_squared_error", "(out - target)^2/n", True),
    curve("mse", "(out - target)^2/n", True),
    curve("(target - out)**4/4", "(out - target)^4*0.25", True),
    curve("abs(target - out)", "where(out > target, out - target, target - out)", True),
    curve("max(0, 1 - target*out)", "where(1 > target*out, 1 - target*out, 0)", True),
    curve("ln(cosh(out - target))", "ln((exp(out - target) + exp(target - out))/2)"),
    curve("1/n*(target - out)^2 + 0.05*out²", "(target - out)*(target - out)/n + out*out/20", True),
    curve(
        "where(abs(out - target) < 1, 1/2*(out - target)^2, abs(out - target) - 1/2)",
        "where(out - target > 1, out - target - 0.5, target - out > 1, target - out - 0.5,"
        " (out - target)^2/2)",
        True,
    ),
)
JOINTS = (
    Joint("softmax"),
    Joint("log_softmax", logarithm=True),
    Joint("{name: softmax, temperature: 5/2}", "2.5"),
    Joint("{name: softmax, shift: 0}"),
    Joint("{name: log_softmax, temperature: 0.5, shift: 1/3}", "0.5", logarithm=True),
)
CROSS_ENTROPY = curve("binary_cross_entropy", "-(target*ln(out)) - (1 - target)*ln(1 - out)")
"""Only for outputs between 0 and 1."""


def own_curves(forms: Sequence[str] | None = None) -> st.SearchStrategy[Curve]:
    """Activations that are random formulas."""
    texts = formulas(["net"], forms or RATIONAL_FORMS, 4)
    return texts.map(lambda text: Curve(text, text.replace("net", "x"), forms is None))


CURVES = st.one_of(st.sampled_from(ACTIVATIONS), own_curves())
RATIONAL_CURVES = st.one_of(
    st.sampled_from([row for row in ACTIVATIONS if row.rational]), own_curves()
)
RATIONAL_LOSSES = st.sampled_from([row for row in LOSSES if row.rational])


@st.composite
def networks(
    draw: Draw,
    rational: bool = False,
    most_cases: int = 3,
    trained: bool = True,
    shared: bool = True,
    in_place: bool = False,
    most_steps: int = 1,
    evaluated: bool = False,
) -> Drawn:
    """Random networks.

    Args:
        draw: given by Hypothesis.
        rational: whether all its values are fractions.
        most_cases: samples at most.
        trained: whether it may have a learning rate.
        shared: whether parameters may be shared.
        in_place: whether it is trained in place.
        most_steps: training steps at most.
        evaluated: whether a forward pass with the last weights may follow.
    """
    widths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    names = _names(draw, [draw(st.integers(1, 3)), *widths])
    curves = RATIONAL_CURVES if rational else CURVES
    parameters = _Parameters(draw, shared)
    groups: list[Group] = []
    for number, members in enumerate(names[1:], 1):
        groups.append(_group(draw, number, members, names[:number], groups, curves, parameters))
    entropy = not rational and draw(st.integers(0, 9)) == 0
    loss = (
        CROSS_ENTROPY if entropy else draw(RATIONAL_LOSSES if rational else st.sampled_from(LOSSES))
    )
    groups[:-1] = [replace(group, output=not draw(st.integers(0, 3))) for group in groups[:-1]]
    drawn = Drawn(names[0], tuple(groups), parameters.numbers, loss, ())
    if entropy:
        drawn = replace(drawn, groups=tuple(_between_0_and_1(drawn, group) for group in groups))
    cases = _cases(len(names[0]), len(drawn.outputs), entropy)
    drawn = replace(drawn, cases=tuple(draw(st.lists(cases, min_size=1, max_size=most_cases))))
    training = _training(draw, drawn, in_place, most_steps, evaluated) if trained else Training()
    return replace(drawn, training=training)


def _between_0_and_1(drawn: Drawn, group: Group) -> Group:
    """The layer, its units sigmoid ones if they have targets."""
    if not drawn.has_targets(group):
        return group
    units = tuple(replace(unit, curve=SIGMOID) for unit in group.units)
    return replace(group, units=units, joint=None)


def _names(draw: Draw, widths: list[int]) -> list[tuple[str, ...]]:
    """The names that units get when they are only counted; or an author's own."""
    own = draw(st.booleans())
    letters = ["in_", *("αu"[k % 2] + "ab"[k // 2] for k in range(len(widths) - 2)), "y"]
    if not own:
        letters = ["x", *("h" for _ in widths[2:]), "o"]
    counts = dict.fromkeys(letters, 0)
    found = []
    for letter, width in zip(letters, widths, strict=True):
        start = counts[letter]
        counts[letter] += width
        found.append(tuple(f"{letter}{start + k + 1}" for k in range(width)))
    return found


class _Parameters:
    """Parameters as they get used: new ones, or earlier ones again."""

    def __init__(self, draw: Draw, shared: bool) -> None:
        self.draw, self.shared = draw, shared
        self.numbers: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.edges = 0

    def weight(self) -> str:
        self.edges += 1
        return self._one("weight", f"w{self.edges}")

    def offset(self, kind: str, default: str) -> str:
        return self._one(kind, default)

    def _one(self, kind: str, default: str) -> str:
        known = [name for name, of in self.kinds.items() if of == kind]
        if known and self.shared and self.draw(st.integers(0, 5)) == 0:
            return str(self.draw(st.sampled_from(known)))
        own = self.draw(st.integers(0, 3)) == 0
        name = f"p_{len(self.numbers)}" if own else default
        self.numbers[name] = self.draw(NUMBERS)
        self.kinds[name] = kind
        return name


def _group(
    draw: Draw,
    number: int,
    members: tuple[str, ...],
    before: list[tuple[str, ...]],
    groups: list[Group],
    curves: st.SearchStrategy[Curve],
    parameters: _Parameters,
) -> Group:
    """One layer over the layers before it."""
    sources, reach = _reach(draw, before, groups)
    kind = draw(st.sampled_from((BIAS, BIAS, THRESHOLD)))
    same = draw(curves) if draw(st.booleans()) else None
    all_edges = draw(st.booleans())
    edges = []
    for _ in members:
        kept = reach
        if not all_edges:
            kept = tuple(draw(st.lists(st.sampled_from(reach), min_size=1, unique=True)))
            kept = tuple(source for source in reach if source in kept)
        edges.append(tuple(Edge(source, parameters.weight()) for source in kept))
    offsets = _offsets(draw, kind, number, members, parameters)
    joint = draw(st.sampled_from(JOINTS)) if len(members) > 1 and jointly(draw, curves) else None
    units = tuple(
        Unit(name, same or draw(curves), into, offset)
        for name, into, offset in zip(members, edges, offsets, strict=True)
    )
    name = f"layer_{number}" if draw(st.booleans()) else ""
    return Group(units, sources, reach, kind, name, joint=joint)


def jointly(draw: Draw, curves: st.SearchStrategy[Curve]) -> bool:
    """Whether a layer takes its net inputs together, which makes no fractions."""
    return curves is not RATIONAL_CURVES and not draw(st.integers(0, 3))


def _reach(
    draw: Draw, before: list[tuple[str, ...]], groups: list[Group]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a layer says under ``from``, and which units that means."""
    if draw(st.integers(0, 2)):
        return (), before[-1]
    options = [(("inputs",), before[0])]
    options += [((group.name,), before[k]) for k, group in enumerate(groups, 1) if group.name]
    options += [((name,), (name,)) for members in before for name in members]
    chosen = draw(st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True))
    words: tuple[str, ...] = ()
    reach: tuple[str, ...] = ()
    for word, members in chosen:
        if not set(members) & set(reach):
            words, reach = words + word, reach + members
    return words, reach


def _offsets(
    draw: Draw, kind: str, number: int, members: tuple[str, ...], parameters: _Parameters
) -> list[str | None]:
    letter = "b" if kind == BIAS else "theta"
    form = draw(st.sampled_from(("none", "shared", "own", "some")))
    if form == "none":
        return [None] * len(members)
    if form == "shared":
        return [parameters.offset(kind, f"{letter}{number}")] * len(members)
    return [
        parameters.offset(kind, f"{letter}_{name}")
        if form == "own" or draw(st.booleans())
        else None
        for name in members
    ]


def _cases(inputs: int, outputs: int, entropy: bool) -> st.SearchStrategy[Case]:
    targets = st.sampled_from(("0", "1", "0.01", "3/4")) if entropy else NUMBERS
    return st.builds(
        Case,
        st.lists(NUMBERS, min_size=inputs, max_size=inputs).map(tuple),
        st.lists(targets, min_size=outputs, max_size=outputs).map(tuple),
    )


def _training(
    draw: Draw, drawn: Drawn, in_place: bool, most_steps: int, evaluated: bool
) -> Training:
    if not in_place and most_steps == 1 and not draw(st.integers(0, 4)):
        return Training()
    kinds = {drawn.kind(name) for name in drawn.numbers}
    words = [*(f"{kind}{'es' if kind == BIAS else 's'}" for kind in sorted(kinds)), *drawn.numbers]
    return Training(
        rate=draw(st.sampled_from(("0.1", "1/4", "0.5", "1e-2"))),
        steps=draw(st.integers(1, most_steps)),
        batch=draw(st.integers(0, len(drawn.cases))),
        mean=draw(st.booleans()),
        in_place=in_place,
        frozen=tuple(draw(st.lists(st.sampled_from(words), max_size=2, unique=True))),
        evaluated=evaluated and draw(st.booleans()),
    )


@st.composite
def mixed(draw: Draw) -> Drawn:
    """Small networks in which some numbers are twenty orders larger or smaller than the others."""
    drawn: Drawn = draw(networks(most_cases=2, shared=False))
    orders = {name: draw(st.sampled_from((0, 0, 20, -20))) for name in drawn.numbers}
    numbers = {name: _at_order(text, orders[name]) for name, text in drawn.numbers.items()}
    return replace(drawn, numbers=numbers)


def _at_order(text: str, order: int) -> str:
    moved = value(text) * Fraction(10) ** order
    return text if not order else f"{moved.numerator}/{moved.denominator}"


def value(text: str) -> Fraction:
    """What a number's text says."""
    return Fraction(text.strip().removesuffix(".")) if text.endswith(".") else Fraction(text)
