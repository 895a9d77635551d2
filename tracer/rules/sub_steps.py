"""What optimisers and decays are made of: settings, what is remembered, and lines.

A line is a rule over roles. What a state is after the step has the role ``NAME_new``. ``t`` counts
the training steps that are done, and ``t_new`` the present one as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tracer.maths.expression import symbols
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule
from tracer.rules.quantity import Kind

NEW = "new"


class Setting(Struct, frozen=True):
    """A number that an author may choose.

    Attributes:
        name: as the spec calls it.
        kind: the quantity that it is.
        default: its usual value.
        below_one: whether it is a share, which has to stay below 1.
    """

    name: str
    kind: Kind
    default: str
    below_one: bool = True


class State(Struct, frozen=True):
    """What is remembered from one training step to the next; 0 before the first.

    Attributes:
        name: its role.
        kind: the quantity before the step.
        after: the quantity after it, which some line gives.
    """

    name: str
    kind: Kind
    after: Kind


class Line(Struct, frozen=True):
    """A sub-step.

    Attributes:
        gives: the role of what it gives.
        kind: the quantity that this is.
        rule: why, with the formula in roles.
    """

    gives: str
    kind: Kind
    rule: Rule


def uses(lines: Iterable[Line], role: str) -> bool:
    """Whether some line has a role in its formula."""
    return any(role in symbols(parse(line.rule.formula)) for line in lines)


def setting(name: str, default: str, below_one: bool = True) -> Setting:
    """A setting whose quantity is called as it is."""
    return Setting(name, Kind(f"setting {name}", name, per_step=False), default, below_one)


def after(state: State) -> str:
    """The role of what a state is after the step."""
    return f"{state.name}_{NEW}"


COUNT = State("t", Kind("training steps done", "t"), Kind("training step", "t+"))
COUNTING = Line(after(COUNT), COUNT.after, Rule("count", "t + 1", "one more than before"))
"""How training steps are counted, where a line asks for their number."""
