"""A row of a table of methods as a spec chooses it, with the values of all its settings."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tracer.maths.expression import Number, Symbol
from tracer.maths.parse import parse_value
from tracer.rules.decays import DECAYS, Decay
from tracer.rules.optimisers import OPTIMISERS, Optimiser
from tracer.rules.sub_steps import Setting


class Method(Struct, frozen=True):
    """An optimiser, or a decay of the learning rate.

    Attributes:
        name: of its row.
        settings: (name, value) of each of the row's settings, in the row's order.
        epsilon_inside: whether epsilon stands inside the square root.
    """

    name: str
    settings: tuple[tuple[str, Number | Symbol], ...] = ()
    epsilon_inside: bool = False

    def with_values(self, values: Mapping[str, Number | Symbol]) -> Method:
        """The same method with other values of settings, by the names of their quantities."""
        settings = tuple((name, values.get(name, value)) for name, value in self.settings)
        return replace(self, settings=settings)


GRADIENT_DESCENT = Method("gradient_descent")


def optimiser(method: Method) -> Optimiser:
    """The row of an optimiser, its square root as the spec says."""
    return OPTIMISERS[method.name].with_root(method.epsilon_inside)


def decay(method: Method) -> Decay:
    """The row of a decay."""
    return DECAYS[method.name]


def usual(setting: Setting) -> Number | Symbol:
    """The value of a setting of which a spec says nothing."""
    return parse_value(setting.default)


def is_known(name: str, settings: tuple[tuple[str, Number | Symbol], ...]) -> bool:
    """Whether there is such a row, with these settings in this order."""
    row = OPTIMISERS.get(name) or DECAYS.get(name)
    return row is not None and [item.name for item in row.settings] == [key for key, _ in settings]
