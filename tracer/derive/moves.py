"""The update, line by line, as a training's optimiser and its decay of the learning rate say.

What is moved goes by number: the parameters of a network, or the variables of a function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from tracer.derive.program import Layout, Phase, Slot
from tracer.derive.recipe import Plain, Stretch
from tracer.derive.template import Template, fixed
from tracer.errors import FormulaError
from tracer.maths.expression import number
from tracer.rules.backprop import Backprop, Rule
from tracer.rules.quantity import LEARNING_RATE, Kind
from tracer.rules.sub_steps import COUNT, COUNTING, NEW, Line, State, after
from tracer.spec.network import Training, Value
from tracer.spec.training.method import GRADIENT_DESCENT, Method, decay, optimiser
from tracer.spec.training.methods import counts

ZERO = number(0)
NONE = -1
ALL = ("",)
"""What a quantity that all parameters share belongs to."""


class Moved(Plain, Struct, frozen=True, eq=False):
    """A line's values for some parameters; `columns` has its operands, role by role."""

    why: Rule
    formula: Template
    columns: Sequence[Sequence[int]]

    def rule(self, k: int) -> Rule:
        """The line's."""
        return self.why

    def template(self, k: int) -> Template:
        """Its formula."""
        return self.formula

    def operands(self, k: int) -> Sequence[int]:
        """What stands in each of its roles."""
        return [column[k] for column in self.columns]

    def stretches(self, count: int) -> Iterator[Stretch]:
        """All of them: they share rule and template."""
        yield Stretch(self.why, self.formula, self.columns, count)


class Moves:
    """Where what an update uses stands, while a program is being written.

    Attributes:
        training: how parameters move.
        rules: the rules in force.
        addresses: of what stands in each role, by the parameter's number; the last one is `NONE`.
    """

    def __init__(self, training: Training, rules: Backprop, count: int) -> None:
        self.training, self.rules, self._count = training, rules, count
        self.addresses: dict[str, Sequence[int]] = {"learning_rate": [NONE] * (count + 1)}
        self._optimiser = optimiser(training.optimiser)
        self._decay = decay(training.decay) if training.decay else None
        self._remembered: list[tuple[State, Sequence[int]]] = []

    @property
    def has_update(self) -> bool:
        """Whether there is a learning rate."""
        return self.training.learning_rate is not None

    def write_settings(self, layout: Layout) -> dict[int, Value]:
        """Appends the learning rate and the methods' settings; returns their values."""
        rate, values = self.training.learning_rate, dict[int, Value]()
        if rate is None:
            return values
        values[self._shared(layout, "learning_rate", LEARNING_RATE)] = rate
        for method in (self.training.optimiser, self.training.decay):
            values |= self._write_settings_of(layout, method or GRADIENT_DESCENT)
        return values

    def _write_settings_of(self, layout: Layout, method: Method) -> dict[int, Value]:
        row = decay(method) if method is self.training.decay else self._optimiser
        pairs = zip(row.settings, method.settings, strict=False)
        return {
            self._shared(layout, setting.name, setting.kind): value for setting, (_, value) in pairs
        }

    def _shared(self, layout: Layout, role: str, kind: Kind) -> int:
        """Appends what all parameters share; the address."""
        address = layout.add(kind, Phase.GIVEN, ALL).start
        self.addresses[role] = [address] * (self._count + 1)
        return address

    def write_states(self, layout: Layout, moved: Mapping[int, str]) -> dict[int, Value]:
        """Appends what is remembered, of the whole and of each parameter; returns the values.

        Args:
            layout: the program so far.
            moved: the names of what is moved, by number.
        """
        values: dict[int, Value] = {}
        if not self.has_update:
            return values
        for state in self._of_all():
            values[self._shared(layout, state.name, state.kind)] = ZERO
            self._remembered.append((state, (0,)))
        for state in self._optimiser.states:
            found = layout.add(state.kind, Phase.GIVEN, tuple(moved.values()))
            self._put(state.name, tuple(moved), found)
            self._remembered.append((state, tuple(moved)))
            values |= dict.fromkeys(found, ZERO)
        return values

    def _put(self, role: str, numbers: Sequence[int], found: Sequence[int]) -> None:
        addresses = list(self.addresses.get(role) or [NONE] * (self._count + 1))
        for n, address in zip(numbers, found, strict=True):
            addresses[n] = address
        self.addresses[role] = addresses

    def _of_all(self) -> Iterator[State]:
        """What is remembered of the whole training."""
        yield from (COUNT,) if counts(self.training) else ()
        yield from self._decay.states if self._decay else ()

    def begin(self, layout: Layout) -> None:
        """Appends the lines that are the same for all parameters: the count, and the rate."""
        lines = [COUNTING] if COUNT.name in self.addresses else []
        for line in (*lines, *(self._decay.lines if self._decay else ())):
            recipe = self._recipe(line, (0,))
            address = layout.add(line.kind, Phase.UPDATE, ALL, recipe).start
            self.addresses[line.gives] = [address] * (self._count + 1)
        if "rate" in self.addresses:
            self.addresses["learning_rate"] = self.addresses["rate"]

    def move(self, layout: Layout, numbers: Sequence[int], names: Sequence[str]) -> Sequence[int]:
        """Appends the lines of some parameters; the addresses of their new values."""
        found: Sequence[int] = ()
        for line in self._optimiser.lines:
            found = layout.add(line.kind, Phase.UPDATE, names, self._recipe(line, numbers))
            self._put(line.gives, numbers, found)
        return found

    def _recipe(self, line: Line, numbers: Sequence[int]) -> Moved:
        rule = self._rule(line)
        formula = fixed(rule.formula)
        columns = [self._column(str(role), numbers, rule) for role in formula.roles]
        return Moved(rule, formula, columns)

    def _rule(self, line: Line) -> Rule:
        """The line's rule, unless another one is in force."""
        is_plain = self.training.optimiser == GRADIENT_DESCENT and line.gives == NEW
        return self.rules.update if is_plain else dict(self.rules.moves).get(line.gives, line.rule)

    def _column(self, role: str, numbers: Sequence[int], rule: Rule) -> Sequence[int]:
        addresses = self.addresses.get(role, ())
        column = [addresses[n] for n in numbers] if addresses else [NONE]
        if NONE in column:
            raise FormulaError(
                f"the rule '{rule.name}' asks for '{role}', which there is not where it is "
                f"used; what there may be: {', '.join(self.addresses)}"
            )
        return column

    def slots(self) -> Iterator[Slot]:
        """What is handed to the next step besides the parameters."""
        for state, numbers in self._remembered:
            before, later = self.addresses[state.name], self.addresses.get(after(state), ())
            for n in numbers:
                yield Slot(before[n], later[n] if later else None, changes=True)
