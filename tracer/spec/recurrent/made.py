"""Lists and mappings that no author wrote, at the place of what they are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.nodes import Node, Scalar

T = TypeVar("T")


def items(node: Node, found: Iterable[T]) -> Items[T]:
    """A list at the place of a node."""
    made = tuple(found)
    return Items(nodes.Sequence((node,) * len(made), node.line, node.column), made)


def words(node: Node, names: Iterable[str]) -> Items[Scalar]:
    """A list of names at the place of a node."""
    return items(node, (Scalar(name, node.line, node.column) for name in names))


def pairs(node: Node, found: Iterable[tuple[str, T]]) -> Pairs[T]:
    """A mapping at the place of a node."""
    made = tuple((Scalar(name, node.line, node.column), item) for name, item in found)
    return Pairs(nodes.Mapping((), node.line, node.column), made)
