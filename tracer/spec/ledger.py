"""The book of parameters: each one's name, number and kind, and who shares it."""

from __future__ import annotations

from collections.abc import Iterable

from tracer.errors import suggestion
from tracer.maths.expression import Symbol
from tracer.spec.network import Parameter, ParameterKind, Value
from tracer.spec.scope import Scope
from tracer.spec.tree.forms import Pairs
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry


class _Account:
    """What is known of one parameter so far."""

    __slots__ = ("kind", "name", "node", "stated", "value")

    def __init__(self, name: str, kind: ParameterKind, node: Node) -> None:
        self.name = name
        self.kind = kind
        self.node = node
        self.value: Value | None = None
        self.stated: Node | None = None


class Ledger:
    """Parameters in the order of first use.

    Attributes:
        problems: where conflicts go.
        scope: the names of units, layers and their quantities, which no parameter may have.
        authored: names that the author gave to parameters, which no other one may get.
    """

    def __init__(self, problems: Problems, scope: Scope, authored: frozenset[str]) -> None:
        self.problems = problems
        self.scope = scope
        self.authored = authored
        self._accounts: list[_Account] = []
        self._numbers: dict[str, int] = {}
        self._edges = 0

    def weight(self, entry: Entry) -> int:
        """The number of the parameter on the next edge; without a name, the k-th edge's is wk."""
        self._edges += 1
        if entry.name is not None:
            return self._use(entry, entry.name, ParameterKind.WEIGHT)
        while not self._free(name := f"w{self._edges}"):
            self._edges += 1
        return self._use(entry, name, ParameterKind.WEIGHT)

    def offset(self, entry: Entry, kind: ParameterKind, default: str) -> int:
        """The number of a bias or threshold; without a name, it gets the default one."""
        name, k = entry.name or default, 2
        while entry.name is None and not self._free(name):
            name, k = f"{default}_{k}", k + 1
        return self._use(entry, name, kind)

    def put_numbers(self, numbers: Pairs[Entry] | None) -> None:
        """What ``parameters`` says about the letters."""
        for name, entry in numbers.pairs if numbers else ():
            if name.text in self._numbers:
                self._state(self._accounts[self._numbers[name.text]], entry)
                continue
            hint = suggestion(name.text, self._numbers) or f"; there are {listed(self._numbers)}"
            self.problems.add(name, f"no weight or bias is called '{name.text}'{hint}")

    @property
    def names(self) -> dict[str, int]:
        """Every parameter's name with its number."""
        return self._numbers

    def kinds(self) -> list[ParameterKind]:
        """Every parameter's kind, by number."""
        return [account.kind for account in self._accounts]

    def parameters(self, frozen: set[int]) -> tuple[Parameter, ...]:
        """All parameters; those without a number stay letters."""
        return tuple(
            Parameter(
                account.name,
                account.kind,
                account.value or Symbol(account.name),
                number not in frozen,
            )
            for number, account in enumerate(self._accounts)
        )

    def _free(self, name: str) -> bool:
        return not (name in self.authored or name in self._numbers or self.scope.has(name))

    def _use(self, entry: Entry, name: str, kind: ParameterKind) -> int:
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._accounts)
            self._accounts.append(_Account(name, kind, entry.node))
            if self.scope.has(name):
                found = f"'{name}' is the name of a unit, a layer or a quantity"
                self.problems.add(entry.node, found)
        account = self._accounts[number]
        if account.kind is not kind:
            first = f"'{name}' is a {account.kind.value} (in line {account.node.line})"
            self.problems.add(entry.node, f"{first}, so it cannot be a {kind.value} too")
        if entry.value is not None:
            self._state(account, entry)
        return number

    def _state(self, account: _Account, entry: Entry) -> None:
        """Note a parameter's number; a second one has to be equal."""
        if account.value is None or account.stated is None:
            account.value, account.stated = entry.value, entry.node
        elif entry.value != account.value and not _equal(entry.value, account.value):
            first, second = sorted(
                ((account.stated, account.value), (entry.node, entry.value)),
                key=lambda stated: (stated[0].line, stated[0].column),
            )
            self.problems.add(
                second[0],
                f"'{account.name}' is {_text(second[1])} here and {_text(first[1])} in line "
                f"{first[0].line}; it can have one number only",
            )


def authored_names(entries: Iterable[Entry]) -> frozenset[str]:
    """The names that an author gave to parameters."""
    return frozenset(entry.name for entry in entries if entry.name is not None)


def _equal(one: Value | None, other: Value | None) -> bool:
    return getattr(one, "value", None) == getattr(other, "value", None)


def _text(value: Value | None) -> str:
    return str(getattr(value, "text", value))
