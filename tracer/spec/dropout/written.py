"""What an author wrote of dropout."""

from __future__ import annotations

from typing import NamedTuple

from tracer.spec.tree import nodes
from tracer.spec.written import Entry, Nested


class WrittenDropout(NamedTuple):
    """``dropout`` of a layer, or ``input_dropout``.

    Attributes:
        units: the inputs of one time step; a builder of layers says so, no author.
    """

    node: nodes.Mapping
    keep: Entry | None = None
    mask: Nested | None = None
    seed: int | None = None
    form: str | None = None
    through_time: str | None = None
    units: tuple[str, ...] = ()
