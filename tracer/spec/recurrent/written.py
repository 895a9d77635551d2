"""What an author wrote of cells and of time, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracer.spec.tree import nodes

if TYPE_CHECKING:
    from tracer.spec.written import Edges, Entries, Rows


class WrittenGate(NamedTuple):
    """One of a cell's ``gates``."""

    node: nodes.Mapping
    weights: Rows | Edges | None = None
    recurrent_weights: Rows | Edges | None = None
    bias: Entries | None = None
    recurrent_bias: Entries | None = None


class WrittenCoupling(NamedTuple):
    """What a unit gets of others without a weight; a builder of layers writes it, no author."""

    row: str
    unit: int
    operands: tuple[str, ...]


class WrittenTime(NamedTuple):
    """``time``: how a network goes through sequences."""

    node: nodes.Mapping
    steps: int | None = None
    loss: str = "every"
    truncate: int | None = None
    carry_state: bool = False
