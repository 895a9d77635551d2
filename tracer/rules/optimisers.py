"""Optimisers: one row each, its settings, what it remembers, and its lines in order.

The roles of a line are ``gradient``, ``old`` (the parameter), ``learning_rate``, the row's settings
and states by name, and what the lines before it give. The last line gives ``new``, the parameter's
new value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.quantity import UPDATED, Kind
from tracer.rules.sub_steps import NEW, Line, Setting, State, after, setting

ROOT = "root"
"""In a formula: the divisor under which a square root and epsilon stand, one way or the other."""

OUTSIDE, INSIDE = "(sqrt({}) + epsilon)", "sqrt({} + epsilon)"


class Optimiser(Struct, frozen=True):
    """A way to move parameters against their gradients.

    Attributes:
        name: as the spec calls it.
        title: as people call it.
        lines: its sub-steps for each parameter, in order.
        settings: what an author may choose.
        states: what it remembers of each parameter.
        rate: the learning rate where a spec gives none.
        rooted: what its square root is taken of; empty where there is none.
    """

    name: str
    title: str
    lines: tuple[Line, ...]
    settings: tuple[Setting, ...] = ()
    states: tuple[State, ...] = ()
    rate: str = "0.01"
    rooted: str = ""

    def with_root(self, inside: bool) -> Optimiser:
        """The row with epsilon inside or outside of the square root."""
        root = (INSIDE if inside else OUTSIDE).format(self.rooted)
        return replace(self, lines=tuple(_with_root(line, root) for line in self.lines))


def _with_root(line: Line, root: str) -> Line:
    rule = line.rule
    return replace(line, rule=replace(rule, formula=rule.formula.replace(ROOT, root)))


def kinds_of(row: Optimiser) -> Iterator[Kind]:
    """Every kind of quantity that a row brings along, but the new values of parameters."""
    yield from (setting.kind for setting in row.settings)
    yield from (kind for state in row.states for kind in (state.kind, state.after))
    given = {state.after for state in row.states} | {UPDATED}
    yield from (line.kind for line in row.lines if line.kind not in given)


def _state(name: str, word: str) -> State:
    kind = Kind(word, f"{name}_{{unit}}")
    return State(name, kind, Kind(f"{word}, after the step", f"{name}_{{unit}}+"))


def _line(state: State, name: str, formula: str, why: str) -> Line:
    return Line(after(state), state.after, Rule(name, formula, why))


def _last(formula: str, why: str) -> tuple[Line]:
    return (Line(NEW, UPDATED, Rule("update", formula, why)),)


def _corrected(gives: str, kind: Kind, mean: str, share: str) -> Line:
    formula = f"{mean}/(1 - {share}**t_new)"
    why = "an average that started at 0 is too small at first: divided by the sum of its weights"
    return Line(gives, kind, Rule("bias correction", formula, why))


GAMMA, ALPHA, MU = setting("gamma", "0.9"), setting("alpha", "0.9"), setting("mu", "0.9")
BETA, RHO = setting("beta", "0.9"), setting("rho", "0.9")
BETA1, BETA2 = setting("beta1", "0.9"), setting("beta2", "0.999")
EPSILON = setting("epsilon", "1e-8", below_one=False)

VELOCITY = _state("v", "velocity")
CHANGE = _state("change", "change")
SQUARES = _state("s", "squared gradients")
MEAN = _state("m", "mean gradient")
MEAN_SQUARE = _state("v", "mean squared gradient")
MHAT = Kind("corrected mean gradient", "mhat_{unit}")
VHAT = Kind("corrected mean squared gradient", "vhat_{unit}")

NEVER_NEGATIVE = frozenset(
    (SQUARES.kind, SQUARES.after, MEAN_SQUARE.kind, MEAN_SQUARE.after, VHAT),
)
"""What is made of squares, under a root."""

FADING = _line(VELOCITY, "momentum", "mu*v + gradient", "gradients add up, and old ones fade")
DESCENDING = _line(
    CHANGE,
    "momentum",
    "-learning_rate*gradient + mu*change",
    "a step against the gradient, and a part of the change before",
)
AVERAGE_SQUARE = "the average of the squared gradients, in which old ones fade"
SHORTENED = _last(
    f"old - learning_rate*gradient/{ROOT}",
    "a step against the gradient, the shorter the larger the gradients have been",
)

TABLE = (
    Optimiser("gradient_descent", "gradient descent", (Line(NEW, UPDATED, TEXTBOOK.update),)),
    Optimiser(
        "momentum",
        "momentum",
        (
            _line(
                VELOCITY,
                "momentum",
                "gamma*v + learning_rate*gradient",
                "a part of the velocity before, and a step along the gradient",
            ),
            *_last("old - v_new", "the parameter moves against its velocity"),
        ),
        (GAMMA,),
        (VELOCITY,),
    ),
    Optimiser(
        "momentum_change",
        "momentum, written as a change",
        (
            _line(
                CHANGE,
                "momentum",
                "-learning_rate*gradient + alpha*change",
                "a step against the gradient, and a part of the change before",
            ),
            *_last("old + change_new", "the parameter changes by this"),
        ),
        (ALPHA,),
        (CHANGE,),
    ),
    Optimiser(
        "momentum_pytorch",
        "momentum, as PyTorch has it",
        (FADING, *_last("old - learning_rate*v_new", "a step against the velocity")),
        (MU,),
        (VELOCITY,),
    ),
    Optimiser(
        "momentum_average",
        "momentum, as an exponentially weighted average",
        (
            _line(
                VELOCITY,
                "weighted average",
                "beta*v + (1 - beta)*gradient",
                "the average of the gradients, in which old ones fade",
            ),
            *_last("old - learning_rate*v_new", "a step against the average gradient"),
        ),
        (BETA,),
        (VELOCITY,),
    ),
    Optimiser(
        "nesterov",
        "Nesterov's momentum, as PyTorch has it",
        (
            FADING,
            *_last(
                "old - learning_rate*(gradient + mu*v_new)",
                "the gradient, and what the next step will keep of the velocity",
            ),
        ),
        (MU,),
        (VELOCITY,),
    ),
    Optimiser(
        "nesterov_change",
        "Nesterov's momentum, written as a change; the parameters are those looked ahead to",
        (
            DESCENDING,
            *_last(
                "old + change_new + mu*(change_new - change)",
                "the change, and the look ahead moves along with it",
            ),
        ),
        (MU,),
        (CHANGE,),
    ),
    Optimiser(
        "adagrad",
        "AdaGrad",
        (
            _line(SQUARES, "sum of squares", "s + gradient**2", "the squared gradients, added up"),
            *SHORTENED,
        ),
        (EPSILON,),
        (SQUARES,),
        rooted="s_new",
    ),
    Optimiser(
        "rmsprop",
        "RMSProp",
        (
            _line(SQUARES, "weighted average", "rho*s + (1 - rho)*gradient**2", AVERAGE_SQUARE),
            *SHORTENED,
        ),
        (RHO, EPSILON),
        (SQUARES,),
        rate="0.001",
        rooted="s_new",
    ),
    Optimiser(
        "adam",
        "Adam",
        (
            _line(
                MEAN,
                "weighted average",
                "beta1*m + (1 - beta1)*gradient",
                "the average of the gradients, in which old ones fade",
            ),
            _line(
                MEAN_SQUARE,
                "weighted average",
                "beta2*v + (1 - beta2)*gradient**2",
                AVERAGE_SQUARE,
            ),
            _corrected("mhat", MHAT, after(MEAN), "beta1"),
            _corrected("vhat", VHAT, after(MEAN_SQUARE), "beta2"),
            *_last(
                f"old - learning_rate*mhat/{ROOT}",
                "a step against the average gradient, in units of its usual size",
            ),
        ),
        (BETA1, BETA2, EPSILON),
        (MEAN, MEAN_SQUARE),
        rate="0.001",
        rooted="vhat",
    ),
)

OPTIMISERS: Mapping[str, Optimiser] = {row.name: row for row in TABLE}

MADE = frozenset(line.kind for row in TABLE for line in row.lines)
"""What an update makes for each parameter: its new value, and all that leads to it."""

STATES = frozenset(state.kind for row in TABLE for state in row.states)
"""What optimisers remember, as it is before a step."""

SETTINGS = frozenset(item.name for row in TABLE for item in row.settings)
"""The names of what an author may choose."""
