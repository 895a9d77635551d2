"""When a training ends: in every arithmetic, by gradient descent too, and where that is open."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from tests.unit.making import IN_A_ROW, calculated, spec, traced
from tracer.derive import settle
from tracer.derive.epochs import cycle
from tracer.derive.settle import calculated as settled
from tracer.derive.stopping import Ending
from tracer.errors import CalculationError, TracerError
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.spec import find, with_training

NUMBERS = ("exact", "decimal:30", "float", "by-hand:3", "interval:20")

UNTIL = IN_A_ROW.replace("1/20}", "1/50, until: {error_below: 13}}")
NEVER = IN_A_ROW.replace("1/20}", "1/20, epochs: 4, until: {error_below: 1/1000}}")


@pytest.mark.parametrize("numbers", NUMBERS)
def test_it_ends_when_all_is_right(numbers: str) -> None:
    """OR is learnt in the fourth epoch, whatever numbers are made of."""
    found = calculated(find("perceptron_or"), numbers)
    assert found.ending == Ending(4, "all_right")
    assert len(found.segments) == 16


@pytest.mark.parametrize("numbers", ["exact", "decimal:30", "by-hand:3", "interval:20"])
def test_exact_decimals_take_the_right_course(numbers: str) -> None:
    """0.3 - 0.1 is 0.2: AND is learnt in five epochs, and its weights are 0.1."""
    found = calculated(find("perceptron_and"), numbers)
    assert found.ending == Ending(5, "all_right")
    assert found.arithmetic.fraction(found["w1+@20"].value) == Fraction(1, 10)


def test_floats_take_another_course() -> None:
    """0.3 - 0.1 is less than 0.2 in floating point: AND takes four epochs, to other weights."""
    found = calculated(find("perceptron_and"), "float")
    assert found.ending == Ending(4, "all_right")


@pytest.mark.parametrize("numbers", NUMBERS)
def test_gradient_descent_ends_below_an_error(numbers: str) -> None:
    """The first epoch ends it whose errors, added up, are below the bound."""
    assert traced(UNTIL, numbers).ending == Ending(3, "error_below")
    sums = [traced(UNTIL)[f"E_epoch{epoch}"].value for epoch in (1, 2, 3)]
    assert sums[0] == 14
    assert sums[1] >= 13 > sums[2]


def test_what_does_not_come_ends_with_the_most() -> None:
    """Without what it waits for, a training has as many epochs as it may have."""
    found = traced(NEVER)
    assert found.ending == Ending(4, "")
    assert len(found.segments) == 4


def test_without_until_nothing_is_said() -> None:
    """A training of so many steps has no ending of another kind."""
    assert traced(IN_A_ROW, steps="3").ending is None
    assert calculated(find("decks_power")).ending is None


def test_what_is_too_close_is_not_guessed() -> None:
    """An interval that contains the bound cannot say on which side its value lies."""
    text = UNTIL.replace("1/50", "1/70")
    bound = traced(text)["E_epoch2"].value
    with pytest.raises(CalculationError, match=r"epoch 2: 'until' cannot be told: .* too close"):
        traced(text.replace("below: 13", f"below: {bound}"), "interval:12")


def test_letters_cannot_end_it() -> None:
    """An error with a letter in it is no number to compare."""
    with pytest.raises(CalculationError, match="letters"):
        traced(UNTIL.replace("target: 9", "target: t"))


def test_two_calculations_have_to_end_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more digits end a training elsewhere, however many there are, that is an error."""
    monkeypatch.setattr(settle, "DIGITS", (50, 100))
    monkeypatch.setattr(settle, "ending", lambda *_: Ending(2, "error_below"))
    with pytest.raises(CalculationError, match="after which epoch"):
        settled(spec(UNTIL))


def test_a_number_of_steps_takes_its_place() -> None:
    """--steps 2 is two steps, also where the file says until when."""
    found = calculated(with_training(find("perceptron_or"), {"steps": "2"}))
    assert len(found.segments) == 2
    assert found.ending is None


def test_a_saved_training_that_is_cut_is_damaged() -> None:
    """A saved trace has to end where its spec ends it."""
    found = calculated(find("perceptron_or"))
    lines = list(to_json(found, NumberFormat()))
    kept = [line for line in lines if '"step": 16' not in line]
    kept = [line.rstrip(",") if line == kept[-3] else line for line in kept]
    with pytest.raises(TracerError):
        from_json("\n".join(kept))


def test_xor_goes_round() -> None:
    """The perceptron's weights on XOR come back, exactly, and never solve it."""
    found = cycle(calculated(find("perceptron_xor"), "decimal:50"))
    assert found is not None
    assert (found.first, found.again, found.is_exact) == (6, 7, True)
    by_machine = cycle(calculated(find("perceptron_xor"), "float"))
    assert by_machine is None or not by_machine.is_exact


def test_what_converges_does_not_go_round() -> None:
    """An epoch that changes nothing is no circle; gradient descent is not looked at."""
    assert cycle(calculated(find("perceptron_or"))) is None
    assert cycle(traced(IN_A_ROW, steps="3")) is None


def test_why_it_stopped_is_saved() -> None:
    """A saved trace says why the training stopped, in words, and is read back equal."""
    found = calculated(find("perceptron_or"))
    text = "\n".join(to_json(found, NumberFormat()))
    assert ["stopped", "after epoch 4: every answer was right"] in json.loads(text)["conventions"]
    assert from_json(text) == found
