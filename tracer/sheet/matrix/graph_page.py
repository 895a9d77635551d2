"""The view `--matrix --gradient-graph`: a node for each operation on matrices, with its shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.trace import Trace
from tracer.errors import LimitError, TracerError
from tracer.notation.matrices import matrix_symbol
from tracer.notation.notation import Notation
from tracer.phrase import Phrase, phrase
from tracer.sheet.gradient_graph import PARTS, from_to
from tracer.sheet.listing import Cell, Listing
from tracer.sheet.matrix.given import SAID
from tracer.sheet.matrix.graph import matrix_graph
from tracer.sheet.matrix.operations import MatrixNode, Operand
from tracer.sheet.matrix.page import STANDARD, Asked, reading_of
from tracer.sheet.matrix.pairs import Pair, pairs
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.page import Lead, Section, Wanted, symbols_of
from tracer.sheet.rows import Row
from tracer.sheet.words import title_of_spec

HEADS = (Phrase("node"), Phrase("shape"), Phrase("operation"), Phrase("operands"))
MOST = 400
"""A graph of more nodes than this is no list to be read."""

SHARED_WEIGHTS = "no graph by layers says that they share it (--matrix --gradient-graph)"
OPERATIONS = Phrase(
    "Placeholder is fed with data, Variable is trained; MatMul is the matrix product, Multiply "
    "the product entry by entry, ReduceSum adds up rows or columns; ᵀ is the transpose"
)


def matrix_graph_page(trace: Trace, wanted: Wanted, asked: Asked = STANDARD) -> Iterator[Section]:
    """The graph of the calculation by layers, then what the gradient adds to it.

    Raises:
        TracerError: there is no matrix form.
        LimitError: the graph has too many nodes to be listed.
    """
    nodes = nodes_of(trace, asked)
    notation = symbols_of(trace, wanted)
    yield Section(title_of_spec(trace.spec), 1, _conventions(trace, nodes, asked))
    for title, sentence, phases in PARTS:
        found = [one for one in nodes if one.phase in phases and one.phase in wanted.phases]
        if found:
            rows = tuple(row_of_node(node, notation) for node in found)
            yield Section(title, items=(Lead(sentence), Listing(HEADS, rows)))


def nodes_of(trace: Trace, asked: Asked = STANDARD) -> tuple[MatrixNode, ...]:
    """The nodes of the first training step.

    Raises:
        TracerError: there is no matrix form.
        LimitError: these are too many to be read.
    """
    reading = reading_of(trace, trace.segments[0], Wanted(), Asked(asked.samples, True), bare=True)
    _refuse_shared(reading)
    nodes = matrix_graph(reading, asked.samples)
    if len(nodes) > MOST:
        raise LimitError(f"the graph has {len(nodes):,} nodes; up to {MOST:,} are listed")
    return nodes


def _refuse_shared(reading: Reading) -> None:
    """Refuses weights that stand in several matrices: as nodes, these would be separate.

    Raises:
        TracerError: there is one.
    """
    found: dict[str, Pair] = {}
    for pair in pairs(reading):
        for name in pair.names:
            other = found.setdefault(name, pair)
            if other is not pair:
                both = " and ".join(f"{one.frame.letter}{one.frame.layer}" for one in (other, pair))
                raise TracerError(f"'{name}' stands in several matrices, {both}: {SHARED_WEIGHTS}")


def _conventions(trace: Trace, nodes: Sequence[MatrixNode], asked: Asked) -> tuple[Row, ...]:
    """What holds for the whole list."""
    inner = [one.name.letter for one in nodes if one.name.kind is None and one.operands]
    text = "{count}: matrices in symbols, the numbers of the file are left out"
    rows = [
        (Phrase("nodes"), phrase(text, count=len(nodes))),
        (Phrase("matrices"), SAID[asked.samples]),
        (Phrase("operations"), OPERATIONS),
    ]
    if inner:
        text = "{names}: operations inside of an equation, without another name"
        rows.append((Phrase("names"), phrase(text, names=from_to(inner))))
    if trace.several_steps:
        rows.append((Phrase("steps"), Phrase("the graph of the first training step")))
    return tuple(rows)


def row_of_node(node: MatrixNode, notation: Notation) -> tuple[Cell, ...]:
    """A row of the list."""
    operands = ", ".join(said(one, notation) for one in node.operands)
    return (matrix_symbol(node.name, notation), shape_of(node), node.operation, operands)


def shape_of(node: MatrixNode) -> Phrase | str:
    """``3×2``; of one number, its being one."""
    return Phrase("number") if node.shape is None else "×".join(map(str, node.shape))


def said(operand: Operand, notation: Notation) -> str:
    """An operand's symbol."""
    symbol = matrix_symbol(operand.name, notation)
    if not operand.transposed:
        return symbol
    return f"({symbol})ᵀ" if "/" in symbol else f"{symbol}ᵀ"
