"""A trace as a graph of single operations: which nodes there are, and that they say the same."""

from __future__ import annotations

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, program, traced
from tracer.derive.graph import Node, graph_of
from tracer.derive.trace import Trace
from tracer.errors import LimitError
from tracer.maths.expression import Expression, Neg, Symbol, children, symbols
from tracer.maths.plain import plain
from tracer.rules.quantity import Quantity


def listed(trace: Trace) -> dict[str, str]:
    """Each node's name, and its formula over names."""

    def name(of: object) -> str:
        return trace.name(of) if isinstance(of, Quantity) else str(of)

    return {
        name(node.name): plain(node.formula, name)
        for node in graph_of(trace)
        if node.formula is not None
    }


def test_the_gradient_of_the_deck() -> None:
    """The nodes of deck 004: adjoints over adjoints and values, the cosine as a node of its own."""
    found = listed(calculated(program("w1 = x1", "w3 = w1*x2", "w4 = sin(w1)", "y = w3 + w4")))
    assert found["dy/dw4"] == "dy/dy*1"
    assert found["g1"] == "cos(w1)"
    assert found["dy/dw1^a"] == "dy/dw4*g1"
    assert found["dy/dw1^b"] == "dy/dw3*x2"
    assert found["dy/dw1"] == "dy/dw1^a + dy/dw1^b"


@pytest.mark.parametrize("text", [BY_HEAD, IN_A_ROW])
def test_each_node_is_one_operation_over_nodes_before_it(text: str) -> None:
    """No operand is a formula of its own, and none stands below its node."""
    seen: set[object] = set()
    for node in graph_of(traced(text)):
        if node.formula is not None:
            assert set(symbols(node.formula)) <= seen
            parts = children(node.formula)
            assert all(isinstance(part, Symbol) or not _nested(node, part) for part in parts)
        seen.add(node.name)


def _nested(node: Node, part: Expression) -> bool:
    """Whether an operand is an operation over nodes; a minus is part of the sum it stands in."""
    inner = part.operand if node.operation == "sum" and isinstance(part, Neg) else part
    return not isinstance(inner, Symbol) and bool(symbols(inner))


def test_an_operation_is_made_once() -> None:
    """What stands inside of several formulas is one node that all of them use."""
    inner = [formula for name, formula in listed(traced(BY_HEAD)).items() if name[0] == "g"]
    assert len(inner) == len(set(inner))


def test_fresh_names_avoid_those_of_the_author() -> None:
    """Where the author has a g1 the operations inside get another letter."""
    found = listed(calculated(program("g1 = sin(x)*cos(x)")))
    assert not [name for name in found if name.startswith("g") and name != "g1"]


def test_numbers_are_left_out() -> None:
    """The same nodes come of an expression with numbers and of one with letters."""
    with_numbers, with_letters = program("y = x*sin(x)", x="2"), program("y = x*sin(x)")
    assert listed(calculated(with_numbers, "float")) == listed(calculated(with_letters))


def test_a_large_graph_is_refused() -> None:
    """A graph of thousands of values is no list to be read: the error says how many there are."""
    large = traced("inputs: 40\nlayers:\n  - {units: 40}", "float")
    with pytest.raises(LimitError, match="values; up to 2,000 are listed"):
        graph_of(large)
