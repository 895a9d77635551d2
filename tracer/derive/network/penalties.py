"""Penalties on parameters: R beside the data's error, and its slope beside the data's gradient.

E = E_data + R, and by each penalised parameter dE/dw = dE_data/dw + dR/dw, taken at the parameters
that the step starts with. A parameter that many edges share is penalised once.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from msgspec import Struct

from tracer.derive.network.places import Places, names_of
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, Edge
from tracer.derive.program import Layout, Phase, Program
from tracer.derive.recipe import Plain, SubStep
from tracer.derive.template import Template, fixed, template
from tracer.errors import FormulaError
from tracer.maths.expression import Add, Expression, Mul, Symbol, number, substitute
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule
from tracer.rules.penalties import PenaltyRow, Regularization, formula, row
from tracer.rules.quantity import GRADIENT, PENALTY, PENALTY_SLOPE, STRENGTH, TOTAL, Quantity
from tracer.spec.network import Value


def penalties_of(places: Places) -> Regularization:
    """The network's penalties, where it has some."""
    found = places.network.training.regularization
    assert found is not None, "no penalties are asked for"
    return found


class OfPenalties(ByRole, frozen=True, eq=False):
    """What is made of the rows of the penalties' table."""

    def rows(self) -> list[PenaltyRow]:
        """The row of each penalty."""
        penalties = penalties_of(self.places)
        return [row(name, penalties.form) for name, _ in penalties.penalties]

    def formula(self, text: str, at: int) -> Expression:
        """A row's formula, its roles those of the edge `at`."""
        places, penalties = self.places, penalties_of(self.places)
        everything = len(places.network.samples)
        samples = everything if penalties.all_samples else len(places.samples)
        roles: dict[Hashable, Expression] = {
            role: Symbol((role, at)) for role in ("strength", "weight")
        }
        return substitute(formula(text, samples, penalties.sign_at_zero), roles)


class Penalties(OfPenalties, frozen=True, eq=False):
    """R of each penalty: a factor times a sum over the parameters.

    Attributes:
        numbers: the penalised parameters.
    """

    numbers: Sequence[int]

    def rule(self, k: int) -> Rule:
        """The penalty."""
        return self.places.rules.penalising.penalty

    def template(self, k: int) -> Template:
        """The factor, and one term for each parameter."""
        found = self.rows()[k]
        terms = [self.formula(found.term, at) for at in range(len(self.numbers))] or [number(0)]
        total = Add(tuple(terms)) if len(terms) > 1 else terms[0]
        factor = self.formula(found.factor, 0)
        value: Expression = Mul((factor, total))
        return fixed(substitute(parse(self.rule(k).formula), {"value": value}))

    def terms(self, k: int) -> Sequence[Edge]:
        """The parameters, each with the penalty; where there are none, the penalty."""
        return [(NONE, k, number) for number in self.numbers or (NONE,)]


class PenaltySlopes(OfPenalties, frozen=True, eq=False):
    """dR/dw of some parameters.

    Attributes:
        numbers: the parameters'.
    """

    numbers: Sequence[int]

    def rule(self, k: int) -> Rule:
        """The slope of the penalty."""
        return self.places.rules.penalising.slope

    def template(self, k: int) -> Template:
        """The slope of each penalty, added up."""
        slopes = tuple(self._slope(row, at) for at, row in enumerate(self.rows()))
        return fixed(Add(slopes) if len(slopes) > 1 else slopes[0])

    def _slope(self, found: PenaltyRow, at: int) -> Expression:
        slope = self.formula(found.slope, at)
        return substitute(parse(self.rule(0).formula), {"slope": slope})

    def terms(self, k: int) -> Sequence[Edge]:
        """The parameter with each penalty."""
        return [(NONE, j, self.numbers[k]) for j in range(len(self.rows()))]

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """The slope of each penalty, where there are two."""
        rows = self.rows()
        if len(rows) == 1:
            return ()
        marks, name = penalties_of(self.places).marks, names_of(self.places, self.numbers)[k]
        return tuple(
            self._part(Quantity(PENALTY_SLOPE, name, marks[j]), self._slope(row, 0), edge)
            for j, (row, edge) in enumerate(zip(rows, self.terms(k), strict=True))
        )

    def _part(self, quantity: Quantity, slope: Expression, edge: Edge) -> SubStep:
        own, rule = template(slope), self.rule(0)
        return SubStep(quantity, rule, own, tuple(self.filled(own, (edge,), rule)))


class Joined(Plain, Struct, frozen=True, eq=False):
    """Two values, put together as a rule says.

    Attributes:
        why: the rule.
        parts: for each role, the addresses of what stands in it.
    """

    why: Rule
    parts: Mapping[str, Sequence[int]]

    def rule(self, k: int) -> Rule:
        """The rule."""
        return self.why

    def template(self, k: int) -> Template:
        """Its formula."""
        return fixed(self.why.formula)

    def operands(self, k: int) -> Sequence[int]:
        """What stands in each role."""
        roles = [str(role) for role in self.template(k).roles]
        for role in roles:
            if role not in self.parts:
                known = ", ".join(self.parts)
                raise FormulaError(
                    f"the rule '{self.why.name}' asks for '{role}', which there is not where it is "
                    f"used; what there may be: {known}"
                )
        return [self.parts[role][k] for role in roles]


def write_strengths(layout: Layout, places: Places) -> dict[int, Value]:
    """Appends the strength of each penalty; returns their values."""
    found = places.network.training.regularization
    if found is None:
        return {}
    places.strengths = layout.add(STRENGTH, Phase.GIVEN, found.marks)
    values = (strength for _, strength in found.penalties)
    return dict(zip(places.strengths, values, strict=True))


def write_penalties(layout: Layout, places: Places, data: int) -> None:
    """Appends R and E, where there are penalties.

    Args:
        layout: where to.
        places: the network's.
        data: the address of the error that the data make.
    """
    found = places.network.training.regularization
    if found is None:
        return
    rules, numbers = places.rules.penalising, sorted(places.penalised)
    recipe = Penalties(places, places.no_sample, numbers)
    parts = layout.add(PENALTY, Phase.ERROR, found.marks, recipe)
    if len(parts) > 1:
        both = Joined(rules.penalties, {"first": parts[:1], "second": parts[1:]})
        parts = layout.add(PENALTY, Phase.ERROR, ("",), both)
    whole = Joined(rules.total, {"data": (data,), "penalty": parts})
    layout.add(TOTAL, Phase.ERROR, ("",), whole)


def parted(places: Places, numbers: Sequence[int]) -> list[Sequence[int]]:
    """Some parameters as they are; or the penalised ones apart from the others."""
    penalised = places.penalised
    if not penalised:
        return [numbers]
    return [[n for n in numbers if (n in penalised) == wanted] for wanted in (True, False)]


def write_penalised(layout: Layout, places: Places, numbers: Sequence[int], data: range) -> range:
    """Appends dR/dw and dE/dw of some parameters, if they are penalised; returns dE/dw's addresses.

    Args:
        layout: where to.
        places: the network's.
        numbers: the parameters'.
        data: the addresses of the derivatives of the data's error.
    """
    if not places.penalised.intersection(numbers):
        return data
    names = names_of(places, numbers)
    recipe = PenaltySlopes(places, places.no_sample, numbers)
    slopes = layout.add(PENALTY_SLOPE, Phase.WEIGHTS, names, recipe)
    whole = Joined(places.rules.penalising.gradient, {"data": data, "penalty": slopes})
    return layout.add(GRADIENT, Phase.WEIGHTS, names, whole)
