"""What an author wrote of the end of a training."""

from __future__ import annotations

from typing import NamedTuple

from tracer.spec.tree.nodes import Node
from tracer.spec.written import Entry


class WrittenUntil(NamedTuple):
    """``until``; the word `all_right` is the mapping that says so."""

    node: Node
    all_right: bool | None = None
    same_share_of_errors: int | None = None
    error_below: Entry | None = None
