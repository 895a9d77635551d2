"""An expression program as a list of single operations, each with a name: the Wengert list.

A line with several operations is taken apart; its last operation keeps the line's name, the others
get the letter of intermediate results and a number. A name that is assigned again has versions:
c_1, c_2, ..., and c for the last one. Constants stay where they stand, so that ``3*x + 1`` is two
operations, not four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from msgspec import Struct

from tracer.derive.template import Template
from tracer.maths.expression import (
    Add,
    Expression,
    Neg,
    Symbol,
    rebuild,
    symbols,
)
from tracer.rules.calculus import ONE, derivative
from tracer.spec.network import ExpressionProgram

RESULT_ROLE = "result"


class Operation(Struct, frozen=True):
    """One operation, or one free variable.

    Attributes:
        name: what it is called.
        template: its formula; the role k is the operand number k. None for a variable.
        operands: the numbers of the operations that are its operands, one for each use.
        signs: how a sum changes with each operand, 1 or -1; empty for any other operation.
        line: the number of the line that it is part of; None for a variable.
    """

    name: str
    template: Template | None
    operands: tuple[int, ...] = ()
    signs: tuple[Expression, ...] = ()
    line: int | None = None

    def local(self, k: int) -> Expression:
        """How it changes with its operand number `k`: over the roles, and its own result."""
        assert self.template is not None
        shown = self.template.shown
        return self.signs[k] if self.signs else _with_result(derivative(shown, k), shown)


def _with_result(expression: Expression, shown: Expression) -> Expression:
    """The operation's own value, wherever it stands, read off rather than computed again."""
    if not symbols(shown) or isinstance(shown, Symbol):
        return expression
    return _replaced(expression, shown)


def _replaced(expression: Expression, shown: Expression) -> Expression:
    if expression == shown:
        return Symbol(RESULT_ROLE)
    return rebuild(expression, lambda part: _replaced(part, shown))


class Operations:
    """The operations of a program, in the order of evaluation.

    Attributes:
        items: variables first, then the operations.
        result: the number of the last line's value.
        latest: the number that each name, as the author writes it, stands for at the end.
    """

    def __init__(self, program: ExpressionProgram) -> None:
        self.items: list[Operation] = [Operation(name, None) for name in program.variables]
        self.latest = {name: number for number, name in enumerate(program.variables)}
        self._fresh = _fresh_names(program)
        self._number = 0
        for number, name in enumerate(_line_names(program)):
            line = program.lines[number]
            self.latest[line.name] = self._line(number, name, line.formula)
        self.result = self.latest[program.lines[-1].name]

    def _line(self, number: int, name: str, formula: Expression) -> int:
        """Appends the operations of one line; the last one gets the line's name."""
        self._number = number
        operands: list[int] = []
        shown = (
            self._operand(formula, operands)
            if _is_leaf(formula)
            else self._parts(formula, operands)
        )
        return self._append(name, shown, operands)

    def _parts(self, node: Expression, operands: list[int]) -> Expression:
        """One operation over operands, of which those that are operations get appended first."""
        if isinstance(node, Add):
            return rebuild(node, lambda part: self._term(part, operands))
        return rebuild(node, lambda part: self._operand(part, operands))

    def _term(self, term: Expression, operands: list[int]) -> Expression:
        """A term of a sum: a minus in front of it is part of the sum."""
        if isinstance(term, Neg) and symbols(term):
            return Neg(self._operand(term.operand, operands))
        return self._operand(term, operands)

    def _operand(self, part: Expression, operands: list[int]) -> Expression:
        """A reference to a value: constants stay, names are looked up, operations get a name."""
        if not symbols(part):
            return part
        if isinstance(part, Symbol):
            number = self.latest[str(part.of)]
        else:
            inner: list[int] = []
            shown = self._parts(part, inner)
            number = self._append(next(self._fresh), shown, inner)
        operands.append(number)
        return Symbol(len(operands) - 1)

    def _append(self, name: str, shown: Expression, operands: list[int]) -> int:
        formula = Template(tuple(range(len(operands))), shown, shown)
        told = (name, formula, tuple(operands), _signs(shown), self._number)
        self.items.append(Operation(*told))
        return len(self.items) - 1


def _signs(shown: Expression) -> tuple[Expression, ...]:
    """The derivatives of a sum by its operands, each of which is a term of its own."""
    if not isinstance(shown, Add):
        return ()
    return tuple(
        Neg(ONE) if isinstance(term, Neg) else ONE for term in shown.terms if symbols(term)
    )


def _is_leaf(formula: Expression) -> bool:
    return isinstance(formula, Symbol) or not symbols(formula)


def _fresh_names(program: ExpressionProgram) -> Iterator[str]:
    taken = {*program.variables, *(line.name for line in program.lines)}
    names = (f"{program.intermediate}{number}" for number in count(1))
    return (name for name in names if name not in taken)


def _line_names(program: ExpressionProgram) -> list[str]:
    """Each line's name; one that is assigned again has versions, and the last one its name."""
    times = Counter(line.name for line in program.lines)
    taken, seen = set(times) | set(program.variables), Counter[str]()
    names = []
    for line in program.lines:
        seen[line.name] += 1
        last = seen[line.name] == times[line.name] and line.name not in program.variables
        names.append(line.name if last else _version(line.name, seen, taken))
    return names


def _version(name: str, seen: Counter[str], taken: set[str]) -> str:
    version = f"{name}_{seen[name]}"
    while version in taken:
        version = version.replace("_", "__", 1)
    return version


def uses(operations: Operations) -> dict[int, list[tuple[int, int]]]:
    """(user, operand number) of every use of each operation, the latest user first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for user in reversed(range(len(operations.items))):
        for k, operand in enumerate(operations.items[user].operands):
            found.setdefault(operand, []).append((user, k))
    return found
