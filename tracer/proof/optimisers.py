"""The witnesses' own optimisers: each written by hand over their numbers, once more.

Nothing here reads the formulas of the tables; of these only the names of quantities are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from tracer.maths.expression import number
from tracer.proof.decays import Shared, shared
from tracer.proof.functions import applied, raised
from tracer.proof.reals import ONE, ZERO, Real
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS
from tracer.rules.quantity import LEARNING_RATE, Kind, Quantity
from tracer.rules.sub_steps import COUNT, State
from tracer.spec.network import Training, Value

Roles = Mapping[str, Real]
Given = Callable[[Kind, str], Real | None]
"""What the author gives of a kind and a name in a training step, if anything."""

Number = Callable[[Value, Quantity], Real]
START = number(0)


class Memory(Struct, frozen=True):
    """What is remembered before a training step.

    Attributes:
        shared: of the whole training, by role.
        own: of each parameter, by role.
    """

    shared: Roles
    own: Sequence[Roles]


class Update:
    """One parameter's update under way: roles with their values, and those that are given."""

    def __init__(self, roles: Roles, inside: bool, given: Callable[[str], Real | None]) -> None:
        self.roles, self.inside, self.given = dict(roles), inside, given

    def __getitem__(self, role: str) -> Real:
        return self.roles[role]

    def put(self, role: str, value: Real) -> Real:
        """Notes a value, or the one that the author gives in its place."""
        found = self.given(role)
        self.roles[role] = value if found is None else found
        return self.roles[role]

    def moved(self, by: Real) -> None:
        """Notes the new value of a parameter that moves by so much."""
        self.put("new", self["old"] + by)

    def under_root(self, square: Real) -> Real:
        """What a step is divided by."""
        epsilon = self["epsilon"]
        if self.inside:
            return applied("sqrt", square + epsilon)
        return applied("sqrt", square) + epsilon


def _plain(u: Update) -> None:
    u.moved(-u["learning_rate"] * u["gradient"])


def _momentum(u: Update) -> None:
    u.moved(-u.put("v_new", u["learning_rate"] * u["gradient"] + u["v"] * u["gamma"]))


def _change(u: Update) -> None:
    u.moved(u.put("change_new", u["change"] * u["alpha"] - u["gradient"] * u["learning_rate"]))


def _pytorch(u: Update) -> None:
    u.moved(-(u.put("v_new", u["gradient"] + u["v"] * u["mu"]) * u["learning_rate"]))


def _average(u: Update) -> None:
    u.moved(-(u.put("v_new", _towards(u["v"], u["gradient"], u["beta"])) * u["learning_rate"]))


def _nesterov(u: Update) -> None:
    velocity = u.put("v_new", u["gradient"] + u["v"] * u["mu"])
    rate = u["learning_rate"]
    u.moved(-(rate * u["gradient"]) - rate * u["mu"] * velocity)


def _nesterov_change(u: Update) -> None:
    """The change from where the parameter was before it looked ahead, then a look ahead again."""
    behind = -u["mu"] * u["change"]
    change = u.put("change_new", u["change"] * u["mu"] - u["gradient"] * u["learning_rate"])
    u.moved(behind + (ONE + u["mu"]) * change)


def _adagrad(u: Update) -> None:
    squares = u.put("s_new", u["gradient"] * u["gradient"] + u["s"])
    u.moved(-(u["gradient"] / u.under_root(squares) * u["learning_rate"]))


def _rmsprop(u: Update) -> None:
    squares = u.put("s_new", _towards(u["s"], u["gradient"] * u["gradient"], u["rho"]))
    u.moved(-(u["gradient"] / u.under_root(squares) * u["learning_rate"]))


def _adam(u: Update) -> None:
    gradient = u["gradient"]
    first = u.put("m_new", _towards(u["m"], gradient, u["beta1"]))
    second = u.put("v_new", _towards(u["v"], gradient * gradient, u["beta2"]))
    mean = u.put("mhat", first / (ONE - raised(u["beta1"], u["t_new"])))
    square = u.put("vhat", second / (ONE - raised(u["beta2"], u["t_new"])))
    u.moved(-(mean / u.under_root(square) * u["learning_rate"]))


