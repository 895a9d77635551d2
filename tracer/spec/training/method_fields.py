"""How a spec names a method and its settings: ``adam``, or ``{name: adam, beta1: 0.8}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from tracer.rules.decays import DECAYS, Decay
from tracer.rules.optimisers import OPTIMISERS, Optimiser
from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Json
from tracer.spec.tree.leaves import NUMBER_OR_TEXT, SWITCH, VALUE, choice
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.tree.records import Field, Record
from tracer.spec.written import WrittenMethod

Row = Optimiser | Decay
NAME, INSIDE = "name", "epsilon_inside"


class MethodForm(NamedTuple):
    """The name of a row, or a mapping with its name and its settings.

    Attributes:
        of: what the table is of.
        rows: the table.
        aliases: other names of rows.
        article: what stands before the word.
        settles: whether settings may be said too.
    """

    of: str
    rows: Mapping[str, Row]
    aliases: Mapping[str, str]
    article: str = "a"
    settles: bool = True

    @property
    def wants(self) -> str:
        """What would be right, in a message's words."""
        first = next(name for name, row in self.rows.items() if row.settings)
        own = self.rows[first].settings[0]
        name = f"the name of {self.article} {self.of}"
        example = f"{{name: {first}, {own.name}: {own.default}}}"
        return f"{name}, or settings: {example}" if self.settles else name

    def read(self, node: Node, problems: Problems) -> WrittenMethod | None:
        """The row that was named, and what was said of its settings."""
        if isinstance(node, Scalar):
            return WrittenMethod(node, self._name.take(node, problems))
        if not (isinstance(node, nodes.Mapping) and self.settles):
            problems.unexpected(node, self.wants)
            return None
        named = next((value for key, value in node.pairs if key.text == NAME), None)
        if named is None:
            problems.add(node, f"'{NAME}' is missing: {self._name.wants}")
        if not isinstance(named, Scalar) or not self._knows(named):
            if named is not None:
                self._name.read(named, problems)
            return None
        return self._record(self.rows[self._row(named)]).read(node, problems)

    def _row(self, named: Scalar) -> str:
        return self.aliases.get(named.text.strip(), named.text.strip())

    def _knows(self, named: Scalar) -> bool:
        return self._row(named) in self.rows

    @property
    def _name(self) -> Any:
        return choice(self.of, self.rows, self.aliases)

    def _record(self, row: Row) -> Record[WrittenMethod]:
        """The mapping of one row: its name, and its settings."""
        fields = [Field(NAME, self._name, f"Which {self.of}.", True)]
        for setting in row.settings:
            fields.append(Field(setting.name, VALUE, f"Left out: {setting.default}."))
        if isinstance(row, Optimiser) and row.rooted:
            fields.append(Field(INSIDE, SWITCH, "Whether epsilon stands inside the square root."))
        mine = {field.name for field in fields}
        others = {item.name for other in self.rows.values() for item in other.settings} | {INSIDE}
        has = listed(name for name in mine if name != NAME)
        hint = f"; {row.name} has {has}" if len(mine) > 1 else f"; {row.name} has no settings"
        wants = f"settings of {row.name}"
        hints = dict.fromkeys(others - mine, hint) | self._rows_of_that_name(mine)
        return Record(_written, tuple(fields), wants, hints)

    def _rows_of_that_name(self, mine: Iterable[str]) -> dict[str, str]:
        """What to say of settings that are called like another row: that it is named instead."""
        found = {
            name: f"{{name: {name}, {row.settings[0].name}: {row.settings[0].default}}}"
            for name, row in self.rows.items()
            if row.settings and name not in mine
        }
        return {
            name: f"; {name} is {self.article} {self.of} itself: {text}"
            for name, text in found.items()
        }

    def schema(self, definitions: Json) -> Json:
        """A name, or an object for each row."""
        if not self.settles:
            return dict(self._name.schema(definitions))
        return {"anyOf": [self._name.schema(definitions), *map(self._object, self.rows.values())]}

    def _object(self, row: Row) -> Json:
        names = [name for name, of in self.aliases.items() if of == row.name]
        properties: Json = {NAME: {"enum": [row.name, *names]}}
        properties |= {setting.name: NUMBER_OR_TEXT for setting in row.settings}
        if isinstance(row, Optimiser) and row.rooted:
            properties[INSIDE] = SWITCH.json
        required = {"required": [NAME], "additionalProperties": False}
        return {"type": "object", "properties": properties, **required}


def _written(node: nodes.Mapping, **fields: Any) -> WrittenMethod:
    """A method from fields, those of its row's settings among them."""
    own = {name: fields.pop(name, None) for name in (NAME, INSIDE)}
    return WrittenMethod(node, own[NAME], fields, own[INSIDE])


OPTIMISER = MethodForm("optimizer", OPTIMISERS, {"sgd": "gradient_descent"}, "an")
DECAY = MethodForm("decay", DECAYS, {"1/t": "inverse"})


def without_settings(field: Field) -> Field:
    """A field of a method as a command line or a published value can say it: by name alone."""
    form = field.form
    if not isinstance(form, MethodForm):
        return field
    return field._replace(form=form._replace(settles=False))
