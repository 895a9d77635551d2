"""The argument of a single synapse: of all that a net input adds up, one product has its weight."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.entries import Step
from tracer.maths.expression import Add, Expression, Symbol, symbols
from tracer.rules.quantity import NET, NET_BY_PARAMETER, SAMPLE_GRADIENT
from tracer.sheet.matrix.pairs import Pair
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.remarks import Synapse
from tracer.sheet.telling import Telling, tell


def synapse(reading: Reading, pair: Pair) -> Iterator[Synapse]:
    """∂(S + a·w)/∂w = a, for the first weight of a matrix and the first sample."""
    if pair.below is None:
        return
    name, sample = next(iter(pair.names)), reading.samples[0]
    several = len(reading.samples) > 1
    kind = SAMPLE_GRADIENT if several else reading.summed(name)
    address = reading.address(kind, name, sample if several else 0)
    step = None if address is None else reading.entry(address)
    parts = step.substeps if isinstance(step, Step) else ()
    for part in parts[:1]:
        if part.quantity.kind is NET_BY_PARAMETER:
            net = reading.address(NET, part.quantity.unit, sample)
            entry = None if net is None else reading.entry(net)
            if isinstance(entry, Step):
                yield _argument(entry, name, tell(part, reading.wanted.numbers))


def _argument(net: Step, name: str, telling: Telling) -> Synapse:
    terms = net.formula.terms if isinstance(net.formula, Add) else (net.formula,)
    mine = next(term for term in terms if name in _names(term))
    rest = tuple(term for term in terms if term is not mine)
    weight = next(of for of in symbols(mine) if getattr(of, "unit", "") == name)
    return Synapse(net.quantity, mine, _sum(rest), Symbol(weight), telling)


def _names(term: Expression) -> list[str]:
    return [getattr(of, "unit", "") for of in symbols(term)]


def _sum(terms: tuple[Expression, ...]) -> Expression | None:
    if len(terms) < 2:
        return terms[0] if terms else None
    return Add(terms)
