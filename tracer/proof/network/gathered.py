"""Units that gather, as the witnesses read them: a formula over the numbers of their sources."""

from __future__ import annotations

from tracer.maths.expression import Add, Call, Div, Expression, Symbol, number
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.network import Layer


def sources(layer: Layer, k: int) -> tuple[int, ...]:
    """What a unit of a layer gathers; nothing where it does not."""
    return layer.wiring.groups[k] if isinstance(layer.wiring, Gathering) else ()


def formula(wiring: Gathering, k: int) -> Expression:
    """What is made of it; of several that are largest, the first one in the formula counts."""
    terms = tuple(map(Symbol, wiring.groups[k]))
    if wiring.takes == LARGEST:
        return Call("max", terms[::-1] if wiring.last_wins else terms)
    return Div(Add(terms), number(wiring.divisor or len(terms)))
