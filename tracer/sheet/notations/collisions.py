"""Symbols that stand for more than one thing on a page: found, and said with what to do."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.notation.looks import look
from tracer.notation.notation import Notation
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import Kind, Quantity, plain_name
from tracer.sheet.rows import Row
from tracer.spec.network import Network

MOST = 50_000
"""As many quantities are looked through."""
MOST_TOLD = 4
LABEL, NOTHING = Phrase("same symbol"), Phrase("")
ADVICE = Phrase(
    "to tell them apart, choose other names in the file, or change one symbol in a notation of "
    "your own (trace notations NAME -o FILE)"
)
BOTH = "{symbol} is both {one} ({what}) and {other} ({what_else})"
MORE = "{symbol} is both {one} ({what}) and {other} ({what_else}); so are others of their kinds"
PARAMETER = (
    "{letter} is {what} here; the {name} of {activation} is another number, and stands in formulas "
    "as that number"
)
GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "eta": "η",
    "lambda": "λ",
    "mu": "μ",
    "rho": "ρ",
}


def collisions(trace: Trace, notation: Notation) -> Iterator[Row]:
    """A row for every two kinds of quantities of which some have the same symbol.

    Args:
        trace: the trace.
        notation: the symbols of its page.
    """
    first: dict[str, Quantity] = {}
    pairs: dict[tuple[Kind, Kind], list[tuple[Quantity, Quantity]]] = {}
    for quantity in _quantities(trace):
        other = first.setdefault(look(notation.tree(quantity)), quantity)
        if _name(other, trace) != _name(quantity, trace):
            pairs.setdefault((other.kind, quantity.kind), []).append((other, quantity))
    told = [_sentence(*found[0], len(found) > 1, trace) for found in pairs.values()]
    told += _parameters(trace, {look(notation.tree(of)): of for of in first.values()})
    yield from ((LABEL, sentence) for sentence in told[:MOST_TOLD])
    if told:
        yield NOTHING, ADVICE


def _quantities(trace: Trace) -> Iterator[Quantity]:
    """The quantities of the first training step, up to a limit."""
    left = MOST
    for block in trace.segments[0].program.blocks:
        for k in range(min(len(block.units), left)):
            yield block.quantity(k)
        left -= min(len(block.units), left)


def _name(quantity: Quantity, trace: Trace) -> str:
    return plain_name(quantity, trace.several_samples, steps=False)


def _sentence(one: Quantity, other: Quantity, several: bool, trace: Trace) -> Phrase:
    return phrase(
        MORE if several else BOTH,
        symbol=one,
        one=_name(one, trace),
        what=Phrase(one.kind.word),
        other=_name(other, trace),
        what_else=Phrase(other.kind.word),
    )


def _parameters(trace: Trace, looks: dict[str, Quantity]) -> Iterator[Phrase]:
    """Parameters of activations that have the letter of a quantity."""
    if not isinstance(trace.spec, Network):
        return
    found = dict.fromkeys(
        (activation.name, name)
        for layer in trace.spec.layers
        for activation in layer.activations
        for name, _ in activation.parameters
    )
    for activation, name in found:
        letter = GREEK.get(name, name)
        if letter in looks:
            what = Phrase(looks[letter].kind.word)
            yield phrase(PARAMETER, letter=letter, what=what, name=name, activation=activation)
