"""The built-in examples as the tests use them."""

from __future__ import annotations

from functools import cache

from tracer import resources
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.sheet.published import Comparer, Comparison
from tracer.spec import Spec, find, with_training

NAMES = resources.example_names()


@cache
def spec(name: str) -> Spec:
    """An example."""
    return find(name)


@cache
def traced(name: str, numbers: str = "decimal", settings: str = "") -> Trace:
    """An example, calculated; settings are written ``update=in_place, steps=2``."""
    pairs = (part.split("=") for part in settings.split(", ") if part)
    return trace(with_training(spec(name), dict(pairs)), arithmetic(numbers))


@cache
def compared(name: str) -> tuple[Comparison, ...]:
    """An example's published values beside ours."""
    chosen = spec(name).about.presentation.arithmetic or "decimal"
    return tuple(Comparer(spec(name), arithmetic(chosen)).comparisons())
