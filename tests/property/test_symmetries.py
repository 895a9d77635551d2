"""What must not matter, and what must: order of units, sharing, values given, letters left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import SOME
from tests.support.mathematics import suitable
from tests.support.networks import Case, Drawn, Edge, networks
from tests.support.tracing import network_of, traced, traced_if_finite, values_by_name
from tests.support.witness import by_duals
from tests.support.writing import written
from tracer.derive.entries import Step
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Symbol
from tracer.rules.quantity import ERROR_BY_OUT
from tracer.spec import GivenValue, Network, read_text

RANDOM = st.randoms(use_true_random=False)


def exact_trace(drawn: Drawn, random: Random | None = None) -> Trace:
    """The trace in fractions, of a network without a pole or a kink near by."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            by_duals(drawn, sample)
    return traced(drawn, random, "exact")


@SOME
@given(networks(rational=True))
def test_order_of_units_does_not_matter(drawn: Drawn) -> None:
    """With inputs, units and outputs in another order, every quantity keeps its value."""
    other = backwards(drawn)
    assume(other != drawn)
    assert values_by_name(exact_trace(other)) == values_by_name(exact_trace(drawn))


def backwards(drawn: Drawn) -> Drawn:
    """The network with its inputs, and the units of each layer, from the last to the first."""
    groups = tuple(replace(group, units=group.units[::-1]) for group in drawn.groups)
    other = replace(drawn, inputs=drawn.inputs[::-1], groups=groups)
    places = [drawn.outputs.index(unit) for unit in other.outputs]
    cases = tuple(
        Case(case.inputs[::-1], tuple(case.targets[place] for place in places))
        for case in drawn.cases
    )
    return replace(other, cases=cases)


@SOME
@given(networks(rational=True), RANDOM, RANDOM)
def test_writing_does_not_matter(drawn: Drawn, one: Random, other: Random) -> None:
    """However a network is written, its trace has the same quantities with the same values."""
    other.seed(one.random())
    assert values_by_name(exact_trace(drawn, one)) == values_by_name(exact_trace(drawn, other))


@SOME
@given(networks(rational=True))
def test_shared_gradient_is_the_sum_of_the_unshared(drawn: Drawn) -> None:
    """A shared parameter's derivative is the sum of those that its uses have on their own."""
    apart, origin = unshared(drawn)
    assume(len(origin) > len(set(origin.values())))
    together, single = exact_trace(drawn), exact_trace(apart)
    for name in drawn.numbers:
        parts = [single[f"dE/d{own}"].value for own, shared in origin.items() if shared == name]
        assert together[f"dE/d{name}"].value == sum(parts, Fraction(0)), name


def unshared(drawn: Drawn) -> tuple[Drawn, dict[str, str]]:
    """The network with a parameter of its own for each use; and what each one was before."""
    origin: dict[str, str] = {}

    def own(name: str) -> str:
        fresh = f"q_{len(origin)}"
        origin[fresh] = name
        return fresh

    groups = []
    for group in drawn.groups:
        units = [
            replace(
                unit,
                edges=tuple(Edge(edge.source, own(edge.parameter)) for edge in unit.edges),
                offset=None if unit.offset is None else own(unit.offset),
            )
            for unit in group.units
        ]
        groups.append(replace(group, units=tuple(units)))
    numbers = {fresh: drawn.numbers[name] for fresh, name in origin.items()}
    training = replace(drawn.training, frozen=())
    return replace(drawn, groups=tuple(groups), numbers=numbers, training=training), origin


@SOME
@given(networks(rational=True), RANDOM)
def test_uses_add_up(drawn: Drawn, random: Random) -> None:
    """The parts of a shared parameter's derivative, and of a unit's over its paths, add up."""
    found = exact_trace(drawn, random)
    for step in found.steps:
        parts = [part for part in step.substeps if ":" in part.name]
        if parts:
            parts += [part for part in step.substeps if part.quantity.kind is ERROR_BY_OUT]
            assert sum((part.value for part in parts), Fraction(0)) == step.value, step.name
            assert len({part.name for part in parts}) == len(parts) > 1


