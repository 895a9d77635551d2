"""Random one-layer networks that learn by a rule, and what the rule makes of them, in fractions.

Nothing here comes from the program: rules are written out as a textbook defines them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct

PERCEPTRON, ADALINE, HEBB, SUPERVISED, OJA = RULES = (
    "perceptron",
    "adaline",
    "hebb",
    "hebb_supervised",
    "oja",
)
NO_OFFSET, BIASES, THRESHOLDS, ONE_BIAS = OFFSETS = ("none", "bias", "threshold", "one bias")
KEPT = {BIASES: ("biases",), THRESHOLDS: ("thresholds",), ONE_BIAS: ("biases",)}
ZERO = Fraction(0)


class Lesson(Struct, frozen=True):
    """A network, its samples, and how it learns; numbers are texts of decimals.

    Attributes:
        rule: the learning rule.
        curve: step or sign.
        at_zero: what it says at 0.
        weights: a row for each unit.
        shared: whether all units use the first unit's weights.
        offset: what is added or subtracted.
        offsets: one for each unit.
        samples: (inputs, targets).
        rate: the learning rate.
        batch: samples in one update.
        mean: whether changes are averaged.
        epochs: how many.
        frozen: what is not trained.
    """

    rule: str
    curve: str
    at_zero: str
    weights: tuple[tuple[str, ...], ...]
    shared: bool
    offset: str
    offsets: tuple[str, ...]
    samples: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    rate: str
    batch: int
    mean: bool
    epochs: int
    frozen: str

    @property
    def has_miss(self) -> bool:
        """Whether the rule looks at an error."""
        return self.rule in (PERCEPTRON, ADALINE)

    def text(self, until: str = "") -> str:
        """The spec."""
        units = ", ".join(f"u{k}" for k in range(len(self.weights)))
        inputs = ", ".join(f"x{k}" for k in range(len(self.weights[0])))
        rows = ", ".join(f"[{', '.join(self._row(k))}]" for k in range(len(self.weights)))
        wants = self.rule not in (HEBB, OJA)
        cases = "\n".join(
            f"  - {{input: [{', '.join(given)}]"
            + (f", target: [{', '.join(targets)}]}}" if wants else "}")
            for given, targets in self.samples
        )
        return (
            f"inputs: [{inputs}]\nlayers:\n  - units: [{units}]\n"
            f"    activation: {{name: {self.curve}, at_zero: {self.at_zero}}}\n"
            f"    weights: [{rows}]\n{self._offsets()}samples:\n{cases}\n"
            f"training: {{learning_rule: {self.rule}, learning_rate: {self.rate}, "
            f"batch: {self.batch}, reduction: {'mean' if self.mean else 'sum'}, "
            f"epochs: {self.epochs}, frozen: {self.frozen}{until}}}\n"
        )

    def _row(self, unit: int) -> list[str]:
        start = len(self.weights[0]) * (0 if self.shared else unit)
        values = self.weights[0 if self.shared else unit]
        return [f"v{start + k} = {value}" for k, value in enumerate(values)]

    def _offsets(self) -> str:
        if self.offset == NO_OFFSET:
            return ""
        if self.offset == ONE_BIAS:
            return f"    bias: c = {self.offsets[0]}\n"
        named = (f"c{k} = {value}" for k, value in enumerate(self.offsets))
        return f"    {self.offset}: [{', '.join(named)}]\n"


Values = dict[str, Fraction]


class Calculation:
    """A whole training in fractions.

    Attributes:
        steps: every value of each update by its plain name, without the step.
        errors: the wrong answers of each epoch.
        ends: the parameters at the start, and after each epoch.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.parameters = self._start()
        self.steps: list[Values] = []
        self.errors: list[int] = []
        self.ends = [dict(self.parameters)]
        for _ in range(lesson.epochs):
            self._epoch()

    def _start(self) -> Values:
        lesson, found = self.lesson, Values()
        for unit, row in enumerate(lesson.weights[:1] if lesson.shared else lesson.weights):
            for k, value in enumerate(row):
                found[f"v{unit * len(row) + k}"] = Fraction(value)
        if lesson.offset == ONE_BIAS:
            found["c"] = Fraction(lesson.offsets[0])
        elif lesson.offset != NO_OFFSET:
            found |= {f"c{k}": Fraction(value) for k, value in enumerate(lesson.offsets)}
        return found

    def uses(self, unit: int, inputs: Sequence[Fraction]) -> list[tuple[str, Fraction]]:
        """(parameter, what it is multiplied by) of a unit."""
        lesson = self.lesson
        start = 0 if lesson.shared else unit * len(inputs)
        found = [(f"v{start + k}", value) for k, value in enumerate(inputs)]
        if lesson.offset == ONE_BIAS:
            found.append(("c", Fraction(1)))
        elif lesson.offset != NO_OFFSET:
            found.append((f"c{unit}", Fraction(1 if lesson.offset == BIASES else -1)))
        return found

    def trains(self, name: str) -> bool:
        """Whether a parameter learns."""
        kind = "weights" if name.startswith("v") else "thresholds"
        if name.startswith("c") and self.lesson.offset != THRESHOLDS:
            kind = "biases"
        return kind != self.lesson.frozen

    def _epoch(self) -> None:
        lesson, wrong = self.lesson, 0
        for first in range(0, len(lesson.samples), lesson.batch):
            numbers = range(first, min(first + lesson.batch, len(lesson.samples)))
            values, changes = Values(), dict.fromkeys(self.parameters, ZERO)
            for number in numbers:
                wrong += self._sample(number, values, changes, alone=len(numbers) == 1)
            for name, change in changes.items():
                if self.trains(name):
                    whole = change / len(numbers) if lesson.mean else change
                    values[f"change_{name}"] = whole
                    values[f"{name}+"] = self.parameters[name] + whole
                    self.parameters[name] += whole
            self.steps.append(values)
        self.errors.append(wrong)
        self.ends.append(dict(self.parameters))

    def _sample(self, number: int, values: Values, changes: Values, alone: bool) -> int:
        lesson, wrong = self.lesson, 0
        inputs = [Fraction(value) for value in lesson.samples[number][0]]
        own = dict.fromkeys(self.parameters, ZERO)
        mark = f"[{number + 1}]" if len(lesson.samples) > 1 else ""
        for unit in range(len(lesson.weights)):
            target = Fraction(lesson.samples[number][1][unit])
            uses = self.uses(unit, inputs)
            net = sum((self.parameters[name] * value for name, value in uses), ZERO)
            out = self._out(net)
            values[f"net_u{unit}{mark}"], values[f"out_u{unit}{mark}"] = net, out
            active = {HEBB: out, OJA: out, SUPERVISED: target}.get(lesson.rule)
            if active is None:
                active = target - (net if lesson.rule == ADALINE else out)
                values[f"error_u{unit}{mark}"] = active
                values[f"wrong_u{unit}{mark}"] = Fraction(out != target)
                wrong += out != target
            for name, value in uses:
                kept = out * self.parameters[name] if lesson.rule == OJA else ZERO
                own[name] += Fraction(lesson.rate) * active * (value - kept)
        for name, change in own.items():
            changes[name] += change
            if self.trains(name) and not alone:
                values[f"change_{name}{mark}"] = change
        return wrong

    def _out(self, net: Fraction) -> Fraction:
        if not net:
            return Fraction(self.lesson.at_zero)
        low = 0 if self.lesson.curve == "step" else -1
        return Fraction(1 if net > 0 else low)


