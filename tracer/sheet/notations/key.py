"""The key to the symbols of a page: which kind of quantity each is, and one of them by its name."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.program import Block
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.book import BookNotation
from tracer.notation.naming import Anyone
from tracer.notation.notation import Notation
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import Kind, Quantity, plain_name
from tracer.sheet.listing import Cell, Listing
from tracer.sheet.page import Lead, Section
from tracer.spec.network import Network

TITLE = Phrase("Symbols")
HEADS = (Phrase("symbol"), Phrase("what it is"), Phrase("here"), Phrase("typed"))
ANYONE = "{unit} is any unit, and {source} one that feeds it"
ANYONE_IN_LAYERS = (
    "{unit} is any unit, and {source} one that feeds it; l is the layer of {unit}, and the "
    "inputs are layer {first}"
)


def key(trace: Trace, notation: Notation) -> Section:
    """The key to the symbols of a trace: the kinds that occur in it, in the order of the page.

    Args:
        trace: the trace.
        notation: the symbols.
    """
    return Section(
        TITLE, items=(*_lead(trace, notation), Listing(HEADS, tuple(_rows(trace, notation))))
    )


def _rows(trace: Trace, notation: Notation) -> Iterator[tuple[Cell, ...]]:
    seen: set[tuple[str, str]] = set()
    for block in blocks_of(trace):
        quantity = block.quantity(0)
        general = _general(quantity, trace, notation)
        text = (notation.symbol(general), block.kind.word)
        if text in seen:
            continue
        seen.add(text)
        name = plain_name(quantity, trace.several_samples, steps=False)
        yield general, Phrase(block.kind.word), quantity, name


def blocks_of(trace: Trace) -> Iterator[Block]:
    """The first block of each kind, in the order of the calculation."""
    seen: set[Kind] = set()
    for segment in _told(trace):
        for block in segment.program.blocks:
            if block.units and block.kind not in seen:
                seen.add(block.kind)
                yield block


def _told(trace: Trace) -> tuple[Segment, ...]:
    """The first training step, and the second one, that has what is carried over."""
    return tuple(trace.segments[:2])


def _general(quantity: Quantity, trace: Trace, notation: Notation) -> Quantity:
    """The quantity of any unit or parameter in place of one of them."""
    if not isinstance(trace.spec, Network):
        return quantity
    anyone = _anyone(notation)
    return Quantity(
        quantity.kind,
        _any(quantity.unit, trace.spec, notation, anyone.unit),
        _any(quantity.source, trace.spec, notation, anyone.source),
    )


def _anyone(notation: Notation) -> Anyone:
    """The names for any unit and parameter."""
    return notation.naming.anyone if isinstance(notation, BookNotation) else Anyone("u", "s")


def _any(name: str, network: Network, notation: Notation, unit: str) -> str:
    """What stands for any of the things that a name is of; a shared parameter for itself."""
    parameters = {parameter.name: parameter.kind.value for parameter in network.parameters}
    anyone = _anyone(notation)
    if name in parameters:
        is_shared = isinstance(notation, BookNotation) and name not in notation.naming.ends
        return name if is_shared else str(getattr(anyone, parameters[name]))
    if name in network.inputs:
        return anyone.source
    return unit if name in network.units else name


def _lead(trace: Trace, notation: Notation) -> Iterator[Lead]:
    """What the letters below stand for."""
    if not isinstance(notation, BookNotation) or not isinstance(trace.spec, Network):
        return
    unit, source, *_ = notation.naming.anyone
    profile = notation.profile
    knows = profile is not None and notation.naming.spots
    if knows and profile is not None and any("{layer}" in said for said in profile.said.values()):
        first = str(profile.first_layer)
        yield Lead(phrase(ANYONE_IN_LAYERS, unit=unit, source=source, first=first))
    else:
        yield Lead(phrase(ANYONE, unit=unit, source=source))
