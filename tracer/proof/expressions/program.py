"""An expression program as the witnesses read it: operations in order, each use on its own.

What a trace calls its intermediate results is the trace's choice, so that its definitions are
handed over as data. The author's own lines make a second program, which knows no such names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from msgspec import Struct

from tracer.maths.expression import Expression, Symbol, rebuild, walk
from tracer.proof.claims import Definition
from tracer.proof.size import Size, height
from tracer.proof.trees import Algebra, walked
from tracer.proof.witness import SilentError
from tracer.spec.network import ExpressionProgram


class Operation(Struct, frozen=True, dict=True):
    """One named formula.

    Attributes:
        name: what it gives a value to.
        formula: over ``(name, k)``, the use number `k` in this formula, from the left.
        operands: the name used in each use.
    """

    name: str
    formula: Expression
    operands: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of each name's uses."""
        found: dict[str, list[int]] = {}
        for k, operand in enumerate(self.operands):
            found.setdefault(operand, []).append(k)
        return found


class Whole(Struct, frozen=True):
    """A value, wherever it is used."""

    name: str


class OneUse(Struct, frozen=True):
    """A value, as the use number `k` of one operation takes it."""

    user: str
    k: int


Place = Whole | OneUse


class Program(Struct, frozen=True, dict=True):
    """Operations in the order of evaluation.

    Attributes:
        variables: the free names.
        operations: each over variables and earlier operations.
        result: the name of the last line's value.
    """

    variables: tuple[str, ...]
    operations: tuple[Operation, ...]
    result: str

    @cached_property
    def by_name(self) -> dict[str, Operation]:
        """Each operation under its name."""
        return {operation.name: operation for operation in self.operations}

    @cached_property
    def length(self) -> int:
        """How many numbers, names and operators all formulas have."""
        return sum(1 for operation in self.operations for _ in walk(operation.formula))

    @cached_property
    def uses(self) -> dict[str, list[OneUse]]:
        """Every use on the way to the result, the last one in the order of evaluation first.

        Within one operation the uses come from left to right.
        """
        found: dict[str, list[OneUse]] = {}
        for operation in reversed(self.operations):
            if operation.name == self.result or operation.name in found:
                for k, operand in enumerate(operation.operands):
                    found.setdefault(operand, []).append(OneUse(operation.name, k))
        return found

    def use(self, name: str, mark: str) -> OneUse:
        """The use of a value that is marked a, b, ..., z, aa, ab, ...

        Raises:
            SilentError: there is no such use.
        """
        number = 0
        for letter in mark:
            number = number * len(ascii_lowercase) + ascii_lowercase.index(letter) + 1
        uses = self.uses.get(name, [])
        if not 1 <= number <= len(uses):
            raise SilentError(f"'{name}' has no use {mark}")
        return uses[number - 1]

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that has a value."""
        return frozenset((*self.variables, *self.by_name))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def operand(self, use: OneUse) -> str:
        """The name that is used."""
        return self.by_name[use.user].operands[use.k]

    def before(self, names: Collection[str]) -> frozenset[str]:
        """Everything on which one of some operations depends."""
        found: set[str] = set()
        for operation in reversed(self.operations):
            if operation.name in names or operation.name in found:
                found.update(operation.operands)
        return frozenset(found)

    def run(
        self,
        start: Mapping[str, Any],
        algebra: Algebra,
        place: Place | None = None,
        change: Callable[[Any], Any] = lambda value: value,
        offsets: Mapping[str, Any] | None = None,
        known: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The value of every name.

        Args:
            start: the variables' values.
            algebra: what values are.
            place: where a value is changed.
            change: makes the new value there.
            offsets: what is added to some results.
            known: the values without the change; what does not depend on it is taken from there.
        """
        found = {name: start[name] for name in self.variables}
        if isinstance(place, Whole) and place.name in found:
            found[place.name] = change(found[place.name])
        changed = self.names if known is None else self.after(place)
        for operation in self.operations:
            name = operation.name
            if known is not None and name not in changed:
                found[name] = known[name]
                continue
            value = walked(operation.formula, _roles(operation, found, place, change), algebra)
            if offsets and name in offsets:
                value = value + offsets[name]
            found[name] = change(value) if place == Whole(name) else value
        return found

    def after(self, place: Place | None) -> set[str]:
        """What is not the same once a value is changed at a place."""
        if place is None:
            return set()
        found = {place.name if isinstance(place, Whole) else place.user}
        for operation in self.operations:
            if not found.isdisjoint(operation.operands):
                found.add(operation.name)
        return found


def _roles(
    operation: Operation,
    found: Mapping[str, Any],
    place: Place | None,
    change: Callable[[Any], Any],
) -> dict[Hashable, Any]:
    """The value of each use, one of which may be the one that is changed."""
    roles: dict[Hashable, Any] = {
        (operand, k): found[operand] for k, operand in enumerate(operation.operands)
    }
    if isinstance(place, OneUse) and place.user == operation.name:
        used = (operation.operands[place.k], place.k)
        roles[used] = change(roles[used])
    return roles


def program_of_lines(spec: ExpressionProgram) -> Program:
    """The author's lines as they stand, one operation a line.

    A name that is assigned again keeps its name for its last value.
    """
    latest = {name: name for name in spec.variables}
    last = {line.name: number for number, line in enumerate(spec.lines)}
    operations = []
    for number, line in enumerate(spec.lines):
        is_last = last[line.name] == number and line.name not in spec.variables
        name = line.name if is_last else f"{line.name}, line {number + 1}"
        operations.append(_operation(name, line.formula, latest))
        latest[line.name] = name
    return Program(spec.variables, tuple(operations), latest[spec.lines[-1].name])


def program_of_definitions(
    spec: ExpressionProgram, definitions: Sequence[Definition], given: Iterable[str] = ()
) -> Program:
    """The operations under the names that a trace gives them; what is given may have none."""
    defined = {item.name for item in definitions}
    starts = tuple(name for name in given if name not in defined)
    operations = tuple(_operation(item.name, item.formula, {}) for item in definitions)
    result = operations[-1].name if operations else ""
    return Program((*spec.variables, *starts), operations, result)


def _operation(name: str, formula: Expression, latest: Mapping[str, str]) -> Operation:
    operands: list[str] = []

    def numbered(node: Expression) -> Expression:
        if not isinstance(node, Symbol):
            return rebuild(node, numbered)
        operand = latest.get(str(node.of), str(node.of))
        operands.append(operand)
        return Symbol((operand, len(operands) - 1))

    return Operation(name, numbered(formula), tuple(operands))


def size_of(program: Program) -> Size:
    """What can be said of the closed form of the result without building it."""
    sizes: dict[str, int] = dict.fromkeys(program.variables, 1)
    levels: dict[str, int] = dict.fromkeys(program.variables, 0)
    for operation in program.operations:
        inner = sum(sizes[operand] for operand in operation.operands)
        sizes[operation.name] = inner + sum(1 for _ in walk(operation.formula))
        levels[operation.name] = _levels(operation, levels)
    return Size(sizes[program.result], levels[program.result])


def _levels(operation: Operation, before: Mapping[str, int]) -> int:
    return height(operation.formula, lambda use: before[operation.operands[_number(use)]])


def _number(use: Hashable) -> int:
    """Which use of an operation a symbol of its formula is."""
    assert isinstance(use, tuple)
    return int(use[1])