NUMBERS = ("0", "0.1", "-0.1", "0.3", "-0.2", "1", "-1", "2", "0.5")


@st.composite
def lessons(draw: Any, rules: Sequence[str] = RULES) -> Lesson:
    """A random lesson."""
    units, inputs = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    curve = draw(st.sampled_from(("step", "sign")))
    answers = ("0", "1") if curve == "step" else ("-1", "1")
    number = st.sampled_from(NUMBERS)
    row = st.tuples(*[number] * inputs)
    case = st.tuples(row, st.tuples(*[st.sampled_from(answers)] * units))
    samples = draw(st.lists(case, min_size=1, max_size=4))
    offset = draw(st.sampled_from(OFFSETS))
    return Lesson(
        rule=draw(st.sampled_from(rules)),
        curve=curve,
        at_zero=draw(st.sampled_from(answers)),
        weights=tuple(draw(row) for _ in range(units)),
        shared=draw(st.booleans()),
        offset=offset,
        offsets=tuple(draw(number) for _ in range(units)),
        samples=tuple(samples),
        rate=draw(st.sampled_from(("0.1", "0.5", "1", "1/3"))),
        batch=draw(st.integers(1, len(samples))),
        mean=draw(st.booleans()),
        epochs=draw(st.integers(1, 3)),
        frozen=draw(st.sampled_from(("none", "weights", *KEPT.get(offset, ())))),
    )
