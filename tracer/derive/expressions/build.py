"""The program of an expression: the evaluation trace, then adjoints or tangents.

Reverse mode goes through the operations from the last to the first. A value that is used once has
its derivative from its one user; one that is used several times has a contribution from each use,
named a, b, c, ... in the order in which the sweep meets them, and their sum.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from string import ascii_lowercase

from msgspec import Struct

from tracer.derive.expressions.operations import Operation, Operations, uses
from tracer.derive.moves import NONE, Moves
from tracer.derive.program import Layout, Phase, Program, Slot
from tracer.derive.recipe import Plain
from tracer.derive.template import Template, fixed, repeated, template
from tracer.maths.expression import Add, Expression, Mul, Neg, Symbol, substitute, symbols
from tracer.rules.backprop import CALCULUS, TEXTBOOK, Backprop, Differentiation, Rule
from tracer.rules.quantity import (
    ADJOINT,
    CONTRIBUTION,
    LOCAL,
    RESULT,
    TANGENT,
    VARIABLE,
    Kind,
    Quantity,
)
from tracer.spec.network import ExpressionProgram, Value


class Single(Plain, Struct, frozen=True):
    """A recipe for one step, with everything at hand."""

    why: Rule
    formula: Template
    inputs: tuple[int, ...] = ()
    long_form: Expression | None = None

    def rule(self, k: int) -> Rule:
        """Why it holds."""
        return self.why

    def template(self, k: int) -> Template:
        """Its formula."""
        return self.formula

    def operands(self, k: int) -> Sequence[int]:
        """The addresses of its operands."""
        return self.inputs

    def chain(self, k: int, program: Program) -> Expression | None:
        """The partial derivatives behind the formula."""
        return self.long_form


class Sweep:
    """A program being written; operations and values share their numbers and addresses."""

    def __init__(self, spec: ExpressionProgram, rules: Differentiation) -> None:
        self.spec = spec
        self.operations = Operations(spec)
        self.items: list[Operation] = self.operations.items
        self.rules = rules
        self.layout = Layout()
        self.layout.add(VARIABLE, Phase.GIVEN, spec.variables)
        for item in self.items[len(spec.variables) :]:
            self._evaluate(item)
        self.result = self.items[self.operations.result].name

    def _evaluate(self, item: Operation) -> None:
        assert item.template is not None
        rule = self.rules.copy if isinstance(item.template.shown, Symbol) else self.rules.operation
        recipe = Single(rule, item.template, item.operands)
        self.layout.add(RESULT, Phase.FORWARD, (item.name,), recipe)

    def derive(self) -> list[int]:
        """Appends the derivatives; the addresses of those of the result by each variable."""
        variables = range(len(self.spec.variables))
        return [*map(self.forward, variables)] if self.spec.forward else self.reverse()

    def reverse(self) -> list[int]:
        """Appends the adjoints, from the result back to the variables; their addresses."""
        used, adjoint = uses(self.operations), dict[int, int]()
        reached = {self.operations.result}
        for number in reversed(range(len(self.items))):
            mine = [use for use in used.get(number, ()) if use[0] in reached]
            if mine:
                reached.add(number)
            if number in reached or self.items[number].template is None:
                adjoint[number] = self._adjoint(number, mine, adjoint)
        return [adjoint[number] for number in range(len(self.spec.variables))]

    def _adjoint(self, number: int, mine: list[tuple[int, int]], adjoint: dict[int, int]) -> int:
        if number == self.operations.result:
            return self._told(ADJOINT, number, Single(self.rules.seed, fixed("1")))
        if not mine:
            return self._told(ADJOINT, number, Single(self.rules.unused, fixed("0")))
        if len(mine) == 1:
            return self._told(ADJOINT, number, self._product(mine, adjoint, self.rules.chain))
        parts = [
            self._told(
                CONTRIBUTION,
                number,
                self._product([use], adjoint, self.rules.contribution),
                "^" + letters(k),
            )
            for k, use in enumerate(mine)
        ]
        chain = self._product(mine, adjoint, self.rules.chain).long_form
        formula = repeated(self.rules.uses.formula, len(parts))
        return self._told(ADJOINT, number, Single(self.rules.uses, formula, tuple(parts), chain))

    def _told(self, kind: Kind, number: int, recipe: Single, mark: str = "") -> int:
        unit = self.items[number].name + mark
        told = (kind, Phase.BACKWARD, (unit,), recipe)
        return self.layout.add(*told, sources=(self.result,)).start

    def _product(self, mine: list[tuple[int, int]], outer: dict[int, int], rule: Rule) -> Single:
        """The sum over some uses of (derivative by the user) * (local derivative)."""
        terms: list[Expression] = []
        for user, k in mine:
            by_user = Quantity(ADJOINT, self.items[user].name, self.result)
            operand = self.items[self.items[user].operands[k]].name
            local = Quantity(LOCAL, self.items[user].name, operand)
            terms.append(Mul((Symbol(by_user), Symbol(local))))
        (user, k) = mine[0]
        long_form: Expression | None = terms[0] if len(terms) == 1 else Add(tuple(terms))
        if all(user == self.operations.result for user, _ in mine):
            long_form = None  # the local derivative of the result is what is being derived
        formula = _times(Symbol(("outer", outer[user])), self._local(user, k))
        return _single(rule, formula, long_form)

    def _local(self, user: int, k: int) -> Expression:
        """A local derivative over addresses."""
        item = self.items[user]
        local = item.local(k)
        roles: dict[Hashable, Expression] = {
            role: Symbol(item.operands[role] if isinstance(role, int) else user)
            for role in symbols(local)
        }
        return substitute(local, roles)

    def forward(self, variable: int) -> int:
        """Appends the tangents of one variable's direction; the address of the result's."""
        name, tangent = self.items[variable].name, dict[int, int]()
        for number, item in enumerate(self.items):
            recipe = self._tangent(number, variable, tangent)
            told = (TANGENT, Phase.TANGENTS, (item.name,), recipe)
            tangent[number] = self.layout.add(*told, sources=(name,)).start
        return tangent[self.operations.result]

    def _tangent(self, number: int, variable: int, tangent: dict[int, int]) -> Single:
        item, name = self.items[number], self.items[variable].name
        if item.template is None:
            own = number == variable
            rule = self.rules.seed if own else self.rules.constant
            return Single(rule, fixed("1" if own else "0"))
        if not item.operands:
            return Single(self.rules.constant, fixed("0"))
        terms: list[Expression] = []
        chain: list[Expression] = []
        for k, operand in enumerate(item.operands):
            inner = self.items[operand].name
            local = Quantity(LOCAL, item.name, inner)
            chain.append(Mul((Symbol(Quantity(TANGENT, inner, name)), Symbol(local))))
            terms.append(_times(Symbol(("outer", tangent[operand])), self._local(number, k)))
        formula = terms[0] if len(terms) == 1 else Add(tuple(terms))
        long_form: Expression | None = chain[0] if len(chain) == 1 else Add(tuple(chain))
        if variable in item.operands:
            long_form = None  # the local derivative bears the name of what is being derived
        return _single(self.rules.chain, formula, long_form)


def _times(outer: Expression, local: Expression) -> Expression:
    """The product, with the local factors written out beside the outer one."""
    if isinstance(local, Neg) and isinstance(local.operand, Mul):
        return Neg(Mul((outer, *local.operand.factors)))
    return Mul((outer, *(local.factors if isinstance(local, Mul) else (local,))))


def _single(rule: Rule, formula: Expression, long_form: Expression | None) -> Single:
    """A recipe from a formula over addresses."""
    roles = template(formula)
    addresses = tuple(role[1] if isinstance(role, tuple) else role for role in roles.roles)
    return Single(rule, roles, addresses, long_form)  # type: ignore[arg-type]


def letters(k: int) -> str:
    """a, b, ..., z, aa, ab, ...: the mark of the use number `k`."""
    head, tail = divmod(k, len(ascii_lowercase))
    return (letters(head - 1) if head else "") + ascii_lowercase[tail]


def expression_program(
    spec: ExpressionProgram,
    rules: Differentiation = CALCULUS,
    moves: Backprop = TEXTBOOK,
    backward: bool = True,
) -> Program:
    """The straight-line program of an expression: its values, derivatives, and new variables.

    Args:
        spec: the expression.
        rules: those of its derivatives.
        moves: those of its steps, where it is minimised.
        backward: False for its values alone.
    """
    sweep = Sweep(spec, rules)
    values: dict[int, Value] = dict(enumerate(spec.at))
    moved = {k: name for k, name in enumerate(spec.variables) if name in spec.moved}
    if not backward:
        return _program(sweep, values, [Slot(k, None, k in moved) for k in range(len(spec.at))])
    if not spec.steps:
        sweep.derive()
        return _program(sweep, values, ())
    descent = Moves(spec.training, moves, len(spec.variables))
    values |= descent.write_settings(sweep.layout)
    values |= descent.write_states(sweep.layout, moved)
    descent.addresses["old"] = [*range(len(spec.variables)), NONE]
    descent.addresses["gradient"] = [*sweep.derive(), NONE]
    descent.begin(sweep.layout)
    new = dict(zip(moved, descent.move(sweep.layout, [*moved], [*moved.values()]), strict=True))
    own = (Slot(k, new.get(k), k in moved) for k in range(len(spec.variables)))
    return _program(sweep, values, (*own, *descent.slots()))


def _program(sweep: Sweep, values: dict[int, Value], slots: Sequence[Slot]) -> Program:
    return Program(tuple(sweep.layout.blocks), values, tuple(slots))
