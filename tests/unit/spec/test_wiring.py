"""Wiring: a dense layer answers by arithmetic what a sparse one answers from its edges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracer.spec import Dense, Sparse

dense = st.builds(
    lambda start, width, units, first: Dense(range(start, start + width), units, first),
    st.integers(0, 5),
    st.integers(1, 5),
    st.integers(1, 5),
    st.integers(0, 9),
)


def as_edges(wiring: Dense) -> Sparse:
    """The same layer, edge by edge."""
    return Sparse(
        tuple(
            (unit, source, parameter)
            for unit in range(wiring.units)
            for source, parameter in wiring.into(unit)
        )
    )


@given(dense)
def test_dense_and_sparse_agree(wiring: Dense) -> None:
    """Both give the same sources, parameters, edges in, edges out and uses."""
    edges = as_edges(wiring)
    assert tuple(wiring.sources) == edges.sources
    assert tuple(wiring.parameters) == edges.parameters
    for unit in range(wiring.units):
        assert wiring.into(unit) == edges.into(unit)
    for source in range(12):
        assert wiring.out_of(source) == edges.out_of(source)
    for parameter in range(40):
        assert wiring.uses(parameter) == edges.uses(parameter)


def test_a_shared_parameter_has_several_uses() -> None:
    """Uses come in the order of the edges; what has no edge has no uses."""
    wiring = Sparse(((0, 1, 7), (1, 0, 7), (1, 1, 3)))
    assert wiring.sources == (0, 1)
    assert wiring.parameters == (7, 3)
    assert wiring.uses(7) == ((0, 1), (1, 0))
    assert wiring.out_of(1) == ((0, 7), (1, 3))
    assert wiring.into(2) == wiring.out_of(2) == wiring.uses(2) == ()
