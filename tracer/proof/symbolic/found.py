"""A closed form as it is found, before it is turned into a formula of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct


class Found(Struct, frozen=True):
    """A closed form.

    Attributes:
        name: the quantity's plain name.
        form: SymPy's expression.
        order: every symbol's name, in the order in which people would write them.
    """

    name: str
    form: Any
    order: Sequence[str]
