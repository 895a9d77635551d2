"""Linear networks multiplied out: their one matrix is what the network does to each input alone."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.matrices import RELATIONS, Read, equations, joined, table, value
from tests.support.networks import Curve, Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tracer.errors import TracerError
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.text import TextPage
from tracer.sheet.matrix.collapse import collapse_page
from tracer.sheet.matrix.page import Asked
from tracer.sheet.page import Lead, Wanted
from tracer.spec.linear import collapsed
from tracer.spec.network import Network

RANDOM = st.randoms(use_true_random=False)
FACTORS = {
    Curve("identity", "x", True): Fraction(1),
    Curve("linear", "x", True): Fraction(1),
    Curve("2*net", "2*x", True): Fraction(2),
    Curve("-net/4", "-x/4", True): Fraction(-1, 4),
}
SQUARED = Curve("half_squared_error", "(out - target)^2/2", True)


@st.composite
def linear(draw: st.DrawFn) -> Drawn:
    """Random networks whose units are all linear, of any shape."""
    drawn = draw(networks(rational=True, evaluated=True))
    groups = tuple(
        replace(
            group,
            units=tuple(
                replace(unit, curve=draw(st.sampled_from(list(FACTORS)))) for unit in group.units
            ),
        )
        for group in drawn.groups
    )
    return replace(drawn, groups=groups, loss=SQUARED)


def outputs(drawn: Drawn, inputs: tuple[Fraction, ...]) -> list[Fraction]:
    """What a linear network puts out, in fractions."""
    out = dict(zip(drawn.inputs, inputs, strict=True))
    numbers = {name: Fraction(text.replace("+", "")) for name, text in drawn.numbers.items()}
    for group in drawn.groups:
        sign = -1 if group.kind == "threshold" else 1
        for unit in group.units:
            net = sum(
                (numbers[edge.parameter] * out[edge.source] for edge in unit.edges), Fraction()
            )
            offset = sign * numbers[unit.offset] if unit.offset else 0
            out[unit.name] = FACTORS[unit.curve] * (net + offset)
    return [out[unit.name] for unit in drawn.outputs]


def read_page(drawn: Drawn, random: Random, samples_as: str) -> tuple[list[Read], list[str]]:
    """The equations of the page, read back, and its sentences."""
    trace = traced_if_finite(network_of(drawn, random), "exact")
    wanted, asked = Wanted(NumberFormat(None, 400)), Asked(samples_as, whole=True)
    page = list(collapse_page(trace, wanted, asked))
    leads = [
        english(item.text) for section in page for item in section.items if isinstance(item, Lead)
    ]
    text = TextPage(terminal(samples=False), width=2_000).lines(page)
    return list(equations(text)), leads


@settings(max_examples=40)
@given(linear(), RANDOM, st.sampled_from(("rows", "columns")))
def test_the_one_matrix_is_what_the_network_does(
    drawn: Drawn, random: Random, samples_as: str
) -> None:
    """C and c of the output layers are the answers to each input alone, and to none."""
    found, leads = read_page(drawn, random, samples_as)
    count = len(drawn.inputs)
    nothing = outputs(drawn, (Fraction(),) * count)
    rows = []
    for i in range(count):
        one = tuple(Fraction(i == j) for j in range(count))
        rows.append([a - b for a, b in zip(outputs(drawn, one), nothing, strict=True)])
    layers = [k for k, group in enumerate(drawn.groups, 1) if drawn.has_targets(group)]
    shown = [_rows(found, f"C{layer}", samples_as) for layer in layers]
    assert [[entry for part in shown for entry in part[i]] for i in range(count)] == rows
    biases = [_rows(found, f"c{layer}", samples_as) for layer in layers]
    widths = [len(part[0]) for part in shown]
    told = [
        part[0] if part else [Fraction()] * width
        for part, width in zip(biases, widths, strict=True)
    ]
    assert [entry for part in told for entry in part] == nothing
    count = len(drawn.cases)
    many = "the sample" if count == 1 else f"all {count} samples"
    assert leads[-1] == f"the same for {many}: the network is this one matrix"


ROUNDED = ("float", "decimal:3", "decimal:30", "by-hand:2", "by-hand:1sig", "by-hand:3sig:cut")


@settings(max_examples=60)
@given(linear(), RANDOM, st.sampled_from(ROUNDED))
def test_rounding_makes_no_other_network(drawn: Drawn, random: Random, numbers: str) -> None:
    """However coarse the numbers are, what rounding can do is never called another network."""
    trace = traced_if_finite(network_of(drawn, random), numbers)
    page = list(collapse_page(trace, Wanted(NumberFormat(None, 400)), Asked("rows", whole=True)))
    last = list(page[-1].items)[-1]
    assert isinstance(last, Lead)
    assert english(last.text).startswith("the same for")


@settings(max_examples=40)
@given(linear(), RANDOM, st.sampled_from(("exact", "decimal:50", "float")), st.data())
def test_another_matrix_is_not_the_same(
    drawn: Drawn, random: Random, numbers: str, data: st.DataObject
) -> None:
    """A bias of the one matrix that is wrong by more than rounding explains: it is said, loudly."""

    def wrong(network: Network, rows: list[list[Fraction]], biases: list[Fraction]) -> Network:
        place = data.draw(st.integers(0, len(biases) - 1))
        size = 1 + sum(map(abs, (*biases, *(one for row in rows for one in row))), Fraction())
        moved = [value + (k == place) * size / 1000 for k, value in enumerate(biases)]
        return collapsed(network, rows, moved)

    trace = traced_if_finite(network_of(drawn, random), numbers)
    sections = collapse_page(trace, Wanted(NumberFormat(None, 400)), Asked("rows", whole=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracer.sheet.matrix.collapse.collapsed", wrong)
        with pytest.raises(TracerError, match="are NOT the same: they differ by"):
            list(sections)


@settings(max_examples=40)
@given(linear(), RANDOM, st.sampled_from(("rows", "columns")))
def test_every_product_multiplies_out(drawn: Drawn, random: Random, samples_as: str) -> None:
    """The factors that the page prints are, multiplied, the results that it prints."""
    found, _ = read_page(drawn, random, samples_as)
    for read in found:
        tokens = joined(read.tokens)
        places = [number for number, token in enumerate(tokens) if token in RELATIONS]
        if len(places) == 2:
            assert tokens[places[0]] == tokens[places[1]] == "="
            made = value(tokens[places[0] + 1 : places[1]], exact=True)
            result = table(tokens[places[1] + 1], exact=True)
            plain = [[entry.value if entry else 0 for entry in row] for row in made]
            assert plain == [[entry.value if entry else 0 for entry in row] for row in result]


def _rows(found: list[Read], name: str, samples_as: str) -> list[list[Fraction]]:
    """The numbers of the last matrix of a name, a row for each input; none where it is not told."""
    told = [read for read in found if read.name == name]
    if not told:
        return []
    rows = [[entry.value if entry else Fraction() for entry in row] for row in told[-1].result]
    return rows if samples_as == "rows" else [list(row) for row in zip(*rows, strict=True)]
