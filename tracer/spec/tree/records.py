"""Records: mappings with known fields, each of which has a form and a description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any, Generic, NamedTuple, TypeVar

from tracer.errors import suggestion
from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Form, Json
from tracer.spec.tree.nodes import Node, shown
from tracer.spec.tree.problems import Problems, listed

T = TypeVar("T")


class Field(NamedTuple):
    """A field of a record.

    Attributes:
        name: as in the file.
        form: what it can hold.
        description: what it says to a reader.
        required: whether a record without it is wrong.
        attribute: its name in the object that is made, where that differs.
    """

    name: str
    form: Form[Any]
    description: str
    required: bool = False
    attribute: str = ""

    def schema(self, definitions: Json) -> Json:
        """The form's, with the description."""
        return {"description": self.description, **self.form.schema(definitions)}


class Record(NamedTuple, Generic[T]):
    """A mapping with known fields, read into an object that has one attribute for each.

    Attributes:
        make: the object's class; it takes the mapping's node, then the fields by name.
        fields: the fields, in the order in which a teacher would write them.
        wants: what would be right, in a message's words.
        hints: what to say of a field that belongs elsewhere, instead of a suggestion.
        rivals: fields of which only one can stand.
    """

    make: Callable[..., T]
    fields: tuple[Field, ...]
    wants: str
    hints: Mapping[str, str] | None = None
    rivals: tuple[str, ...] = ()

    def read(self, node: Node, problems: Problems) -> T | None:
        """The object; what was not readable is left out of it."""
        if not isinstance(node, nodes.Mapping):
            problems.unexpected(node, self.wants)
            return None
        fields = {field.name: field for field in self.fields}
        values: dict[str, Any] = {}
        for key, value in node.pairs:
            field = fields.get(key.text)
            if field is None:
                problems.add(key, self._unknown(key.text))
                continue
            read = field.form.read(value, problems)
            if read is not None:
                values[field.attribute or field.name] = read
        self._complain_of_missing(node, problems)
        self._complain_of_rivals(node, problems)
        return self.make(node, **values)

    def schema(self, definitions: Json) -> Json:
        """An object with these fields and no others."""
        required = [field.name for field in self.fields if field.required]
        return {
            "type": "object",
            "properties": {field.name: field.schema(definitions) for field in self.fields},
            **({"required": required} if required else {}),
            **self._without_rivals(),
            "additionalProperties": False,
        }

    def _without_rivals(self) -> Json:
        """That no two rivals stand together."""
        pairs = [{"required": list(pair)} for pair in combinations(self.rivals, 2)]
        if not pairs:
            return {}
        return {"not": pairs[0] if len(pairs) == 1 else {"anyOf": pairs}}

    def _unknown(self, name: str) -> str:
        known = [field.name for field in self.fields]
        hint = (self.hints or {}).get(name) or suggestion(name, known)
        return f"unknown field {shown(name)}{hint or f'; known here: {listed(known, 30)}'}"

    def _complain_of_missing(self, node: nodes.Mapping, problems: Problems) -> None:
        present = {key.text for key, _ in node.pairs}
        for field in self.fields:
            if field.required and field.name not in present:
                problems.add(node, f"'{field.name}' is missing: {field.form.wants}")

    def _complain_of_rivals(self, node: nodes.Mapping, problems: Problems) -> None:
        found = [key for key, _ in node.pairs if key.text in self.rivals]
        for key in found[1:]:
            others = " and ".join(f"'{name}'" for name in self.rivals)
            problems.add(key, f"{others} do not go together: choose one")
