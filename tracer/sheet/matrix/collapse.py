"""A linear network is one matrix: its layers multiplied out, and the product put to the test."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace, trace
from tracer.errors import TracerError
from tracer.notation.matrices import MatrixName
from tracer.notation.said import english
from tracer.phrase import Phrase, alone, phrase
from tracer.rules.quantity import INPUT, NET, OUT
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.frame import (
    KINDS,
    LETTERS,
    addresses,
    of_layer,
    output_layers,
    signed,
    sources,
)
from tracer.sheet.matrix.given import matrix_conventions, parameters
from tracer.sheet.matrix.page import Asked, reading_of, turned
from tracer.sheet.matrix.pairs import pairs
from tracer.sheet.matrix.reading import ROWS, Reading
from tracer.sheet.matrix.response import BIASES, WEIGHTS, Response
from tracer.sheet.matrix.verdict import NOT_THE_SAME, verdict
from tracer.sheet.page import Item, Lead, Section, Wanted
from tracer.sheet.words import title_of_spec
from tracer.spec.linear import collapsed, forward_only, of_biases, of_weights, refuse_unless_linear
from tracer.spec.network import Network


def collapse_page(trace_: Trace, wanted: Wanted, asked: Asked) -> Iterator[Section]:
    """A linear network as one matrix: the products of its weights, its bias, and the test.

    Args:
        trace_: of the network.
        wanted: what its reader asked to see.
        asked: how the matrices are to be shown.

    Raises:
        TracerError: the network is not linear, has letters, or starts in the middle; or, at the
            end, its one matrix puts out something else.
    """
    network = trace_.spec
    if not isinstance(network, Network):
        raise TracerError("an expression has no layers, and so no matrix form (--collapse)")
    refuse_unless_linear(network)
    own = _reading(trace_, forward_only(network), wanted, asked)
    rows = (
        (Phrase("numbers"), trace_.arithmetic.sentence),
        *matrix_conventions(asked.samples, trace_.arithmetic),
    )
    parts = list(_parts(trace_, own, wanted, asked))
    yield Section(phrase("{title}: one matrix", title=title_of_spec(network)), 1, rows)
    for title, items in parts:
        yield Section(title, items=[turned(item, asked.samples) for item in items])
    last = parts[-1][1][-1]
    if isinstance(last, Lead) and last.text.text == NOT_THE_SAME:
        raise TracerError(f"the network and its one matrix are {english(last.text)}")


def _reading(trace_: Trace, network: Network, wanted: Wanted, asked: Asked) -> Reading:
    """The forward pass of a network that was made of the trace's."""
    made = trace(network, trace_.arithmetic)
    return reading_of(made, made.segments[0], wanted, asked)


def _parts(
    trace_: Trace, own: Reading, wanted: Wanted, asked: Asked
) -> Iterator[tuple[Phrase, list[Item]]]:
    network = own.network
    weights = Response(_reading(trace_, of_weights(network), wanted, asked), WEIGHTS, frozenset())
    biases = Response(
        _reading(trace_, of_biases(network), wanted, asked), BIASES, _without_biases(network, own)
    )
    yield Phrase("Given"), [_given(own, matrix) for matrix in map(parameters, pairs(own))]
    yield Phrase("The weights multiplied out"), [Lead(PRODUCT), *weights.equations()]
    if len(biases.empty) < len(network.layers):
        yield Phrase("The biases carried on"), [Lead(CARRIED), *biases.equations()]
    one = _one_layer(network, weights, biases)
    short = _reading(trace_, one, wanted, asked)
    yield Phrase("The network as one layer"), list(_compared(own, short, weights, biases, asked))


PRODUCT = Phrase(
    "one layer after another: what the network answers to each input alone, without biases; "
    "C of the last layer is the network's one matrix"
)
CARRIED = Phrase(
    "what the network answers to an input of zeros: each bias goes through the layers after its own"
)


def _given(reading: Reading, matrix: Matrix) -> Equation:
    return Equation(matrix, relation="=", most=reading.most)


def _without_biases(network: Network, reading: Reading) -> frozenset[int]:
    """The layers into which no bias comes, their own or one before them."""
    empty = {0}
    for number, layer in enumerate(network.layers, 1):
        feeding = {reading.places[network.units[source]][0] for source in layer.wiring.sources}
        if feeding <= empty and all(bias is None for bias in layer.biases):
            empty.add(number)
    return frozenset(empty - {0})


def _one_layer(network: Network, weights: Response, biases: Response) -> Network:
    """The network of one layer from the inputs to the outputs."""
    layers = output_layers(weights.reading)
    by_layer = [weights.fractions(layer) for layer in layers]
    rows = [[value for part in by_layer for value in part[i]] for i in range(len(by_layer[0]))]
    offsets = [value for layer in layers for value in biases.fractions(layer)[0]]
    return collapsed(network, rows, offsets)


def _compared(
    own: Reading, short: Reading, weights: Response, biases: Response, asked: Asked
) -> Iterator[Item]:
    """X times the one matrix, beside what the network puts out."""
    if _is_chain(own):
        yield Lead(alone(_written_out(own, biases, asked.samples)))
    for layer in output_layers(own):
        yield _product(own, short, weights, biases, layer)
        yield Lead(Phrase("and the network itself, layer after layer:"))
        frame = of_layer(own, layer)
        grid = own.rows_of(OUT, layer)
        target = frame.matrix(OUT, grid)
        yield signed(Equation(target), own, list(addresses(grid)))
    yield Lead(verdict(own, short))


def _is_chain(own: Reading) -> bool:
    """Whether each layer is fed by the one before it alone, and puts out its net inputs."""
    layers = range(1, len(own.layers))
    activations = (one for layer in own.network.layers for one in layer.activations)
    return all(sources(own, layer) == [layer - 1] for layer in layers) and all(
        one.name == "identity" for one in activations
    )


def _written_out(own: Reading, biases: Response, samples_as: str) -> str:
    """The product of all layers in letters: ``C3 = W1·W2·W3``."""
    last = len(own.network.layers)
    weights = [f"W{number}" for number in range(1, last + 1)]
    text = f"C{last} = {_chain(weights, samples_as)}"
    if last in biases.empty:
        return text
    carried = ""
    for pair in pairs(own):
        if pair.below is None:
            letter = LETTERS[KINDS[pair.frame.letter]]
            factors = [f"{letter}{pair.above}", *weights[pair.above :]]
            carried += f" {'-' if letter == 'θ' else '+'} {_chain(factors, samples_as)}"
    first = carried[3:] if carried.startswith(" +") else f"-{carried[3:]}"
    return f"{text}, c{last} = {first}"


def _chain(factors: list[str], samples_as: str) -> str:
    return "·".join(factors if samples_as == ROWS else reversed(factors))


def _product(
    own: Reading, short: Reading, weights: Response, biases: Response, layer: int
) -> Equation:
    """Y = X C + c, with the numbers of the network of one layer."""
    units = own.layers[layer]
    grid = [[short.address(OUT, unit, sample) for unit in units] for sample in short.samples]
    several = len(output_layers(own)) > 1
    name = MatrixName(NET, "Y", str(layer) if several else "")
    target = short.matrix(name, grid, own.sample_names, units)
    terms = [Term((Factor(own.of_units(INPUT, 0)), Factor(weights.last(layer))))]
    if layer not in biases.empty:
        terms.append(Term((Factor(biases.last(layer)),)))
    return signed(Equation(target, tuple(terms)), short, list(addresses(grid)))
