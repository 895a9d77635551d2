"""Random functions, minimised: against the papers' formulas over derivatives of dual numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.property.test_optimisers import _number, _same, _values, methods
from tests.support.amount import SOME
from tests.support.mathematics import suitable
from tests.support.optimisers import DECAYED, Textbook
from tests.support.programs import Program, by_duals, programs
from tests.support.tracing import traced_if_finite
from tracer.derive.trace import Trace
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS
from tracer.spec import ExpressionProgram, read_text
from tracer.spec.training.method import Method
from tracer.spec.training.methods import names_brought

RATE = Fraction(1, 1000)
RATIONAL = sorted(name for name, row in OPTIMISERS.items() if not row.rooted)


def _minimised(
    program: Program, optimiser: Method, decay: Method | None, steps: int, moved: int
) -> ExpressionProgram:
    """The program, of whose variables the first ones are moved in some steps."""
    names = list(program.at)[:moved]
    assume(names)
    wanted = (
        f"minimise: {{learning_rate: 1/1000, steps: {steps}, variables: [{', '.join(names)}]}}\n"
    )
    spec = read_text(program.text() + wanted)
    assert isinstance(spec, ExpressionProgram)
    training = replace(spec.training, optimiser=optimiser, decay=decay)
    taken = {*spec.variables, *(line.name for line in spec.lines)}
    assume(not taken & set(names_brought(training, names)))
    return replace(spec, training=training)


def _held(found: Trace, program: Program, spec: ExpressionProgram, exact: bool) -> None:
    """Holds every derivative, update and new point to what the papers' formulas give."""
    optimiser, decay = spec.training.optimiser, spec.training.decay
    numbers = {name: Fraction(text) for name, text in program.at.items()}
    own = {
        name: Textbook(optimiser.name, _values(optimiser), optimiser.epsilon_inside)
        for name in spec.moved
    }
    for t in range(1, spec.steps + 1):
        at = f"@{t}" if found.several_steps else ""
        there = replace(program, at={name: str(value) for name, value in numbers.items()})
        with suitable():
            value, slopes = by_duals(there)
        _same(_result(found, t), value, exact)
        rate = DECAYED[decay.name if decay else ""](RATE, _values(decay), t)
        for name, method in own.items():
            numbers[name] = method.step(numbers[name], slopes[name], rate, t)
            _same(found[f"{name}+{at}"].value, numbers[name], exact)
            for key, made in method.found.items():
                mark = "" if key.endswith("hat") else "+"
                _same(found[f"{key}_{name}{mark}{at}"].value, made, exact)


def _result(found: Trace, step: int) -> Fraction:
    """The value of what is minimised, in a step."""
    segment = found.segments[step - 1]
    forward = [entry for entry in found.entries(segment) if entry.phase.value == "forward"]
    return Fraction(forward[-1].value)


@SOME
@given(
    programs(rational=True),
    methods(st.sampled_from(RATIONAL)),
    methods(st.sampled_from(["", "time_based", "geometric", "inverse", "step"])),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_descents_are_exact(
    program: Program, optimiser: Method, decay: Method | None, steps: int, moved: int
) -> None:
    """In fractions, in either mode, every point of a descent is the papers'."""
    with suitable():
        by_duals(program)
    spec = _minimised(program, optimiser, decay, steps, moved)
    _held(traced_if_finite(spec, "exact"), program, spec, exact=True)


@SOME
@given(
    programs(rational=True),
    methods(st.sampled_from(sorted(OPTIMISERS))),
    methods(st.sampled_from(["", *DECAYS])),
    st.integers(1, 2),
)
def test_descents_with_roots(
    program: Program, optimiser: Method, decay: Method | None, steps: int
) -> None:
    """With 60 digits, every point of a descent is the papers', to 30 digits."""
    with suitable():
        by_duals(program)
    spec = _minimised(program, optimiser, decay, steps, 3)
    _held(traced_if_finite(spec, "decimal:60"), program, spec, exact=False)


@SOME
@given(programs(rational=True), st.integers(1, 3))
def test_one_step_is_a_point_of_its_own(program: Program, steps: int) -> None:
    """Every step is the first one from the point that the step before has reached."""
    with suitable():
        by_duals(program)
    spec = _minimised(program, Method("gradient_descent"), None, steps, 3)
    found = traced_if_finite(spec, "exact")
    for segment in found.segments[1:]:
        point = segment.values[: len(spec.variables)]
        start = replace(
            spec, at=tuple(map(_number, point)), training=replace(spec.training, steps=1)
        )
        again = traced_if_finite(start, "exact")
        assert list(again.segments[0].values) == list(segment.values)
