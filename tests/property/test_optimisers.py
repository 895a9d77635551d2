"""Optimisers on random networks, against the papers' formulas over gradients of dual numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import FEW, SOME
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks, value
from tests.support.optimisers import DECAYED, Textbook
from tests.support.records import by_name, entries, operands, recomputed, saved
from tests.support.tracing import network_of, traced_if_finite
from tests.support.witness import by_duals
from tracer.derive.compiled import WORTH_COMPILING
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.render.json import from_json
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS
from tracer.spec import Network
from tracer.spec.training.method import GRADIENT_DESCENT, Method
from tracer.spec.training.methods import names_brought

ROOTED = {name for name, row in OPTIMISERS.items() if row.rooted}
RATIONAL = st.sampled_from(sorted(OPTIMISERS.keys() - ROOTED))
RATIONAL_DECAYS = st.sampled_from(["", "time_based", "geometric", "inverse", "step"])
SHARES = st.integers(1, 9).map(lambda n: Fraction(n, 10))
ALMOST = Fraction(1, 10**30)


@st.composite
def methods(draw: Any, names: st.SearchStrategy[str]) -> Method | None:
    """A row of a table with random settings; None for no row."""
    name = draw(names)
    if not name:
        return None
    row: Any = OPTIMISERS.get(name) or DECAYS[name]
    settings = tuple(
        (item.name, _number(Fraction(draw(st.integers(1, 3)))))
        if item.name == "decay_every"
        else (item.name, _number(draw(SHARES)))
        for item in row.settings
    )
    return Method(name, settings, name in ROOTED and draw(st.booleans()))


def _number(number: Fraction) -> Number:
    return Number(number, str(number))


def _values(method: Method | None) -> dict[str, Fraction]:
    settings = method.settings if method else ()
    return {name: number.value for name, number in settings if isinstance(number, Number)}


def _trained(drawn: Drawn, optimiser: Method, decay: Method | None) -> Network:
    """The drawn network with an optimiser and a decay, in steps small enough to stay finite."""
    drawn = replace(drawn, training=replace(drawn.training, rate="1e-3"))
    spec = network_of(drawn)
    spec = replace(spec, training=replace(spec.training, optimiser=optimiser, decay=decay))
    names = [parameter.name for parameter in spec.parameters]
    assume(not {*names, *spec.units} & set(names_brought(spec.training, names)))
    return spec


def _held(found: Trace, drawn: Drawn, optimiser: Method, decay: Method | None, exact: bool) -> None:
    """Holds every quantity of every update to what the papers' formulas give."""
    numbers = {name: value(text) for name, text in drawn.numbers.items()}
    own = {
        name: Textbook(optimiser.name, _values(optimiser), optimiser.epsilon_inside)
        for name in drawn.numbers
        if not drawn.is_frozen(name)
    }
    turns = drawn.batches()
    for t in range(1, drawn.training.steps + 1):
        at = f"@{t}" if found.several_steps else ""
        rate = DECAYED[decay.name if decay else ""](Fraction(1, 1000), _values(decay), t)
        if decay:
            _same(found[f"learning_rate_t{at}"].value, rate, exact)
        there = replace(drawn, numbers={k: str(v) for k, v in numbers.items()})
        slopes = _gradients(there, turns[(t - 1) % len(turns)])
        for name, method in own.items():
            numbers[name] = method.step(numbers[name], slopes[name], rate, t)
            _same(found[f"{name}+{at}"].value, numbers[name], exact)
            for key, made in method.found.items():
                mark = "" if key.endswith("hat") else "+"
                _same(found[f"{key}_{name}{mark}{at}"].value, made, exact)


def _gradients(drawn: Drawn, batch: list[int]) -> dict[str, Fraction]:
    with suitable():
        each = [by_duals(drawn, sample)[1] for sample in batch]
    count = len(batch) if drawn.training.mean else 1
    return {k: sum((s[k] for s in each), Fraction(0)) / count for k in drawn.numbers}


def _same(mine: Any, theirs: Fraction, exact: bool) -> None:
    if exact:
        assert mine == theirs
    else:
        assert abs(Fraction(mine) - theirs) <= ALMOST * (1 + abs(theirs))


