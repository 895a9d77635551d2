"""Random networks that tell classes apart: their last layers, losses and targets."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.networks import (
    JOINTS,
    NUMBERS,
    SIGMOID,
    Case,
    Curve,
    Drawn,
    Group,
    Joint,
    networks,
)

LOGARITHMS = ("", "/ln(2)", "/ln(10)")
BASES = dict(zip(LOGARITHMS, ("", ", base: 2", ", base: 10"), strict=True))
FORMS = ("", ", form: long", ", form: short")


class Ending(NamedTuple):
    """How a network ends: what makes its outputs, and the loss."""

    joint: Joint | None
    loss: Curve
    one_of_many: bool = True


@st.composite
def endings(draw: Any) -> Ending:
    """A pair of activation and loss with logarithms."""
    base, form = draw(st.sampled_from(LOGARITHMS)), draw(st.sampled_from(FORMS))
    kind = draw(st.sampled_from(("softmax", "log_softmax", "sigmoid")))
    if kind == "sigmoid":
        meaning = f"-(target*ln(out) + (1 - target)*ln(1 - out)){base}"
        written = f"{{name: binary_cross_entropy{BASES[base]}{form}}}"
        return Ending(None, Curve(written, meaning), one_of_many=False)
    joints = [joint for joint in JOINTS if joint.logarithm == (kind == "log_softmax")]
    joint = draw(st.sampled_from(joints))
    if joint.logarithm:
        return Ending(joint, Curve(f"{{name: nll{form}}}", "-target*out"))
    return Ending(
        joint, Curve(f"{{name: cross_entropy{BASES[base]}{form}}}", f"-target*ln(out){base}")
    )


@st.composite
def classifiers(draw: Any) -> Drawn:
    """Random networks under a loss of logarithms, with hidden layers of any kind."""
    drawn = draw(networks(most_steps=2))
    ending = draw(endings())
    count = len(drawn.groups[-1].units)
    assume(count > 1 or ending.joint is None)
    last = drawn.groups[-1]
    units = tuple(replace(unit, curve=SIGMOID) for unit in last.units)
    drawn = _ended(drawn, replace(last, units=units, joint=ending.joint), ending.loss)
    targets: st.SearchStrategy[Any] = st.one_of(
        one_hot(count), st.just(("1/2", "1/2", *["0"] * (count - 2)))
    )
    if not ending.one_of_many:
        targets = st.lists(st.sampled_from(("0", "1", "0.25")), min_size=count, max_size=count)
    return _with_targets(draw, drawn, targets)


@st.composite
def rankers(draw: Any) -> Drawn:
    """Random rational networks under the hinge of several classes."""
    drawn = draw(networks(rational=True, most_steps=2))
    count = len(drawn.groups[-1].units)
    assume(count > 1)
    margin = draw(st.sampled_from(("1", "1/2", "2.5")))
    distance = f"out - right + {margin}"
    loss = Curve(
        f"{{name: multiclass_hinge, margin: {margin}}}", f"where({distance} > 0, {distance}, 0)"
    )
    return _with_targets(draw, _ended(drawn, drawn.groups[-1], loss), one_hot(count))


def one_hot(count: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Targets of which one is 1 and all others are 0."""
    return st.integers(0, count - 1).map(
        lambda k: tuple("01"[place == k] for place in range(count))
    )


def _ended(drawn: Drawn, last: Group, loss: Curve) -> Drawn:
    """The network with another end; its last layer alone has targets."""
    groups = tuple(replace(group, output=False) for group in drawn.groups[:-1])
    return replace(drawn, groups=(*groups, last), loss=loss)


def _with_targets(draw: Any, drawn: Drawn, targets: st.SearchStrategy[Any]) -> Drawn:
    inputs = st.lists(NUMBERS, min_size=len(drawn.inputs), max_size=len(drawn.inputs))
    cases = tuple(Case(tuple(draw(inputs)), tuple(draw(targets))) for _ in drawn.cases)
    return replace(drawn, cases=cases)
