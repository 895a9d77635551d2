"""Random programs: the gradient as nodes of the graph gives what the trace gives, in any numbers.

The graph is turned into an expression program of its own and traced; so the gradient, calculated
as a graph, is compared with the adjoints and tangents of the trace.
"""

from __future__ import annotations

from hypothesis import assume, given
from msgspec.structs import replace

from tests.property.test_programs import traced
from tests.support.graphs import as_program
from tests.support.mathematics import suitable
from tests.support.programs import Program, by_duals, programs
from tracer.derive.graph import graph_of
from tracer.derive.trace import trace
from tracer.maths.expression import Symbol
from tracer.spec import ExpressionProgram


@given(programs(rational=True))
def test_the_nodes_of_a_gradient_have_its_values(program: Program) -> None:
    """The graph, calculated as a program of its own, has every value of the trace, exactly."""
    with suitable():
        by_duals(program)
    found = traced(program, "exact")
    graph = trace(as_program(found), found.arithmetic)
    for entry in found:
        assert graph[entry.name].value == entry.value


@given(programs(rational=True))
def test_the_gradient_of_letters_is_the_same_graph(program: Program) -> None:
    """The nodes do not depend on the numbers: without them they are the same."""
    assume(program.at)
    with suitable():
        by_duals(program)
    found = traced(program, "float")
    assert isinstance(found.spec, ExpressionProgram)
    open_spec = replace(found.spec, at=tuple(map(Symbol, found.spec.variables)))
    letters = trace(open_spec, found.arithmetic)
    ours = {node.name: node.formula for node in graph_of(found)}
    theirs = {node.name: node.formula for node in graph_of(letters)}
    assert ours == theirs
