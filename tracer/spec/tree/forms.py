"""The forms that a field's content can have, each of which reads nodes and describes itself.

Reading never stops at a problem: a leaf that is wrong is complained about and replaced, and only
what is of the wrong kind altogether is read as None. The JSON Schema comes from the same forms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from tracer.spec.tree import nodes
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems

T = TypeVar("T")
Read = TypeVar("Read", covariant=True)
Json = dict[str, Any]


class Form(Protocol[Read]):
    """What a field can hold."""

    @property
    def wants(self) -> str:
        """What would be right, in a message's words."""

    def read(self, node: Node, problems: Problems) -> Read | None:
        """What a node says; None if it is of the wrong kind, which has been complained about."""

    def schema(self, definitions: Json) -> Json:
        """The JSON Schema; forms with a name are added to the definitions."""


class Items(NamedTuple, Generic[T]):
    """A list that was read, and where."""

    node: nodes.Sequence
    items: tuple[T, ...]


class Pairs(NamedTuple, Generic[T]):
    """A mapping that was read, and where."""

    node: nodes.Mapping
    pairs: tuple[tuple[Scalar, T], ...]


class Leaf(NamedTuple, Generic[T]):
    """One scalar, read by a function that complains and substitutes where it is wrong."""

    wants: str
    take: Callable[[Scalar, Problems], T]
    json: Json

    def read(self, node: Node, problems: Problems) -> T | None:
        """What the scalar says."""
        if isinstance(node, Scalar):
            return self.take(node, problems)
        problems.unexpected(node, self.wants)
        return None

    def schema(self, definitions: Json) -> Json:
        """As given."""
        return self.json


class ListOf(NamedTuple, Generic[T]):
    """A list of one form."""

    item: Form[T]
    wants: str
    least: int = 0

    def read(self, node: Node, problems: Problems) -> Items[T] | None:
        """The items, if all of them are of the right kind."""
        if not isinstance(node, nodes.Sequence):
            problems.unexpected(node, self.wants)
            return None
        if len(node.items) < self.least:
            problems.add(node, f"expected {self.wants}, found an empty list")
            return None
        read = tuple(self.item.read(item, problems) for item in node.items)
        kept = tuple(item for item in read if item is not None)
        return Items(node, kept) if len(kept) == len(read) else None

    def schema(self, definitions: Json) -> Json:
        """An array."""
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.item.schema(definitions), **least}


class NestedListOf(NamedTuple, Generic[T]):
    """One form, or a list of them, or a list of such lists, and so on."""

    name: str
    item: Form[T]
    wants: str
    least: int = 0

    def read(self, node: Node, problems: Problems) -> Any:
        """The items in their lists, if all of them are of the right kind."""
        if not isinstance(node, nodes.Sequence):
            return self.item.read(node, problems)
        if len(node.items) < self.least:
            problems.add(node, f"expected {self.wants}, found an empty list")
            return None
        read = [self.read(item, problems) for item in node.items]
        return None if any(item is None for item in read) else Items(node, tuple(read))

    def schema(self, definitions: Json) -> Json:
        """Defined once, for it contains itself."""
        reference = {"$ref": f"#/$defs/{self.name}"}
        if self.name not in definitions:
            definitions[self.name] = {}
            least = {"minItems": self.least} if self.least else {}
            lists = {"type": "array", "items": reference, **least}
            definitions[self.name] = {"anyOf": [self.item.schema(definitions), lists]}
        return reference


class MapOf(NamedTuple, Generic[T]):
    """A mapping from names to one form."""

    item: Form[T]
    wants: str

    def read(self, node: Node, problems: Problems) -> Pairs[T] | None:
        """The pairs, if all values are of the right kind."""
        if not isinstance(node, nodes.Mapping):
            problems.unexpected(node, self.wants)
            return None
        read = [(key, self.item.read(value, problems)) for key, value in node.pairs]
        kept = tuple((key, value) for key, value in read if value is not None)
        return Pairs(node, kept) if len(kept) == len(read) else None

    def schema(self, definitions: Json) -> Json:
        """An object with any keys."""
        return {"type": "object", "additionalProperties": self.item.schema(definitions)}


class ByKind(NamedTuple):
    """Different forms for a scalar, a list and a mapping."""

    wants: str
    scalar: Form[Any] | None = None
    sequence: Form[Any] | None = None
    mapping: Form[Any] | None = None

    def read(self, node: Node, problems: Problems) -> Any:
        """Whatever the form for that kind of node reads."""
        form = {
            Scalar: self.scalar,
            nodes.Sequence: self.sequence,
            nodes.Mapping: self.mapping,
        }.get(type(node))
        if form is None or (isinstance(node, Scalar) and not node.text and not node.style):
            problems.unexpected(node, self.wants)
            return None
        return form.read(node, problems)

    def schema(self, definitions: Json) -> Json:
        """Any of the forms."""
        forms = [form for form in (self.scalar, self.sequence, self.mapping) if form]
        return {"anyOf": [form.schema(definitions) for form in forms]}


class KeyDecides(NamedTuple):
    """Two forms of mapping: which one it is shows in whether it has a certain key."""

    key: str
    present: Form[Any]
    absent: Form[Any]

    @property
    def wants(self) -> str:
        """As the form without the key."""
        return self.absent.wants

    def read(self, node: Node, problems: Problems) -> Any:
        """Whatever the form that fits reads."""
        keys = [key.text for key, _ in node.pairs] if isinstance(node, nodes.Mapping) else []
        return (self.present if self.key in keys else self.absent).read(node, problems)

    def schema(self, definitions: Json) -> Json:
        """Any of the two."""
        return {"anyOf": [self.present.schema(definitions), self.absent.schema(definitions)]}


class Named(NamedTuple, Generic[T]):
    """A form that the JSON Schema defines once, under a name."""

    name: str
    form: Form[T]
    description: str

    @property
    def wants(self) -> str:
        """As the form itself."""
        return self.form.wants

    def read(self, node: Node, problems: Problems) -> T | None:
        """As the form itself."""
        return self.form.read(node, problems)

    def schema(self, definitions: Json) -> Json:
        """A reference."""
        if self.name not in definitions:
            definitions[self.name] = {}
            definitions[self.name] = {
                "description": self.description,
                **self.form.schema(definitions),
            }
        return {"$ref": f"#/$defs/{self.name}"}
