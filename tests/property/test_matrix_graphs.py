"""The graph by layers, calculated anew: each operation makes of its operands what the trace has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.property.test_pooled_matrices import Pooled, specs
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import traced
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import NumberFormat, Shown
from tracer.notation.said import english
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.graph_page import nodes_of
from tracer.sheet.matrix.operations import MatrixNode, Operand, word_of
from tracer.sheet.matrix.page import Asked, matrix_page
from tracer.sheet.page import Wanted

Table = list[list[Fraction]]

RANDOM = st.randoms(use_true_random=False)
SAMPLES_AS = st.sampled_from(("rows", "columns"))
IN_FULL = Wanted(NumberFormat(significant=500), steps=(1,))


def numbers(matrix: Matrix) -> Table | None:
    """What stands in a matrix; None where that is no number."""
    rows, columns = matrix.shape
    cells = [[matrix.cell(i, j).shown for j in range(columns)] for i in range(rows)]
    if not all(one is None or (isinstance(one, Shown) and one.exact) for r in cells for one in r):
        return None
    return [
        [Fraction(one.text) if isinstance(one, Shown) else Fraction(0) for one in r] for r in cells
    ]


def values_of(trace: Trace, samples_as: str) -> dict[MatrixName, Matrix]:
    """Every matrix on the page of the first step, by its name."""
    found: dict[MatrixName, Matrix] = {}
    for section in matrix_page(trace, IN_FULL, Asked(samples_as, whole=True)):
        for item in section.items:
            if isinstance(item, Equation):
                for matrix in item.matrices:
                    found.setdefault(matrix.name, matrix)
    return found


def product(left: Table, right: Table) -> Table:
    """The matrix product."""
    columns = list(zip(*right, strict=True))
    return [
        [sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in columns]
        for row in left
    ]


def spread(one: Table, rows: int, columns: int) -> Table:
    """A number, a row or a column, as often as it takes."""
    return [[one[i % len(one)][j % len(one[0])] for j in range(columns)] for i in range(rows)]


def entry_by_entry(of: Callable[[Fraction, Fraction], Fraction]) -> Callable[..., Table]:
    """An operation on two matrices, one of which may be spread."""

    def applied(left: Table, right: Table) -> Table:
        rows, columns = max(len(left), len(right)), max(len(left[0]), len(right[0]))
        pairs = zip(spread(left, rows, columns), spread(right, rows, columns), strict=True)
        return [[of(a, b) for a, b in zip(*rows, strict=True)] for rows in pairs]

    return applied


OPERATIONS: Mapping[str, Callable[..., Table]] = {
    "MatMul": product,
    "Add": entry_by_entry(lambda a, b: a + b),
    "Subtract": entry_by_entry(lambda a, b: a - b),
    "Multiply": entry_by_entry(lambda a, b: a * b),
    "Scale": entry_by_entry(lambda a, b: a * b),
    "Negate": lambda one: [[-value for value in row] for row in one],
    "Identity": lambda one: one,
}


def made(node: MatrixNode, known: Mapping[MatrixName, Table]) -> Table | None:
    """What a node makes of its operands; None for a function, and for what is not known."""
    if node.operation == "ReduceSum" and node.operands[0].name in known:
        return _summed(_seen(node.operands[0], known), node.shape)
    found = [one for one in node.operands if one.name in known]
    operation = english(word_of(node))
    if operation not in OPERATIONS or len(found) != len(node.operands):
        return None
    return OPERATIONS[operation](*(_seen(one, known) for one in found))


def _seen(operand: Operand, known: Mapping[MatrixName, Table]) -> Table:
    table = known[operand.name]
    return [list(row) for row in zip(*table, strict=True)] if operand.transposed else table


def _summed(table: Table, shape: tuple[int, int] | None) -> Table:
    """Rows or columns added up, as the shape of the result says."""
    rows, columns = shape or (1, 1)
    if columns == 1 and rows == len(table):
        return [[sum(row, Fraction(0))] for row in table]
    summed = [[sum(column, Fraction(0)) for column in zip(*table, strict=True)]]
    return summed if columns == len(table[0]) else [[sum(summed[0], Fraction(0))]]


def check(trace: Trace, samples_as: str) -> set[str]:
    """Calculates all nodes, compares them with the trace, and returns the operations."""
    known: dict[MatrixName, Table] = {}
    there = values_of(trace, samples_as)
    told = {name: table for name, matrix in there.items() if (table := numbers(matrix))}
    found = set()
    for node in nodes_of(trace, Asked(samples_as)):
        assert (
            node.name not in there
            or (node.shape or (1, 1)) == there[node.name].shape
            or (node.shape is None)
        )
        table = made(node, known)
        page = told.get(node.name)
        if table is not None:
            found.add(english(word_of(node)))
            assert (len(table), len(table[0])) == (node.shape or (1, 1)), node
            assert page is None or _is_same(table, page, there[node.name]), node
        if table is not None or page is not None:
            known[node.name] = page if page is not None else table or []
    return found


def _is_same(table: Table, page: Table, there: Matrix) -> bool:
    """Whether they are the same wherever there is a connection."""
    rows, columns = there.shape
    places = [(i, j) for i in range(rows) for j in range(columns)]
    return all(table[i][j] == page[i][j] for i, j in places if there.cell(i, j).shown is not None)


@settings(max_examples=40, deadline=None)
@given(networks(rational=True, shared=False) | networks(rational=True), RANDOM, SAMPLES_AS)
def test_every_operation_makes_what_the_trace_has(
    drawn: Drawn, random: object, samples_as: str
) -> None:
    """Calculated with exact fractions, each node is the matrix of its name, in its shape."""
    trace = traced_if_finite(network_of(drawn, random), "exact")  # type: ignore[arg-type]
    assume(not shares_between_layers(drawn))
    assert "MatMul" in check(trace, samples_as)


def shares_between_layers(drawn: Drawn) -> bool:
    """Whether a parameter stands in the matrices of several layers, or from several."""
    found: dict[str, tuple[int, str]] = {}
    for number, group in enumerate(drawn.groups):
        for unit in group.units:
            for edge in unit.edges:
                place = number, _layer_of(drawn, edge.source)
                if found.setdefault(edge.parameter, place) != place:
                    return True
            if unit.offset and found.setdefault(unit.offset, (number, "")) != (number, ""):
                return True
    return False


def _layer_of(drawn: Drawn, source: str) -> str:
    """The layer of a source, by its first unit."""
    layers = [[unit.name for unit in group.units] for group in drawn.groups]
    return next((names[0] for names in layers if source in names), "inputs")


@settings(max_examples=20, deadline=None)
@given(networks(rational=True), RANDOM)
def test_weights_in_several_matrices_are_refused(drawn: Drawn, random: object) -> None:
    """Where layers share a weight, the graph by layers would not say so; else there is one."""
    trace = traced_if_finite(network_of(drawn, random), "exact")  # type: ignore[arg-type]
    if shares_between_layers(drawn):
        with pytest.raises(TracerError, match="stands in several matrices"):
            nodes_of(trace)
    else:
        assert nodes_of(trace)


@settings(max_examples=25, deadline=None)
@given(specs(), SAMPLES_AS)
def test_pooling_is_a_product_there_too(drawn: Pooled, samples_as: str) -> None:
    """What is selected or averaged, forwards and backwards."""
    trace = traced(drawn.spec())
    assert "MatMul" in check(trace, samples_as)