@SOME
@given(networks(), RANDOM, st.data())
def test_giving_a_quantity_its_own_value_changes_nothing(
    drawn: Drawn, random: Random, data: st.DataObject
) -> None:
    """A trace that starts at some quantities, with the values they have, has all other values."""
    text = written(drawn, random)
    whole = _if_finite(text)
    names = [entry.name for entry in whole if isinstance(entry, Step)]
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    given_values = "".join(f"  '{name}': {whole[name].value}\n" for name in chosen)
    partial = _if_finite(f"{text}given:\n{given_values}")
    assert values_by_name(partial) == values_by_name(whole)
    assert all(not isinstance(partial[name], Step) for name in chosen)


@SOME
@given(networks(), RANDOM, st.data())
def test_given_value_is_used_downstream(drawn: Drawn, random: Random, data: st.DataObject) -> None:
    """Another value for one quantity changes what depends on it, and nothing else."""
    text = written(drawn, random)
    whole = _if_finite(text)
    name = data.draw(st.sampled_from([e.name for e in whole if isinstance(e, Step)]))
    other = whole[name].value + 1
    assume(all(entry.value != other for entry in whole))
    partial = _if_finite(f"{text}given: {{'{name}': {other}}}\n")
    assert partial[name].value == other
    for entry in whole:
        if name not in {part.name for part in whole.why(entry.name)}:
            assert partial[entry.name].value == entry.value, entry.name


def _if_finite(text: str) -> Trace:
    spec = read_text(text)
    assert isinstance(spec, Network)
    return traced_if_finite(spec, "decimal:50")


@SOME
@given(networks(), RANDOM, st.data())
def test_letter_leaves_open_what_depends_on_it(
    drawn: Drawn, random: Random, data: st.DataObject
) -> None:
    """A parameter left as a letter leaves without value what depends on it, and nothing else."""
    spec = network_of(drawn, random)
    whole = _if_finite(written(drawn))
    number = data.draw(st.integers(0, len(spec.parameters) - 1))
    letter = spec.parameters[number].name
    parameters = tuple(
        replace(parameter, value=Symbol(letter)) if k == number else parameter
        for k, parameter in enumerate(spec.parameters)
    )
    partial = trace(replace(spec, parameters=parameters), arithmetic("decimal:50"))
    for entry in partial:
        depends = letter in {part.name for part in partial.why(entry.name)}
        assert entry.value == (None if depends else whole[entry.name].value), entry.name


@SOME
@given(networks(), RANDOM)
def test_why_is_closed_and_in_order(drawn: Drawn, random: Random) -> None:
    """`why` holds the operands of everything in it, each before it is used, and nothing else."""
    found = _if_finite(written(drawn, random))
    for wanted in found:
        listed = found.why(wanted.name)
        names = [entry.name for entry in listed]
        used = Counter(name for entry in listed for name in _operands(entry))
        assert names[-1] == wanted.name
        assert len(set(names)) == len(names)
        assert set(used) == set(names[:-1])
        for place, entry in enumerate(listed):
            assert set(_operands(entry)) <= set(names[:place])


def _operands(entry: Any) -> Iterator[str]:
    return (operand.name for operand in entry.operands)


def test_given_values_are_the_readers() -> None:
    """The values given in a file arrive as `GivenValue`, one for each name, digits kept."""
    text = "inputs: 1\nlayers: [{units: 1, weights: [[0.5]]}]\ngiven: {net_o1: 0.50, delta_o1: -3}"
    assert [type(item) for item in read_text(text).given] == [GivenValue, GivenValue]
    assert [item.quantity for item in read_text(text).given] == ["net_o1", "delta_o1"]