@SOME
@given(networks(rational=True, most_steps=3), methods(RATIONAL), methods(RATIONAL_DECAYS))
def test_rational_optimisers_are_exact(
    drawn: Drawn, optimiser: Method, decay: Method | None
) -> None:
    """In fractions, every value of every update is the papers'."""
    found = traced_if_finite(_trained(drawn, optimiser, decay), "exact")
    _held(found, drawn, optimiser, decay, exact=True)


@SOME
@given(
    networks(rational=True, most_steps=2, most_cases=2),
    methods(st.sampled_from(sorted(OPTIMISERS))),
    methods(st.sampled_from(["", *DECAYS])),
)
def test_optimisers_with_roots(drawn: Drawn, optimiser: Method, decay: Method | None) -> None:
    """With 60 digits, every value of every update is the papers', to 30 digits."""
    found = traced_if_finite(_trained(drawn, optimiser, decay), "decimal:60")
    _held(found, drawn, optimiser, decay, exact=False)


@SOME
@given(networks(rational=True, most_steps=3, in_place=True), SHARES)
def test_the_two_forms_of_momentum_are_one(drawn: Drawn, share: Fraction) -> None:
    """V of the one form is minus the change of the other, and the weights are the same."""
    forms = {
        name: traced_if_finite(
            _trained(drawn, Method(name, ((factor, _number(share)),)), None), "exact"
        )
        for name, factor in (("momentum", "gamma"), ("momentum_change", "alpha"))
    }
    velocity, change = forms.values()
    for step in range(1, drawn.training.steps + 1):
        at = f"@{step}" if velocity.several_steps else ""
        for name in drawn.numbers:
            if not drawn.is_frozen(name):
                assert velocity[f"v_{name}+{at}"].value == -change[f"change_{name}+{at}"].value
                assert velocity[f"{name}+{at}"].value == change[f"{name}+{at}"].value


@SOME
@given(networks(rational=True, most_steps=3, in_place=True), methods(RATIONAL))
def test_without_memory_momentum_is_gradient_descent(drawn: Drawn, optimiser: Method) -> None:
    """An optimiser that forgets everything at once is plain gradient descent."""
    settings = tuple((name, _number(Fraction(0))) for name, _ in optimiser.settings)
    forgetful = replace(optimiser, settings=settings)
    found = traced_if_finite(_trained(drawn, forgetful, None), "exact")
    plain = traced_if_finite(_trained(drawn, GRADIENT_DESCENT, None), "exact")
    for name in drawn.numbers:
        if not drawn.is_frozen(name):
            last = f"{name}+@{drawn.training.steps}" if plain.several_steps else f"{name}+"
            assert found[last].value == plain[last].value


@FEW
@given(
    networks(most_steps=1, most_cases=2),
    methods(st.sampled_from(sorted(OPTIMISERS))),
    methods(st.sampled_from(["", *DECAYS])),
)
def test_a_compiled_run_remembers(drawn: Drawn, optimiser: Method, decay: Method | None) -> None:
    """A long run, which is compiled, begins with the values of a short one, which is not."""
    spec = _trained(drawn, optimiser, decay)
    long = replace(spec, training=replace(spec.training, steps=WORTH_COMPILING + 2))
    short = replace(spec, training=replace(spec.training, steps=4))
    ours, theirs = (traced_if_finite(each, "float") for each in (long, short))
    for mine, other in zip(ours.segments, theirs.segments[:4], strict=False):
        assert list(mine.values) == list(other.values)


@SOME
@given(
    networks(rational=True, most_steps=2, most_cases=2),
    methods(RATIONAL),
    methods(RATIONAL_DECAYS),
)
def test_saved_formulas_give_the_values(
    drawn: Drawn, optimiser: Method, decay: Method | None
) -> None:
    """In fractions, each saved formula over plain names gives its value; and it is read back."""
    with suitable():
        for sample in drawn.batches()[0]:
            by_duals(drawn, sample)
    found = traced_if_finite(_trained(drawn, optimiser, decay), "exact")
    document = saved(found)
    assert from_json(document) == found
    told = entries(document)
    values = by_name(told)
    for entry in told:
        if entry["phase"] == "update":
            again = recomputed(entry["formula"], operands(entry, values))
            assert again == values[entry["name"]], entry["name"]
