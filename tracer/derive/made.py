"""One value made of its operands: a line of a longer telling, or what a formula gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from tracer.derive.template import Template
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import compiled


def made(template: Template, operands: Sequence[Any], arithmetic: Arithmetic) -> Any:
    """The value of a formula in an arithmetic; None where an operand is a letter."""
    if any(value is None for value in operands):
        return None
    with arithmetic.scope():
        return arithmetic.finish(_function(template, arithmetic)(*operands))


@lru_cache(1_000)
def _function(template: Template, arithmetic: Arithmetic) -> Callable[..., Any]:
    return compiled(template.computed, template.roles, arithmetic)
