"""Learning rules: random one-layer networks against the rules written out in fractions."""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import SOME
from tests.support.lessons import ADALINE, PERCEPTRON, Calculation, Lesson, Values, lessons
from tests.unit.proof.judging import not_proved, proof_of
from tracer.derive.epochs import cycle
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.notation.numbers import NumberFormat
from tracer.render.epochs_csv import epochs_to_csv
from tracer.render.json import from_json, to_json
from tracer.spec import read_text

MAY_RUN = 12


def traced(lesson: Lesson, until: str = "", numbers: str = "exact") -> Trace:
    """The program's training."""
    return trace(read_text(lesson.text(until)), arithmetic(numbers))


def values(found: Trace) -> list[Values]:
    """What the program has, in each update, of all that the independent calculation has."""
    steps: list[Values] = [{} for _ in found.segments]
    for step in found.steps:
        name = step.name.partition("@")[0]
        if not (step.is_carried or name.startswith("E")):
            steps[step.segment.step - 1][name] = step.value
    return steps


@SOME
@given(lessons())
def test_every_value_is_what_the_rule_says(lesson: Lesson) -> None:
    """Each net, answer, error, change and new weight of every update is the textbook's."""
    assert values(traced(lesson)) == Calculation(lesson).steps


@SOME
@given(lessons(rules=(ADALINE,)))
def test_adaline_s_error_is_that_of_net(lesson: Lesson) -> None:
    """E of an update is half the squares of target minus net, over outputs and samples."""
    found, mine = traced(lesson), Calculation(lesson)
    for number, step in enumerate(mine.steps, 1):
        misses = [value for name, value in step.items() if name.startswith("error_")]
        samples = len(misses) // len(lesson.weights)
        whole = sum((miss**2 for miss in misses), Fraction(0)) / 2
        name = f"E@{number}" if len(mine.steps) > 1 else "E"
        assert found[name].value == (whole / samples if lesson.mean else whole)


@SOME
@given(lessons(rules=(PERCEPTRON, ADALINE)))
def test_wrong_answers_of_an_epoch_are_counted(lesson: Lesson) -> None:
    """errors_epochN is how many answers of the epoch are not their target."""
    found, mine = traced(lesson), Calculation(lesson)
    for number, count in enumerate(mine.errors, 1):
        assert found[f"errors_epoch{number}"].value == count


@SOME
@given(lessons(rules=(PERCEPTRON, ADALINE)), st.integers(1, 3))
def test_a_training_ends_where_it_was_to_end(lesson: Lesson, count: int) -> None:
    """It stops after the first epoch that is all right, or whose share is stable, else at most."""
    lesson = replace(lesson, epochs=MAY_RUN)
    errors = Calculation(lesson).errors
    right = next((n for n, wrong in enumerate(errors, 1) if not wrong), MAY_RUN)
    stable = next(
        (n for n in range(count + 1, MAY_RUN + 1) if len({*errors[n - count - 1 : n]}) == 1),
        MAY_RUN,
    )
    for until, epochs in (("all_right", right), (f"{{same_share_of_errors: {count}}}", stable)):
        found = traced(lesson, f", until: {until}")
        assert len(found.segments) == epochs * -(-len(lesson.samples) // lesson.batch)
        assert found.ending is not None
        assert found.ending.epoch == epochs
    both = traced(lesson, f", until: {{all_right: yes, same_share_of_errors: {count}}}")
    assert both.ending is not None
    assert both.ending.epoch == min(right, stable)


@SOME
@given(lessons(rules=(PERCEPTRON,)))
def test_decimals_end_where_fractions_end(lesson: Lesson) -> None:
    """With as many digits as it takes, the training takes the same course as in fractions."""
    lesson = replace(lesson, epochs=MAY_RUN, rate="0.1", mean=False)
    spec = read_text(lesson.text(", until: all_right"))
    exact, decimals = trace(spec, arithmetic("exact")), settled(spec)
    assert decimals.ending == exact.ending
    last = [Fraction(value) for value in decimals.segments[-1].values]
    assert last == list(exact.segments[-1].values)


@SOME
@given(lessons(rules=(PERCEPTRON,)))
def test_weights_that_come_back_are_found(lesson: Lesson) -> None:
    """The cycle is the first epoch after which all weights are those of an earlier end."""
    lesson = replace(lesson, epochs=MAY_RUN)
    mine = Calculation(lesson)
    found = cycle(traced(lesson))
    ends = mine.ends
    again = next((n for n in range(1, MAY_RUN + 1) if ends[n] in ends[:n]), None)
    updates = -(-len(lesson.samples) // lesson.batch)
    if again is None or not _moves(mine, again, updates):
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.again, found.is_exact) == (ends.index(ends[again]), again, True)


def _moves(mine: Calculation, epoch: int, updates: int) -> bool:
    """Whether an epoch changes a parameter on the way."""
    steps = mine.steps[(epoch - 1) * updates : epoch * updates]
    changes = [value for step in steps for name, value in step.items() if "[" not in name]
    named = [
        value
        for step in steps
        for name, value in step.items()
        if name.startswith("change_") and "[" not in name
    ]
    return bool(changes) and any(named)


@SOME
@given(lessons())
def test_the_witnesses_agree(lesson: Lesson) -> None:
    """Every number, each line of the longer telling too, is proved."""
    lesson = replace(lesson, epochs=min(lesson.epochs, 2))
    assert not_proved(proof_of(read_text(lesson.text()), "exact")) == []


@SOME
@given(lessons(rules=(PERCEPTRON, ADALINE)))
def test_a_training_that_ended_is_saved_and_read_back(lesson: Lesson) -> None:
    """A saved trace is equal to what is read, and ends where it ended."""
    found = traced(replace(lesson, epochs=MAY_RUN), ", until: all_right")
    again = from_json("\n".join(to_json(found, NumberFormat())))
    assert again == found
    assert again.ending == found.ending


@SOME
@given(lessons())
def test_the_table_of_epochs_adds_up(lesson: Lesson) -> None:
    """In each row of the spreadsheet, weight + change = weight after, and after is next before."""
    assume(not lesson.shared or len(lesson.weights) == 1)
    lesson = replace(lesson, batch=1)
    rows = list(csv.DictReader(epochs_to_csv(traced(lesson))))
    assert len(rows) == lesson.epochs * len(lesson.samples) * len(lesson.weights)
    mine = Calculation(lesson)
    trained = [name for name in mine.ends[0] if mine.trains(name)]
    for row in rows:
        for name in trained:
            if row[name]:
                changed = Fraction(row[name]) + Fraction(row[f"change_{name}"])
                assert changed == Fraction(row[f"{name}+"])
    for name in trained:
        own = [row for row in rows if row[name]]
        for one, after in pairwise(own):
            if one["unit"] == after["unit"] and lesson.offset != "one bias":
                assert one[f"{name}+"] == after[name]