def _towards(before: Real, now: Real, kept: Real) -> Real:
    """An average that moves from what it was a little towards what is now."""
    return before + (ONE - kept) * (now - before)


OWN: Mapping[str, Callable[[Update], None]] = {
    "gradient_descent": _plain,
    "momentum": _momentum,
    "momentum_change": _change,
    "momentum_pytorch": _pytorch,
    "momentum_average": _average,
    "nesterov": _nesterov,
    "nesterov_change": _nesterov_change,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
}
"""The update of each optimiser, by its name."""


class Optimisation:
    """The optimiser of a training, as the witnesses run it.

    Attributes:
        start: what is remembered before the first training step.
    """

    def __init__(self, training: Training, number: Number, moved: Sequence[str]) -> None:
        """The optimiser of a training.

        Args:
            training: the training.
            number: the value of what is given in a spec, as a witness takes it.
            moved: the names of what is moved, by number.
        """
        self._method, self._decay, self._moved = training.optimiser, training.decay, moved
        self._row = OPTIMISERS[self._method.name]
        self._settings = {"learning_rate": self._rate(training, number)}
        for method in filter(None, (self._method, self._decay)):
            row = OPTIMISERS.get(method.name) or DECAYS[method.name]
            pairs = zip(row.settings, method.settings, strict=True)
            for setting, (name, value) in pairs:
                self._settings[name] = number(value, Quantity(setting.kind))
        self._roles = {line.kind: line.gives for line in self._row.lines}
        self.start = self._started(number)

    def _rate(self, training: Training, number: Number) -> Real:
        rate = training.learning_rate
        return ONE if rate is None else number(rate, Quantity(LEARNING_RATE))

    def _started(self, number: Number) -> Memory:
        states = (COUNT, *(DECAYS[self._decay.name].states if self._decay else ()))
        whole = {state.name: number(START, Quantity(state.kind)) for state in states}
        own = [
            {state.name: number(START, Quantity(state.kind, name)) for state in self._row.states}
            for name in self._moved
        ]
        return Memory(whole, own)

    def shared(self, memory: Memory, given: Given) -> Shared:
        """What a training step's update has for all parameters: the count, and the rate."""
        name = self._decay.name if self._decay else ""
        return shared(name, self._settings | dict(memory.shared), given)

    def update(
        self, n: int, memory: Memory, whole: Shared, old: Real, gradient: Real, given: Given
    ) -> Roles:
        """Everything that a parameter's update makes, by role.

        Args:
            n: the parameter's number.
            memory: what is remembered.
            whole: what all parameters share in this step.
            old: the parameter's value.
            gradient: the derivative by it.
            given: what the author gives in this step.
        """
        kinds = {role: kind for kind, role in self._roles.items()}
        roles = {**self._settings, **memory.own[n], **whole, "old": old, "gradient": gradient}
        update = Update(
            roles, self._method.epsilon_inside, lambda role: given(kinds[role], self._moved[n])
        )
        OWN[self._method.name](update)
        return update.roles

    def role(self, kind: Kind) -> str | None:
        """The role of a kind of quantity in a parameter's update; None if it has none."""
        return self._roles.get(kind)

    def after(self, whole: Shared, updates: Sequence[Roles]) -> Memory:
        """What is remembered after a training step."""
        states = (COUNT, *(DECAYS[self._decay.name].states if self._decay else ()))
        own = [_kept(self._row.states, roles) for roles in updates]
        return Memory(_kept(states, whole), own)


def _kept(states: Sequence[State], roles: Roles) -> Roles:
    """The new value of each state, of which a parameter that is not moved has none."""
    return {state.name: roles.get(f"{state.name}_new", ZERO) for state in states}
