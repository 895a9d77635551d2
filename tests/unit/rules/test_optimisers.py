"""The tables of optimisers and decays: every row is whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tracer.maths.expression import Number, symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.notation.optimisers import SYMBOLS
from tracer.proof.decays import KINDS, RATES
from tracer.proof.optimisers import OWN
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS, kinds_of
from tracer.rules.quantity import LEARNING_RATE, UPDATED
from tracer.rules.sub_steps import COUNT, COUNTING, NEW, Line, Setting, State, after
from tracer.spec.tree.leaves import RESERVED

OF_ALL = ("learning_rate", COUNT.name, COUNTING.gives)


def held(
    lines: Sequence[Line], settings: Sequence[Setting], states: Sequence[State], known: set[str]
) -> None:
    """Holds that each line uses what there is by then, and that nothing is left unused."""
    names = [item.name for item in settings] + [item.name for item in states]
    used: set[object] = set()
    known = known | set(names)
    for line in lines:
        roles = set(symbols(parse(line.rule.formula)))
        assert roles <= known, line.gives
        assert line.rule.why
        used |= roles
        known.add(line.gives)
    assert set(names) <= used
    for state in states:
        assert [line.kind for line in lines if line.gives == after(state)] == [state.after]


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("row", OPTIMISERS.values(), ids=lambda row: str(row.name))
def test_an_optimiser_is_whole(row: object, inside: bool) -> None:
    """Its lines use what stands before them, renew every state, and end in the new weight."""
    row = OPTIMISERS[getattr(row, "name", "")].with_root(inside)
    held(row.lines, row.settings, row.states, {"old", "gradient", *OF_ALL})
    assert (row.lines[-1].gives, row.lines[-1].kind) == (NEW, UPDATED)
    assert row.title
    assert isinstance(parse(row.rate), Number)


@pytest.mark.parametrize("row", DECAYS.values(), ids=lambda row: str(row.name))
def test_a_decay_is_whole(row: object) -> None:
    """Its lines use what stands before them, renew every state, and end in the rate."""
    row = DECAYS[getattr(row, "name", "")]
    held(row.lines, row.settings, row.states, set(OF_ALL))
    assert row.lines[-1].gives == "rate"


@pytest.mark.parametrize("row", OPTIMISERS.values(), ids=lambda row: str(row.name))
def test_names_do_not_clash(row: object) -> None:
    """The quantities of a row, with those of any decay, have different names and symbols."""
    row = OPTIMISERS[getattr(row, "name", "")]
    for decay in DECAYS.values():
        kinds = {*kinds_of(row), COUNT.kind, COUNT.after, UPDATED, LEARNING_RATE}
        kinds |= {setting.kind for setting in decay.settings} | {line.kind for line in decay.lines}
        assert len({kind.plain for kind in kinds}) == len(kinds)
        shown = kinds - {UPDATED, LEARNING_RATE}
        assert len({SYMBOLS[kind] for kind in shown}) == len(shown)
        assert not {kind.plain for kind in kinds} & (RESERVED - {"learning_rate"})


def test_the_witnesses_know_every_row() -> None:
    """Each optimiser and decay has a witness's own version, and none is left over."""
    assert OWN.keys() == OPTIMISERS.keys()
    assert RATES.keys() == DECAYS.keys()
    assert {line.kind for row in DECAYS.values() for line in row.lines} <= KINDS.keys()


def test_epsilon_inside_and_outside() -> None:
    """The same row has epsilon under the root or beside it."""
    forms = [
        OPTIMISERS["adam"].with_root(inside).lines[-1].rule.formula for inside in (True, False)
    ]
    assert [plain(parse(form)) for form in forms] == [
        "old - learning_rate*mhat/sqrt(vhat + epsilon)",
        "old - learning_rate*mhat/(sqrt(vhat) + epsilon)",
    ]
